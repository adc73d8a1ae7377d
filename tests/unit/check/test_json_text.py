"""Where findings stand in JSON that a document writes as text."""

from __future__ import annotations

import pytest

from arazzoc.diagnostics.model import Diagnostic
from tests.compiling import compile_text

_HEAD = """
inputs: {type: object, required: [t], properties: {t: {type: string}}}
steps:
  - stepId: s
    operationId: submit
    requestBody:
      contentType: application/json
      payload: |
"""


def found(*lines: str) -> tuple[Diagnostic, ...]:
    return compile_text(_HEAD + "".join(f"        {line}\n" for line in lines)).diagnostics


def places(*lines: str) -> list[tuple[int, int, str]]:
    """Line of the JSON, column in it, and code."""
    told = found(*lines)
    first = 13
    return [
        (each.span.start.line - first, each.span.start.column - 13, each.rule.code) for each in told
    ]


def test_a_finding_stands_where_the_text_is_wrong_not_where_the_same_text_is_right() -> None:
    assert places('{"a": "$inputs.t",', '"b": "by {$inputs.t}",', '"c": "by $inputs.t"}') == [
        (2, 9, "AZ501")
    ]


def test_each_has_its_place_and_its_mend() -> None:
    told = found('{"a": "by $inputs.t", "b": ["by $inputs.t"]}')
    assert [each.span.start.column - 13 for each in told] == [10, 32]
    assert all(each.fix is not None for each in told)


@pytest.mark.parametrize(
    "before",
    [
        '{"a": $inputs.t, ',
        '{"a": {$inputs.t}, ',
        '{"a": "é \\u00e9 \\" \\\\", ',
        '{"a": [1, {"b": null}, "}"], ',
    ],
)
def test_what_comes_before_moves_nothing(before: str) -> None:
    assert places(before + '"z": "by $inputs.t"}') == [(0, len(before) + 9, "AZ501")]


def test_the_name_of_a_member_has_its_place() -> None:
    line = '{"b": "$inputs.t", "$inputs.t": 1}'
    assert places(line) == [(0, line.rindex("$"), "AZ201")]


@pytest.mark.parametrize("first", ["5", '"x"', '{"d": 1}', '"by $inputs.t, by $inputs.t"'])
def test_a_name_that_is_stated_twice_is_left_to_people(first: str) -> None:
    (told,) = found(f'{{"c": {first}, "c": {{"d": "by $inputs.t"}}}}')
    assert told.rule.code == "AZ501"
    assert told.fix is None
