"""The JSONPath compliance suite: compiled queries find what they have to find."""

from __future__ import annotations

import json
from typing import Any

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import Query
from arazzoc.expr.problem import SyntaxProblem
from tests.conformance.suites import suite
from tests.queries import CompiledQuery, compile_query

ALL = 703
INVALID = 247
SUITE = "https://github.com/jsonpath-standard/jsonpath-compliance-test-suite"


def _cases() -> list[dict[str, Any]]:
    path = suite("jsonpath", SUITE) / "cts.json"
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["tests"]
    assert len(cases) == ALL
    return cases


def _compiled(selector: str) -> CompiledQuery:
    query = parse_query(selector)
    assert isinstance(query, Query), selector
    compiled = compile_query(query)
    assert compiled.problems == (), selector
    return compiled


def test_compiled_queries_find_what_they_have_to() -> None:
    legal = [case for case in _cases() if not case.get("invalid_selector")]
    assert len(legal) == ALL - INVALID
    wrong: list[str] = []
    for case in legal:
        compiled = _compiled(case["selector"])
        results = case["results"] if "results" in case else [case["result"]]
        found = json.dumps(compiled.run(case["document"]))
        if found not in map(json.dumps, results):
            wrong.append(f"{case['name']}: {case['selector']} => {compiled.nodes} gives {found}")
    assert wrong == []


def test_compiled_queries_hold_where_they_find_something() -> None:
    legal = [case for case in _cases() if not case.get("invalid_selector")]
    wrong: list[str] = []
    for case in legal:
        compiled = _compiled(case["selector"])
        results = case["results"] if "results" in case else [case["result"]]
        if compiled.found(case["document"]) is not bool(results[0]):
            wrong.append(f"{case['name']}: {case['selector']} => {compiled.finds}")
    assert wrong == []


def test_illegal_selectors_do_not_get_that_far() -> None:
    illegal = [case["selector"] for case in _cases() if case.get("invalid_selector")]
    assert len(illegal) == INVALID
    assert all(isinstance(parse_query(selector), SyntaxProblem) for selector in illegal)
