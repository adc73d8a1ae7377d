"""Which absent values a request cannot do without."""

from __future__ import annotations

import pytest

from arazzoc.names import Identifier
from arazzoc.types.model import STR
from arazzoc.types.needs import payload_needs
from arazzoc.types.value import (
    Argument,
    Constant,
    Embedded,
    ListValue,
    Member,
    ObjectValue,
    StepOutput,
    Value,
)
from tests.compiling import compile_text, told

MAYBE = Argument(Identifier("note"), STR, absent=True)
SURE = Argument(Identifier("id"), STR)
LEFT = StepOutput("read", "job", Identifier("job"), STR, absent=True)


def needed(value: Value) -> list[str]:
    return [need.text for need in payload_needs(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SURE, []),
        (Constant(None), []),
        (MAYBE, ["$inputs.note"]),
        (LEFT, ["$steps.read.outputs.job"]),
        (Member(LEFT, ("a", "b"), STR), ["$steps.read.outputs.job#/a/b"]),
        (ObjectValue((("a", MAYBE),)), []),
        (ObjectValue((("a", ObjectValue((("b", MAYBE),))),)), []),
        (ListValue((MAYBE, SURE)), ["$inputs.note"]),
        (ListValue((ObjectValue((("a", MAYBE),)),)), []),
        (ObjectValue((("a", ListValue((LEFT,))),)), ["$steps.read.outputs.job"]),
        (Embedded(("<", MAYBE, ">"), STR, absent=True), ["$inputs.note"]),
        (
            ObjectValue((("a", Embedded((MAYBE, LEFT), STR, absent=True)),)),
            ["$inputs.note", "$steps.read.outputs.job"],
        ),
    ],
)
def test_in_a_payload(value: Value, expected: list[str]) -> None:
    assert needed(value) == expected


@pytest.mark.parametrize(
    ("location", "required", "needs"),
    [
        ("path", True, True),
        ("query", True, True),
        ("header", True, True),
        ("query", False, False),
        ("cookie", False, False),
    ],
)
def test_in_a_parameter(location: str, required: bool, needs: bool) -> None:
    path = "/a/{p}" if location == "path" else "/a"
    openapi = f"""
openapi: 3.1.0
info: {{title: T, version: '1'}}
servers: [{{url: https://api.example}}]
paths:
  {path}:
    get:
      operationId: a
      parameters: [{{name: p, in: {location}, required: {str(required).lower()}, schema: {{type: string}}}}]
      responses: {{'200': {{description: A.}}}}
"""
    result = compile_text(
        f"""
        inputs: {{type: object, properties: {{x: {{type: string}}}}}}
        steps: [{{stepId: a, operationId: a, parameters: [{{name: p, in: {location}, value: $inputs.x}}]}}]
        """,
        openapi,
    )
    expected = (
        f"AZ219 input `x` is optional, but {location} parameter `p` of step `a` needs it"
        " => add `x` to the `required` of the inputs"
    )
    assert told(result) == ([expected] if needs else [])
