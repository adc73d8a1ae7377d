"""What users see of ways into responses that lead nowhere."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

_API = """
openapi: 3.1.0
info: {{title: Jobs, version: 1.0.0}}
servers: [{{url: https://api.example}}]
paths:
  /jobs:
    get:
      operationId: list
      responses:
        '200':
          description: The jobs.
          headers: {{X-Rate-Limit: {{schema: {{type: integer}}}}}}
          content: {{application/json: {{schema: {schema}{example}}}}}
        '404': {{description: None., content: {{application/json: {{schema: {{type: string}}}}}}}}
"""
_JOB = "type: object, properties: {id: {type: string}, tags: {type: array, items: {type: string}}}"


def found(expression: str, schema: str, example: str = "") -> list[str]:
    flow = f"steps: [{{stepId: list, operationId: list, outputs: {{x: '{expression}'}}}}]"
    return told(compile_text(flow, _API.format(schema=schema, example=example)))


def test_a_member_that_the_schema_does_not_name() -> None:
    assert found("$response.body#/idd", f"{{{_JOB}}}") == [
        "AZ221 the response of step `list` has no member `idd` => did you mean `id`?"
    ]
    assert found("$response.body#/0/owner", f"{{type: array, items: {{{_JOB}}}}}") == [
        "AZ221 `/0` of the response of step `list` has no member `owner` => its schema has `id`, `tags`"
    ]


@pytest.mark.parametrize(
    ("pointer", "message"),
    [
        ("/id/text", "`/id` of the response of step `list` is text, which has no member `text`"),
        ("/tags/a", "`/tags` of the response of step `list` is a list, which has no member `a`"),
        ("/owner", "the response of step `list` has no member `owner`"),
    ],
)
def test_a_place_that_the_schema_rules_out(pointer: str, message: str) -> None:
    (line,) = found(f"$response.body#{pointer}", f"{{{_JOB}, additionalProperties: false}}")
    assert line.startswith(f"AZ222 {message} => ")


@pytest.mark.parametrize(
    "schema",
    [
        "{}",
        "{type: object}",
        f"{{{_JOB}, additionalProperties: true}}",
        f"{{{_JOB}, additionalProperties: {{type: string}}}}",
        f"{{{_JOB}, patternProperties: {{'^x-': {{}}}}}}",
        f"{{oneOf: [{{{_JOB}}}, {{type: object}}]}}",
        f"{{allOf: [{{{_JOB}}}, {{anyOf: [{{{_JOB}}}, {{}}]}}]}}",
        f"{{{_JOB}, discriminator: {{propertyName: id}}}}",
        "{type: [object, array]}",
        "{type: string}",
    ],
)
def test_a_schema_that_leaves_it_open_raises_nothing(schema: str) -> None:
    assert found("$response.body#/owner", schema) == []


def test_an_example_tells_of_members_too() -> None:
    assert found("$response.body#/owner", f"{{{_JOB}}}", ", example: {owner: me}") == []


def test_one_alternative_beside_null_is_the_schema() -> None:
    schema = f"{{oneOf: [{{{_JOB}}}, {{type: 'null'}}]}}"
    assert [line[:5] for line in found("$response.body#/owner", schema)] == ["AZ221"]


def test_a_way_into_an_output_is_judged_where_it_stands() -> None:
    result = compile_text(
        """
        steps:
          - {stepId: list, operationId: list, outputs: {all: $response.body}}
          - {stepId: again, operationId: list}
        outputs: {first: '$steps.list.outputs.all#/0/idd'}
        """,
        _API.format(schema=f"{{type: array, items: {{{_JOB}}}}}", example=""),
    )
    assert told(result) == [
        "AZ221 `/0` of the response of step `list` has no member `idd` => did you mean `id`?"
    ]


def test_a_header_that_nearly_has_a_stated_name() -> None:
    assert found("$response.header.X-RateLimit", "{}") == [
        "AZ221 the response of step `list` states no header `X-RateLimit`"
        " => did you mean `X-Rate-Limit`?"
    ]
    assert found("$response.header.Date", "{}") == []


def test_a_header_that_no_response_states() -> None:
    assert found("$response.header.X-Job-Cost", "{}") == [
        "AZ224 the response of step `list` states no header `X-Job-Cost`"
        " => its description has `X-Rate-Limit`"
    ]
    for name in ("Location", "etag", "x-request-id", "x-rate-limit"):
        assert found(f"$response.header.{name}", "{}") == []
