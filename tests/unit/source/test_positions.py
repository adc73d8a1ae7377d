"""Where values, keys and parts of texts stand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.source.document import Document
from arazzoc.source.node import Node
from tests.unit.source.reading import read, text_at
from tests.unit.source.test_yaml_values import dumped, texts, values

DOCUMENT = """\
plain: one two # three
single: 'it''s'
double: "a\\tb"
block: |  # kept
  first
    second

  third

folded: >-
  one
  two

list:
- name: a
  flow: {x: [1, 2], y: }  # end
- [ ]
- &mark !!str 12
- *mark
empty:
? long
: value
wide: "😀 é" # after
anchored: &all
  inner: 1
merged: {<<: *all, own: 2}
last: end"""


def node_at(document: Document, *tokens: str) -> Node:
    node = document.node.at(tokens)
    assert node is not None
    return node


def in_style(ending: str) -> Document:
    return read(DOCUMENT.replace("\n", ending).encode())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("tokens", "place", "source"),
    [
        ("plain", "1:8", "one two"),
        ("single", "2:9", "'it''s'"),
        ("double", "3:9", '"a\\tb"'),
        ("block", "4:8", "|  # kept\n  first\n    second\n\n  third"),
        ("folded", "10:9", ">-\n  one\n  two"),
        ("list", "15:1", "- name: a"),
        ("list/0", "15:3", "name: a"),
        ("list/0/name", "15:9", "a"),
        ("list/0/flow", "16:9", "{x: [1, 2], y: }"),
        ("list/0/flow/x", "16:13", "[1, 2]"),
        ("list/0/flow/x/1", "16:17", "2"),
        ("list/1", "17:3", "[ ]"),
        ("list/2", "18:15", "12"),
        ("list/3", "19:3", "*mark"),
        ("empty", "20:7", ""),
        ("long", "22:3", "value"),
        ("wide", "23:7", '"😀 é"'),
        ("anchored", "25:3", "inner: 1"),
        ("merged", "26:9", "{<<: *all, own: 2}"),
        ("merged/own", "26:25", "2"),
        ("merged/inner", "25:10", "1"),
        ("last", "27:7", "end"),
    ],
)
def test_where_values_stand(ending: str, tokens: str, place: str, source: str) -> None:
    document = in_style(ending)
    span = node_at(document, *tokens.split("/")).span
    assert str(span.start) == place
    assert text_at(document, span) == source.replace("\n", ending)


@pytest.mark.parametrize(
    ("tokens", "place", "source"),
    [
        ("plain", "1:1", "plain"),
        ("list/0/flow", "16:3", "flow"),
        ("list/0/flow/x", "16:10", "x"),
        ("list/2", "18:15", "12"),
        ("long", "21:3", "long"),
        ("merged/inner", "25:3", "inner"),
    ],
)
def test_where_keys_stand(tokens: str, place: str, source: str) -> None:
    document = read(DOCUMENT)
    span = node_at(document, *tokens.split("/")).key_span
    assert (str(span.start), text_at(document, span)) == (place, source)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("key", "part", "place", "source"),
    [
        ("plain", "two", "1:12", "two"),
        ("single", "'s", "2:12", "''s"),
        ("double", "\tb", "3:11", "\\tb"),
        ("block", "second", "6:5", "second"),
        ("block", "third", "8:3", "third"),
        ("folded", "two", "12:3", "two"),
        ("folded", "one two", "11:3", "one\n  two"),
        ("wide", "é", "23:10", "é"),
    ],
)
def test_where_parts_stand(ending: str, key: str, part: str, place: str, source: str) -> None:
    document = in_style(ending)
    node = node_at(document, key)
    assert node.text is not None
    start = node.text.index(part)
    span = node.part(start, start + len(part))
    assert str(span.start) == place
    assert text_at(document, span) == source.replace("\n", ending)


def test_an_empty_part_is_a_place() -> None:
    document = read("a: 'xy'\nb: ''\n")
    assert str(node_at(document, "a").part(1, 1).start) == "1:6"
    assert str(node_at(document, "a").part(2, 2).start) == "1:7"
    assert str(node_at(document, "b").part(0, 0).start) == "2:5"


def test_the_whole_scalar_stands_for_a_part_that_is_not_known() -> None:
    document = read("a: &x text\nb: *x\n")
    assert text_at(document, node_at(document, "b").part(1, 2)) == "*x"
    assert text_at(document, node_at(document, "a").part(3, 99)) == "text"


def test_a_block_scalar_with_a_given_indentation() -> None:
    document = read("a:\n  b: |2\n      x\n    y\n  c: >1\n\n    p\n   q\n")
    b, c = node_at(document, "a", "b"), node_at(document, "a", "c")
    assert (b.text, c.text) == ("  x\ny\n", "\n p\nq\n")
    assert str(b.part(0, 1).start) == "3:5"
    assert str(c.part(4, 5).start) == "8:4"


JSON = '{\n  "a": {"x": [1, {"y": "it\\n\\u00e9\\ud83d\\ude00!"}]},\n  "\\u0062": [\n    true\n  ]\n}\n'


@pytest.mark.parametrize(
    ("tokens", "place", "source", "key"),
    [
        ("", "1:1", "{", "{"),
        ("a", "2:8", '{"x": [1, {"y": "it\\n\\u00e9\\ud83d\\ude00!"}]}', '"a"'),
        ("a/x", "2:14", '[1, {"y": "it\\n\\u00e9\\ud83d\\ude00!"}]', '"x"'),
        ("a/x/0", "2:15", "1", "1"),
        ("a/x/1/y", "2:24", '"it\\n\\u00e9\\ud83d\\ude00!"', '"y"'),
        ("b", "3:13", "[", '"\\u0062"'),
        ("b/0", "4:5", "true", "true"),
    ],
)
def test_where_json_stands(tokens: str, place: str, source: str, key: str) -> None:
    document = read(JSON, "a.json")
    node = node_at(document, *filter(None, tokens.split("/")))
    assert (str(node.span.start), text_at(document, node.span)) == (place, source)
    assert text_at(document, node.key_span) == key


def test_where_parts_of_json_stand() -> None:
    document = read(JSON, "a.json")
    node = node_at(document, "a", "x", "1", "y")
    sources = [text_at(document, node.part(at, at + 1)) for at in range(len(node.text or ""))]
    assert sources == ["i", "t", "\\n", "\\u00e9", "\\ud83d\\ude00", "!"]


def test_a_path_that_is_not_there() -> None:
    for document in (read("a: [1]"), read('{"a": [1]}', "a.json")):
        for path in [("b",), ("a", 1), ("a", 0, "c"), ("a", "b")]:
            with pytest.raises(KeyError):
                document.span(path)


def scalars_of(node: Node) -> list[Node]:
    """The scalars inside a node, itself included."""
    if isinstance(node.value, dict | list):
        inside = [member for _, member in node.members()] + list(node.items())
        return [each for child in inside for each in scalars_of(child)]
    return [node]


@given(
    value=values,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.sampled_from([True, False, None]),
    width=st.sampled_from([20, 80, 1000]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_every_character_stands_for_itself(
    value: object, style: str | None, flow: bool | None, width: int, ending: str
) -> None:
    source = dumped({"root": value}, style, flow, width).replace("\n", ending)
    document = read(source.encode())
    for node in scalars_of(document.node):
        text = node.text
        if text is None:
            spelled = text_at(document, node.span)
            assert read(spelled or "null").root == node.value
            continue
        for at, character in enumerate(text):
            found = text_at(document, node.part(at, at + 1))
            if found.startswith("\\") and found != character:
                assert read(f'"{found}"').root == character
            elif character == "'":
                assert found in ("'", "''")
            elif character.isspace():
                assert not found.strip()
            else:
                assert found == character


@given(text=texts, start=st.integers(0, 12), length=st.integers(0, 12), ascii_only=st.booleans())
def test_every_part_of_a_json_string_decodes_to_itself(
    text: str, start: int, length: int, ascii_only: bool
) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    document = read(json.dumps(["", text], ensure_ascii=ascii_only), "a.json")
    span = document.part((1,), start, end)
    assert json.loads(f'"{text_at(document, span)}"') == text[start:end]


@given(value=values)
def test_every_json_value_is_found(value: Any) -> None:
    document = read(json.dumps({"root": value}, indent=1), "a.json")
    for node in scalars_of(document.node):
        assert json.loads(text_at(document, node.span)) == node.value
