"""Where steps lead: success, failure, actions, retries, silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.compiling import (
    Answer,
    Compiled,
    Silence,
    compile_text,
    compile_workflow,
    errors,
)

JOB = {"id": "1", "status": "Queued"}
ID = "parameters: [{name: id, in: path, value: x}]"
POLL = f"""
steps:
  - stepId: read
    operationId: read
    {ID}
    successCriteria: [{{condition: $response.body#/status == 'Done'}}]
    onFailure:
      - {{name: wait, type: retry, RETRY}}
"""


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that functions slept, without sleeping."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


def poll(retry: str, *, warns: tuple[str, ...] = ()) -> Compiled:
    return compile_workflow(POLL.replace("RETRY", retry), warns=warns)


class TestSuccess:
    def test_the_next_step_follows_and_after_the_last_one_the_workflow_ends(self) -> None:
        module = compile_workflow("""
            steps:
              - {stepId: list, operationId: list}
              - {stepId: submit, operationId: submit}
            """)
        result, script = module.run(Answer(200, []), Answer(201, JOB))
        assert result is None
        assert script.calls == ["GET /jobs", "POST /jobs"]

    def test_the_next_step_follows_where_no_action_s_criteria_hold(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                onSuccess:
                  - {name: stop, type: end, criteria: [{condition: $response.body#/stop}]}
              - {stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}
            outputs: {id: $steps.submit.outputs.id}
            """)
        result, script = module.run(Answer(200, {}), Answer(201, JOB))
        assert result.id == "1"
        assert script.calls == ["GET /jobs", "POST /jobs"]

    def test_end_returns_and_outputs_of_steps_that_did_not_run_are_none(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                outputs: {n: $response.body#/n}
                onSuccess:
                  - {name: stop, type: end, criteria: [{condition: $response.body#/stop}]}
              - {stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}
            outputs: {n: $steps.list.outputs.n, id: $steps.submit.outputs.id}
            """)
        result, script = module.run(Answer(200, {"stop": True, "n": 5}))
        assert (result.n, result.id) == (5, None)
        assert script.calls == ["GET /jobs"]

    def test_the_first_action_whose_criteria_all_hold_is_taken(self) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: list
                operationId: list
                onSuccess:
                  - name: both
                    type: goto
                    stepId: cancel
                    criteria: [{{condition: $response.body#/a}}, {{condition: $response.body#/b}}]
                  - {{name: one, type: end, criteria: [{{condition: $response.body#/a}}]}}
              - {{stepId: submit, operationId: submit}}
              - {{stepId: cancel, operationId: cancel, {ID}}}
            """)
        _, script = module.run(Answer(200, {"a": 1, "b": 1}), Answer(204))
        assert script.calls == ["GET /jobs", "DELETE /jobs/x"]
        _, script = module.run(Answer(200, {"a": 1}))
        assert script.calls == ["GET /jobs"]
        _, script = module.run(Answer(200, {"b": 1}), Answer(201, JOB), Answer(204))
        assert script.calls == ["GET /jobs", "POST /jobs", "DELETE /jobs/x"]

    def test_criteria_of_actions_read_the_response_of_their_own_step(self) -> None:
        module = compile_workflow(
            f"""
            steps:
              - stepId: submit
                operationId: submit
                onSuccess:
                  - {{name: on, type: goto, stepId: last, criteria: [{{condition: $statusCode == 202}}]}}
                  - {{name: stop, type: end, criteria: [{{condition: $response.body#/note}}]}}
              - {{stepId: read, operationId: read, {ID}, outputs: {{note: $response.body#/note}}}}
              - {{stepId: last, operationId: cancel, {ID}}}
            outputs: {{note: $steps.read.outputs.note}}
            """,
            warns=("AZ422",),
        )
        _, script = module.run(Answer(201, {**JOB, "note": "x"}))
        assert script.calls == ["POST /jobs"]
        result, script = module.run(
            Answer(201, JOB), Answer(200, {**JOB, "note": "y"}), Answer(204)
        )
        assert script.calls == ["POST /jobs", "GET /jobs/x", "DELETE /jobs/x"]
        assert result.note == "y"


class TestFailure:
    def test_failure_without_an_action_raises_step_failed(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                successCriteria: [{condition: $response.body#/n > 5}]
            """)
        error, _ = module.fail(Answer(200, {"n": 3}))
        assert type(error).__name__ == "StepFailed"
        assert error.step_id == "list"
        assert error.criterion == "$response.body#/n > 5"
        assert error.operands == {"$response.body#/n": 3}
        assert error.action is None
        assert (error.request.method, error.request.url) == ("GET", "https://api.example/jobs")
        assert error.response.status == 200

    def test_end_on_failure_raises_with_the_action_s_name(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                onFailure:
                  - {name: denied, type: end, criteria: [{condition: $statusCode == 401}]}
                  - {name: gone, type: end, criteria: [{condition: $statusCode == 404}]}
            """)
        for status, action in ((401, "denied"), (404, "gone"), (500, None)):
            error, _ = module.fail(Answer(status))
            assert error.action == action
            assert error.response.status == status

    def test_the_error_carries_the_outputs_so_far(self) -> None:
        module = compile_workflow("""
            steps:
              - {stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}
              - {stepId: list, operationId: list}
            outputs: {id: $steps.submit.outputs.id}
            """)
        error, _ = module.fail(Answer(201, JOB), Answer(500))
        assert error.outputs == {"id": "1"}

    def test_a_failed_step_leaves_no_outputs(self) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: read
                operationId: read
                {ID}
                outputs: {{note: $response.body#/note}}
                onFailure: [{{name: on, type: goto, stepId: list}}]
              - {{stepId: list, operationId: list}}
            outputs: {{note: $steps.read.outputs.note}}
            """)
        result, _ = module.run(Answer(404, {"note": "x"}), Answer(200, []))
        assert result.note is None
        result, _ = module.run(Answer(200, {**JOB, "note": "x"}), Answer(200, []))
        assert result.note == "x"


class TestGoTo:
    def test_goto_goes_on_from_there(self) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: list
                operationId: list
                onSuccess: [{{name: far, type: goto, stepId: last}}]
              - {{stepId: fix, operationId: submit, onSuccess: [{{name: done, type: end}}]}}
              - stepId: last
                operationId: read
                {ID}
                onFailure: [{{name: repair, type: goto, stepId: fix}}]
            """)
        _, script = module.run(Answer(200, []), Answer(404), Answer(201, JOB))
        assert script.calls == ["GET /jobs", "GET /jobs/x", "POST /jobs"]

    def test_goto_backwards_is_a_loop(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                onSuccess:
                  - {name: more, type: goto, stepId: list, criteria: [{condition: $response.body#/more}]}
              - {stepId: submit, operationId: submit}
            """)
        answers = [Answer(200, {"more": True})] * 3
        _, script = module.run(*answers, Answer(200, {}), Answer(201, JOB))
        assert script.calls == ["GET /jobs"] * 4 + ["POST /jobs"]

    @pytest.mark.parametrize(
        ("criterion", "warns"),
        [
            ("condition: $response.body#/status SIGN 'Done'", ()),
            (
                "context: $response.body, type: jsonpath, condition: '$.status SIGN \"Done\"'",
                ("AZ506",),
            ),
        ],
    )
    def test_of_opposite_criteria_one_always_holds(
        self, criterion: str, warns: tuple[str, ...]
    ) -> None:
        over, more = (criterion.replace("SIGN", sign) for sign in ("==", "!="))
        module = compile_workflow(
            f"""
            steps:
              - stepId: list
                operationId: list
                onSuccess:
                  - {{name: over, type: end, criteria: [{{{over}}}]}}
                  - {{name: more, type: goto, stepId: list, criteria: [{{{more}}}]}}
            """,
            warns=warns,
        )
        answers = [
            Answer(200, {"status": "Running"}),
            Answer(200, {}),
            Answer(200, {"status": "Done"}),
        ]
        _, script = module.run(*answers)
        assert script.calls == ["GET /jobs"] * 3

    def test_a_step_entered_again_forgets_its_earlier_retries(self, naps: list[float]) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: read
                operationId: read
                {ID}
                onFailure: [{{name: again, type: retry, retryAfter: 1, retryLimit: 2}}]
              - stepId: list
                operationId: list
                onSuccess:
                  - {{name: anew, type: goto, stepId: read, criteria: [{{condition: $response.body#/anew}}]}}
            """)
        bad, good = Answer(500), Answer(200, JOB)
        module.run(bad, bad, good, Answer(200, {"anew": True}), bad, bad, good, Answer(200, {}))
        assert naps == [1, 1, 1, 1]
        error, _ = module.fail(bad, good, Answer(200, {"anew": True}), bad, bad, bad)
        assert error.step_id == "read"

    def test_an_unknown_target_is_an_error(self) -> None:
        result = compile_text("""
            steps:
              - stepId: list
                operationId: list
                onSuccess: [{name: on, type: goto, stepId: lsit}]
            """)
        assert errors(result) == ["AZ211"]


class TestRetry:
    def test_retry_waits_and_sends_the_request_again(self, naps: list[float]) -> None:
        queued, done = Answer(200, JOB), Answer(200, {**JOB, "status": "Done"})
        _, script = poll("retryAfter: 1.5, retryLimit: 5").run(queued, queued, done)
        assert script.calls == ["GET /jobs/x"] * 3
        assert naps == [1.5, 1.5]

    def test_retry_is_tried_once_where_no_limit_is_stated(self, naps: list[float]) -> None:
        error, script = poll("retryAfter: 2", warns=("AZ407",)).fail(
            Answer(200, JOB), Answer(200, JOB)
        )
        assert script.calls == ["GET /jobs/x"] * 2
        assert naps == [2]
        assert error.response.status == 200

    def test_a_limit_of_zero_is_no_retry(self, naps: list[float]) -> None:
        poll("retryAfter: 2, retryLimit: 0", warns=("AZ406",)).fail(Answer(200, JOB))
        assert naps == []

    def test_without_retry_after_the_retry_is_at_once(self, naps: list[float]) -> None:
        poll("retryLimit: 1").run(Answer(200, JOB), Answer(200, {**JOB, "status": "Done"}))
        assert naps == [0]

    def test_a_retry_after_header_in_seconds_overrules(self, naps: list[float]) -> None:
        busy = Answer(503, None, {"Retry-After": "7"})
        poll("retryAfter: 1", warns=("AZ407",)).run(busy, Answer(200, {**JOB, "status": "Done"}))
        assert naps == [7]

    def test_a_retry_after_header_with_a_date_overrules(self, naps: list[float]) -> None:
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
        busy = Answer(503, None, {"Retry-After": date})
        poll("retryAfter: 1", warns=("AZ407",)).run(busy, Answer(200, {**JOB, "status": "Done"}))
        assert 50 < naps[0] <= 60

    def test_an_exhausted_retry_leaves_it_to_the_next_action(self, naps: list[float]) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: read
                operationId: read
                {ID}
                onFailure:
                  - {{name: again, type: retry, retryLimit: 2}}
                  - {{name: fix, type: goto, stepId: submit}}
              - {{stepId: skipped, operationId: list}}
              - {{stepId: submit, operationId: submit}}
            """)
        _, script = module.run(Answer(500), Answer(500), Answer(500), Answer(201, JOB))
        assert script.calls == ["GET /jobs/x"] * 3 + ["POST /jobs"]
        assert naps == [0, 0]

    def test_each_action_counts_its_own_retries(self, naps: list[float]) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: read
                operationId: read
                {ID}
                onFailure:
                  - name: busy
                    type: retry
                    retryAfter: 1
                    retryLimit: 2
                    criteria: [{{condition: $statusCode == 503}}]
                  - name: limited
                    type: retry
                    retryAfter: 9
                    retryLimit: 1
                    criteria: [{{condition: $statusCode == 429}}]
            """)
        module.run(Answer(503), Answer(429), Answer(503), Answer(200, JOB))
        assert naps == [1, 9, 1]
        error, _ = module.fail(Answer(503), Answer(429), Answer(503), Answer(429))
        assert error.response.status == 429


class TestSilence:
    def test_no_response_fails_the_step_from_the_transport_s_error(self) -> None:
        module = compile_workflow("steps: [{stepId: list, operationId: list}]")
        error, _ = module.fail(Silence(TimeoutError("too slow")))
        assert type(error).__name__ == "StepFailed"
        assert error.criterion is None
        assert error.response is None
        assert isinstance(error.__cause__, TimeoutError)

    def test_an_action_without_criteria_matches_silence(self, naps: list[float]) -> None:
        _, script = poll("retryAfter: 1, retryLimit: 2").run(
            Silence(), Silence(), Answer(200, {**JOB, "status": "Done"})
        )
        assert script.calls == ["GET /jobs/x"] * 3
        assert naps == [1, 1]

    def test_retries_that_end_in_silence_raise_from_the_transport_s_error(
        self, naps: list[float]
    ) -> None:
        error, _ = poll("retryLimit: 1").fail(Silence(), Silence())
        assert naps == [0]
        assert (error.criterion, error.response) == (None, None)
        assert isinstance(error.__cause__, ConnectionRefusedError)

    def test_success_criteria_never_hold_in_silence(self) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: list
                operationId: list
                successCriteria: [{{condition: $statusCode != 500}}]
                onFailure: [{{name: silent, type: goto, stepId: cancel}}]
              - {{stepId: skipped, operationId: submit}}
              - {{stepId: cancel, operationId: cancel, {ID}}}
            """)
        _, script = module.run(Silence(), Answer(204))
        assert script.calls == ["GET /jobs", "DELETE /jobs/x"]


class TestWorkflowLevel:
    def test_actions_of_the_workflow_hold_for_every_step(self) -> None:
        module = compile_workflow("""
            failureActions: [{name: gone, type: end, criteria: [{condition: $statusCode == 404}]}]
            steps:
              - {stepId: list, operationId: list}
              - {stepId: again, operationId: list}
            """)
        assert module.fail(Answer(404))[0].action == "gone"
        assert module.fail(Answer(200, []), Answer(404))[0].action == "gone"

    def test_a_step_s_own_actions_come_first_and_override_by_name(self) -> None:
        module = compile_workflow(f"""
            failureActions:
              - {{name: gone, type: end, criteria: [{{condition: $statusCode == 404}}]}}
              - {{name: other, type: end}}
            steps:
              - stepId: list
                operationId: list
                onFailure:
                  - {{name: mine, type: goto, stepId: cancel, criteria: [{{condition: $statusCode == 500}}]}}
                  - {{name: gone, type: goto, stepId: submit, criteria: [{{condition: $statusCode == 404}}]}}
                onSuccess: [{{name: end, type: end}}]
              - {{stepId: submit, operationId: submit, onSuccess: [{{name: end, type: end}}]}}
              - {{stepId: cancel, operationId: cancel, {ID}}}
            """)
        assert module.run(Answer(500), Answer(204))[1].calls[-1] == "DELETE /jobs/x"
        assert module.run(Answer(404), Answer(201, JOB))[1].calls[-1] == "POST /jobs"
        assert module.fail(Answer(403))[0].action == "other"

    def test_parameters_of_the_workflow_are_merged_and_overridden_by_name_and_place(self) -> None:
        module = compile_workflow("""
            parameters:
              - {name: limit, in: query, value: 5}
              - {name: X-Trace, in: header, value: all}
            steps:
              - {stepId: list, operationId: list}
              - stepId: again
                operationId: list
                parameters: [{name: limit, in: query, value: 6}]
            """)
        _, script = module.run(Answer(200, []), Answer(200, []))
        assert [sent.query for sent in script.sent] == [[("limit", "5")], [("limit", "6")]]
        assert all(sent.headers == {"X-Trace": "all"} for sent in script.sent)
