"""What users see of actions that lead nowhere, and of steps that nothing leads to."""

from __future__ import annotations

import pytest

from arazzoc.diagnostics.model import Severity
from tests.compiling import compile_text, errors, told


def test_an_action_that_goes_to_no_step() -> None:
    result = compile_text("""
        steps:
          - stepId: submit
            operationId: submit
            onSuccess: [{name: on, type: goto, stepId: cleanUp, criteria: [{condition: $statusCode == 201}]}]
            onFailure: [{name: on, type: goto, stepId: cleanup}]
          - {stepId: clean-up, operationId: list}
        """)
    message = "AZ211 workflow `flow` has no step `{}` => did you mean `clean-up`?"
    assert told(result) == [message.format("cleanUp"), message.format("cleanup")]


def test_all_steps_are_listed_where_none_is_near() -> None:
    result = compile_text("""
        steps:
          - {stepId: a, operationId: list, onSuccess: [{name: on, type: goto, stepId: elsewhere}]}
        """)
    assert told(result) == ["AZ211 workflow `flow` has no step `elsewhere` => there is `a`"]


def test_a_step_that_nothing_leads_to_is_told_and_left_out() -> None:
    result = compile_text("""
        steps:
          - {stepId: a, operationId: list, onSuccess: [{name: done, type: end}]}
          - {stepId: never, operationId: submit}
        """)
    assert [line.partition(" =>")[0] for line in told(result)] == [
        "AZ401 nothing leads to step `never`"
    ]
    assert errors(result) == []
    (module,) = result.modules
    assert module.workflows[0].steps == 1
    assert '"POST"' not in module.source


def test_a_sound_workflow_is_compiled_beside_one_with_errors() -> None:
    result = compile_text("""
        arazzo: 1.0.1
        info: {title: T, version: '1'}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - {workflowId: bad, steps: [{stepId: a, operationId: nope}]}
          - {workflowId: good, steps: [{stepId: a, operationId: list}]}
        """)
    assert errors(result) == ["AZ301"]
    (module,) = result.modules
    assert [workflow.function for workflow in module.workflows] == ["good"]
    assert "def bad(" not in module.source


ON = "{name: on, type: goto, stepId: next, criteria: [{condition: $response.body#/busy}]}"


def after(*actions: str) -> list[str]:
    """The findings for a step with these success actions, before the steps `next` and `last`."""
    result = compile_text(f"""
        steps:
          - {{stepId: first, operationId: list, onSuccess: [{", ".join(actions)}]}}
          - {{stepId: next, operationId: list}}
          - {{stepId: last, operationId: list}}
        """)
    return told(result)


def test_criteria_that_lead_where_the_workflow_goes_anyway() -> None:
    assert after(ON) == [
        "AZ402 step `next` follows whether the criteria of action `on` hold or not"
        " => add an action for when they do not hold, such as `end`, or remove them"
    ]


@pytest.mark.parametrize(
    "other",
    [
        "{name: off, type: end}",
        "{name: off, type: goto, stepId: last}",
        "{name: again, type: goto, stepId: first, criteria: [{condition: $response.body#/busy == 1}]}",
    ],
)
def test_criteria_decide_where_another_action_leads_elsewhere(other: str) -> None:
    assert after(ON, other) == []
    assert after("{name: on, type: goto, stepId: next}") == []


def test_steps_that_are_not_reached_for_one_reason_are_told_once() -> None:
    result = compile_text("""
        steps:
          - {stepId: a, operationId: list, onSuccess: [{name: done, type: end}]}
          - {stepId: b, operationId: submit}
          - {stepId: c, operationId: list}
        """)
    (finding,) = result.diagnostics
    assert finding.message == "nothing leads to step `b`"
    assert [each.message for each in finding.related] == ["nothing leads to step `c`"]


def test_an_action_that_is_never_tried_explains_the_step_that_it_leads_to() -> None:
    result = compile_text("""
        steps:
          - stepId: a
            operationId: list
            onSuccess:
              - {name: done, type: end}
              - {name: on, type: goto, stepId: c, criteria: [{condition: $response.body#/busy}]}
          - {stepId: b, operationId: submit}
          - {stepId: c, operationId: list, outputs: {jobs: $response.body}}
        outputs: {jobs: $steps.c.outputs.jobs}
        """)
    (finding,) = result.diagnostics
    assert finding.rule.code == "AZ404"
    assert finding.severity is Severity.ERROR
    assert [each.message for each in finding.related] == [
        "it takes what would come to it",
        "nothing leads to step `b`",
        "nothing leads to step `c`",
        "its outputs are read",
    ]


def test_a_loop_without_end_explains_the_step_behind_it() -> None:
    result = compile_text("""
        steps:
          - {stepId: a, operationId: list, onSuccess: [{name: again, type: goto, stepId: a}]}
          - {stepId: b, operationId: submit}
        """)
    assert [each.rule.code for each in result.diagnostics] == ["AZ405"]
