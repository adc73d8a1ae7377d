"""Which criteria never hold at once: what is said of them is held against their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from arazzoc.names import Identifier
from arazzoc.runtime.comparison import compare, compare_strictly, equal, same
from arazzoc.source.node import JsonValue
from arazzoc.types.condition import AllOf, AnyOf, Compare, Language, Not, Operator, Test
from arazzoc.types.exclusion import never_both
from arazzoc.types.model import ANY
from arazzoc.types.value import Argument, Constant, ResponseStatus

X = Argument(Identifier("x"), ANY)
Y = Argument(Identifier("y"), ANY)
VALUES: list[JsonValue] = [
    None,
    True,
    False,
    -1,
    0,
    1,
    1.5,
    2,
    "",
    "a",
    "A",
    "b",
    "1",
    "1.0",
    "2",
    [],
]


def compared(
    operator: Operator, constant: JsonValue, language: Language = Language.SIMPLE
) -> Compare:
    return Compare(X, operator, Constant(constant), language)


def outcome(test: Compare, value: JsonValue) -> bool:
    assert isinstance(test.right, Constant)
    simple, right = test.language is Language.SIMPLE, test.right.value
    match test.operator:
        case "==":
            return (equal if simple else same)(value, right)
        case "!=":
            return not (equal if simple else same)(value, right)
        case order:
            return (compare if simple else compare_strictly)(value, order, right)


def pairs() -> Iterator[tuple[Compare, Compare]]:
    operators: tuple[Operator, ...] = ("==", "!=", "<", "<=", ">", ">=")
    for language in Language:
        tests = [compared(sign, value, language) for sign, value in product(operators, VALUES)]
        yield from product(tests, tests)


def test_no_value_meets_both_of_what_is_said_to_exclude_one_another() -> None:
    said = 0
    for one, other in pairs():
        if never_both(one, other):
            said += 1
            both = [value for value in VALUES if outcome(one, value) and outcome(other, value)]
            assert not both, (one, other)
    assert said > 500


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (compared("==", "done"), compared("==", "failed")),
        (compared("==", "done"), compared("!=", "done")),
        (compared("==", True), compared("==", False)),
        (compared("==", "v1"), compared("==", "v2")),
        (compared(">", 0), compared("==", 0)),
        (compared("<", 3), compared(">=", 7)),
        (Compare(X, "<=", Y), Compare(X, ">", Y)),
        (
            Compare(ResponseStatus(), "==", Constant(200)),
            Compare(ResponseStatus(), ">=", Constant(400)),
        ),
        (AnyOf((compared("==", "a"), compared("==", "b"))), AnyOf((compared("==", "c"),))),
        (AllOf((compared("==", "a"), Compare(Y, "==", Constant("b")))), compared("!=", "a")),
        (Not(AnyOf((compared("==", "a"),))), AnyOf((compared("==", "a"),))),
    ],
)
def test_these_exclude_one_another(one: Test, other: Test) -> None:
    assert never_both(one, other)
    assert never_both(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (compared("==", "done"), compared("==", "DONE")),
        (compared("==", "1"), compared("==", "1.0")),
        (compared("!=", "a"), compared("!=", "b")),
        (compared("<=", 0), compared(">=", 0)),
        (compared("==", "a"), Compare(Y, "==", Constant("b"))),
        (compared("==", "a"), compared("==", "b", Language.JSONPATH)),
        (AnyOf((compared("==", "a"), compared("==", "b"))), compared("==", "b")),
        (Compare(X, "==", Y), Compare(X, "<=", Y)),
        (AllOf(()), AllOf(())),
    ],
)
def test_these_may_hold_at_once(one: Test, other: Test) -> None:
    assert not never_both(one, other)
    assert not never_both(other, one)
