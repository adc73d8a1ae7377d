"""A member or an item goes with the lines that are its alone; comments stay."""

from __future__ import annotations

import pytest

from arazzoc.mending import applied
from arazzoc.source.removal import without
from tests.unit.source.reading import read


def _without(text: str, *path: str, name: str = "a.yaml") -> str | None:
    node = read(text, name).node.at(path)
    assert node is not None
    fix = without(node)
    return None if fix is None else applied(text, [fix])[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a: 1\nx: 2\nb: 3\n", "a: 1\nb: 3\n"),
        ("a: 1\nx: 2", "a: 1"),
        ("a: 1\r\nx: 2\r\nb: 3\r\n", "a: 1\r\nb: 3\r\n"),
        ("a: 1\n# of a\nx: 2  # of x\n# of b\nb: 3\n", "a: 1\n# of a\n# of x\n# of b\nb: 3\n"),
        ("a: 1\nx:\n  - 1\n  - c: 2\n    d: |\n      text\n\nb: 3\n", "a: 1\n\nb: 3\n"),
        ("a: 1\nx: {y: [1, {}], # inside\n  z: [] }\nb: 3\n", "a: 1\nb: 3\n"),
        ("x: 1\nb: 3\n", "b: 3\n"),
        ("{x: 1, b: 3}\n", "{b: 3}\n"),
        ("{b: 3, x: [1, 2]}\n", "{b: 3}\n"),
    ],
)
def test_a_member(text: str, left: str) -> None:
    assert _without(text, "x") == left


def test_what_an_alias_may_stand_for_stays() -> None:
    assert _without("{b: 3, x: &m 1, c: *m}\n", "x") is None


def test_the_first_member_of_an_item_leaves_its_dash() -> None:
    assert _without("- x: 1\n  b: 2\n", "0", "x") == "- b: 2\n"
    assert _without("- x: 1  # why\n  b: 2\n", "0", "x") is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a:\n- 1\n- b: 2\n  c: 3\n- 4\n", "a:\n- 1\n- 4\n"),
        ("a:\n  - 1\n  - 2 # two\n", "a:\n  - 1\n  # two\n"),
        ("a: [1, 2, 3]\n", "a: [1, 3]\n"),
    ],
)
def test_an_item(text: str, left: str) -> None:
    assert _without(text, "a", "1") == left


def test_the_only_item_goes_with_its_list() -> None:
    assert _without("s: 1\na:\n  - b: 2\nc: 3\n", "a", "0") == "s: 1\nc: 3\n"


def test_json() -> None:
    text = '{\n  "a": 1,\n  "x": {"y": [1]},\n  "b": 2\n}\n'
    assert _without(text, "x", name="a.json") == '{\n  "a": 1,\n  "b": 2\n}\n'
    assert _without(text, "b", name="a.json") == '{\n  "a": 1,\n  "x": {"y": [1]}\n}\n'


def test_what_others_may_use_stays() -> None:
    assert _without("components:\n  a: 1\n  b: 2\n", "components", "a") is None
