"""What has to be done before a step, and how long a step may take."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import Any

import pytest

from tests.compiling import (
    Answer,
    Compiled,
    Script,
    compile_text,
    compile_workflow,
    told,
    workflow,
)
from tests.functional.outcome import Clock
from tests.unit.runtime.loopback import reply, serving

JOB = {"id": "1", "status": "Queued"}

LOGIN = """
  - workflowId: login
    steps:
      - stepId: ask
        operationId: list
        onSuccess: [{name: known, type: end, criteria: [{condition: $response.body#/known}]}]
      - {stepId: submit, operationId: submit}
"""


def steps(*lines: str) -> str:
    """A workflow with these steps."""
    listed = "".join(f"  - {line}\n" for line in lines)
    return workflow(f"steps:\n{listed}", version="1.1.0")


def findings(text: str) -> list[str]:
    return told(compile_text(text))


class TestDependsOn:
    """`dependsOn` of steps (Arazzo 1.1.0, Step Object)."""

    def test_an_order_that_keeps_to_it_changes_nothing(self) -> None:
        with_it = compile_workflow(
            steps(
                "{stepId: list, operationId: list}",
                "{stepId: submit, operationId: submit, dependsOn: [list]}",
                "{stepId: again, operationId: list, dependsOn: [list, $workflows.flow.steps.submit]}",
            )
        )
        _, script = with_it.run(Answer(), Answer(201, JOB), Answer())
        assert script.calls == ["GET /jobs", "POST /jobs", "GET /jobs"]

    @pytest.mark.parametrize(
        ("needed", "message"),
        [
            ("waiting", "step `s` depends on `waiting`, which never runs before it"),
            ("s", "step `s` depends on itself"),
            ("lter", "workflow `flow` has no step `lter`"),
            (
                "$workflows.other.steps.ask",
                "`$workflows.other` does not surely run before step `s`",
            ),
        ],
    )
    def test_what_does_not_run_before_is_an_error(self, needed: str, message: str) -> None:
        text = steps(
            f"{{stepId: s, operationId: list, dependsOn: [{needed}]}}",
            "{stepId: waiting, operationId: list, dependsOn: [s]}",
        )
        told_, *_ = findings(text)
        assert message in told_

    def test_a_step_runs_behind_later_ones_that_it_depends_on(self) -> None:
        module = compile_workflow(
            steps(
                "{stepId: read, operationId: read, dependsOn: [cancel, $workflows.flow.steps.submit],"
                " parameters: [{name: id, in: path, value: $steps.submit.outputs.id}]}",
                "{stepId: list, operationId: list}",
                "{stepId: cancel, operationId: cancel, dependsOn: [submit],"
                " parameters: [{name: id, in: path, value: $steps.submit.outputs.id}]}",
                "{stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}",
                "{stepId: again, operationId: list}",
            )
        )
        answers = (Answer(), Answer(201, JOB), Answer(204), Answer(200, JOB), Answer())
        _, script = module.run(*answers)
        assert script.calls == [
            "GET /jobs",
            "POST /jobs",
            "DELETE /jobs/1",
            "GET /jobs/1",
            "GET /jobs",
        ]

    def test_outputs_that_are_read_are_depended_on_too(self) -> None:
        read = "{name: id, in: path, value: $steps.submit.outputs.id}"
        submit = "{stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}"
        module = compile_workflow(
            steps(
                f"{{stepId: read, operationId: read, parameters: [{read}]}}",
                "{stepId: list, operationId: list, dependsOn: [submit]}",
                submit,
            )
        )
        _, script = module.run(Answer(201, JOB), Answer(200, JOB), Answer())
        assert script.calls == ["POST /jobs", "GET /jobs/1", "GET /jobs"]
        circle = steps(
            submit.replace("outputs:", "dependsOn: [read], outputs:"),
            f"{{stepId: read, operationId: read, parameters: [{read}]}}",
        )
        assert [line.split(" => ")[0] for line in findings(circle)] == [
            "AZ403 step `submit` depends on `read`, which never runs before it"
        ]

    def test_what_a_description_mentions_is_not_depended_on(self) -> None:
        module = compile_workflow(
            steps(
                "{stepId: list, operationId: list, dependsOn: [submit]}",
                "{stepId: submit, operationId: submit, description: Before $steps.list.outputs.x}",
            )
        )
        _, script = module.run(Answer(201, JOB), Answer())
        assert script.calls == ["POST /jobs", "GET /jobs"]

    def test_where_an_action_leads_to_a_step_the_order_is_the_one_written(self) -> None:
        text = steps(
            "{stepId: first, operationId: list, onSuccess: [{name: on, type: goto, stepId: later}]}",
            "{stepId: s, operationId: list, dependsOn: [later],"
            " onSuccess: [{name: done, type: end}]}",
            "{stepId: later, operationId: submit,"
            " onSuccess: [{name: back, type: goto, stepId: s}]}",
        )
        _, script = compile_workflow(text).run(Answer(), Answer(201, JOB), Answer())
        assert script.calls == ["GET /jobs", "POST /jobs", "GET /jobs"]

    def test_what_some_way_skips_is_an_error(self) -> None:
        text = steps(
            "{stepId: first, operationId: list, onSuccess: [{name: on, type: goto, stepId: s, "
            "criteria: [{condition: $response.body#/ready}]}]}",
            "{stepId: between, operationId: list}",
            "{stepId: s, operationId: list, dependsOn: [between]}",
        )
        assert findings(text) == [
            "AZ403 some way leads to step `s` without `between`, which it depends on"
            " => change the actions that lead past it, or remove the entry"
        ]

    def test_a_step_of_a_workflow_that_ran_is_done_if_that_always_runs_it(self) -> None:
        lines = (
            "{stepId: enter, workflowId: login}",
            "{stepId: s, operationId: list, dependsOn: [$workflows.login.steps.%s]}",
        )
        sound = steps(lines[0], lines[1] % "ask") + LOGIN
        assert findings(sound) == []
        unsure = steps(lines[0], lines[1] % "submit") + LOGIN
        assert [line.split(" => ")[0] for line in findings(unsure)] == [
            "AZ403 `$workflows.login` may end without step `submit`"
        ]

    def test_so_is_one_of_a_workflow_that_runs_before(self) -> None:
        text = workflow(
            "dependsOn: [login]\nsteps:\n"
            "  - {stepId: s, operationId: list, dependsOn: [$workflows.login.steps.ask]}",
            version="1.1.0",
        )
        assert findings(text + LOGIN) == []


class TestTimeouts:
    def test_a_step_s_timeout_is_the_request_s(self) -> None:
        module = compile_workflow(
            steps(
                "{stepId: hasty, operationId: list, timeout: 1500}",
                "{stepId: patient, operationId: list}",
            )
        )
        assert _timeouts(module, Answer(), Answer()) == [1.5, None]

    def test_a_step_whose_time_is_over_got_no_response(self) -> None:
        module = compile_workflow(
            steps(
                "{stepId: s, operationId: list, timeout: 20, onFailure: [{name: once, type: retry}]}"
            ),
            warns=("AZ426",),
        )
        with (
            serving(lambda _: reply(bytes(1000)), drip=0.01) as server,
            pytest.raises(module.module.StepFailed) as raised,
        ):
            module.module.flow(api_url=server.url)
        assert str(raised.value) == "step s: GET /jobs got no response"
        assert str(raised.value.__cause__).endswith("/jobs: timed out")
        assert len(server.calls) == 2  # a retry has the same time again

    def test_a_timeout_of_zero_is_an_error(self) -> None:
        assert findings(steps("{stepId: s, operationId: list, timeout: 0}")) == [
            "AZ105 `timeout` must be a whole number above 0"
            " => state the milliseconds that the step may take, or remove the field"
        ]

    def test_the_requests_of_a_workflow_share_the_time_of_the_step_that_runs_it(self) -> None:
        called = """
          - workflowId: called
            steps:
              - {stepId: free, operationId: list}
              - {stepId: hasty, operationId: list, timeout: 1000}
        """
        module = compile_workflow(
            steps("{stepId: run, workflowId: called, timeout: 5000}") + indent(dedent(called), "  ")
        )
        free, hasty = _timeouts(module, Answer(), Answer())
        assert free is not None
        assert 1 < free <= 5
        assert hasty == 1

    def test_nothing_is_sent_once_the_time_of_the_step_is_over(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        called = """
          - workflowId: called
            steps:
              - stepId: list
                operationId: list
                onFailure: [{name: wait, type: retry, retryAfter: 6}]
        """
        module = compile_workflow(
            steps("{stepId: run, workflowId: called, timeout: 5000}") + indent(dedent(called), "  ")
        )
        monkeypatch.setattr(module.module, "time", Clock())
        error, script = module.fail(Answer(503))
        assert script.calls == ["GET /jobs"]
        assert str(error) == (
            "step run: workflow called failed; step list: GET /jobs got no response"
        )


def _timeouts(module: Compiled, *answers: Answer) -> list[float | None]:
    """What the requests of a run say of their time."""
    script, found = Script(module.module, answers), list[float | None]()

    def transport(request: Any) -> Any:
        found.append(request.timeout)
        return script(request)

    module.module.flow(transport=transport)
    return found
