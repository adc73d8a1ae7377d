"""Whether a value is a scalar, a list or an object, as far as that is known before it runs."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from arazzoc.types.model import (
    NONE,
    Choice,
    ListType,
    MapType,
    Primitive,
    Record,
    Type,
    Union,
)
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Constant, ListValue, ObjectValue, Value

__all__ = ["Shape", "shape_of", "shape_of_type"]

Shape: TypeAlias = Literal["scalar", "list", "object", "any"]

_SHAPES: Final[dict[type, Shape]] = {
    Primitive: "scalar",
    Choice: "scalar",
    ListType: "list",
    MapType: "object",
    Record: "object",
}


def shape_of(value: Value, types: SchemaTypes) -> Shape:
    """The shape of a value that is not null; `any` where it depends on the run."""
    match value:
        case ObjectValue():
            return "object"
        case ListValue():
            return "list"
        case Constant(content):
            return _shape_of_constant(content)
        case _:
            return shape_of_type(value.type, types)


def shape_of_type(type_: Type, types: SchemaTypes) -> Shape:
    """The shape of a type's values that are not null; `any` where they have several."""
    content = types.content(type_)
    if isinstance(content, Union):
        members = [member for member in content.members if member != NONE]
        shapes: set[Shape] = {shape_of_type(member, types) for member in members}
        return shapes.pop() if len(shapes) == 1 else "any"
    return _SHAPES.get(type(content), "any")


def _shape_of_constant(content: object) -> Shape:
    if isinstance(content, dict):
        return "object"
    return "list" if isinstance(content, list) else "scalar"
