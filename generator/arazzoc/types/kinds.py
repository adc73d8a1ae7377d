"""The JSON types that values of a Python type may have."""

from __future__ import annotations

from typing import Final

from arazzoc.types.constraints import kind_of
from arazzoc.types.model import (
    BOOL,
    BYTES,
    FLOAT,
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
from arazzoc.types.schema import SchemaTypes

__all__ = ["kinds_of"]

_KINDS: Final[dict[Type, frozenset[str]]] = {
    STR: frozenset({"string"}),
    BYTES: frozenset({"string"}),
    INT: frozenset({"integer"}),
    FLOAT: frozenset({"integer", "number"}),
    BOOL: frozenset({"boolean"}),
}


def kinds_of(type_: Type, types: SchemaTypes) -> frozenset[str] | None:
    """The JSON types of a type's values, null aside; None where they may be any."""
    match types.content(type_):
        case Union(members):
            found = [kinds_of(member, types) for member in members if member != NONE]
            known = [kinds for kinds in found if kinds is not None]
            return frozenset[str]().union(*known) if known and len(known) == len(found) else None
        case Choice(values):
            return frozenset(map(kind_of, values))
        case ListType():
            return frozenset({"array"})
        case MapType() | Record():
            return frozenset({"object"})
        case other:
            return _KINDS.get(other)
