"""Reads what stands in criteria of type `jsonpath`: queries, and bare logical expressions in their place."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.expr.expression import parse_expression
from arazzoc.expr.extent import expression_end
from arazzoc.expr.jsonpath.filters import FilterParser
from arazzoc.expr.jsonpath.query import (
    Comparable,
    Length,
    Predicate,
    Query,
    RuntimeOperand,
    StringLiteral,
    Substitution,
    Test,
)
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import Scanner
from arazzoc.expr.substituted import Substituted, parse_substituted

__all__ = ["parse_criterion"]

_BLANK: Final = " \t\r\n"
_RUNTIME: Final = re.compile(r"\$[A-Za-z_]")


def parse_criterion(text: str) -> Query | Predicate | Substituted | SyntaxProblem:
    """What the condition of a criterion of type `jsonpath` is. White space around it does not count.

    - A query by RFC 9535.
    - Else a predicate: a logical expression of RFC 9535 such as `$.status == "Queued" || !$.error`, a truth
      value over the context, which both `$` and `@` stand for. In its comparisons `.length` at the end of a
      query may stand for a size, and a runtime expression for its value.
    - A string literal that is one embedded expression, `"{$inputs.status}"`, becomes a variable of either.
    - `Substituted` where expressions are embedded anywhere else: such text is read when it is complete.
    """
    start = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip(_BLANK))
    if start >= end:
        return SyntaxProblem(
            "the query is empty", "write a query, as in `$.items[*]`", 0, len(text)
        )
    substituted = parse_substituted(text)
    if isinstance(substituted, SyntaxProblem):
        return substituted
    parsed, variables = _query_or_predicate(text, start, end)
    if substituted is None or variables == len(substituted.expressions):
        return parsed
    return substituted


def _query_or_predicate(
    text: str, start: int, end: int
) -> tuple[Query | Predicate | SyntaxProblem, int]:
    """What the text is, and how many embedded expressions became variables."""
    if text[start] == "$":
        queries = _QueryParser(Scanner(text, start, end))
        try:
            return queries.whole_query(), queries.variables
        except UnparsableError:
            pass
    predicates = _PredicateParser(Scanner(text, start, end))
    try:
        return predicates.whole_predicate(), predicates.variables
    except UnparsableError as stopped:
        return stopped.problem, predicates.variables


class _QueryParser(FilterParser):
    """RFC 9535, and variables for embedded expressions.

    Attributes:
        variables: How many there are so far.
    """

    def __init__(self, scanner: Scanner) -> None:
        super().__init__(scanner)
        self.variables = 0

    def text(self) -> StringLiteral | Substitution:
        """Reads a string literal, or an embedded expression that fills one."""
        start = self.scanner.at
        literal = super().text()
        inside = self.scanner.text[start + 1 : self.scanner.at - 1]
        if not inside.startswith("{$") or not inside.endswith("}"):
            return literal
        expression = parse_expression(self.scanner.text, start + 2, self.scanner.at - 2)
        if isinstance(expression, SyntaxProblem):
            return literal
        self.variables += 1
        return Substitution(expression, literal.where)


class _PredicateParser(_QueryParser):
    """Logical expressions over the context."""

    def whole_predicate(self) -> Predicate:
        """Reads one logical expression, which has to be all there is."""
        test = self.test()
        if not self.scanner.at_end():
            raise self.stop()
        return Predicate(test)

    def operand(self) -> Comparable:
        """Reads an operand, a runtime expression among them."""
        scanner = self.scanner
        if self.nested or not scanner.look(_RUNTIME):
            return super().operand()
        start = scanner.at
        end = expression_end(scanner.text, start, scanner.end)
        expression = parse_expression(scanner.text, start, end)
        if isinstance(expression, SyntaxProblem):
            raise UnparsableError(expression)
        scanner.at = end
        return RuntimeOperand(expression, scanner.since(start))

    def sized(self, operand: Comparable) -> Comparable:
        """`.length` at the end of a query may be a size."""
        if isinstance(operand, Query) and not self.nested and _ends_in_length(operand):
            return Length(operand)
        return operand

    def existing(self, query: Query) -> Test:
        """A query as a test; `.length` alone could mean two things."""
        if not self.nested and _ends_in_length(query):
            raise self.scanner.fault(
                "`.length` alone is no test",
                "compare it, as in `$.items.length > 0`",
                query.where.start,
                query.where.end,
            )
        return super().existing(query)


def _ends_in_length(query: Query) -> bool:
    return query.path is not None and query.path[-1:] == ("length",)
