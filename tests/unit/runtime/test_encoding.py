"""Values on the wire: paths, queries, headers, cookies and bodies."""

from __future__ import annotations

import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.runtime.bodies import dump, form, octets, with_value
from arazzoc.runtime.credentials import basic
from arazzoc.runtime.embedding import text
from arazzoc.runtime.files import Upload
from arazzoc.runtime.members import present
from arazzoc.runtime.multipart import Part, members_as_parts, multipart
from arazzoc.runtime.pointers import NOTHING
from arazzoc.runtime.styles import (
    deep_object,
    header_list,
    keep_reserved,
    label_segment,
    list_segment,
    matrix_segment,
)
from arazzoc.runtime.urls import cookies, joined, query, segment


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("caf\u00e9", "caf\u00e9"),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (7, "7"),
        (1.5, "1.5"),
        (10**30, "1" + "0" * 30),
        ({"a": [1, "\u00e9"]}, '{"a":[1,"\u00e9"]}'),
        ((1, 2), "[1,2]"),
        (MappingProxyType({"a": range(2)}), '{"a":[0,1]}'),
        (datetime.date(2026, 3, 15), "2026-03-15"),
        (datetime.datetime(2026, 3, 15, tzinfo=datetime.UTC), "2026-03-15T00:00:00+00:00"),
        (b"abc", "abc"),
    ],
)
def test_values_embedded_in_text(value: Any, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a b/c?d#e%", "a%20b%2Fc%3Fd%23e%25"),
        ("caf\u00e9", "caf%C3%A9"),
        ("-._~", "-._~"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("...", "..."),
        (True, "true"),
        (5, "5"),
    ],
)
def test_a_path_segment(value: Any, expected: str) -> None:
    assert segment(value) == expected


def test_a_path_segment_is_never_made_of_nothing() -> None:
    for nothing in (None, ""):
        with pytest.raises(ValueError, match="needs a value"):
            segment(nothing)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_path_segment_stays_one(value: str) -> None:
    path = urlsplit(f"http://h/a/{segment(value)}/b").path
    assert path.count("/") == 3
    assert "/./" not in path
    assert "/../" not in path


QUERIES: list[tuple[list[tuple[str, Any]], str]] = [
    ([], ""),
    ([("a", None), ("b", []), ("c", [None])], ""),
    ([("a", 1), ("b c", "x y&z=/+")], "?a=1&b%20c=x%20y%26z%3D%2F%2B"),
    ([("a", True), ("b", 1.5), ("c", "")], "?a=true&b=1.5&c="),
    ([("tag", ["x", None, "y,z"]), ("n", (1, 2))], "?tag=x&tag=y%2Cz&n=1&n=2"),
    ([("since", datetime.date(2026, 3, 15))], "?since=2026-03-15"),
    ([("filter", {"a": 1})], "?filter=%7B%22a%22%3A1%7D"),
    ([("a", joined(["x", "y,z", None, 3], ","))], "?a=x,y%2Cz,3"),
    ([("a", joined(["x", "y"], " ")), ("b", joined(["x", "y"], "|"))], "?a=x%20y&b=x%7Cy"),
    ([("a", joined([], ",")), ("b", joined(None, ",")), ("c", joined("x&y", ","))], "?c=x%26y"),
]


@pytest.mark.parametrize(("pairs", "expected"), QUERIES)
def test_a_query(pairs: list[tuple[str, Any]], expected: str) -> None:
    assert query(*pairs) == expected


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.text())))
def test_a_query_is_read_back(pairs: list[tuple[str, str]]) -> None:
    sendable = [(name, value.encode("utf-8", "ignore").decode()) for name, value in pairs]
    assert parse_qsl(query(*sendable).removeprefix("?"), keep_blank_values=True) == sendable


def test_cookies() -> None:
    assert cookies(("a", "b=c/+=="), ("no", None), ("d", 'x;y "z",\\\r\n')) == (
        "a=b=c/+==; d=x%3By%20%22z%22%2C%5C%0D%0A"
    )
    assert cookies(("a", None)) == ""


def test_basic_credentials() -> None:
    assert basic("Aladdin", "open: sesame") == "Basic QWxhZGRpbjpvcGVuOiBzZXNhbWU="
    with pytest.raises(ValueError, match="colon"):
        basic("a:b", "c")


def test_what_is_not_given_is_left_out() -> None:
    assert present({"a": None, "b": 0, "c": "", "d": False}) == {"b": 0, "c": "", "d": False}


def test_json_bodies_are_compact_and_accept_what_arguments_may_be() -> None:
    body = {"a": [1, None, "\u00e9"], "b": MappingProxyType({"c": (1.0,)})}
    assert dump(body) == '{"a":[1,null,"\u00e9"],"b":{"c":[1.0]}}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", b"bytes", {1, 2}])
def test_what_json_cannot_state_is_not_sent(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        dump({"a": value})


def test_form_bodies() -> None:
    members = {"a": "x y&\u00e9", "b": None, "c": [1, True], "d": {"e": 1}}
    assert form(members) == b"a=x+y%26%C3%A9&c=1&c=true&d=%7B%22e%22%3A1%7D"
    assert form({}) == b""


@pytest.mark.parametrize("value", [None, [], "a=1", 5])
def test_forms_and_parts_are_made_of_objects_alone(value: object) -> None:
    with pytest.raises(ValueError, match="needs an object"):
        form(value)
    with pytest.raises(ValueError, match="needs an object"):
        members_as_parts(value)


SENDABLE = st.text(st.characters(codec="utf-8"))


@given(st.text(st.characters(codec="ascii")))
def test_reserved_characters_never_end_a_query_or_a_segment(value: str) -> None:
    found = urlsplit(f"http://h/a/{keep_reserved(value, '')}?p={keep_reserved(value)}&q=1")
    assert found.path.count("/") == 2
    assert not found.fragment
    assert [name for name, _ in parse_qsl(found.query, keep_blank_values=True)] == ["p", "q"]


@given(st.lists(SENDABLE, min_size=1))
def test_lists_in_a_path_stay_one_segment(values: list[str]) -> None:
    for path in (
        list_segment([*values, "more"]),
        label_segment(values, explode=True),
        matrix_segment("m", values),
    ):
        assert not set(path) & set("/?# ")
        assert path not in (".", "..") or values == [""]


@pytest.mark.parametrize("value", ["", b"", [""]])
def test_a_path_segment_is_never_empty(value: Any) -> None:
    with pytest.raises(ValueError, match="needs a value"):
        list_segment(value)


@pytest.mark.parametrize("value", [None, [], {}, [None]])
def test_a_path_is_never_made_of_nothing(value: Any) -> None:
    with pytest.raises(ValueError, match="needs a value"):
        list_segment(value)
    with pytest.raises(ValueError, match="needs a value"):
        label_segment(value)
    with pytest.raises(ValueError, match="needs a value"):
        matrix_segment("m", value)
    assert header_list(value) is None
    assert query(*deep_object("f", value)) == ""


@given(st.lists(st.tuples(SENDABLE, st.binary())))
def test_no_content_and_no_name_breaks_a_multipart_body(members: list[tuple[str, bytes]]) -> None:
    made = multipart(*(Part(name, Upload(content, name)) for name, content in members))
    delimiter = b"--" + made.boundary.encode()
    assert made.content.count(delimiter) == len(members) + 1
    pieces = [
        piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        for piece in made.content.split(delimiter)[1:-1]
    ]
    assert pieces == [content for _, content in members]


def test_a_value_is_put_into_a_copy() -> None:
    document = {"a": [1, {"b": 2}]}
    assert with_value(document, 3, "a", "1", "b") == {"a": [1, {"b": 3}]}
    assert with_value(document, NOTHING, "a", "0") == {"a": [{"b": 2}]}
    assert with_value(None, 3, "a") is None
    assert document == {"a": [1, {"b": 2}]}


@pytest.mark.parametrize(
    "tokens", [("x", "y"), ("a", "2"), ("a", "-"), ("a", "01"), ("a", "0", "b")]
)
def test_a_value_is_put_nowhere_else(tokens: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no place for"):
        with_value({"a": [1, {}]}, 3, *tokens)


def test_octets() -> None:
    assert [octets(value) for value in (b"\xff", "\xe9", 5)] == [b"\xff", b"\xc3\xa9", b"5"]
