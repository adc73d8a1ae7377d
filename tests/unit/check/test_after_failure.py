"""What users see of failure actions that read the response which their step waits for."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

_API = """
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /jobs:
    get:
      operationId: read
      responses:
        '200':
          description: The job.
          content:
            application/json:
              schema:
                type: object
                required: [status]
                properties:
                  status: {type: string, enum: [Queued, Running, Completed]}
        '503':
          description: Not now.
          content:
            application/json:
              schema:
                type: object
                properties:
                  state: {type: string}
"""


def found(condition: str, limit: str = "retryLimit: 9, ", success: str = "Completed") -> list[str]:
    """The findings for a step that waits, with a retry for what comes before."""
    return told(
        compile_text(
            f"""
            steps:
              - stepId: read
                operationId: read
                successCriteria:
                  - condition: $statusCode == 200
                  - condition: $response.body#/status == '{success}'
                onFailure:
                  - {{name: again, type: retry, {limit}criteria: [{{condition: "{condition}"}}]}}
            """,
            _API,
        )
    )


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        (
            "$response.body#/status == 'Runing'",
            "AZ420 `$response.body#/status` is never `Runing` => did you mean `Running`?",
        ),
        (
            "$response.body#/sttaus == 'Running'",
            "AZ221 the response of step `read` has no member `sttaus` => did you mean `status`?",
        ),
    ],
)
def test_slips_in_what_a_poll_reads(condition: str, line: str) -> None:
    assert found(condition) == [line]


@pytest.mark.parametrize(
    "condition",
    [
        "$response.body#/status == 'Running'",
        "$response.body#/status == 'Suspended'",  # another response may say so
        "$response.body#/error == 'Running'",
        "$response.body#/state == 'Running'",  # the response to an error has it
    ],
)
def test_what_an_error_may_answer_is_not_told(condition: str) -> None:
    assert found(condition) == []


def test_a_success_that_the_operation_does_not_answer() -> None:
    assert found("$statusCode == 202") == [
        "AZ422 operation `read` is not described to answer `202`, which action `again` is taken for"
        " => it answers `200`"
    ]


@pytest.mark.parametrize("status", ["404", "500", "200"])
def test_errors_come_whether_described_or_not(status: str) -> None:
    assert found(f"$statusCode == {status}") == []


@pytest.mark.parametrize("condition", ["$response.body#/status == 'Running'", "$statusCode == 200"])
def test_a_poll_without_a_limit_looks_once_more(condition: str) -> None:
    assert found(condition, limit="") == [
        "AZ407 action `again` waits for another state, and looks once more only"
        " => say how often it may, such as `retryLimit: 60`"
    ]


def test_one_more_time_may_be_enough_after_an_error() -> None:
    assert found("$statusCode == 503", limit="") == []


def test_a_retry_after_a_body_that_no_response_of_success_has_waits_for_nothing() -> None:
    text = """
    steps:
      - stepId: read
        operationId: read
        successCriteria: [{condition: $statusCode == 200}]
        onFailure:
          - {name: again, type: retry, criteria: [{condition: "$response.body#/state == 'busy'"}]}
    """
    assert told(compile_text(text, _API)) == []


def test_a_body_that_a_query_looks_at_is_waited_for_too() -> None:
    text = """
    steps:
      - stepId: read
        operationId: read
        successCriteria:
          - {context: $response.body, type: jsonpath, condition: "$[?@ == 'Completed']"}
        onFailure: [{name: again, type: retry}]
    """
    assert "AZ407" in str(told(compile_text(text, _API)))


def test_a_success_among_the_failures_is_told_once() -> None:
    text = """
    steps:
      - stepId: read
        operationId: read
        onFailure:
          - {name: stop, type: end, criteria: [{condition: $statusCode == 204}]}
    """
    assert [line[:5] for line in told(compile_text(text, _API))] == ["AZ420"]


def test_an_action_that_steps_share_is_told_of_at_the_step_that_it_does_not_suit() -> None:
    text = """
    arazzo: 1.0.1
    info: {title: Jobs, version: 1.0.0}
    sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
    workflows:
      - workflowId: main
        steps:
          - stepId: read
            operationId: read
            onSuccess: [{reference: $components.successActions.made}]
    components:
      successActions:
        made: {name: made, type: end, criteria: [{condition: $statusCode == 201}]}
    """
    (found,) = compile_text(text, _API).diagnostics
    assert found.rule.code == "AZ422"
    assert found.span.start.line == 10
    assert [each.span.start.line for each in found.related] == [13]
