"""Types as hovers show them."""

from __future__ import annotations

from typing import Final

from arazzoc.types.model import (
    NONE,
    AnyType,
    Choice,
    ListType,
    MapType,
    Named,
    Primitive,
    Record,
    Type,
    Union,
)
from arazzoc.types.schema import SchemaTypes

__all__ = ["fields_of", "spelled_type"]

_MOST_SHOWN: Final = 12


def spelled_type(type_: Type, types: SchemaTypes) -> str:
    """A type in Python's words; a record by its name, or by its members where it has none."""
    match type_:
        case AnyType():
            return "Any"
        case Primitive(name):
            return name
        case Choice(values):
            shown = [repr(value) for value in values[:_MOST_SHOWN]]
            return f"Literal[{', '.join(shown)}{', ...' if len(values) > _MOST_SHOWN else ''}]"
        case ListType(item):
            return f"list[{spelled_type(item, types)}]"
        case MapType(value):
            return f"dict[str, {spelled_type(value, types)}]"
        case Union(members):
            return " | ".join(spelled_type(member, types) for member in members)
        case Named(key):
            content = types.content(type_)
            if not isinstance(content, Record):
                return spelled_type(content, types)
            return types.suggested.get(key) or "object"
        case Record(fields):
            names = ", ".join(field.name for field in fields[:_MOST_SHOWN])
            return f"object with {names}" if names else "object"


def fields_of(type_: Type, types: SchemaTypes) -> dict[str, tuple[Type, bool, str | None]]:
    """The members that values of a type are known to have: type, whether they must, and description."""
    content = types.content(type_)
    if isinstance(content, Record):
        return {
            field.name: (field.type, field.required, field.description) for field in content.fields
        }
    found: dict[str, tuple[Type, bool, str | None]] = {}
    if isinstance(content, Union):
        for member in content.members:
            if member != NONE:
                found.update(fields_of(member, types))
    return found
