"""What users see of criteria that cannot hold, and of actions that are never taken."""

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
                required: [status, done, tries, name]
                properties:
                  status: {type: string, enum: [Queued, Running]}
                  done: {type: boolean}
                  tries: {type: integer}
                  name: {type: string}
"""


def found(fields: str) -> list[str]:
    return told(compile_text(f"steps: [{{stepId: read, operationId: read, {fields}}}]", _API))


def judged(condition: str) -> list[str]:
    return found(f'successCriteria: [{{condition: "{condition}"}}]')


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        (
            "$response.body#/status == 'Quened'",
            "AZ420 `$response.body#/status` is never `Quened` => did you mean `Queued`?",
        ),
        (
            "$response.body#/status != 'over'",
            "AZ420 `$response.body#/status` is never `over`, so this always holds"
            " => by its schema it is one of `Queued`, `Running`",
        ),
        (
            "$response.body#/done == 'true'",
            "AZ420 `$response.body#/done` is never `true`"
            " => compare it with a value of its own type: text stands in quotes, others do not",
        ),
        (
            "$statusCode == 200 && $statusCode == 404",
            "AZ420 `$statusCode == 200 && $statusCode == 404` holds for no status from 100 to 599"
            " => no response can meet it: mend the statuses, or join them with `||`",
        ),
        *(
            (
                condition,
                f"AZ420 `{condition}` never holds, whatever the response"
                " => compare what the response has, as in `$statusCode == 200`",
            )
            for condition in ("1 == 2", "'a' == 'b'", "false")
        ),
        (
            "$statusCode == 201",
            "AZ422 operation `read` is not described to answer `201`, which the step needs to succeed"
            " => it answers `200`",
        ),
    ],
)
def test_a_condition_that_cannot_hold(condition: str, line: str) -> None:
    assert judged(condition) == [line]


@pytest.mark.parametrize(
    "condition",
    [
        "$response.body#/status == 'queued'",
        "$response.body#/tries == '3'",
        "$response.body#/name == 3",
        "$response.body#/status == null",
        "$statusCode == 200 || $statusCode == 201",
        "$statusCode >= 200 && $statusCode < 300",
        "$statusCode != 404",
        "$statusCode == 404",
        "$statusCode >= 400",
    ],
)
def test_a_condition_that_may_hold(condition: str) -> None:
    assert judged(condition) == []


def test_criteria_that_contradict_each_other() -> None:
    lines = found(
        "successCriteria: [{condition: $statusCode == 200},"
        " {context: $statusCode, type: regex, condition: '^404$'}]"
    )
    assert [line.partition(" =>")[0] for line in lines] == [
        "AZ420 these criteria contradict each other: no status meets them all"
    ]


@pytest.mark.parametrize(
    ("actions", "messages"),
    [
        (
            "onFailure: [{name: stop, type: end}, {name: again, type: retry}]",
            ["AZ404 action `again` is never tried: `stop` is taken before it"],
        ),
        (
            "onSuccess: [{name: a, type: end, criteria: [{condition: $statusCode < 300}]},"
            " {name: b, type: end, criteria: [{condition: $statusCode == 200}]}]",
            ["AZ404 action `b` is never tried: `a` is taken before it"],
        ),
        (
            "onFailure: [{name: stop, type: end}, {name: b, type: end}, {name: c, type: end}]",
            ["AZ404 actions `b` and `c` are never tried: `stop` is taken before them"],
        ),
        (
            "onSuccess: [{name: a, type: end, criteria: [{condition: $statusCode == 404}]}]",
            ["AZ420 no status of success meets the criteria of action `a`"],
        ),
        ("onFailure: [{name: again, type: retry}, {name: stop, type: end}]", []),
        (
            "onFailure: [{name: a, type: end, criteria: [{condition: $statusCode == 404}]},"
            " {name: b, type: end}]",
            [],
        ),
        (
            "onFailure: [{name: a, type: retry, criteria: [{condition: $statusCode == 422}]}]",
            ["AZ406 the same request is refused again after `422`"],
        ),
        ("onFailure: [{name: a, type: retry, criteria: [{condition: $statusCode >= 400}]}]", []),
        (
            "onSuccess: [{name: a, type: goto, stepId: read}]",
            ["AZ405 no success leads out of the loop from `read` to `read`"],
        ),
    ],
)
def test_actions(actions: str, messages: list[str]) -> None:
    assert [line.partition(" =>")[0] for line in found(actions)] == messages


def test_a_secret_is_told_and_never_printed() -> None:
    secret = "ghp_" + "0a1B2c3D4e5F" * 3
    (line,) = [
        line
        for line in found(f"parameters: [{{name: X-Key, in: header, value: {secret}}}]")
        if line.startswith("AZ711")
    ]
    assert line.startswith("AZ711 the value of parameter `X-Key` looks like a secret")
    assert secret not in line
    assert "AZ711" not in str(found("parameters: [{name: X-Key, in: header, value: YOUR_API_KEY}]"))


@pytest.mark.parametrize(
    "condition",
    ["$statusCode >= 100", "true", "1 == 1", "$statusCode == 200 || $statusCode != 200"],
)
def test_a_condition_that_always_holds(condition: str) -> None:
    assert judged(condition) == [
        f"AZ423 `{condition}` holds for every response"
        " => remove it, or compare what it was meant to"
    ]


@pytest.mark.parametrize("condition", ["$statusCode < 500", "$response.body#/done"])
def test_a_condition_that_may_fail(condition: str) -> None:
    assert judged(condition) == []


_DETAILED = _API.replace(
    "name: {type: string}",
    """name: {type: string, pattern: '^[a-z]+[0-9]$'}
                  made: {type: string, format: date-time}
                  done_by: {type: [string, 'null'], format: uuid}
                  share: {type: number, minimum: 0, exclusiveMaximum: 1}
                  percent: {type: integer, minimum: 0, maximum: 100}""",
).replace("name]", "name, percent, share, made, done_by]")


def detailed(condition: str, **beside: str) -> list[str]:
    fields = ", ".join(
        f"{name}: {value}" for name, value in {"condition": f'"{condition}"', **beside}.items()
    )
    step = f"steps: [{{stepId: read, operationId: read, successCriteria: [{{{fields}}}]}}]"
    return told(compile_text(step, _DETAILED))


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        ("percent == 101", "percent` is never `101` => by its schema it is 100 or less"),
        ("percent != 101", "percent` is never `101`, so this always holds => by its schema it is"),
        ("percent > 100", "percent` is never `> 100` => by its schema it is 100 or less"),
        ("percent >= '101'", "percent` is never `>= 101` => by its schema it is 100 or less"),
        ("percent < 0", "percent` is never `< 0` => by its schema it is 0 or more"),
        ("percent == 99.5", "percent` is never `99.5` => by its schema it is an integer"),
        ("percent >= 'all'", "percent` is never `>= all` => by its schema it is a number"),
        ("share >= 1", "share` is never `>= 1` => by its schema it is less than 1"),
        ("share == 1", "share` is never `1` => by its schema it is less than 1"),
        ("name == 'Job-1'", "name` is never `Job-1` => by its schema it is text that matches"),
        ("made == '2026-01-31'", "made` is never `2026-01-31` => by its schema it is a date and"),
        ("done_by == 'me'", "done_by` is never `me` => by its schema it is a UUID"),
        ("status >= 5", "status` is never `>= 5` => by its schema it is one of `Queued`"),
    ],
)
def test_what_a_schema_rules_out_never_holds(condition: str, line: str) -> None:
    (message,) = detailed(f"$response.body#/{condition}")
    assert message.startswith(f"AZ420 `$response.body#/{line}")


@pytest.mark.parametrize(
    "condition",
    [
        "percent == 100",
        "percent == '100'",
        "percent >= 100",
        "percent <= 0",
        "percent > 99",
        "share > 0.99",
        "share <= 0",
        "name == 'JOB1'",
        "made == '2026-01-31T10:00:00z'",
        "made == null",
        "made != null",
        "made > '2026'",
        "done_by == null",
        "status >= 'q'",
    ],
)
def test_what_a_schema_allows_may_hold(condition: str) -> None:
    assert detailed(f"$response.body#/{condition}") == []


def test_a_pattern_that_no_choice_matches_never_holds() -> None:
    state = {"context": "$response.body#/status", "type": "regex"}
    (message,) = detailed("^(done|failed)$", **state)
    assert message == (
        "AZ420 `$response.body#/status` never matches `^(done|failed)$`"
        " => by its schema it is one of `Queued`, `Running`"
    )
    assert detailed("^(Done|Running)$", **state) == []


def test_a_retry_after_success_waits_for_what_the_response_can_have() -> None:
    def retrying(condition: str) -> list[str]:
        fields = f"""successCriteria: [{{condition: "$response.body#/percent == 100"}}], onFailure:
          [{{name: again, type: retry, retryAfter: 1, retryLimit: 9, criteria: [{{condition: "{condition}"}}]}}]"""
        return told(
            compile_text(f"steps: [{{stepId: read, operationId: read, {fields}}}]", _DETAILED)
        )

    (message,) = retrying("$statusCode == 200 && $response.body#/status == 'waiting'")
    assert message.startswith("AZ420 `$response.body#/status` is never `waiting`")
    (message,) = retrying("$statusCode == 200 && $response.body#/percent > 100")
    assert message.startswith("AZ420 `$response.body#/percent` is never `> 100`")
    assert retrying("$response.body#/status == 'waiting'") == []
    assert retrying("$statusCode >= 200 && $response.body#/status == 'waiting'") == []
