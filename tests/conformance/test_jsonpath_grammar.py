"""The JSONPath compliance suite: which selectors are legal, and that printing them changes nothing."""

from __future__ import annotations

import json
from typing import Any

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import Query
from arazzoc.expr.problem import SyntaxProblem
from tests.conformance.suites import suite

INVALID = 247
VALID = 456
SUITE = "https://github.com/jsonpath-standard/jsonpath-compliance-test-suite"


def _cases() -> list[dict[str, Any]]:
    path = suite("jsonpath", SUITE) / "cts.json"
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["tests"]
    return cases


def test_illegal_selectors_are_refused() -> None:
    illegal = [case["selector"] for case in _cases() if case.get("invalid_selector")]
    assert len(illegal) == INVALID
    assert [text for text in illegal if not isinstance(parse_query(text), SyntaxProblem)] == []


def test_legal_selectors_are_read() -> None:
    legal = [case["selector"] for case in _cases() if not case.get("invalid_selector")]
    assert len(legal) == VALID
    assert [text for text in legal if not isinstance(parse_query(text), Query)] == []


def test_legal_selectors_survive_printing() -> None:
    legal = [case["selector"] for case in _cases() if not case.get("invalid_selector")]
    parsed = [parse_query(text) for text in legal]
    assert [parse_query(str(query)) for query in parsed] == parsed
