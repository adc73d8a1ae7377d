"""Which criteria can never hold at once, as far as their texts tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

from arazzoc.frozen import dataclass
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Language,
    Operator,
    Test,
    are_opposites,
)
from arazzoc.types.value import Constant, Value

__all__ = ["never_both"]

_APART: Final[Mapping[Operator, Sequence[Operator]]] = {
    "==": ("!=", "<", ">"),
    "!=": ("==",),
    "<": (">=", "==", ">"),
    "<=": (">",),
    ">": ("<=", "==", "<"),
    ">=": ("<",),
}
"""Operators of which one alone can hold of the same two values; `==` beside an order: of the same number."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """A comparison with a constant: `subject operator constant`."""

    subject: Value
    language: Language
    operator: Operator
    constant: object


def never_both(one: Test, other: Test) -> bool:
    """Whether two tests surely never hold at once, of the same response.

    What is not seen counts as possible: false says nothing.
    """
    if are_opposites(one, other):
        return True
    for whole, beside in ((one, other), (other, one)):
        if isinstance(whole, AnyOf):
            return all(never_both(part, beside) for part in whole.tests)
    for whole, beside in ((one, other), (other, one)):
        if isinstance(whole, AllOf):
            return any(never_both(part, beside) for part in whole.tests)
    if not isinstance(one, Compare) or not isinstance(other, Compare):
        return False
    if (one.left, one.right, one.language) == (other.left, other.right, other.language):
        ordered = {one.operator, other.operator}.isdisjoint(("==", "!="))
        if ordered and other.operator in _APART[one.operator]:
            return True
    first, second = _bound(one), _bound(other)
    return first is not None and second is not None and _apart(first, second)


def _bound(test: Compare) -> _Bound | None:
    """A comparison with a constant on its right; None for any other."""
    if isinstance(test.left, Constant) or not isinstance(test.right, Constant):
        return None
    return _Bound(test.left, test.language, test.operator, test.right.value)


def _apart(one: _Bound, other: _Bound) -> bool:
    if (one.subject, one.language) != (other.subject, other.language):
        return False
    first, second = one.constant, other.constant
    if _is_number(first) and _is_number(second):
        return _numbers_apart(one.operator, first, other.operator, second)
    return one.operator == other.operator == "==" and _differ(first, second, one.language)


def _numbers_apart(one: Operator, first: int | float, other: Operator, second: int | float) -> bool:
    """Whether no number stands to both constants as the operators say."""
    if first == second:
        return other in _APART[one]
    if "!=" in (one, other):
        return False
    low, high = (one, other) if first < second else (other, one)
    return low in ("==", "<", "<=") and high in ("==", ">", ">=")


def _differ(first: object, second: object, language: Language) -> bool:
    """Whether no value equals both constants: text that may state a number equals it in simple conditions."""
    if isinstance(first, bool) and isinstance(second, bool):
        return first is not second
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    if language is Language.JSONPATH:
        return first != second
    texts = first.casefold(), second.casefold()
    return texts[0] != texts[1] and not any(map(_is_numeric, texts))


def _is_numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
