"""Operands of criteria, as messages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzoc.runtime.shapes import is_array, is_object

__all__ = ["shown_operands"]


def shown_operands(operands: Mapping[str, object]) -> Iterator[str]:
    """`$inputs.id is 'a'` for each, with at most 80 characters of the value."""
    for name, value in operands.items():
        shown = _shown(value)
        yield f"{name} is {shown if len(shown) <= 80 else shown[:77] + '...'}"


def _shown(value: object) -> str:
    """`value` for a message; of an object only its members' names, since what they hold may be secret."""
    if is_object(value):
        return "{" + ", ".join(f"{name!r}: ..." for name in value) + "}"
    if is_array(value):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return repr(value)
