"""Queries that a run puts together: JSONPaths and JSON Pointers, and what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.types.model import ANY, STR, Type

if TYPE_CHECKING:
    # Values hold queries, and queries are put together from values.
    from arazzoc.types.value import Value

__all__ = ["Composed", "ComposedReplaced", "Escaped", "Place", "Queried", "QueryLanguage"]

QueryLanguage: TypeAlias = Literal["jsonpath", "jsonpointer"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a query stands, for the error that says that it is none.

    Attributes:
        kind: `step` or `workflow`.
        name: The id of that.
        stated: The query as the document states it.
    """

    kind: Literal["step", "workflow"]
    name: str
    stated: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A query whose text only a run knows (Arazzo 1.1.0, "Criterion Object").

    Attributes:
        text: Absent where a value of it is.
        older: Whether the document calls it a JSONPath of `draft-goessner-dispatch-jsonpath-00`.
    """

    language: QueryLanguage
    text: Value
    older: bool = False


@dataclass(frozen=True, slots=True)
class Escaped:
    """A value as text that cannot leave the string literal of a JSONPath, or the token of a JSON Pointer."""

    base: Value
    language: QueryLanguage
    type: Type = STR
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Queried:
    """What a query leads to in `base`; None where it leads nowhere.

    A JSONPath that can find several things gives the list of what it finds.
    """

    base: Value
    query: Composed
    place: Place
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class ComposedReplaced:
    """`base` with another value where a query leads."""

    base: Value
    query: Composed
    value: Value
    type: Type = ANY
    absent: bool = False
