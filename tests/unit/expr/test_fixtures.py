"""What each parser makes of a line, and what it says of a faulty one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arazzoc.expr.condition_parser import parse_condition
from arazzoc.expr.embedded import parse_text
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.jsonpath.goessner import goessner_problem
from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.regex import check_regex
from tests.unit.expr.notation import UPDATE, Case, cases, rewrite

PARSERS: dict[str, Callable[[str], object]] = {
    "expression": parse_expression,
    "embedded": parse_text,
    "condition": parse_condition,
    "jsonpath": parse_criterion,
    "goessner": goessner_problem,
    "regex": check_regex,
}

if UPDATE:
    for folder, parser in PARSERS.items():
        rewrite(folder, parser)

CASES = [(PARSERS[folder], case) for folder in PARSERS for case in cases(folder)]


@pytest.mark.parametrize(("parse", "case"), CASES, ids=[case.name for _, case in CASES])
def test_case(parse: Callable[[str], object], case: Case) -> None:
    parsed = parse(case.text)
    assert case.told(parsed) == case.expected
    if isinstance(parsed, SyntaxProblem):
        assert 0 <= parsed.start <= parsed.end <= len(case.text)
        assert not parsed.message.endswith(".")


@pytest.mark.parametrize("folder", PARSERS)
def test_there_are_cases(folder: str) -> None:
    assert cases(folder)
