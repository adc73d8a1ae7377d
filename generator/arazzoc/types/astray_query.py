"""What is said of JSONPaths that lead astray in a response, and of filters that let nothing through."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.diagnostics.registry import criterion as rules
from arazzoc.expr.ast import Slice
from arazzoc.expr.jsonpath import query as syntax
from arazzoc.frozen import dataclass
from arazzoc.types.astray import Origin, told
from arazzoc.types.condition import Language
from arazzoc.types.lacking import EACH, Way, gap_in_body
from arazzoc.types.model import ANY, ListType, Type
from arazzoc.types.reaching import Problem
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.unequal import differs, never_words

__all__ = ["astray_in_query", "never_in_filters"]


def astray_in_query(
    parsed: syntax.Query | syntax.Predicate, origin: Origin | None, types: SchemaTypes
) -> tuple[Problem, ...]:
    """That ways of a JSONPath lead nowhere in the body that it is applied to; nothing where they may.

    Args:
        parsed: The query.
        origin: What `$` means; None where that is no part of a response.
        types: The types of the module.
    """
    if origin is None:
        return ()
    found: dict[tuple[int, Way], Problem] = {}
    # What is missing is told where the outer query names it, not at the filters of it.
    for query, ways in sorted(_ways(parsed, origin.way), key=lambda each: each[0].where.start):
        for way in ways:
            gap = gap_in_body(origin.step, way, types)
            if gap is None or gap.depth < len(origin.way):
                continue
            key = gap.depth, tuple(way[: gap.depth + 1])
            found.setdefault(key, told(gap, way, origin.step, query.where, None, queried=True))
    return tuple(found.values())


def _ways(
    parsed: syntax.Query | syntax.Predicate, root: Way
) -> Iterator[tuple[syntax.Query, list[Way]]]:
    """Every query, and where it leads as far as that is known; those that ask for absence are left out."""
    if isinstance(parsed, syntax.Query):
        yield from _of_query(parsed, root, root)
    else:
        yield from _of_test(parsed.test, root, root)


def _of_query(
    query: syntax.Query, root: Way, here: Way
) -> Iterator[tuple[syntax.Query, list[Way]]]:
    way = root if query.root == "$" else here
    ends: list[Way] = [way]
    for segment in query.segments:
        if isinstance(segment, syntax.Descendant):
            break
        for selector in segment.selectors:
            if isinstance(selector, syntax.Filter):
                yield from _of_test(selector.test, root, (*way, EACH))
        ends = [(*way, step) for step in map(_step, segment.selectors) if step != ""]
        if len(segment.selectors) > 1 or not ends:
            break
        (way,) = ends
    yield query, ends or [way]


def _step(selector: syntax.Selector) -> str | None:
    """The token that a selector is; empty where only a run knows."""
    match selector:
        case syntax.Name(str() as name):
            return name
        case syntax.Name():
            return ""
        case syntax.Index(int() as index) if index >= 0:
            return str(index)
        case _:
            return EACH


def _of_test(test: syntax.Test, root: Way, here: Way) -> Iterator[tuple[syntax.Query, list[Way]]]:
    match test:
        case syntax.And(tests) | syntax.Or(tests):
            for each in tests:
                yield from _of_test(each, root, here)
        case syntax.Comparison(left, _, right):
            yield from _of_operand(left, root, here)
            yield from _of_operand(right, root, here)
        case syntax.Existence(query):
            yield from _of_query(query, root, here)
        case syntax.FunctionTest(call):
            yield from _of_operand(call, root, here)
        case syntax.Not():
            return


def _of_operand(operand: object, root: Way, here: Way) -> Iterator[tuple[syntax.Query, list[Way]]]:
    match operand:
        case syntax.Query() as query:
            yield from _of_query(query, root, here)
        case syntax.Length():
            yield from _of_query(operand.of, root, here)
        case syntax.FunctionCall(_, arguments):
            for argument in arguments:
                yield from _of_operand(argument, root, here)
        case _:
            return


@dataclass(frozen=True, slots=True)
class _Filter:
    """A comparison of a way with a literal inside of a filter."""

    query: syntax.Query
    operator: str
    literal: str | float | bool
    where: Slice


def never_in_filters(
    parsed: syntax.Query | syntax.Predicate, type_: Type, types: SchemaTypes
) -> Iterator[Problem]:
    """Comparisons in filters with literals that no value of the schema is equal to.

    Those outside of filters are told of with the criterion that they are.
    """
    query = parsed if isinstance(parsed, syntax.Query) else None
    for segment in query.segments if query is not None else ():
        if isinstance(segment, syntax.Descendant):
            return
        inner = _children(type_, types)
        for selector in segment.selectors:
            if isinstance(selector, syntax.Filter):
                for each in _comparisons(selector.test):
                    yield from _never(each, inner, types)
        if len(segment.selectors) != 1:
            return
        type_ = _entered(type_, segment.selectors[0], types)


def _never(comparison: _Filter, type_: Type, types: SchemaTypes) -> Iterator[Problem]:
    if comparison.query.root != "@":
        return
    for segment in comparison.query.segments:
        type_ = _entered(type_, segment.selectors[0], types)
    if differs(type_, comparison.literal, Language.JSONPATH, types):
        subject, always = f"`{comparison.query}`", comparison.operator == "!="
        message, hint = never_words(subject, type_, comparison.literal, types, always=always)
        yield Problem(rules.NEVER_HOLDS, message, hint, comparison.where)


def _comparisons(test: syntax.Test) -> Iterator[_Filter]:
    match test:
        case syntax.Comparison(left, ("==" | "!=") as operator, right):
            for query, literal in ((left, right), (right, left)):
                match literal:
                    case (
                        syntax.StringLiteral(value)
                        | syntax.NumberLiteral(value)
                        | syntax.BooleanLiteral(value)
                    ) if (isinstance(query, syntax.Query) and query.singular):
                        yield _Filter(query, operator, value, literal.where)
                    case _:
                        pass
        case syntax.And(tests) | syntax.Or(tests):
            for each in tests:
                yield from _comparisons(each)
        case syntax.Not(inner):
            yield from _comparisons(inner)
        case _:
            return


def _entered(type_: Type, selector: syntax.Selector, types: SchemaTypes) -> Type:
    match selector:
        case syntax.Name(str() as name):
            return types.step_into(without_none(type_), name)[0]
        case _:
            return _children(type_, types)


def _children(type_: Type, types: SchemaTypes) -> Type:
    """The type of a list's items; anything for other values."""
    match types.content(without_none(type_)):
        case ListType(item):
            return item
        case _:
            return ANY
