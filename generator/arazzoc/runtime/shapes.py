"""The shapes of JSON values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

__all__ = ["flattened", "is_array", "is_number", "is_object", "items_of"]


def is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether `value` is a JSON object."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether `value` is a JSON array."""
    return isinstance(value, Sequence) and not isinstance(
        value, str | bytes | bytearray
    )


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether `value` is a JSON number: true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def items_of(value: Any) -> Sequence[Any]:
    """The items of an array that have a value; any other value is the item of its own array."""
    return [
        item for item in (value if is_array(value) else [value]) if item is not None
    ]


def flattened(
    value: Any, encode: Callable[[Any], str], *, explode: bool = False
) -> list[str]:
    """The items of an array, or the names and values of an object, encoded one by one.

    Args:
        value: An array or an object; any other value is the item of its own array. None has no items.
        encode: Makes text of a name or a value.
        explode: Whether an object gives `name=value` for each member, not two texts.
    """
    if not is_object(value):
        return [encode(item) for item in items_of(value)]
    pairs = [
        (encode(name), encode(inner))
        for name, inner in value.items()
        if inner is not None
    ]
    if explode:
        return [f"{name}={inner}" for name, inner in pairs]
    return [part for pair in pairs for part in pair]
