"""The payload of a step's request: its value, JSON that is written as text, and replacements in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzoc.diagnostics.registry import operation as rules
from arazzoc.expr.ast import Slice
from arazzoc.expr.jsonpath.predicate import parse_selector
from arazzoc.expr.jsonpath.query import Query
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.model.arazzo import Replacement, RequestBody
from arazzoc.source.node import JsonValue, Node, pointer_of, tokens_of
from arazzoc.types.bodies import body_kind, content_type
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.resolve import Problem
from arazzoc.types.shapes import shape_of
from arazzoc.types.template import template_json
from arazzoc.types.valuation import Located, template_value, value_of
from arazzoc.types.value import Constant, Embedded, ListValue, ObjectValue, Replaced, Value

__all__ = ["Payload", "payload_of", "target_pointer"]


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
    for replacement in body.replacements:
        pointer = target_pointer(replacement, content_type(step))
        if isinstance(pointer, str):
            payload = _with(payload, replacement, pointer, view)
    return payload


def target_pointer(replacement: Replacement, media: str) -> str | SyntaxProblem | None:
    """The target of a replacement as a JSON Pointer; None where it is none that the document tells.

    A JSONPath of names and indexes is the JSON Pointer that says the same. Where no type is stated, the
    target is a JSON Pointer unless the payload is XML.
    """
    text = replacement.target.text or ""
    if replacement.selector == "jsonpath":
        parsed = parse_selector(text)
        if isinstance(parsed, SyntaxProblem):
            return parsed
        path = parsed.path if isinstance(parsed, Query) else None
        countable = path is not None and not any(
            isinstance(step, int) and step < 0 for step in path
        )
        return pointer_of(path) if path is not None and countable else None
    if replacement.selector is None:
        is_xml = media.partition(";")[0].strip().endswith(("/xml", "+xml"))
        return None if is_xml else text
    return text if replacement.selector == "jsonpointer" else None


def _stated(node: Node, is_json: bool, view: Viewpoint) -> Payload:
    text = node.text
    looks_like_json = text is not None and text.lstrip()[:1] in ("{", "[")
    if text is None or not is_json or not looks_like_json:
        valued = value_of(node, view)
        return Payload(valued.value, valued.problems)
    parsed = template_json(text)
    if parsed is None:
        valued = value_of(node, view)
        return Payload(valued.value, valued.problems, verbatim=not text.startswith("{$"))
    valued = template_value(node, parsed.value, view)
    return Payload(valued.value, valued.problems)


def _without_payload(body: RequestBody) -> Iterator[Located]:
    for replacement in body.replacements:
        yield _problem(replacement, "there is no payload to replace a part of", "add a `payload`")


def _with(payload: Payload, replacement: Replacement, pointer: str, view: Viewpoint) -> Payload:
    valued = value_of(replacement.value, view)
    problems = [*payload.problems, *valued.problems]
    value = payload.value
    if value is not None and valued.value is not None:
        target = replacement.target.text or ""
        try:
            value = (
                None
                if payload.verbatim
                else _replaced(value, tokens_of(pointer), valued.value, view)
            )
            hint = "write the JSON Pointer of a member that is there, or of a new one in an object"
        except ValueError:
            value, hint = None, "a JSON Pointer starts with `/`"
        if value is None:
            problems.append(_problem(replacement, f"`{target}` leads nowhere in the payload", hint))
    return Payload(value if valued.value is not None else None, tuple(problems), payload.verbatim)


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
