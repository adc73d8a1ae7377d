from __future__ import annotations

from typing import Any, get_args

import pytest

from arazzoc.runtime.comparison import (
    Ordering,
    compare,
    compare_strictly,
    equal,
    folded,
    holds,
    matches,
    same,
    size,
)
from arazzoc.runtime.pointers import NOTHING


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Completed", "COMPLETED", True),
        ("stra\u00dfe", "STRASSE", True),
        ("a", "b", False),
        (5, "5", True),
        (5, "5.0", True),
        (0.1, "0.1", True),
        (-5, "-5", True),
        (500, "5e2", True),
        (2**60 + 1, str(2**60 + 1), True),
        (2**60 + 1, str(2**60), False),
        ("5", "5.0", False),
        (5, "five", False),
        (5, " 5", False),
        (5, "\u0665", False),
        (1000, "1_000", False),
        (1, True, False),
        (0, False, False),
        (1, "true", False),
        (True, "true", False),
        (True, True, True),
        (None, None, True),
        (None, "null", False),
        (None, 0, False),
        (None, False, False),
        ([1, "a"], [1.0, "a"], True),
        ([1], [True], False),
        ({"a": 1}, {"a": 1}, True),
        (5, "9" * 5000, False),
    ],
)
def test_equality_of_simple_conditions(left: Any, right: Any, expected: bool) -> None:
    assert equal(left, right) is expected
    assert equal(right, left) is expected


def orders(left: Any, right: Any, by: Any) -> set[str]:
    return {order for order in get_args(Ordering) if by(left, order, right)}


LESS, EQUAL, GREATER, NONE = {"<", "<="}, {"<=", ">="}, {">", ">="}, set[str]()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, 2, LESS),
        (2, 2.0, EQUAL),
        (10, "9", GREATER),
        ("9", 10, LESS),
        ("a", "B", LESS),
        ("A", "a", EQUAL),
        ("10", "9", LESS),
        (None, 1, NONE),
        (None, None, NONE),
        (1, None, NONE),
        (True, False, NONE),
        (True, 2, NONE),
        ("a", 1, NONE),
        ([1], [2], NONE),
    ],
)
def test_order_of_simple_conditions(left: Any, right: Any, expected: set[str]) -> None:
    assert orders(left, right, compare) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, 1.0, True),
        (1, True, False),
        (False, 0, False),
        (True, True, True),
        ("a", "A", False),
        ("5", 5, False),
        (None, None, True),
        (None, False, False),
        ([1, [2, {"a": None}]], [1, [2, {"a": None}]], True),
        ([1, 2], [2, 1], False),
        ([1], [1, 2], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ({}, [], False),
        ("", [], False),
        (NOTHING, NOTHING, True),
        (NOTHING, None, False),
    ],
)
def test_equality_of_jsonpath(left: Any, right: Any, expected: bool) -> None:
    assert same(left, right) is expected
    assert same(right, left) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, 1.5, LESS),
        ("B", "a", LESS),
        ("a", "a", EQUAL),
        ("5", 6, NONE),
        (None, None, EQUAL),
        (NOTHING, NOTHING, EQUAL),
        (True, True, EQUAL),
        (False, True, NONE),
        ([1], [1], EQUAL),
        ([1], [2], NONE),
        (None, 1, NONE),
        (True, 1, NONE),
    ],
)
def test_order_of_jsonpath(left: Any, right: Any, expected: set[str]) -> None:
    assert orders(left, right, compare_strictly) == expected


def test_only_strings_are_folded() -> None:
    assert [folded(value) for value in ("A", None, 1, True)] == ["a", None, 1, True]


def test_a_bare_value_holds_unless_it_is_false_or_null() -> None:
    something: list[Any] = [True, 0, "", [], {}, "false"]
    assert all(map(holds, something))
    assert not holds(False)
    assert not holds(None)


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("^20[01]$", 200, True),
        ("^20[01]$", "2000", False),
        ("true", True, True),
        ('"a":1', {"a": 1}, True),
        ("b", "abc", True),
        ("null", None, False),
        ("", None, False),
    ],
)
def test_patterns_are_searched_in_the_text(pattern: str, value: Any, expected: bool) -> None:
    assert matches(pattern, value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, 2], 2),
        ("abc", 3),
        ({"a": 1}, 1),
        ({"length": 40}, 40),
        ({"length": None}, None),
        (None, None),
        (5, None),
        (True, None),
    ],
)
def test_length_is_a_member_or_a_size(value: Any, expected: Any) -> None:
    assert size(value) == expected
