"""Requests whose values may be such that nothing can write them, as far as their types tell."""

from __future__ import annotations

from typing import Final

from arazzoc.ir.graph import (
    BinaryBody,
    Call,
    Cookie,
    Header,
    JsonBody,
    MultipartBody,
    PathItem,
    QueryItem,
    RawBody,
)
from arazzoc.ir.walk import call_values
from arazzoc.types.model import (
    BOOL,
    BYTES,
    INT,
    NONE,
    STR,
    Choice,
    ListType,
    MapType,
    Record,
    Type,
    Union,
)
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.shapes import shape_of
from arazzoc.types.value import (
    BasicCredentials,
    Constant,
    Embedded,
    ListValue,
    Member,
    ObjectValue,
    Picked,
    Replaced,
    Value,
    XmlReplaced,
)

__all__ = ["may_be_unwritable"]

_DEEPEST: Final = 8
"""Levels of types that are looked into: schemas can contain themselves."""


def may_be_unwritable(call: Call, types: SchemaTypes) -> bool:
    """Whether a value may be infinite, bytes within JSON, a list of nulls in a path, or such."""
    if any(isinstance(part, PathItem) and _may_lack_items(part, types) for part in call.path):
        return True
    if _may_be_unfit(call, types):
        return True
    values = list(call_values(call))
    if not isinstance(call.body, JsonBody):
        values = [value for value in values if without_none(value.type) != BYTES]
    return not all(_is_plain(value, types) for value in values)


def _may_be_unfit(call: Call, types: SchemaTypes) -> bool:
    """Whether something may be what its media type or its style has no form for."""
    parts = [part for part in call.path if isinstance(part, PathItem)]
    items: list[PathItem | QueryItem | Header | Cookie] = [
        *parts,
        *call.query,
        *call.headers,
        *call.cookies,
    ]
    if any(item.notation.is_plain and _is_any(item.value, types) for item in items):
        return True
    if any(cookie.notation.style == "cookie" for cookie in call.cookies):
        return True
    if isinstance(call.body, MultipartBody):
        typed = (part.value for part in call.body.parts if part.content_type is not None)
        return any(_is_any(value, types) for value in typed)
    return isinstance(call.body, RawBody | BinaryBody) and _is_any(call.body.value, types)


def _is_any(value: Value, types: SchemaTypes) -> bool:
    return shape_of(value, types) == "any"


def _is_plain(value: Value, types: SchemaTypes) -> bool:
    match value:
        case Constant():
            return True
        case ObjectValue(members):
            return all(_is_plain(member, types) for _, member in members)
        case ListValue(items):
            return all(_is_plain(item, types) for item in items)
        case Embedded(parts):
            return all(isinstance(part, str) or _is_plain(part, types) for part in parts)
        case BasicCredentials() | Replaced() | XmlReplaced():
            return False
        case _:
            return _is_plain_type(value.type, types)


def _is_plain_type(type_: Type, types: SchemaTypes, depth: int = 0) -> bool:
    """Whether every value of the type has a form in JSON and in text."""
    if depth > _DEEPEST:
        return False
    match types.content(type_):
        case Union(members):
            return all(_is_plain_type(member, types, depth + 1) for member in members)
        case ListType(inner) | MapType(inner):
            return _is_plain_type(inner, types, depth + 1)
        case Record(fields):
            return all(_is_plain_type(field.type, types, depth + 1) for field in fields)
        case Choice():
            return True
        case content:
            return content in (STR, INT, BOOL, NONE)


def _may_lack_items(item: PathItem, types: SchemaTypes) -> bool:
    """Whether a path may get a list or an object of nulls, or one where a single value belongs."""
    if isinstance(item.value, Constant):
        return False
    if item.several:
        return True
    if isinstance(item.value, Embedded):
        return not any(isinstance(part, str) and part for part in item.value.parts)
    if isinstance(item.value, Member | Picked):
        return True  # nobody has held what was passed on to its schema
    untested = item.notation.style in ("label", "matrix")
    return (untested and item.notation.shape != "scalar") or _may_be_nulls(item.value.type, types)


def _may_be_nulls(type_: Type, types: SchemaTypes) -> bool:
    match types.content(type_):
        case Union(members):
            return any(_may_be_nulls(member, types) for member in members)
        case ListType():
            return True  # of nothing but null or empty text
        case MapType(inner):
            content = types.content(inner)
            return content == NONE or (isinstance(content, Union) and NONE in content.members)
        case Record(fields):
            return not any(field.required for field in fields)
        case _:
            return False
