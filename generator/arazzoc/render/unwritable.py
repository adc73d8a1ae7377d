"""Requests whose values may be such that nothing can write them."""

from __future__ import annotations

from arazzoc.ir.graph import Call
from arazzoc.ir.walk import call_values
from arazzoc.types.model import STR
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import (
    Argument,
    BearerToken,
    Constant,
    Embedded,
    ListValue,
    ObjectValue,
    Value,
)

__all__ = ["may_be_unwritable"]


def may_be_unwritable(call: Call, types: SchemaTypes) -> bool:
    """Whether anything of the request is made of what a caller gave or a server answered.

    Types rule nothing out: text may hold half of a character, and nobody has held what came in to its type.
    Only a header that is an argument and nothing else is passed on without a look at it.
    """
    headers = {id(header.value) for header in call.headers if _is_passed_on(header.value, types)}
    return not all(_is_fixed(value) for value in call_values(call) if id(value) not in headers)


def _is_passed_on(value: Value, types: SchemaTypes) -> bool:
    return isinstance(value, BearerToken) or (
        isinstance(value, Argument) and types.content(value.type) == STR
    )


def _is_fixed(value: Value) -> bool:
    """Whether the document states all of it."""
    match value:
        case Constant():
            return True
        case ObjectValue(members):
            return all(_is_fixed(member) for _, member in members)
        case ListValue(items):
            return all(map(_is_fixed, items))
        case Embedded(parts):
            return all(isinstance(part, str) or _is_fixed(part) for part in parts)
        case _:
            return False
