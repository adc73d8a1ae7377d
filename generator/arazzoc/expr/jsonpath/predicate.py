"""Reads what stands in criteria of type `jsonpath`: queries, and bare logical expressions in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.expr.ast import Expression
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.extent import expression_end
from arazzoc.expr.jsonpath.filters import FilterParser
from arazzoc.expr.jsonpath.lexical import read_string
from arazzoc.expr.jsonpath.query import (
    Comparable,
    Length,
    Name,
    Predicate,
    Query,
    RuntimeOperand,
    StringLiteral,
    Substitution,
    Test,
    Variable,
)
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import Scanner
from arazzoc.expr.substituted import Substituted, in_literals, parse_substituted

__all__ = ["parse_criterion", "parse_selector"]

_BLANK: Final = " \t\r\n"
_RUNTIME: Final = re.compile(r"\$[A-Za-z_]")


def parse_criterion(text: str) -> Query | Predicate | Substituted | SyntaxProblem:
    """What the condition of a criterion of type `jsonpath` is. White space around it does not count.

    - A query by RFC 9535.
    - Else a predicate: a logical expression of RFC 9535 such as `$.status == "Queued" || !$.error`, a truth
      value over the context, which both `$` and `@` stand for. In its comparisons `.length` at the end of a
      query may stand for a size, and a runtime expression for its value.
    - Expressions that are embedded in a string literal, or stand where a literal, a name or an index may,
      become variables of either.
    - `Substituted` where expressions are embedded anywhere else: such text is read when it is complete.
    """
    extent = _extent(text)
    if isinstance(extent, SyntaxProblem):
        return extent
    start, end = extent
    substituted = parse_substituted(text)
    if isinstance(substituted, SyntaxProblem):
        return substituted
    parsed, variables = _query_or_predicate(text, start, end)
    if substituted is None:
        return parsed
    understood = variables == len(substituted.expressions) and len(substituted.parts) > 1
    certain = not isinstance(parsed, SyntaxProblem) or _is_stated(substituted)
    return parsed if understood and certain else substituted


def parse_selector(text: str) -> Query | Substituted | SyntaxProblem:
    """The query of a Selector Object: one by RFC 9535, with variables as in `parse_criterion`."""
    extent = _extent(text)
    if isinstance(extent, SyntaxProblem):
        return extent
    substituted = parse_substituted(text)
    if isinstance(substituted, SyntaxProblem):
        return substituted
    queries = _QueryParser(Scanner(text, *extent))
    try:
        if queries.scanner.next != "$":
            raise queries.scanner.fault("a query starts with `$`", None, end=extent[1])
        query = queries.whole_query()
    except UnparsableError as stopped:
        if substituted is None or _is_stated(substituted):
            return stopped.problem
        return substituted
    if substituted is not None and queries.variables != len(substituted.expressions):
        return substituted
    return query


def _is_stated(text: Substituted) -> bool:
    """Whether all but the content of string literals is known."""
    return len(text.expressions) == sum(
        quoted and not isinstance(part, str)
        for quoted, part in zip(in_literals(text), text.parts, strict=True)
    )


def _extent(text: str) -> tuple[int, int] | SyntaxProblem:
    """Where the text starts and ends without the white space around it."""
    start = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip(_BLANK))
    if start >= end:
        hint = "write a query, as in `$.items[*]`"
        return SyntaxProblem("the query is empty", hint, 0, len(text))
    return start, end


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
        """Reads a string literal, with the expressions that are embedded in it."""
        start = self.scanner.at
        literal = super().text()
        inside = self.scanner.text[start + 1 : self.scanner.at - 1]
        if "{$" not in inside:
            return literal
        parts = tuple(self._parts(start + 1, self.scanner.at - 1, self.scanner.text[start]))
        return Substitution(parts, literal.where)

    def _parts(self, start: int, end: int, quote: str) -> Iterator[str | Expression]:
        """The text inside of quotes, without escapes, and the expressions in it."""
        text = self.scanner.text
        while (opening := text.find("{$", start, end)) >= 0:
            if opening > start:
                yield read_string(Scanner(f"{quote}{text[start:opening]}{quote}"))
            closing = text.find("}", opening, end)
            expression = parse_expression(text, opening + 1, closing)
            if isinstance(expression, SyntaxProblem):
                raise UnparsableError(expression)
            self.variables += 1
            yield expression
            start = closing + 1
        if start < end:
            yield read_string(Scanner(f"{quote}{text[start:end]}{quote}"))

    def operand(self) -> Comparable:
        """Reads an operand, an embedded expression in the place of a literal among them."""
        return self._embedded() or super().operand()

    def integer(self) -> int | Variable | None:
        """Reads an index, a bound or a step, or an embedded expression in its place."""
        return self._embedded() or super().integer()

    def variable_name(self) -> Substitution | None:
        """Reads an embedded expression in the place of a name after a dot."""
        found = self._embedded()
        return None if found is None else Substitution((found.expression,), found.where)

    def quoted_name(self) -> str | Substitution:
        """Reads a name in quotes, with the expressions that are embedded in it."""
        text = self.text()
        return text.value if isinstance(text, StringLiteral) else text

    def _embedded(self) -> Variable | None:
        """Reads `{$expression}`, if it comes next."""
        scanner = self.scanner
        if not scanner.sees("{$"):
            return None
        start = scanner.at
        closing = scanner.text.find("}", start, scanner.end)
        expression = parse_expression(scanner.text, start + 1, closing)
        if isinstance(expression, SyntaxProblem):
            raise UnparsableError(expression)
        scanner.at = closing + 1
        self.variables += 1
        return Variable(expression, scanner.since(start))


class _PredicateParser(_QueryParser):
    """Logical expressions over the context."""

    def whole_predicate(self) -> Predicate:
        """Reads one logical expression, which has to be all there is."""
        test = self.test()
        if not self.scanner.at_end():
            raise self.stop()
        return Predicate(test)

    def operand(self) -> Comparable:
        """Reads an operand, a runtime expression without braces among them."""
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
    last = query.segments[-1] if query.segments else None
    return query.singular and last is not None and last.selectors == (Name("length"),)
