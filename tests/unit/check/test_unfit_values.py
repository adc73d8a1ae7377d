"""What is said of a list or an object in the place of a single value."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text

API = """
openapi: 3.1.0
info: {title: Test, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /jobs:
    post:
      operationId: create
      responses: {'200': {description: Fine., content: {application/json: {schema: %s}}}}
  /jobs/{jobId}:
    get:
      operationId: read
      parameters: [{name: jobId, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: Fine.}}
"""
FLOW = """
steps:
  - stepId: create
    operationId: create
    outputs:
      job: $response.body
  - stepId: read
    operationId: read
    parameters: [{name: jobId, in: path, value: $steps.create.outputs.job}]
"""


def field(name: str, type_: str = "string") -> str:
    return f"{{type: object, properties: {{{name}: {{type: {type_}}}}}}}"


@pytest.mark.parametrize(
    ("schema", "hint"),
    [
        (field("job_id"), "#/job_id"),
        (field("id"), "#/id"),
        (f"{{type: array, items: {field('id')}}}", "#/0/id"),
        (f"{{type: object, properties: {{id: {{}}, data: {field('JobID')}}}}}", "#/data/JobID"),
        (
            "{type: object, properties: {id: {type: string}, jobId: {type: integer}}}",
            "#/jobId",
        ),
    ],
)
def test_the_hint_leads_to_the_member_that_the_name_means(schema: str, hint: str) -> None:
    (found,) = compile_text(FLOW, API % schema).diagnostics
    assert found.rule.code == "AZ312"
    assert found.hint == f"did you mean `$steps.create.outputs.job{hint}`?"


@pytest.mark.parametrize(
    "schema", [field("name"), field("id", "object"), field("d"), "{type: object}"]
)
def test_without_such_a_member_the_hint_is_an_example(schema: str) -> None:
    (found,) = compile_text(FLOW, API % schema).diagnostics
    assert found.hint is not None
    assert found.hint.endswith("with a JSON Pointer such as `#/id`")


def test_the_output_is_shown_where_it_is_made() -> None:
    (found,) = compile_text(FLOW, API % field("id")).diagnostics
    (related,) = found.related
    assert related.message == "the output is made here"
    assert related.span.start.line < found.span.start.line
