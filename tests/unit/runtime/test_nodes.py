from __future__ import annotations

from typing import Any

import pytest

from arazzoc.runtime.nodes import (
    candidates_of,
    children_of,
    descendants_of,
    elements_of,
    index_of,
    length_of,
    literal_of,
    nodes_at,
    or_none,
    pick,
    sole_of,
)
from arazzoc.runtime.pointers import NOTHING

JOBS = {"jobs": [{"id": 1}, {"id": None}], "0": "zero"}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), JOBS),
        (("jobs", 0, "id"), 1),
        (("jobs", -1, "id"), None),
        (("jobs", -2, "id"), 1),
        (("jobs", 2), NOTHING),
        (("jobs", -3), NOTHING),
        (("jobs", "0"), NOTHING),
        (("0",), "zero"),
        ((0,), NOTHING),
        (("0", 0), NOTHING),
        (("nobody", "id"), NOTHING),
    ],
)
def test_names_lead_into_objects_and_indexes_into_arrays(
    steps: tuple[str | int, ...], expected: Any
) -> None:
    assert pick(JOBS, *steps) is expected or pick(JOBS, *steps) == expected
    assert nodes_at(JOBS, *steps) == ([] if expected is NOTHING else [expected])


WITH_CHILDREN: list[tuple[Any, list[Any], list[Any]]] = [
    ([1, [2]], [1, [2]], [1, [2]]),
    ({"a": 1, "b": None}, [1, None], [1, None, {"a": 1, "b": None}]),
    ({}, [], [{}]),
    ("text", [], []),
    (5, [], []),
    (None, [], []),
    (NOTHING, [], []),
]


@pytest.mark.parametrize(("value", "children", "candidates"), WITH_CHILDREN)
def test_members_and_elements_are_children(
    value: Any, children: list[Any], candidates: list[Any]
) -> None:
    assert list(children_of(value)) == children
    assert list(candidates_of(value)) == candidates


def test_only_arrays_have_elements() -> None:
    assert [list(elements_of(value)) for value in ([1, 2], {"a": 1}, "ab", None, NOTHING)] == [
        [1, 2], [], [], [], []
    ]  # fmt: skip


def test_descendants_come_after_what_they_are_in() -> None:
    tree = {"a": [1, {"b": 2}], "c": None}
    assert list(descendants_of(tree)) == [tree, [1, {"b": 2}], 1, {"b": 2}, 2, None]
    assert list(descendants_of(None)) == [None]
    assert list(descendants_of(NOTHING)) == []


def test_depth_does_not_matter() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert sum(1 for _ in descendants_of(deep)) == 100_001
    while deep:  # taken apart step by step: the interpreter would do it by recursion
        deep = deep.pop()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("\U0001d11e!", 2),
        ([1, 2, 3], 3),
        ({"length": 9}, 1),
        (5, NOTHING),
        (True, NOTHING),
        (None, NOTHING),
        (NOTHING, NOTHING),
    ],
)
def test_length(value: Any, expected: Any) -> None:
    assert length_of(value) == expected


def test_only_a_single_node_has_a_value() -> None:
    assert [sole_of(nodes) for nodes in ([], [None], [1, 1])] == [NOTHING, None, NOTHING]


def test_nothing_is_none_outside_of_queries() -> None:
    assert [or_none(value) for value in (NOTHING, None, 0)] == [None, None, 0]


@pytest.mark.parametrize(
    ("value", "literal", "index"),
    [
        (5, 5, 5),
        ("5", 5, 5),
        ("-1", -1, -1),
        (2.5, 2.5, NOTHING),
        ("1e2", 100.0, NOTHING),
        (True, True, NOTHING),
        ("false", False, NOTHING),
        ("null", None, NOTHING),
        (None, None, NOTHING),
        ("05", NOTHING, NOTHING),
        ("5 ", NOTHING, NOTHING),
        ("'a'", NOTHING, NOTHING),
        ("@.a", NOTHING, NOTHING),
        ([], NOTHING, NOTHING),
        ("9" * 400, NOTHING, NOTHING),
    ],
)
def test_values_state_literals_and_indexes(value: Any, literal: Any, index: Any) -> None:
    assert literal_of(value) is literal or literal_of(value) == literal
    assert index_of(value) is index or index_of(value) == index
