"""Steps that are asked again and again until a response says that all is done."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, compile_workflow

GO_ON = "{name: busy, type: goto, stepId: poll, criteria: [{condition: $response.body#/status != 'Done'}]}"
STOP = "{name: lost, type: goto, stepId: list, criteria: [{condition: $response.body#/status == 'Lost'}]}"
TWICE = """{name: busy, type: goto, stepId: poll, criteria: [
    {condition: $response.body#/status != 'Done'}, {condition: $response.body#/status != 'Lost'}]}"""


def polling(*actions: str) -> str:
    """A workflow that polls a job and lists jobs afterwards."""
    return f"""
steps:
  - stepId: poll
    operationId: read
    parameters: [{{name: id, in: path, value: '1'}}]
    onSuccess: [{", ".join(actions)}]
  - {{stepId: list, operationId: list}}
"""


def answers(*statuses: str) -> list[Answer]:
    """What the job's service answers, and then that of the list."""
    return [*(Answer(200, {"id": "1", "status": status}) for status in statuses), Answer(200, [])]


@pytest.mark.parametrize(
    ("actions", "statuses"),
    [
        ((GO_ON,), ("Queued", "Running", "Done")),
        ((STOP, GO_ON), ("Queued", "Running", "Done")),
        ((STOP, GO_ON), ("Queued", "Lost")),
        ((TWICE,), ("Queued", "Running", "Lost")),
        ((TWICE,), ("Done",)),
    ],
)
def test_the_step_is_repeated_until_its_status_leads_on(
    actions: tuple[str, ...], statuses: tuple[str, ...]
) -> None:
    _, script = compile_workflow(polling(*actions)).run(*answers(*statuses))

    paths = [request.url.removeprefix("https://api.example") for request in script.sent]
    assert paths == ["/jobs/1"] * len(statuses) + ["/jobs"]


def test_the_loop_ends_with_the_condition_to_leave_it() -> None:
    source = compile_workflow(polling(STOP, GO_ON)).source

    expected = """
            if folded(at(response.data, "status")) == "lost":
                break  # lost
            if folded(at(response.data, "status")) == "done":
                break

        # list"""
    assert expected in source


@pytest.mark.parametrize("more", ["", ", {name: go, type: goto, stepId: list}"])
def test_what_an_attempt_has_captured_is_read_from_its_variable(more: str) -> None:
    module = compile_workflow(f"""
        steps:
          - stepId: poll
            operationId: read
            parameters: [{{name: id, in: path, value: '1'}}]
            outputs: {{note: $response.body#/note}}
            onFailure: [{{name: again, type: retry, retryLimit: 3}}{more}]
            onSuccess: [{{name: done, type: end, criteria: [{{condition: $response.body#/note == 'x'}}]}}]
          - {{stepId: list, operationId: list}}
        """)
    assert 'folded(note) == "x"' in module.source.partition("# --- runtime")[0]
    job = {"id": "1", "status": "Done"}
    _, script = module.run(Answer(503), Answer(200, {**job, "note": "X"}))
    assert len(script.sent) == 2
    _, script = module.run(Answer(503), Answer(200, job), Answer(200, []))
    assert len(script.sent) == 3
