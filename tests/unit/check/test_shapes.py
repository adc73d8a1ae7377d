"""What users see of values whose shape does not fit the parameter."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example}]
paths:
  /jobs:
    get:
      operationId: list
      responses:
        '200':
          description: Jobs.
          content:
            application/json:
              schema:
                type: object
                required: [jobs, owner, tags, some, any]
                properties:
                  jobs:
                    type: array
                    items: {type: object, required: [id], properties: {id: {type: string}}}
                  owner: {$ref: '#/components/schemas/Owner'}
                  tags: {type: array, items: {type: string}}
                  some: {type: [string, array]}
                  nullable: {type: [object, 'null']}
                  any: {}
  /jobs/{id}:
    get:
      operationId: read
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: tag, in: query, schema: {type: string}}
        - {name: any, in: query, schema: {}}
      responses: {'200': {description: A job.}}
components:
  schemas:
    Owner: {type: object, properties: {name: {type: string}}}
"""


def found(pointer: str, parameter: str, location: str = "query") -> list[str]:
    """The findings for an output of `list` that goes into a parameter of `read`."""
    id_ = "" if parameter == "id" else "{name: id, in: path, value: '1'},"
    result = compile_text(
        f"""
        steps:
          - stepId: list
            operationId: list
            outputs: {{found: $response.body#/{pointer}}}
          - stepId: read
            operationId: read
            parameters:
              [{id_} {{name: {parameter}, in: {location}, value: $steps.list.outputs.found}}]
        """,
        API,
    )
    return told(result)


@pytest.mark.parametrize(
    ("pointer", "shape"),
    [
        ("jobs", "a list"),
        ("owner", "an object"),
        ("jobs/0", "an object"),
        ("nullable", "an object"),
    ],
)
def test_a_parameter_that_takes_a_single_value(pointer: str, shape: str) -> None:
    way = "#/0/id" if shape == "a list" else "#/id"
    assert found(pointer, "tag") == [
        f"AZ312 `$steps.list.outputs.found` is {shape}, and query parameter `tag` takes a single value"
        f" => lead on to the value that is meant, with a JSON Pointer such as `{way}`"
    ]


@pytest.mark.parametrize("pointer", ["some", "any", "tags/0", "owner/name"])
def test_what_may_be_a_single_value_raises_nothing(pointer: str) -> None:
    assert found(pointer, "tag") == []


def test_a_list_of_single_values_is_sent_in_a_query_and_told_as_another_type() -> None:
    (told_,) = found("tags", "tag")
    assert told_.startswith(
        "AZ314 query parameter `tag` takes text, not `$steps.list.outputs.found`"
    )


def test_a_parameter_that_takes_lists_or_anything_raises_nothing() -> None:
    assert found("tags", "tags") == []
    assert found("jobs", "any") == []


def test_a_path_parameter_too() -> None:
    (told_,) = found("jobs", "id", "path")
    assert told_.startswith("AZ312 `$steps.list.outputs.found` is a list, and path parameter `id`")
