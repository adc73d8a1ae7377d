"""The payload of a step's request: its value, JSON that is written as text, and replacements in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from arazzoc.diagnostics.registry import operation as rules
from arazzoc.expr.ast import Slice
from arazzoc.expr.jsonpath.frame import check_frame
from arazzoc.expr.jsonpath.goessner import OLDER
from arazzoc.expr.jsonpath.predicate import parse_selector
from arazzoc.expr.jsonpath.query import Query
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted, parse_substituted
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Replacement, RequestBody
from arazzoc.model.read_selector import SelectorType
from arazzoc.source.node import JsonValue, Node, pointer_of, tokens_of
from arazzoc.suggestion import closest
from arazzoc.types.bodies import content_type
from arazzoc.types.composed import Composed, ComposedReplaced
from arazzoc.types.composing import composed_path, composed_pointer, decided_by_data
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.media_kinds import body_kind, is_xml
from arazzoc.types.queries import QueryReader
from arazzoc.types.resolve import Problem, resolve
from arazzoc.types.shapes import shape_of
from arazzoc.types.template import template_json
from arazzoc.types.valuation import Located, template_value, value_of
from arazzoc.types.value import (
    Constant,
    Embedded,
    Item,
    ListValue,
    NodesReplaced,
    ObjectValue,
    Replaced,
    Value,
)
from arazzoc.types.xml_payload import xml_replaced
from arazzoc.types.xpath import References, xpath_of

__all__ = ["Payload", "payload_of", "selector_of", "target_pointer"]


@dataclass(frozen=True, slots=True)
class Payload:
    """What a step sends.

    Attributes:
        value: None where a problem that is not tolerated leaves it without meaning, or none is stated.
        problems: What is wrong with how it is written.
        verbatim: It is text that is the body already, not a string within it.
    """

    value: Value | None
    problems: tuple[Located, ...] = ()
    verbatim: bool = False


def payload_of(step: StepFacts, view: Viewpoint) -> Payload | None:
    """The payload of a step, with its replacements made; None where the step has no body."""
    body = step.step.request_body
    if body is None:
        return None
    if body.payload is None:
        return Payload(None, tuple(_without_payload(body)))
    payload = _stated(body.payload, body_kind(content_type(step)) == "json", view)
    missed = False
    for replacement in body.replacements:
        after = _after(payload, replacement, content_type(step), view)
        if after.value is None and _misses(after.problems[len(payload.problems) :]):
            missed, after = True, replace(after, value=payload.value)
        payload = after
    return replace(payload, value=None) if missed else payload


def _after(payload: Payload, replacement: Replacement, media: str, view: Viewpoint) -> Payload:
    """The payload once a replacement is made."""
    if selector_of(replacement, media) == "xpath":
        return _with_xml(payload, replacement, view, media)
    match target_pointer(replacement):
        case str() as pointer:
            return _with(payload, replacement, pointer, view)
        case Query() as query:
            return _with_nodes(payload, replacement, query, view)
        case Substituted() as frame:
            return _with_composed(payload, replacement, frame, view)
        case SyntaxProblem():
            return payload


def _misses(problems: Sequence[Located]) -> bool:
    """Whether a replacement leads nowhere, which says nothing of those that follow it."""
    return any(each.problem.rule is rules.UNKNOWN_TARGET for each in problems)


def selector_of(replacement: Replacement, media: str) -> SelectorType:
    """What the target is written in: as it says, or XPath for XML and a JSON Pointer for anything else."""
    if replacement.selector is None:
        return "xpath" if is_xml(media) else "jsonpointer"
    return replacement.selector


def target_pointer(replacement: Replacement) -> str | Query | Substituted | SyntaxProblem:
    """A target that is no XPath: a JSON Pointer, a JSONPath, or text that only a run completes to either.

    A JSONPath of names and indexes is the JSON Pointer that says the same.
    """
    text = replacement.target.text or ""
    if replacement.selector != "jsonpath":
        return parse_substituted(text) or text
    parsed = parse_selector(text)
    if isinstance(parsed, Substituted):
        return check_frame(parsed) or parsed
    path = parsed.path if isinstance(parsed, Query) else None
    countable = path is not None and not any(isinstance(step, int) and step < 0 for step in path)
    return pointer_of(path) if path is not None and countable else parsed


def _stated(node: Node, is_json: bool, view: Viewpoint) -> Payload:
    text = node.text
    looks_like_json = text is not None and text.lstrip()[:1] in ("{", "[")
    if text is None or not is_json or not looks_like_json:
        valued = value_of(node, view)
        return Payload(valued.value, valued.problems)
    parsed = template_json(text)
    if isinstance(parsed, SyntaxProblem):
        valued = value_of(node, view)
        if text.startswith("{$") or isinstance(valued.value, Constant):
            return Payload(valued.value, valued.problems, verbatim=not text.startswith("{$"))
        where = Slice(parsed.start, parsed.end)
        problem = Problem(rules.BROKEN_JSON, parsed.message, parsed.hint, where)
        return Payload(
            None, (*valued.problems, Located(problem, node.part(where.start, where.end)))
        )
    valued = template_value(node, parsed, view)
    return Payload(valued.value, valued.problems)


def _without_payload(body: RequestBody) -> Iterator[Located]:
    for replacement in body.replacements:
        yield _problem(replacement, "there is no payload to replace a part of", "add a `payload`")


def _with(payload: Payload, replacement: Replacement, pointer: str, view: Viewpoint) -> Payload:
    valued = value_of(replacement.value, view)
    problems = [*payload.problems, *valued.problems]
    value = payload.value
    if value is not None and valued.value is not None:
        message = f"`{replacement.target.text or ''}` leads nowhere in the payload"
        hint: str = "a JSON Pointer starts with `/`"
        tokens = tokens_of(pointer) if pointer[:1] in ("", "/") else None
        if tokens is not None:
            lacking, hint = _lacking(value, tokens)
            message += lacking
            value = None if payload.verbatim else _replaced(value, tokens, valued.value, view)
        if value is None or tokens is None:
            problems.append(_problem(replacement, message, hint))
            value = None
    return Payload(value if valued.value is not None else None, tuple(problems), payload.verbatim)


def _lacking(base: Value, tokens: tuple[str, ...]) -> tuple[str, str]:
    """What a payload lacks of the way of a replacement, as the end of a message, and what to do."""
    for depth, token in enumerate(tokens[:-1]):
        members = _members(base)
        if members is None:
            break
        if token not in members:
            near = closest(token, members)
            lacking = f", which has no `{pointer_of(tokens[: depth + 1])}`"
            if near is None:
                return lacking, "write the JSON Pointer of a member that is there"
            return lacking, f"it has `{near}`: mend the one of the two that is misspelt"
        base = members[token]
    return "", "write the JSON Pointer of a member that is there, or of a new one in an object"


def _members(value: Value) -> dict[str, Value] | None:
    match value:
        case Constant(dict() as content):
            return {name: _constant(member) for name, member in content.items()}
        case ObjectValue(members):
            return dict(members)
        case _:
            return None


def _with_xml(payload: Payload, replacement: Replacement, view: Viewpoint, media: str) -> Payload:
    """The payload with a value where an XPath leads."""
    target = replacement.target
    if not is_xml(media):
        message = f"an XPath leads nowhere in a body of type `{media}`"
        hint = "write a JSON Pointer such as `/job/shots`, or a `contentType` such as `application/xml`"
        return Payload(None, (*payload.problems, _problem(replacement, message, hint)))
    valued = value_of(replacement.value, view)
    reading = References(partial(resolve, view=view))
    query = xpath_of(target.text or "", replacement.version, reading.value)
    problems = (query,) if isinstance(query, Problem) else query.told
    located = [
        Located(problem, target.part(problem.where.start, problem.where.end))
        for problem in (*reading.problems, *problems)
    ]
    found = (*payload.problems, *valued.problems, *located)
    value = payload.value
    if value is None or valued.value is None or reading.failed or isinstance(query, Problem):
        return Payload(None, found, payload.verbatim)
    if isinstance(value, ObjectValue | ListValue) or shape_of(value, view.facts.types) == "object":
        return Payload(value, found)
    replaced = xml_replaced(value, query, valued.value)
    if isinstance(replaced, SyntaxProblem):
        return Payload(None, (*found, _problem(replacement, replaced.message, replaced.hint or "")))
    return Payload(replaced, found, payload.verbatim)


def _with_nodes(
    payload: Payload, replacement: Replacement, query: Query, view: Viewpoint
) -> Payload:
    """The payload with a value in place of every node that a JSONPath finds."""
    valued = value_of(replacement.value, view)
    document, parent = Item(0), Item(-1)
    reader = QueryReader(document, view.facts.types, partial(resolve, view=view))
    parents, selectors = reader.holders(query)
    target = replacement.target
    located = [
        Located(problem, target.part(problem.where.start, problem.where.end))
        for problem in reader.problems
    ]
    found = (*payload.problems, *valued.problems, *located)
    base = payload.value
    if base is None or valued.value is None or reader.failed or payload.verbatim:
        return Payload(None, found, payload.verbatim)
    if shape_of(base, view.facts.types) == "scalar":
        message = f"`{target.text}` leads nowhere in the payload"
        return Payload(None, (*found, _problem(replacement, message, "write the payload as JSON")))
    guards = tuple(dict.fromkeys(reader.guards))
    replaced = NodesReplaced(base, document, parents, parent, selectors, valued.value, guards)
    return Payload(replaced, found)


def _with_composed(
    payload: Payload, replacement: Replacement, frame: Substituted, view: Viewpoint
) -> Payload:
    """The payload with a value where a query leads that only a run knows."""
    valued = value_of(replacement.value, view)
    reading = References(partial(resolve, view=view))
    told: tuple[Problem, ...] = ()
    if replacement.selector == "jsonpath":
        query: Composed | None = composed_path(
            frame, reading.value, older=replacement.version == OLDER
        )
        told = decided_by_data(frame)
    else:
        query = composed_pointer(frame, reading.value)
    target = replacement.target
    located = [
        Located(problem, target.part(problem.where.start, problem.where.end))
        for problem in (*reading.problems, *told)
    ]
    found = (*payload.problems, *valued.problems, *located)
    base = payload.value
    if base is None or valued.value is None or reading.failed:
        return Payload(None, found, payload.verbatim)
    scalar = shape_of(base, view.facts.types) == "scalar"
    if query is None or scalar or payload.verbatim:
        message = f"`{target.text}` leads nowhere in the payload"
        hint = "a JSON Pointer starts with `/`" if query is None else "write the payload as JSON"
        return Payload(None, (*found, _problem(replacement, message, hint)))
    return Payload(ComposedReplaced(base, query, valued.value), found)


def _problem(replacement: Replacement, message: str, hint: str) -> Located:
    problem = Problem(rules.UNKNOWN_TARGET, message, hint, Slice(0, 0))
    return Located(problem, replacement.target.span)


def _replaced(base: Value, tokens: tuple[str, ...], value: Value, view: Viewpoint) -> Value | None:
    """`base` with `value` where `tokens` lead; None where they lead nowhere."""
    if not tokens:
        return value
    match base:
        case Constant(dict() as content):
            members = {name: _constant(member) for name, member in content.items()}
            return _in_object(members, tokens, value, view)
        case Constant(list() as content):
            return _in_list([_constant(item) for item in content], tokens, value, view)
        case ObjectValue(members):
            return _in_object(dict(members), tokens, value, view)
        case ListValue(items):
            return _in_list(list(items), tokens, value, view)
        case Constant() | Embedded():
            return None
        case _:
            scalar = shape_of(base, view.facts.types) == "scalar"
            return None if scalar else Replaced(base, tokens, value, absent=base.absent)


def _in_object(
    members: dict[str, Value], tokens: tuple[str, ...], value: Value, view: Viewpoint
) -> Value | None:
    first, rest = tokens[0], tokens[1:]
    inner: Value | None = value
    if rest:
        inner = _replaced(members[first], rest, value, view) if first in members else None
    if inner is None:
        return None
    members[first] = inner
    if all(isinstance(member, Constant) for member in members.values()):
        return Constant({name: _content(member) for name, member in members.items()})
    return ObjectValue(tuple(members.items()))


def _in_list(
    items: list[Value], tokens: tuple[str, ...], value: Value, view: Viewpoint
) -> Value | None:
    first, rest = tokens[0], tokens[1:]
    if not (first.isdecimal() and str(int(first)) == first and int(first) < len(items)):
        return None
    inner = _replaced(items[int(first)], rest, value, view)
    if inner is None:
        return None
    items[int(first)] = inner
    if all(isinstance(item, Constant) for item in items):
        return Constant([_content(item) for item in items])
    return ListValue(tuple(items))


def _constant(content: JsonValue) -> Value:
    return Constant(content)


def _content(value: Value) -> JsonValue:
    assert isinstance(value, Constant)
    return value.value
