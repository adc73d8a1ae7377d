"""What users see of steps that ask again: for the same page, without a pause, or in vain."""

from __future__ import annotations

import pytest

from arazzoc.diagnostics.model import Severity
from tests.compiling import compile_text, told

API = """
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /jobs:
    get:
      operationId: list
      parameters:
        - {name: pageToken, in: query, schema: {type: string}}
        - {name: after, in: query, schema: {type: string, format: date-time}}
      responses:
        '200':
          description: Jobs.
          content:
            application/json:
              schema:
                type: object
                properties: {next: {type: [string, 'null']}, hasMore: {type: boolean}, total: {type: integer}}
  /job:
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
                  status: {type: string, enum: [Queued, Running, Done, Failed]}
                  final: {type: boolean}
"""


def listing(condition: str, parameters: str = "") -> list[str]:
    text = f"""
    steps:
      - stepId: list
        operationId: list
        parameters: [{parameters}]
        onSuccess:
          - {{name: more, type: goto, stepId: list, criteria: [{{condition: "{condition}"}}]}}
        outputs: {{next: $response.body#/next}}
    outputs: {{last: $steps.list.outputs.next}}
    """
    return told(compile_text(text, API))


@pytest.mark.parametrize(
    "condition",
    ["$response.body#/next != null", "$response.body#/hasMore", "$response.body#/hasMore == true"],
)
def test_a_page_that_is_asked_for_again_is_told(condition: str) -> None:
    assert listing(condition) == [
        "AZ408 action `more` asks for the same page again: nothing in the request changes"
        " => pass what tells the next page, from an output of this step, as query parameter `pageToken`"
    ]


def test_the_next_page_is_not_the_same() -> None:
    own = "{name: pageToken, in: query, value: $steps.list.outputs.next}"
    assert listing("$response.body#/next != null", own) == []


def test_a_loop_that_is_not_about_pages_is_not_told_as_such() -> None:
    assert listing("$response.body#/total == 0") == []


def reading(actions: str, criteria: str = "$statusCode == 200") -> tuple[list[str], list[Severity]]:
    text = f"""
    steps:
      - stepId: read
        operationId: read
        successCriteria: [{{condition: "{criteria}"}}]
        {actions}
    """
    result = compile_text(text, API)
    return told(result), [each.severity for each in result.diagnostics]


def goto(condition: str, before: str = "") -> list[str]:
    again = f'{{name: again, type: goto, stepId: read, criteria: [{{condition: "{condition}"}}]}}'
    return reading(f"onSuccess: [{before}{again}]")[0]


def retry(condition: str, before: str = "") -> tuple[list[str], list[Severity]]:
    criteria = f'criteria: [{{condition: "{condition}"}}]'
    again = f"{{name: again, type: retry, retryAfter: 5, retryLimit: 60, {criteria}}}"
    return reading(f"onFailure: [{before}{again}]", "$response.body#/status == 'Done'")


def test_a_loop_that_never_ends_once_a_job_has_failed() -> None:
    assert goto("$response.body#/status != 'Done'") == [
        "AZ425 action `again` asks again when `$response.body#/status` is `Failed`, for ever"
        " => ask again in the states that pass, or put an action before it for those that do not"
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "$response.body#/status == 'Running'",
        "$response.body#/status != 'Done' && $response.body#/status != 'Failed'",
        "$response.body#/status != 'Done' && $response.body#/final == false",
    ],
)
def test_a_loop_that_ends_when_a_job_has_failed(condition: str) -> None:
    assert goto(condition) == []


def test_an_action_before_it_ends_the_loop() -> None:
    failed = (
        "{name: over, type: end, criteria: [{condition: $response.body#/status == 'Failed'}]}, "
    )
    assert goto("$response.body#/status != 'Done'", failed) == []


def test_retries_in_vain_are_a_hint() -> None:
    lines, severities = retry("$statusCode == 200")
    assert lines == [
        "AZ425 action `again` asks again when `$response.body#/status` is `Failed`, 60 times"
        " => ask again in the states that pass, or put an action before it for those that do not"
    ]
    assert severities == [Severity.HINT]
    assert (
        retry("$response.body#/status == 'Queued' || $response.body#/status == 'Running'")[0] == []
    )
    failed = (
        "{name: over, type: end, criteria: [{condition: $response.body#/status == 'Failed'}]}, "
    )
    assert retry("$statusCode == 200", failed)[0] == []


def test_a_failure_that_leads_to_the_same_request_is_told() -> None:
    back = "{name: again, type: goto, stepId: read, criteria: [{condition: $statusCode == 503}]}"
    lines, _ = reading(f"onFailure: [{back}]")
    assert lines == [
        "AZ409 action `again` sends the same request again at once, as often as it fails"
        " => write `type: retry`, with `retryAfter` and `retryLimit`, and without `stepId`"
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ("5000", "1 hour and 23 minutes || 5"),
        ("1000", "17 minutes || 1"),
        ("30000", "8 hours and 20 minutes || 30"),
        ("2500", "42 minutes || 2.5"),
    ],
)
def test_a_pause_in_milliseconds_is_told(seconds: str, words: str) -> None:
    shown, _, meant = words.partition(" || ")
    lines, _ = reading(
        f"onFailure: [{{name: again, type: retry, retryAfter: {seconds}, retryLimit: 3}}]"
    )
    assert lines == [
        f"AZ426 action `again` pauses for {seconds} seconds, which is {shown}"
        f" => `retryAfter` counts seconds: write {meant} for {seconds} milliseconds"
    ]


@pytest.mark.parametrize("seconds", ["0.5", "5", "60", "900", "3600", "86400", "1234"])
def test_other_pauses_are_let_pass(seconds: str) -> None:
    lines, _ = reading(
        f"onFailure: [{{name: again, type: retry, retryAfter: {seconds}, retryLimit: 3}}]"
    )
    assert lines == []
