"""Actions that go where the flow goes anyway: they leave the next step to be run."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, Compiled, compile_workflow

READ = """
steps:
  - stepId: read
    operationId: read
    parameters: [{name: id, in: path, value: x}]
    onSuccess:
      - {name: goOn, type: goto, stepId: cancel, criteria: [{condition: GOES_ON}]}
      - {name: stop, type: end, criteria: [{condition: STOPS}]}
  - stepId: cancel
    operationId: cancel
    parameters: [{name: id, in: path, value: x}]
"""


def module(goes_on: str, stops: str) -> Compiled:
    return compile_workflow(READ.replace("GOES_ON", goes_on).replace("STOPS", stops))


def requests(compiled: Compiled, status: str) -> int:
    answers = [Answer(200, {"id": "x", "status": status, "note": "a"})]
    if status != "done":
        answers.append(Answer(204))
    _, script = compiled.run(*answers)
    return len(script.sent)


def test_where_the_other_criterion_is_the_opposite_one_is_tested() -> None:
    compiled = module("$response.body#/status == 'new'", "$response.body#/status != 'new'")
    assert "pass" not in compiled.source.partition("# --- runtime")[0].split()
    assert [requests(compiled, status) for status in ("new", "done")] == [2, 1]


@pytest.mark.parametrize(("note", "sent"), [("a", 2), ("b", 1), (None, 1)])
def test_where_both_may_hold_the_first_one_counts(note: str | None, sent: int) -> None:
    compiled = module("$response.body#/note == 'a'", "$response.body#/status == 'done'")
    answers = [Answer(200, {"id": "x", "status": "done", "note": note}), Answer(204)]
    _, script = compiled.run(*answers[:sent])
    assert len(script.sent) == sent
    assert "pass  # goOn: go on to cancel" in compiled.source


def test_a_failure_that_goes_on_needs_no_branch_of_its_own() -> None:
    compiled = compile_workflow("""
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: x}]
            onFailure:
              - {name: goOn, type: goto, stepId: list, criteria: [{condition: $statusCode == 404}]}
              - {name: instead, type: goto, stepId: submit}
          - {stepId: list, operationId: list}
          - {stepId: submit, operationId: submit}
        """)
    job = {"id": "1", "status": "new"}
    ways = {
        200: ["GET /jobs/x", "GET /jobs", "POST /jobs"],
        404: ["GET /jobs/x", "GET /jobs", "POST /jobs"],
        500: ["GET /jobs/x", "POST /jobs"],
    }
    for status, calls in ways.items():
        answers = [Answer(status, job), Answer(200, []), Answer(201, job)]
        _, script = compiled.run(*(answers if len(calls) == 3 else [answers[0], answers[2]]))
        assert script.calls == calls


@pytest.mark.parametrize("opposite", ["$response.body#/status != 'new'", "!(STATUS == 'new')"])
def test_opposite_actions_are_a_choice_between_two_branches(opposite: str) -> None:
    status = "$response.body#/status"
    compiled = compile_workflow(f"""
        steps:
          - stepId: read
            operationId: read
            parameters: [{{name: id, in: path, value: x}}]
            onSuccess:
              - {{name: isNew, type: goto, stepId: stop, criteria: [{{condition: "{status} == 'new'"}}]}}
              - name: isOld
                type: goto
                stepId: look
                criteria: [{{condition: "{opposite.replace("STATUS", status)}"}}]
          - stepId: stop
            operationId: cancel
            parameters: [{{name: id, in: path, value: x}}]
            onSuccess: [{{name: over, type: goto, stepId: last}}]
          - {{stepId: look, operationId: list}}
          - {{stepId: last, operationId: list}}
        """)
    assert "while True" not in compiled.source.partition("# --- runtime")[0]
    ways = {"new": ["DELETE /jobs/x"], "old": ["GET /jobs"]}
    for status, calls in ways.items():
        answers = [Answer(200, {"id": "x", "status": status}), Answer(204), Answer(200, [])]
        if status == "old":
            answers[1] = Answer(200, [])
        _, script = compiled.run(*answers)
        assert script.calls == ["GET /jobs/x", *calls, "GET /jobs"]
