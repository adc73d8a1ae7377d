"""What the older JSONPath dialect says that RFC 9535 does not (`draft-goessner-dispatch-jsonpath-00`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.expr.ast import Slice
from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import (
    And,
    Comparison,
    Existence,
    Filter,
    FunctionTest,
    Not,
    Or,
    Query,
    Test,
)
from arazzoc.expr.problem import SyntaxProblem

__all__ = ["OLDER", "goessner_problem"]

OLDER: Final = "draft-goessner-dispatch-jsonpath-00"
"""The dialect, as the Expression Type Object calls it."""

_SCRIPT: Final = re.compile(r"\[\s*\(")


def goessner_problem(
    text: str, parsed: Query | SyntaxProblem | None = None
) -> SyntaxProblem | None:
    """Why a query of the older dialect does not mean the same by RFC 9535; None where it does.

    The older dialect has no grammar of its own: scripts and filters are JavaScript's. A query means the
    same where it is legal by RFC 9535 and its filters do not ask for a member called `length`, which
    JavaScript gives lists and text. Values that JavaScript would convert before it compares them
    (`'1' == 1`) and members that are false, zero or null are taken as RFC 9535 does: the dialect's own
    description calls `[?(@.isbn)]` a test of existence.

    Args:
        text: The query.
        parsed: What it is by RFC 9535, where expressions that are embedded in it may be variables.
    """
    script = _SCRIPT.search(text)
    if parsed is None:
        parsed = parse_query(text)
    if isinstance(parsed, SyntaxProblem):
        if script is None:
            return parsed
        return SyntaxProblem(
            "scripts have no equal in RFC 9535",
            "write `[-1]` for `[(@.length-1)]`, and leave `version` out",
            script.start(),
            script.end(),
        )
    where = next(_lengths(parsed), None)
    if where is None:
        return None
    return SyntaxProblem(
        "`.length` is a member by RFC 9535, not a size",
        "write `length(@.items)`, and leave `version` out",
        where.start,
        where.end,
    )


def _lengths(query: Query) -> Iterator[Slice]:
    """Where filters ask for `.length`, at any depth."""
    for segment in query.segments:
        for selector in segment.selectors:
            if isinstance(selector, Filter):
                for inner in _queries(selector.test):
                    if inner.path and inner.path[-1] == "length":
                        yield inner.where
                    yield from _lengths(inner)


def _queries(test: Test) -> Iterator[Query]:
    """The queries of a test."""
    match test:
        case And(tests) | Or(tests):
            for each in tests:
                yield from _queries(each)
        case Not(inner):
            yield from _queries(inner)
        case Comparison(left, _, right):
            yield from (each for each in (left, right) if isinstance(each, Query))
        case Existence(query):
            yield query
        case FunctionTest(call):
            yield from (each for each in call.arguments if isinstance(each, Query))
