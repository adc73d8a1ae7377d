"""Selector Objects as typed values (Arazzo 1.1.0, "Selector Object")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import expression as rules
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.jsonpath import query as syntax
from arazzoc.expr.jsonpath.frame import check_frame
from arazzoc.expr.jsonpath.goessner import OLDER, goessner_problem
from arazzoc.expr.jsonpath.predicate import parse_selector
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted, parse_substituted
from arazzoc.frozen import dataclass
from arazzoc.source.node import Node, tokens_of
from arazzoc.types.astray import Origin, astray_in_pointer, origin_of
from arazzoc.types.astray_query import astray_in_query, never_in_filters
from arazzoc.types.composed import Composed
from arazzoc.types.composing import composed_path, composed_pointer, decided_by_data, place_of
from arazzoc.types.facts import Viewpoint
from arazzoc.types.model import ANY, ListType, MapType, Type
from arazzoc.types.queries import QueryReader
from arazzoc.types.reaching import Problem, Resolved, member_of
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.value import Chosen, Picked, Queried, Selected, Value, XPathFound
from arazzoc.types.xpath import References, xpath_of

__all__ = ["Selection", "is_selector", "selection_of"]

_FIELDS: Final = frozenset({"context", "selector", "type"})


@dataclass(frozen=True, slots=True)
class Selection:
    """What a Selector Object selects, and what is wrong with how it is written.

    Attributes:
        value: None where a problem that is not tolerated leaves it without meaning.
        problems: Each with the node in whose text it stands.
    """

    value: Value | None
    problems: tuple[tuple[Node, Problem], ...] = ()


def is_selector(node: Node, view: Viewpoint) -> bool:
    """Whether a value is a Selector Object: Arazzo 1.0 knows none, so it is a literal there."""
    fields = node.value
    return view.facts.arazzo.minor > 0 and isinstance(fields, dict) and fields.keys() >= _FIELDS


def selection_of(
    node: Node, view: Viewpoint, resolved: Callable[[Expression], Resolved | Problem]
) -> Selection:
    """What a Selector Object selects.

    A JSONPath that can find one node at most, and a JSON Pointer, give the value; where there is none, it is
    absent. Any other JSONPath gives the list of what it finds, and an XPath the first thing.

    Args:
        node: The object.
        view: Where it stands.
        resolved: What an expression means there.
    """
    context, selector = node.get("context"), node.get("selector")
    kind, version = _type_of(node)
    if context is None or context.text is None or selector is None or selector.text is None:
        return Selection(None)
    expression = parse_expression(context.text)
    if isinstance(expression, SyntaxProblem):
        return _invalid(context, expression, rules.INVALID_EXPRESSION)
    found = resolved(expression)
    if isinstance(found, Problem):
        return Selection(None, ((context, found),))
    notes = tuple((context, note) for note in found.notes)
    origin = origin_of(expression, view)
    if kind == "jsonpointer":
        selection = _pointed(selector, found.value, origin, view, resolved)
    elif kind == "jsonpath":
        selection = _queried(selector, version, found.value, origin, view, resolved)
    else:
        selection = _in_xpath(selector, version, found.value, view, resolved)
    return Selection(selection.value, (*notes, *selection.problems))


def _type_of(node: Node) -> tuple[str | None, str | None]:
    """The type of a Selector Object, and the version that it states."""
    stated = node.get("type")
    if stated is None or stated.text is not None:
        return (stated.text if stated is not None else None), None
    kind, version = stated.get("type"), stated.get("version")
    return kind.text if kind is not None else None, version.text if version is not None else None


def _pointed(
    selector: Node,
    base: Value,
    origin: Origin | None,
    view: Viewpoint,
    resolved: Callable[[Expression], Resolved | Problem],
) -> Selection:
    text = selector.text or ""
    frame = parse_substituted(text)
    if isinstance(frame, SyntaxProblem):
        return _invalid(selector, frame, rules.INVALID_EXPRESSION)
    if frame is not None:
        reading = References(resolved)
        query = composed_pointer(frame, reading.value)
        return _composed(selector, base, query, reading, view)
    try:
        tokens = tokens_of(text)
    except ValueError:
        return _invalid(selector, _no_pointer(text), rules.INVALID_EXPRESSION)
    astray = astray_in_pointer(origin, tokens, Slice(0, len(text)), view.facts.types)
    return Selection(member_of(base, tokens, view), tuple((selector, each) for each in astray))


def _queried(
    selector: Node,
    version: str | None,
    base: Value,
    origin: Origin | None,
    view: Viewpoint,
    resolved: Callable[[Expression], Resolved | Problem],
) -> Selection:
    text = selector.text or ""
    parsed = parse_selector(text)
    if version == OLDER and not isinstance(parsed, Substituted):
        parsed = goessner_problem(text, parsed) or parsed
    if isinstance(parsed, Substituted):
        parsed = check_frame(parsed) or parsed
    if isinstance(parsed, SyntaxProblem):
        return _invalid(selector, parsed, rules.INVALID_JSONPATH)
    if isinstance(parsed, Substituted):
        reading = References(resolved)
        query = composed_path(parsed, reading.value, older=version == OLDER)
        return _composed(selector, base, query, reading, view, decided_by_data(parsed))
    types = view.facts.types
    reader = QueryReader(base, types, resolved)
    nodes = reader.nodes(parsed)
    astray = (
        *astray_in_query(parsed, origin, types),
        *never_in_filters(parsed, base.type, types),
    )
    problems = tuple((selector, problem) for problem in (*reader.problems, *astray))
    if reader.failed:
        return Selection(None, problems)
    type_ = _type_at(parsed, base.type, types)
    value: Value = nodes.result
    if nodes.branches:
        value = Selected(nodes, ListType(type_))
    elif isinstance(value, Picked):
        value = Picked(value.base, value.steps, without_none(type_))
    guards = tuple(dict.fromkeys(reader.guards))
    return Selection(Chosen(guards, value, value.type) if guards else value, problems)


def _in_xpath(
    selector: Node,
    version: str | None,
    base: Value,
    view: Viewpoint,
    resolved: Callable[[Expression], Resolved | Problem],
) -> Selection:
    reading = References(resolved)
    text = selector.text or ""
    query = xpath_of(text, version, reading.value)
    problems = tuple((selector, problem) for problem in reading.problems)
    if isinstance(query, Problem):
        return Selection(None, (*problems, (selector, query)))
    problems = (*problems, *((selector, problem) for problem in query.told))
    known = isinstance(query.text, str)
    value = XPathFound(base, query, None if known else place_of(view, text))
    return Selection(None if reading.failed else value, problems)


def _type_at(query: syntax.Query, type_: Type, types: SchemaTypes) -> Type:
    """The type of what a query finds, as far as the schema of its start tells."""
    for segment in query.segments:
        if isinstance(segment, syntax.Descendant) or len(segment.selectors) != 1:
            return ANY
        selector = segment.selectors[0]
        match selector:
            case syntax.Name(str() as name):
                type_ = types.step_into(without_none(type_), name)[0]
            case syntax.Name():
                type_ = _type_of_children(type_, types, lists=False)
            case syntax.Wildcard() | syntax.Filter():
                type_ = _type_of_children(type_, types)
            case _:
                type_ = _type_of_children(type_, types, maps=False)
    return type_


def _type_of_children(
    type_: Type, types: SchemaTypes, *, lists: bool = True, maps: bool = True
) -> Type:
    match types.content(without_none(type_)):
        case ListType(item) if lists:
            return item
        case MapType(value) if maps:
            return value
        case _:
            return ANY


def _invalid(node: Node, problem: SyntaxProblem, rule: Rule) -> Selection:
    where = Slice(problem.start, problem.end)
    return Selection(None, ((node, Problem(rule, problem.message, problem.hint, where)),))


def _composed(
    selector: Node,
    base: Value,
    query: Composed | None,
    reading: References,
    view: Viewpoint,
    told: Sequence[Problem] = (),
) -> Selection:
    """What a query that only a run knows leads to; None stands for one that starts like no pointer."""
    problems = tuple((selector, problem) for problem in (*reading.problems, *told))
    text = selector.text or ""
    if query is None:
        return _invalid(selector, _no_pointer(text), rules.INVALID_EXPRESSION)
    value = Queried(base, query, place_of(view, text))
    return Selection(None if reading.failed else value, problems)


def _no_pointer(text: str) -> SyntaxProblem:
    hint = f"write `/{text.removeprefix('#').removeprefix('/')}`"
    return SyntaxProblem(f"`{text}` is no JSON Pointer", hint, 0, len(text))
