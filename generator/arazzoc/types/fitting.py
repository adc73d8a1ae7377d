"""Whether a value surely is of a type, as a checker of types sees it."""

from __future__ import annotations

from typing import Final

from arazzoc.source.node import JsonValue
from arazzoc.types.model import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NONE,
    STR,
    AnyType,
    Choice,
    ListType,
    MapType,
    Named,
    Record,
    Type,
    Union,
)
from arazzoc.types.schema import SchemaTypes, union
from arazzoc.types.value import Argument, Constant, ListValue, Member, ObjectValue, Value

__all__ = ["admitting", "fits"]


def fits(value: Value, wanted: Type, types: SchemaTypes) -> bool:
    """Whether a checker accepts the value where `wanted` is given; None that stands for absence aside."""
    if isinstance(value, Constant):
        return _constant_fits(value.value, types.content(wanted))
    if isinstance(value, ObjectValue):
        content = types.content(wanted)
        return isinstance(content, AnyType) or (
            isinstance(content, MapType)
            and all(fits(member, content.value, types) for _, member in value.members)
        )
    if isinstance(value, ListValue):
        content = types.content(wanted)
        return isinstance(content, AnyType) or (
            isinstance(content, ListType)
            and all(fits(item, content.item, types) for item in value.items)
        )
    root = value.base if isinstance(value, Member) else value
    if isinstance(root, Argument) and value.type == wanted and not isinstance(value, Member):
        return True
    return _fits(value.type, wanted, types)


def _fits(given: Type, wanted: Type, types: SchemaTypes) -> bool:
    one, other = types.content(given), types.content(wanted)
    if ANY in (one, other):
        return True
    if isinstance(one, Union):
        return all(_fits(member, other, types) for member in one.members)
    if isinstance(other, Union):
        return any(_fits(one, member, types) for member in other.members)
    match one, other:
        case Choice(values), Choice(allowed):
            return {(type(v), v) for v in values} <= {(type(v), v) for v in allowed}
        case Choice(values), _:
            return all(_constant_fits(value, other) for value in values)
        case ListType(item), ListType(of):
            return _fits(item, of, types)
        case MapType(member), MapType(of):
            return _fits(member, of, types)
        case Record(), Record():
            return False  # a checker compares the members one by one, and may find a difference
        case Record(), MapType(AnyType()):
            return not isinstance(given, Named)
        case _:
            return one == other or (one == INT and other == FLOAT)


def _constant_fits(value: object, wanted: Type) -> bool:
    if isinstance(wanted, AnyType):
        return True
    if isinstance(wanted, Union):
        return any(_constant_fits(value, member) for member in wanted.members)
    if isinstance(wanted, Choice):
        return any(type(value) is type(each) and value == each for each in wanted.values)
    match value:
        case str():
            return wanted == STR
        case bool():
            return wanted == BOOL
        case int():
            return wanted in (INT, FLOAT)
        case float():
            return wanted == FLOAT
        case _:
            return value is None and wanted == NONE


def admitting(type_: Type, value: JsonValue, types: SchemaTypes) -> Type:
    """The type, made wide enough for a value that the document states of it, whatever the schema says."""
    if _admits(value, type_, types):
        return type_
    match value:
        case dict():
            return union((type_, MapType(ANY)))
        case list():
            return union((type_, ListType(ANY)))
        case _:
            return union((type_, next(each for each in _SCALARS if _constant_fits(value, each))))


_SCALARS: Final = (STR, BOOL, INT, FLOAT, NONE)


def _admits(value: JsonValue, wanted: Type, types: SchemaTypes) -> bool:
    """Whether a checker accepts the value, written out, where `wanted` is given."""
    content = types.content(wanted)
    match value, content:
        case _, AnyType():
            return True
        case _, Union(members):
            return any(_admits(value, member, types) for member in members)
        case dict(), MapType(each):
            return all(_admits(member, each, types) for member in value.values())
        case dict(), Record(fields):
            known = {field.name: field.type for field in fields}
            return all(field.name in value for field in fields if field.required) and all(
                name in known and _admits(member, known[name], types)
                for name, member in value.items()
            )
        case list(), ListType(item):
            return all(_admits(each, item, types) for each in value)
        case _:
            return _constant_fits(value, content)
