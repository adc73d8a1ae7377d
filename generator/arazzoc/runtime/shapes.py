"""The shapes of JSON values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

__all__ = ["is_array", "is_number", "is_object", "items_of"]


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether `value` is a JSON object."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether `value` is a JSON array."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether `value` is a JSON number: true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def items_of(value: Any) -> Sequence[Any]:
    """The items of an array that have a value; any other value is the item of its own array."""
    return [item for item in (value if is_array(value) else [value]) if item is not None]
