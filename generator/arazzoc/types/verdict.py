"""What a test comes to by a response's status and its schema, without a response."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.runtime.comparison import compare, equal, matches
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Finds,
    Holds,
    Language,
    Matches,
    Not,
    Operator,
    Test,
)
from arazzoc.types.nodes import Kept
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.unequal import differs
from arazzoc.types.value import Constant, Outcome, ResponseStatus, Value

__all__ = ["EVERY", "Met", "comparisons", "met", "never_equal"]

Statuses: TypeAlias = frozenset[int | None]

EVERY: Final[Statuses] = frozenset({*range(100, 600), None})
"""The statuses that a response can have (RFC 9110, section 15), and None: no response."""


@dataclass(frozen=True, slots=True)
class Met:
    """For which statuses tests hold.

    Attributes:
        possible: Those for which they may hold, as far as the status and schemas tell.
        sure: Those for which they hold whatever else the response has.
    """

    possible: Statuses
    sure: Statuses


def met(tests: Iterable[Test], types: SchemaTypes) -> Met:
    """The statuses for which all tests hold.

    Args:
        tests: The tests; where there are none, every status meets them.
        types: What the names of types stand for.
    """
    each = [_met(test, types) for test in tests]
    return Met(
        EVERY.intersection(*(found.possible for found in each)),
        EVERY.intersection(*(found.sure for found in each)),
    )


def _met(test: Test, types: SchemaTypes) -> Met:
    match test:
        case Not(inner):
            found = _met(inner, types)
            return Met(EVERY - found.sure, EVERY - found.possible)
        case AllOf(tests):
            return met(tests, types)
        case AnyOf(tests):
            each = [_met(inner, types) for inner in tests]
            return Met(
                frozenset[int | None]().union(*(found.possible for found in each)),
                frozenset[int | None]().union(*(found.sure for found in each)),
            )
        case Compare():
            return _compared(test, types)
        case Matches(ResponseStatus(), str() as pattern):
            return _matched(pattern)
        case Holds(Constant(value)) if value is not None:
            return Met(EVERY, EVERY) if value is not False else _NOWHERE
        case Holds(ResponseStatus()):
            return Met(EVERY - {None}, EVERY - {None})
        case _:
            return _OPEN


_OPEN: Final = Met(EVERY, frozenset())
_NOWHERE: Final = Met(frozenset(), frozenset())


def _compared(test: Compare, types: SchemaTypes) -> Met:
    match test:
        case Compare(
            ResponseStatus(), operator, Constant(bool() | int() | float() | str() as value)
        ):
            return _status_compared(operator, value, str(value), reversed_=False)
        case Compare(
            Constant(bool() | int() | float() | str() as value), operator, ResponseStatus()
        ):
            return _status_compared(operator, value, str(value), reversed_=True)
        case Compare(Constant(left), operator, Constant(right), Language.SIMPLE) if _is_scalar(
            left
        ) and _is_scalar(right):
            return Met(EVERY, EVERY) if _holds(left, operator, right) else _NOWHERE
        case _ if never_equal(test, types) is not None:
            return _NOWHERE if test.operator == "==" else Met(EVERY, EVERY)
        case _:
            return _OPEN


@cache
def _status_compared(operator: Operator, value: float | str, text: str, *, reversed_: bool) -> Met:
    del text  # tells 1 and true apart for the cache
    holding = frozenset(
        status
        for status in EVERY
        if _holds(*((value, operator, status) if reversed_ else (status, operator, value)))
    )
    return Met(holding, holding)


def _is_scalar(value: object) -> bool:
    return isinstance(value, bool | int | float | str)


def _holds(left: object, operator: Operator, right: object) -> bool:
    if operator == "==":
        return equal(left, right)
    if operator == "!=":
        return not equal(left, right)
    return compare(left, operator, right)


@cache
def _matched(pattern: str) -> Met:
    try:
        holding = frozenset(status for status in EVERY if matches(pattern, status))
    except (re.error, OverflowError, RecursionError):
        return _OPEN
    return Met(holding, holding)


def never_equal(test: Compare, types: SchemaTypes) -> tuple[Value, Constant] | None:
    """The sides of an equality with a literal that no value of the other side's type is equal to, or None."""
    if test.operator not in ("==", "!="):
        return None
    for value, literal in ((test.left, test.right), (test.right, test.left)):
        if not isinstance(literal, Constant) or literal.value is None:
            continue
        if isinstance(value, Constant | ResponseStatus):
            continue
        if differs(value.type, literal.value, test.language, types):
            return value, literal
    return None


def comparisons(test: Test) -> Iterator[Compare]:
    """All comparisons that a test makes, those of filters too."""
    match test:
        case Compare(left, _, right):
            yield test
            inner_tests = [value.test for value in (left, right) if isinstance(value, Outcome)]
            for each in inner_tests:
                yield from comparisons(each)
        case Not(inner):
            yield from comparisons(inner)
        case AllOf(tests) | AnyOf(tests):
            for each in tests:
                yield from comparisons(each)
        case Finds(nodes):
            selectors = [selector for branch in nodes.branches for selector in branch.selectors]
            for selector in selectors:
                if isinstance(selector, Kept):
                    yield from comparisons(selector.test)
        case _:
            return
