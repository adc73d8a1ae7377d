"""Values that a request cannot do without, though they may be absent."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import Operation
from arazzoc.types.composed import Place
from arazzoc.types.model import ANY, NONE, STR, Choice, ListType, MapType, Record, Type, Union
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import (
    Argument,
    ArrayIndex,
    Chosen,
    ComposedReplaced,
    Constant,
    Embedded,
    Escaped,
    JsonLiteral,
    ListValue,
    Member,
    NodesReplaced,
    ObjectValue,
    Picked,
    Queried,
    Replaced,
    Returned,
    Sent,
    StepOutput,
    Value,
    XmlReplaced,
    XmlText,
    XPathFound,
)
from arazzoc.types.xpath import XPath

__all__ = ["Need", "label", "may_be_empty", "parameter_needs", "payload_needs", "promised_parts"]


@dataclass(frozen=True, slots=True)
class Need:
    """A value that must be there before the request is built.

    Attributes:
        value: What may be absent.
        text: What that is, as the document writes it or nearly so.
        place: What needs it.
        filled: Empty text and an empty list are no value either.
    """

    value: Value
    text: str
    place: str
    filled: bool = False


def parameter_needs(
    operation: Operation, parameter: Parameter, value: Value, types: SchemaTypes
) -> Iterator[Need]:
    """What a parameter cannot do without; one that is optional is left out instead.

    In a path, what is empty would make it the path of something else; but styles `label` and `matrix` write
    something around it.
    """
    location = parameter.location or "path"
    declared = operation.parameter(parameter.name, location)
    place = f"{location} parameter `{parameter.name}`"
    alone = _alone(value)
    written_around = declared is not None and declared.style in ("label", "matrix")
    if location == "path" and not written_around and may_be_empty(alone, types):
        yield Need(alone, label(alone), place, filled=True)
    elif location == "path" or (declared is not None and declared.required):
        for part in _absent_parts(value):
            yield Need(part, label(part), place)
        stated = isinstance(value, Constant | ObjectValue | ListValue)
        if not value.absent and _may_be_null(value.type) and not stated:
            yield Need(value, label(value), place)
    else:
        for part in promised_parts(value):
            yield Need(part, label(part), f"{location} parameter `{parameter.name}`")


def may_be_empty(value: Value, types: SchemaTypes) -> bool:
    """Whether the value can be empty text or an empty list, though the document does not write it out."""
    stated = isinstance(value, Constant | ObjectValue | ListValue | Embedded)
    return not stated and _has_empty(value.type, types)


def _has_empty(type_: Type, types: SchemaTypes) -> bool:
    match types.content(type_):
        case Union(members):
            return any(_has_empty(member, types) for member in members)
        case Choice(values):
            return "" in values
        case content:
            return content in (STR, ANY) or isinstance(content, ListType | MapType | Record)


def _alone(value: Value) -> Value:
    """What text consists of, where that is one value."""
    match value:
        case Embedded((part,)) if not isinstance(part, str):
            return part
        case _:
            return value


def payload_needs(value: Value, *, whole: bool = True) -> Iterator[Need]:
    """What a body cannot do without: text that embeds an absent value, a list's item, the whole payload.

    A member that is absent is left out.
    """
    match value:
        case ObjectValue(members):
            for _, member in members:
                yield from payload_needs(member, whole=False)
        case ListValue(items):
            for item in items:
                yield from payload_needs(item)
        case Embedded():
            yield from _needs_of_text(value)
        case Replaced() | NodesReplaced() | ComposedReplaced():
            yield from payload_needs(value.base, whole=whole)
            yield from payload_needs(value.value, whole=False)
        case XmlReplaced(base, query, new):
            yield from payload_needs(base, whole=whole)
            yield from _needs_of_text(new, *(given for _, given in query.variables))
        case _ if (whole and value.absent) or _is_promised(value):
            yield Need(value, label(value), "the request body")
        case _:
            pass


def _needs_of_text(*values: Value) -> Iterator[Need]:
    for value in values:
        for part in _absent_parts(value):
            yield Need(part, label(part), "the request body")


def _absent_parts(value: Value) -> Iterator[Value]:
    if isinstance(value, Embedded):
        for part in value.parts:
            if not isinstance(part, str):
                yield from _absent_parts(part)
    elif isinstance(value, XmlText | JsonLiteral | Escaped):
        yield from _absent_parts(value.base)
    elif value.absent or _is_promised(value):
        yield value


def promised_parts(value: Value) -> Iterator[Value]:
    """What an optional parameter is made of that was promised: without it, the parameter is not left out."""
    match value:
        case Embedded(parts):
            for part in parts:
                if not isinstance(part, str):
                    yield from promised_parts(part)
        case ObjectValue(members):
            for _, member in members:
                yield from promised_parts(member)
        case ListValue(items):
            for item in items:
                yield from promised_parts(item)
        case _ if _is_promised(value):
            yield value
        case _:
            pass


def _is_promised(value: Value) -> bool:
    """Whether the value is a member that a schema promises of what was passed on.

    Nobody has held that to its schema: it may hold what a server sent.
    """
    return isinstance(value, Member) and not value.absent and not _may_be_null(value.type)


def _may_be_null(type_: Type) -> bool:
    """Whether a value of the type can be null, as far as is known."""
    return type_ in (ANY, NONE) or (isinstance(type_, Union) and NONE in type_.members)


def label(value: Value) -> str:
    """The value as the document writes it, or nearly so."""
    match value:
        case StepOutput(step_id, output):
            return f"$steps.{step_id}.outputs.{output}"
        case Returned(owner, output):
            return f"{owner}.outputs.{output}"
        case Sent(stated=stated):
            return stated
        case Argument(name):
            return f"$inputs.{value.stated or name}"
        case Member(base, tokens):
            return f"{label(base)}#/{'/'.join(tokens)}"
        case Picked(base, steps):
            return label(base) + "".join(f"[{_step(step)}]" for step in steps)
        case XPathFound(base, XPath(text=str() as text)):
            return f"{label(base)} {text}"
        case Queried(base, _, Place() as place) | XPathFound(base, _, Place() as place):
            return f"{label(base)} {place.stated}"
        case Chosen(_, chosen):
            return label(chosen)
        case _:
            return "a value"


def _step(step: str | int | Value) -> str:
    """A name or an index of a query; what only a run knows is named by its expression."""
    match step:
        case str() | int():
            return repr(step)
        case ArrayIndex(base):
            return f"{{{label(base)}}}"
        case Embedded(parts):
            inside = (part if isinstance(part, str) else f"{{{label(part)}}}" for part in parts)
            return f"'{''.join(inside)}'"
        case _:
            return f"{{{label(step)}}}"
