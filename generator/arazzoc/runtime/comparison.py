"""Comparisons of criteria: those of simple conditions, and those of JSONPath (RFC 9535)."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from arazzoc.runtime.embedding import text
from arazzoc.runtime.operands import shown_operands
from arazzoc.runtime.shapes import is_array, is_number, is_object

__all__ = [
    "Ordering",
    "compare",
    "compare_strictly",
    "equal",
    "folded",
    "holds",
    "matches",
    "matches_composed",
    "same",
    "size",
]

Ordering: TypeAlias = Literal["<", "<=", ">", ">="]

_NUMERIC: Final = re.compile(
    r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?"
)


def folded(value: Any) -> Any:
    """`value` ready to be compared: Arazzo compares strings without regard to case."""
    return value.casefold() if isinstance(value, str) else value


def equal(left: Any, right: Any) -> bool:
    """Whether a simple condition finds the two equal: without regard to case, and `"5"` is 5."""
    pair = _aligned(left, right)
    return same(left, right) if pair is None else pair[0] == pair[1]


def compare(left: Any, order: Ordering, right: Any) -> bool:
    """Whether two numbers, or two strings without regard to case, are in that order.

    Text that states a number is one beside a number. Anything else is in no order.
    """
    pair = _aligned(left, right)
    return pair is not None and _in_order(pair[0], order, pair[1])


def same(left: Any, right: Any) -> bool:
    """Whether the two are equal as JSON values (RFC 9535, 2.3.5.2.2): 1 is 1.0 but never true."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(
            same(left[key], right[key]) for key in left
        )
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def compare_strictly(left: Any, order: Ordering, right: Any) -> bool:
    """Whether two numbers or two strings are in that order (RFC 9535, 2.3.5.2.2).

    `<=` and `>=` hold for any two equal values too.
    """
    if order in ("<=", ">=") and same(left, right):
        return True
    alike = (isinstance(left, str) and isinstance(right, str)) or (
        is_number(left) and is_number(right)
    )
    return alike and _in_order(left, order, right)


def holds(value: Any) -> bool:
    """Whether a simple condition that is a bare value holds: for anything but false and null."""
    return value is not None and value is not False


def matches(pattern: str, value: Any) -> bool:
    """Whether the pattern is found in `value` as text; never in null."""
    return value is not None and re.search(pattern, text(value)) is not None


def matches_composed(
    pattern: str | None, value: Any, *, operands: Mapping[str, object] | None = None
) -> bool:
    """The same for a pattern with values in it: where it lacks a value, nothing is found.

    Nor is where it is no pattern, which is logged with the operands. The pattern itself may be secret.
    """
    try:
        return pattern is not None and matches(pattern, value)
    except (re.error, OverflowError, RecursionError) as error:
        place = f" at character {error.pos}" if isinstance(error, re.error) else ""
        reason = f"the pattern that was put together for it is none ({type(error).__name__}{place})"
        shown = "; ".join([reason, *shown_operands(operands or {})])
        logging.getLogger(__name__).warning("a criterion fails: %s", shown)
        return False


def size(value: Any) -> Any:
    """What `.length` means: that member of an object, else the size of a string, array or object.

    None for other values.
    """
    if is_object(value) and "length" in value:
        return value["length"]
    return (
        len(value)
        if isinstance(value, str) or is_array(value) or is_object(value)
        else None
    )


def _aligned(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Both as numbers, or both as casefolded strings; None where they are neither."""
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold(), right.casefold()
    if not is_number(left) and not is_number(right):
        return None
    one, other = _number(left), _number(right)
    return None if one is None or other is None else (one, other)


def _number(value: Any) -> int | float | None:
    """`value` where it is a number, or the number that it states as text."""
    if is_number(value):
        return value
    if not isinstance(value, str) or not _NUMERIC.fullmatch(value):
        return None
    return int(value) if value.lstrip("+-").isdecimal() else float(value)


def _in_order(left: Any, order: Ordering, right: Any) -> bool:
    match order:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)
