"""Parameters on the wire; `tests/fixtures/styles` shows what each style makes of a value."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.compiling import Answer, Compiled, Sent, compile_workflow

FIXTURES = Path(__file__).parents[1] / "fixtures" / "styles"
LINE = re.compile(r"(\w+) (\w+) (true|false) (.*?) +=>(?: (.*))?")
WAYS = ("typed", "unknown", "declared", "given")
"""Who says what a value is: the input's schema and the description's, neither, or one of them."""


class Case(NamedTuple):
    location: str
    style: str
    explode: str
    value: str
    expected: str


def cases() -> Iterator[Case]:
    for path in sorted(FIXTURES.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                found = LINE.fullmatch(line)
                assert found is not None, line
                location, style, explode, value, expected = found.groups()
                yield Case(location, style, explode, value, expected or "")


def description(case: Case, schema: str) -> str:
    path = "/things/{color}" if case.location == "path" else "/things"
    required = ", required: true" if case.location == "path" else ""
    return f"""
openapi: 3.2.0
info: {{title: Things, version: 1.0.0}}
servers: [{{url: https://api.example}}]
paths:
  {path}:
    get:
      operationId: call
      parameters:
        - {{name: color, in: {case.location}, style: {case.style}, explode: {case.explode}{required}, schema: {schema}}}
      responses: {{'200': {{description: Fine.}}}}
"""


def step(case: Case, value: str, schema: str = "{}") -> str:
    return f"""
inputs: {{type: object, required: [color], properties: {{color: {schema}}}}}
steps:
  - stepId: call
    operationId: call
    parameters: [{{name: color, in: {case.location}, value: {value}}}]
"""


def schema_of(value: object) -> str:
    match value:
        case list():
            return "{type: array, items: {}}"
        case dict():
            return "{type: object}"
        case _:
            kinds = {"str": "string", "bool": "boolean", "int": "integer", "float": "number"}
            return f"{{type: {kinds[type(value).__name__]}}}"


def written(sent: Sent, location: str) -> str:
    match location:
        case "path":
            return sent.url.removeprefix("https://api.example/things/")
        case "query":
            return sent.url.removeprefix("https://api.example/things").removeprefix("?")
        case "header":
            return sent.headers.get("color", "")
        case _:
            return sent.headers.get("Cookie", "")


def sent_by(module: Compiled, **inputs: object) -> Sent:
    return module.run(Answer(200), **inputs)[1].sent[0]


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[" ".join(case[:4]) for case in CASES])
def test_a_constant_is_written_in_its_style(case: Case) -> None:
    schema = schema_of(json.loads(case.value))
    module = compile_workflow(
        f"steps: {step(case, case.value).partition('steps:')[2]}", description(case, schema)
    )
    assert written(sent_by(module), case.location) == case.expected


def _together() -> dict[tuple[str, ...], list[Case]]:
    found: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for case in CASES:
        for way in WAYS:
            schema = schema_of(json.loads(case.value))
            given = schema if way in ("typed", "given") else "{}"
            declared = schema if way in ("typed", "declared") else "{}"
            found[case.location, case.style, case.explode, given, declared].append(case)
    return found


TOGETHER = _together()


@pytest.mark.parametrize("key", TOGETHER, ids=" ".join)
def test_an_input_is_written_in_its_style(key: tuple[str, ...]) -> None:
    given, declared = key[3:]
    module = compile_workflow(
        step(TOGETHER[key][0], "$inputs.color", given), description(TOGETHER[key][0], declared)
    )
    for case in TOGETHER[key]:
        found = written(sent_by(module, color=json.loads(case.value)), case.location)
        assert found == case.expected, case.value
