"""What the segments of JSONPath queries select (RFC 9535)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from arazzoc.runtime.pointers import NOTHING
from arazzoc.runtime.shapes import is_array, is_number, is_object

__all__ = [
    "candidates_of",
    "children_of",
    "descendants_of",
    "elements_of",
    "entries_of",
    "index_of",
    "length_of",
    "literal_of",
    "nodes_at",
    "or_none",
    "pick",
    "sole_of",
    "stepped",
]

_LITERAL: Final = re.compile(
    r"true|false|null|-?(0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?"
)


def pick(value: Any, *steps: str | int) -> Any:
    """What names and indexes lead to, or `NOTHING`; negative indexes count from the end."""
    for step in steps:
        if isinstance(step, str):
            value = value.get(step, NOTHING) if is_object(value) else NOTHING
        elif is_array(value) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return NOTHING
    return value


def nodes_at(value: Any, *steps: str | int) -> list[Any]:
    """What names and indexes lead to, as a list of one or none."""
    found = pick(value, *steps)
    return [] if found is NOTHING else [found]


def children_of(value: Any) -> Sequence[Any]:
    """The members of an object, or the elements of an array; nothing else has any."""
    if is_object(value):
        return list(value.values())
    return elements_of(value)


def entries_of(value: Any) -> Sequence[tuple[str | int, Any]]:
    """The names and values of an object, or the indexes and elements of an array; nothing else has any."""
    return list(value.items() if is_object(value) else enumerate(elements_of(value)))


def elements_of(value: Any) -> Sequence[Any]:
    """The elements of an array; nothing else has any."""
    return value if is_array(value) else []


def stepped(
    elements: Sequence[Any], start: int | None, end: int | None, step: int
) -> Sequence[Any]:
    """The elements of a slice; a step of 0 selects none (RFC 9535, 2.3.4.2.2)."""
    return elements[start:end:step] if step else []


def descendants_of(value: Any) -> Iterator[Any]:
    """The value itself and all below it, each before what is below it; `NOTHING` has none."""
    waiting = [] if value is NOTHING else [value]
    while waiting:
        reached = waiting.pop()
        yield reached
        waiting += reversed(children_of(reached))


def candidates_of(value: Any) -> Sequence[Any]:
    """What a filter on `value` itself tests: its children, and then an object as a whole."""
    return [*children_of(value), value] if is_object(value) else elements_of(value)


def sole_of(nodes: Sequence[Any]) -> Any:
    """The only one of the nodes; `NOTHING` where there are several or none (RFC 9535, 2.4.8)."""
    return nodes[0] if len(nodes) == 1 else NOTHING


def length_of(value: Any) -> Any:
    """How long a string, array or object is; `NOTHING` for other values (RFC 9535, 2.4.4)."""
    measured = isinstance(value, str) or is_array(value) or is_object(value)
    return len(value) if measured else NOTHING


def literal_of(value: Any) -> Any:
    """The number, boolean or null that `value` is, or states as text as JSON does; else `NOTHING`."""
    if isinstance(value, str):
        return json.loads(value) if _LITERAL.fullmatch(value) else NOTHING
    return (
        value
        if value is None or isinstance(value, bool) or is_number(value)
        else NOTHING
    )


def index_of(value: Any) -> Any:
    """The index that `value` is, or states as text; else `NOTHING`."""
    index = literal_of(value)
    return index if isinstance(index, int) and not isinstance(index, bool) else NOTHING


def or_none(value: Any) -> Any:
    """`value`, and None for `NOTHING`."""
    return None if value is NOTHING else value
