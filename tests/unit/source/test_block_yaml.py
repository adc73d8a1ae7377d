"""What is read line by line is what libyaml reads, and what is not sure is left to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzoc.source.block_yaml import NotSureError, read_block_yaml
from arazzoc.source.limits import Limits
from arazzoc.source.node import Node
from arazzoc.source.reading import read_document
from arazzoc.source.yaml_events import read_yaml
from tests.unit.source.reading import attempt, faults, read, text_at

SPECS = sorted((Path(__file__).parents[3] / "specs").rglob("*.yaml"))
FILLER = "".join(f"filler{number}:\n  type: string\n" for number in range(4000))
"""Members that make a document long enough to be read by lines."""

SURE = [
    "a: 1\nb: two words\nc:\nd: ~\n200: ok\n/jobs/{id}: x\n$ref: '#/a'\n",
    "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n",
    "a:\n- 1\n- x: 1\n  y: 2\n-\n- \n- - 1\n  - - 2\nb: 3\n",
    "a:\n  - x: 1\n    y:\n    - 2\n  -   z: 3\n      w: 4\n",
    "- a\n- b: 1\n",
    "'a b': 'it''s'\n\"c\": \"x: # y\"\nd: ''\ne: \"\"\n'1': x\n",
    'a: "\\u00e9\\n\\"\\\\\\x41"\n',
    "a: b # c\n# d\nb: 'x' # y\n  # z\nc: # w\n  d: 1\n\n\ne: http://x/#y\n",
    "a: one\n  two\n\n  three: four\n".replace(": four", " four"),
    "a:\n  one (two)\n  *three* [four](https://five.example/#x)\n  - six\nb: 1\n",
    "a: 'one\n  two  \n\n\n  it''s'\nb: \"one\n  two\" # c\n",
    'a: "one \\\n  \\ two\\n\n  three"\n',
    "a: |\n  one\n   two\n\n  three: # four\n\nb: |-\n  x\n\nc: |+\n  x\n\n\nd: 1\n",
    "a: >\n  one\n  two\n\n  three\n   four\n\n  five\n\nb: >-\n  x\n  y\n",
    "a: |\n\n\n  x\nb: |\nc: |+\n\nd: >-\n\ne: |\n  x\n  \ty\t\n",
    "- |\n  x\n-   a: |\n      y\n    b: >-\n      z\n-\n  >\n  w\n",
    "a: {}\nb: []\nc: [x, 'y', {z: 1}] # d\ne: {f: [1, 2]}\n",
    "# about\n\n---\na: 1\n",
    "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
    'a: ünïcode 😀\nschlüssel: "…"\n',
    "a: -1\nb: -x\nc: .5\nd: 1e3\ne: 0x1F\nf: 007\ng: true\nh: 12:30\n-1: x\n+1: y\n",
    "a: 1",
    "a:\n\n\n",
]

NOT_SURE = {
    "no mapping": "text\n",
    "nothing": "# c\n",
    "anchor": "a: &x 1\nb: *x\n",
    "tag": "a: !!str 1\n",
    "merge": "<<: 1\n",
    "key twice": "a: 1\na: 2\n",
    "key twice in braces": "a: {b: 1, b: 2}\n",
    "complex key": "? a\n: b\n",
    "tab": "a:\tb\n",
    "tab as indent": "a:\n\tb: 1\n",
    "tab in a block": "a: |\n \t\tb\n  c\n",
    "deeper member": "a: 1\n  b: 2\n",
    "member between": "a:\n    b: 1\n  c: 2\n",
    "item after value": "a: 1\n- b\n",
    "second colon": "a: b: c\n",
    "colon at the end": "a: b:\n",
    "text without a key": "a: 1\nb\n",
    "text after a comment": "a: b # c\n  d\n",
    "text after a quote": "a: 'b' c\n",
    "open quote": "a: 'b\n",
    "quote at the margin": "a: 'b\nc'\n",
    "open brace": "a: {b: 1\nc: 2\n",
    "unknown escape": 'a: "\\q"\n',
    "half a pair": 'a: "\\ud800"\n',
    "indent of a block": "a: |2\n   b\n",
    "block without a line's end": "a: |\n  b",
    "block that starts deeper": "a: |\n     \n  b\n",
    "another document": "a: 1\n---\nb: 2\n",
    "end of a document": "a: 1\n...\n",
    "directive": "%YAML 1.2\n---\na: 1\n",
    "forbidden character": "a: b\x07\n",
    "forbidden character in a block": "a: |\n  b\x07\n",
    "line separator": "a: b\u2028c\n",
    "carriage return": "a: b\rc: d\n",
    "reserved": "a: @b\nc: `d`\n",
    "long key": f"{'k' * 600}: 1\n",
    "deep": "".join("  " * depth + "a:\n" for depth in range(160)),
    "deep braces": f"a: {'[' * 9}{']' * 9}\n",
}


def judged(text: str) -> object:
    """What libyaml makes of a text in which nothing is wrong, told to the type."""
    reading = read_yaml(text)
    assert not reading.faults
    assert reading.complete
    return repr(reading.value)


@pytest.mark.parametrize("text", SURE)
def test_plain_texts_are_read_by_lines(text: str) -> None:
    assert repr(read_block_yaml(text)) == judged(text)


@pytest.mark.parametrize("text", NOT_SURE.values(), ids=NOT_SURE)
def test_what_is_not_sure_is_left_to_libyaml(text: str) -> None:
    with pytest.raises(NotSureError):
        read_block_yaml(text)


def test_most_documents_of_the_project_are_read_by_lines() -> None:
    sure = 0
    for path in SPECS:
        text = path.read_text("utf-8-sig", errors="replace")
        try:
            value = read_block_yaml(text)
        except NotSureError:
            continue
        sure += 1
        assert repr(value) == judged(text), path
    assert sure > 0.9 * len(SPECS)


def test_a_document_that_is_nested_too_deep_is_left_to_libyaml() -> None:
    text = "a:\n  b:\n    c: 1\n"
    assert read_block_yaml(text, Limits(depth=20)) == {"a": {"b": {"c": 1}}}
    with pytest.raises(NotSureError):
        read_block_yaml(text, Limits(depth=10))


_SCALARS = st.sampled_from(
    [
        *(
            "x",
            "two words",
            "1",
            "-1.5",
            "true",
            "~",
            "a:b",
            "a#b",
            "a: b",
            "a #b",
            "it's",
            "(x)",
            "*x*",
        ),
        *(
            "'x'",
            "'it''s'",
            "'x",
            "x'",
            '"x"',
            '"\\n\\u00e9"',
            '"x\\',
            '\\ y"',
            '"x',
            'y"',
            "",
            "''",
        ),
        *(
            "|",
            ">",
            "|-",
            ">+",
            "|2",
            "{}",
            "[]",
            "[a, 'b']",
            "{a: 1}",
            "{a",
            "- x",
            "- - x",
            "-",
            "?",
        ),
        *(
            "&a x",
            "*a",
            "!t x",
            "<<",
            "---",
            "...",
            "@x",
            "\t",
            "x\ty",
            "é",
            "\x85",
            "x  ",
            "# c",
            "x # c",
        ),
    ]
)
_STARTS = st.sampled_from(
    ["", "", "a: ", "b: ", "c:", "'d': ", "- ", "- a: ", "-", "- - ", "#", "a :"]
)
_LINES = st.tuples(st.sampled_from([0, 0, 1, 2, 2, 3, 4, 6]), _STARTS, _SCALARS)


@settings(max_examples=1500)
@given(lines=st.lists(_LINES, max_size=8), end=st.sampled_from(["\n", "\n", "", "\n\n"]))
def test_what_is_sure_is_what_libyaml_reads(lines: list[tuple[int, str, str]], end: str) -> None:
    text = "\n".join(" " * indent + start + scalar for indent, start, scalar in lines) + end
    try:
        value = read_block_yaml(text)
    except NotSureError:
        return
    assert repr(value) == judged(text)


def places(node: Node) -> list[object]:
    """Every place there is."""
    found: list[object] = [node.span, node.key_span, node.part(0, 1)]
    for child in (*(child for _, child in node.members()), *node.items()):
        found += places(child)
    return found


@pytest.mark.parametrize("text", SURE)
def test_values_of_a_long_document_have_the_places_of_a_short_one(text: str) -> None:
    if text[0] in "-#":
        return
    short, long = read(text).node, read(text.rstrip("\n") + "\n" + FILLER).node
    for key, node in short.members():
        found = long.get(key)
        assert found is not None
        assert repr(found.value) == repr(node.value)
        if not text.rstrip().endswith(key + ":"):
            assert places(found) == places(node)


def test_the_last_value_of_a_long_document_has_its_place() -> None:
    document = read(FILLER + "a:\n- b: 'it''s'\n")
    node = document.node.at(["a", "0", "b"])
    assert node is not None
    assert text_at(document, node.span) == "'it''s'"
    assert str(node.span.start) == "8002:6"
    assert text_at(document, node.part(3, 4)) == "s"


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("a: b: c\n", "8001:5 AZ002"),
        ("filler7: 1\n", "8001:1 AZ003"),
        ("a: !foreign b\n", "8001:4 AZ019"),
        ("a: *b\n", "8001:4 AZ016"),
        ("a: 'b\n", "8001:4 AZ002"),
    ],
)
def test_a_fault_far_down_in_a_long_document_is_told_at_its_place(last: str, found: str) -> None:
    told = faults(FILLER + last)
    assert told[0].startswith(found), told


def test_bytes_of_a_long_document_count_as_ever() -> None:
    data = (FILLER + "a: 1\r\n").encode("utf-16")
    document, found = attempt(data)
    assert not found
    assert document is not None
    assert document.node.value == read_yaml(FILLER + "a: 1\n").value
    assert read_document(data, document.path, "a.yaml", Limits(file_size=100))[0] is None
