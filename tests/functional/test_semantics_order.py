"""What has to be done before a step, and how long a step may take."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, compile_text, compile_workflow, told, workflow

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
            ("later", "step `s` depends on `later`, which never runs before it"),
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
            "{stepId: later, operationId: list}",
        )
        (told_,) = findings(text)
        assert message in told_

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
