"""Python types as the generated code spells them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from arazzoc.frozen import dataclass

__all__ = [
    "ANY",
    "BOOL",
    "BYTES",
    "FLOAT",
    "INT",
    "NONE",
    "STR",
    "AnyType",
    "Choice",
    "Field",
    "ListType",
    "MapType",
    "Named",
    "Primitive",
    "Record",
    "Type",
    "Union",
]


@dataclass(frozen=True, slots=True)
class AnyType:
    """A value of which nothing is known: `Any`."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """`str`, `int`, `float`, `bool`, `bytes` or `None`."""

    name: Literal["str", "int", "float", "bool", "bytes", "None"]


@dataclass(frozen=True, slots=True)
class Choice:
    """`Literal[...]`: one of these values."""

    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class ListType:
    """`list[item]` where received, `Sequence[item]` where given."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapType:
    """`dict[str, value]` where received, `Mapping[str, value]` where given."""

    value: Type


@dataclass(frozen=True, slots=True)
class Union:
    """One of several types; never nested, never with `Any`, `None` last."""

    members: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A type that the module gives a name: `Catalog.definitions` has its definition.

    Attributes:
        key: The schema it came from (document and pointer), which makes recursion end.
    """

    key: str


@dataclass(frozen=True, slots=True)
class Field:
    """A member of a record.

    Attributes:
        name: As in JSON.
        required: Whether the schema demands it.
    """

    name: str
    type: Type
    required: bool
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An object with known members: a `TypedDict`.

    Attributes:
        closed: Whether other members are ruled out (`additionalProperties: false`).
    """

    fields: tuple[Field, ...]
    closed: bool = False

    def field(self, name: str) -> Field | None:
        """The member of that JSON name, or None."""
        return next((field for field in self.fields if field.name == name), None)


Type: TypeAlias = "AnyType | Primitive | Choice | ListType | MapType | Union | Named | Record"

ANY = AnyType()
STR = Primitive("str")
INT = Primitive("int")
FLOAT = Primitive("float")
BOOL = Primitive("bool")
BYTES = Primitive("bytes")
NONE = Primitive("None")
