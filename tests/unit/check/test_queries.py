"""What users see of JSONPaths and Selector Objects that lead nowhere in a response."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told, workflow

_API = """
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /jobs:
    get:
      operationId: list
      responses:
        '200':
          description: The jobs.
          content:
            application/json:
              schema:
                type: object
                required: [jobs, total, state]
                properties:
                  total: {type: integer}
                  state: {type: string, enum: [Open, Closed]}
                  jobs:
                    type: array
                    items:
                      type: object
                      required: [id, status]
                      properties:
                        id: {type: string}
                        status: {type: string, enum: [Queued, Running]}
                        tags: {type: array, items: {type: string}}
"""


def criterion(condition: str, context: str = "$response.body") -> list[str]:
    stated = f"{{type: jsonpath, context: {context}, condition: {condition!r}}}"
    flow = f"steps: [{{stepId: list, operationId: list, successCriteria: [{stated}]}}]"
    lines = told(compile_text(flow, _API))
    return [line for line in lines if not line.startswith(("AZ506", "AZ510"))]


def selector(kind: str, text: str, context: str = "$response.body") -> list[str]:
    stated = f"{{context: {context}, type: {kind}, selector: {text!r}}}"
    flow = f"steps: [{{stepId: list, operationId: list, outputs: {{found: {stated}}}}}]"
    return told(compile_text(workflow(flow, version="1.1.0"), _API))


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        ("$.statee", "AZ221 the response of step `list` has no member `statee`"),
        ('$.stat == "Open"', "AZ221 the response of step `list` has no member `stat`"),
        ("$.jobs[0].ids", "AZ221 `/jobs/0` of the response of step `list` has no member `ids`"),
        ("$.jobs[*].ids", "AZ221 `/jobs/*` of the response of step `list` has no member `ids`"),
        (
            '$.jobs[?@.stat == "Queued"]',
            "AZ221 `/jobs/*` of the response of step `list` has no member `stat`",
        ),
        (
            "$.jobs.id",
            "AZ222 `/jobs` of the response of step `list` is a list, which has no member `id`",
        ),
        (
            "$.total.count",
            "AZ222 `/total` of the response of step `list` is a number, which has no",
        ),
        (
            "$.total[?@.a]",
            "AZ222 `/total` of the response of step `list` is a number, which has no items",
        ),
        (
            "$.jobs[?length(@.label) > 3]",
            "AZ221 `/jobs/*` of the response of step `list` has no member",
        ),
        ('$.state == "Opne"', "AZ420 `$.state` is never `Opne` => did you mean `Open`?"),
        (
            '$.jobs[?@.status == "Quened"]',
            "AZ420 `@.status` is never `Quened` => did you mean `Queued`?",
        ),
        ("$.jobs[?@.status == 'queued']", "AZ420 `@.status` is never `queued` => did you mean"),
        ("$.jobs[?@.status == 3]", "AZ420 `@.status` is never `3` => by its schema it is one of"),
    ],
)
def test_a_criterion_that_finds_nothing(condition: str, line: str) -> None:
    (found,) = criterion(condition)
    assert found.startswith(line)


@pytest.mark.parametrize(
    "condition",
    [
        "$.jobs[?@.status == 'Queued']",
        "$.jobs[0].tags[-1]",
        "$..statee",
        "$.jobs.length > 0",
        "$[?@.status]",
        "$.jobs[?!@.label]",
        "$.*.label",
        "$['jobs', 'total']",
        "$.jobs[?@.id == 'a' && @.tags[?@ == 'b']]",
    ],
)
def test_a_criterion_that_may_find_something(condition: str) -> None:
    assert criterion(condition) == []


def test_what_is_wrong_with_the_context_is_said_there_alone() -> None:
    (found,) = criterion("$[?@.status == 'Queued']", "$response.body#/job")
    assert found.startswith("AZ221 the response of step `list` has no member `job`")


def test_a_context_below_the_body_is_where_the_query_starts() -> None:
    (found,) = criterion("$[?@.stat == 'Queued']", "$response.body#/jobs")
    assert found.startswith("AZ221 `/jobs/*` of the response of step `list` has no member `stat`")


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        ("jsonpath", "$.jobs[*].ids", "AZ221 `/jobs/*` of the response"),
        ("jsonpath", "$.jobs[?@.status == 'Quened'].id", "AZ420 `@.status` is never `Quened`"),
        ("jsonpointer", "/jobs/0/ids", "AZ221 `/jobs/0` of the response"),
        ("jsonpointer", "/jobs/id", "AZ222 `/jobs` of the response of step `list` is a list"),
    ],
)
def test_a_selector_that_selects_nothing(kind: str, text: str, line: str) -> None:
    (found,) = selector(kind, text)
    assert found.startswith(line)


@pytest.mark.parametrize(
    ("kind", "text"), [("jsonpath", "$.jobs[?@.status == 'Queued'].id"), ("jsonpointer", "/jobs/0")]
)
def test_a_selector_that_may_select_something(kind: str, text: str) -> None:
    assert selector(kind, text) == []


def test_a_query_over_what_an_earlier_step_kept() -> None:
    flow = """
    steps:
      - {stepId: list, operationId: list, outputs: {jobs: $response.body#/jobs}}
      - stepId: again
        operationId: list
        successCriteria:
          - {type: jsonpath, context: $steps.list.outputs.jobs, condition: '$[?@.stat]'}
    """
    (found,) = told(compile_text(flow, _API))
    assert found.startswith("AZ221 `/jobs/*` of the response of step `list` has no member `stat`")
