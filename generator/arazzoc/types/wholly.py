"""Filters that look at the whole context and at no item: `$[?$.status == 'Queued']`.

Such a query finds all children of the context or none. Where its test can only hold if the context has a
child, it says what the test says of the context. `$[?@.status == 'Queued']` is meant so where the context is
an object.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.expr.jsonpath import query as syntax
from arazzoc.expr.jsonpath.predicate import parse_criterion

__all__ = ["as_query", "of_the_whole", "test_of_an_item", "test_of_the_whole"]

_Literal = syntax.StringLiteral | syntax.NumberLiteral | syntax.BooleanLiteral | syntax.NullLiteral


def test_of_the_whole(query: syntax.Query, *, filled: bool) -> syntax.Test | None:
    """The test over the context that decides whether `query` finds something; None where an item matters.

    Args:
        query: The query.
        filled: Whether the context has a child whatever the test says.
    """
    if query.root != "$" or len(query.segments) != 1:
        return None
    (segment,) = query.segments
    if not isinstance(segment, syntax.Child) or len(segment.selectors) != 1:
        return None
    (selector,) = segment.selectors
    if not isinstance(selector, syntax.Filter) or not (filled or _needs_a_child(selector.test)):
        return None
    return selector.test if all(each.root == "$" for each in _queries(selector.test)) else None


def as_query(text: str, test: syntax.Test, *, filled: bool) -> str | None:
    """The query of RFC 9535 that says what a bare logical expression says; None where there is none.

    Args:
        text: The expression.
        test: The same as it was read.
        filled: As in `test_of_the_whole`.
    """
    query = f"$[?{text.strip()}]"
    parsed = parse_criterion(query)
    same = isinstance(parsed, syntax.Query) and test_of_the_whole(parsed, filled=filled) == test
    return query if same else None


def test_of_an_item(query: syntax.Query) -> tuple[syntax.Test, frozenset[str]] | None:
    """The test that `$[?...]` makes of each item, and the members of it that it reads.

    None where the test looks elsewhere, or could hold of what has none of these members.
    """
    if query.root != "$" or len(query.segments) != 1:
        return None
    (segment,) = query.segments
    selector = segment.selectors[0] if len(segment.selectors) == 1 else None
    if not isinstance(segment, syntax.Child) or not isinstance(selector, syntax.Filter):
        return None
    read = [_first_name(each) for each in _queries(selector.test)]
    names = frozenset(name for name in read if name is not None)
    known = len(read) > 0 and None not in read and _needs_a_child(selector.test)
    return (selector.test, names) if known else None


def of_the_whole(text: str, query: syntax.Query) -> str | None:
    """A filter of items as a filter of the context: with `$` for `@`; None where it is no such filter."""
    item = test_of_an_item(query)
    if item is None:
        return None
    starts = {each.where.start for each in _queries(item[0])}
    whole = "".join("$" if place in starts else each for place, each in enumerate(text))
    parsed = parse_criterion(whole)
    same = isinstance(parsed, syntax.Query) and test_of_the_whole(parsed, filled=False) is not None
    return whole if same else None


def _first_name(query: syntax.Query) -> str | None:
    """The member of `@` that a query reads; None where it does not read one."""
    first = query.segments[0] if query.segments and query.root == "@" else None
    if not isinstance(first, syntax.Child) or len(first.selectors) != 1:
        return None
    match first.selectors[0]:
        case syntax.Name(str() as name):
            return name
        case _:
            return None


def _needs_a_child(test: syntax.Test) -> bool:
    """Whether the test can hold only where `$` has a child: where it reads one that must be there."""
    match test:
        case syntax.Comparison(left, operator, right):
            sides = {type(left), type(right)}
            query = left if isinstance(left, syntax.Query) else right
            reads = isinstance(query, syntax.Query) and bool(query.segments)
            return operator != "!=" and reads and any(issubclass(side, _Literal) for side in sides)
        case syntax.Existence(query):
            return bool(query.segments)
        case syntax.And(tests):
            return any(map(_needs_a_child, tests))
        case syntax.Or(tests):
            return all(map(_needs_a_child, tests))
        case _:
            return False


def _queries(test: syntax.Test) -> Iterator[syntax.Query]:
    """The queries of a test, without those inside of their filters."""
    match test:
        case syntax.Comparison(left, _, right):
            yield from _operands((left, right))
        case syntax.Existence(query):
            yield query
        case syntax.Not(inner):
            yield from _queries(inner)
        case syntax.And(tests) | syntax.Or(tests):
            for each in tests:
                yield from _queries(each)
        case syntax.FunctionTest(call):
            yield from _operands(call.arguments)


def _operands(operands: tuple[syntax.Comparable, ...]) -> Iterator[syntax.Query]:
    for operand in operands:
        match operand:
            case syntax.Query():
                yield operand
            case syntax.FunctionCall():
                yield from _operands(operand.arguments)
            case _:
                pass
