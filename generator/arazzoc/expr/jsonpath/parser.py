"""Reads JSONPath queries, strictly by RFC 9535."""

from __future__ import annotations

from arazzoc.expr.jsonpath.filters import FilterParser
from arazzoc.expr.jsonpath.query import Query
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import Scanner

__all__ = ["parse_query"]


def parse_query(text: str) -> Query | SyntaxProblem:
    """The query that `text` is by RFC 9535, or why it is none. White space around it is a fault.

    Filters and function calls are checked to be well-typed (2.4.3), and integers to be exact in I-JSON.
    """
    scanner = Scanner(text)
    try:
        if scanner.next != "$":
            raise scanner.fault("a query starts with `$`", None, end=scanner.end)
        return FilterParser(scanner).whole_query()
    except UnparsableError as stopped:
        return stopped.problem
