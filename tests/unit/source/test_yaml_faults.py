"""What users are told about YAML that cannot be read, or should not be written."""

from __future__ import annotations

import pytest

from arazzoc.source.limits import Limits
from arazzoc.source.yaml_events import read_yaml
from tests.unit.source.reading import attempt, faults

NOT_VALID = "AZ002 the text is not valid YAML: "


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a:\n\tb: c\n", "2:1", "indent with spaces; YAML does not allow tabs there"),
        ('x: 1\na: "foo\nb: 1\n', "2:4", "close the quote that opens here"),
        ("a: `x`\n", "1:4", "put quotes around a value that starts with a backtick"),
        (
            "```yaml\na: 1\n```\n",
            "1:1",
            "remove the line: it belongs to Markdown around the document, as the one at its end does",
        ),
        ("a: 1\n\u00a0b:\n  - c: 2\n", "2:1", "write plain spaces in its place"),
        ("a: @x\n", "1:4", "put quotes around a value that starts with `@`"),
        ("a: *.json\n", "1:5", "put quotes around a value that starts with `*` or `&`"),
        ("a: !e!x b\n", "1:4", "put quotes around a value that starts with `!`"),
        (
            "url: {$inputs.base}/orders\n",
            "1:20",
            (
                "a value that starts with `{` or `[` is a mapping or list in braces; put quotes around the"
                " whole value"
            ),
        ),
        ("a: b: c\n", "1:5", "put quotes around a value that holds a colon followed by a space"),
        (
            "a: b\n c: d\n",
            "2:3",
            "indent the line like its neighbours, and check that the line before is complete",
        ),
        ("a: 1\nb:2\nc: 3\n", "2:2", "write `b: 2`"),
        ("a:\n  b:c\n  d: e\n", "2:4", "write `b: c`"),
        ("l:\n-a: 1\n b: 2\n", "2:1", "write `- a: ...`"),
        ('a: "x\nb: y\nc: "z"\n', "1:4", "close the quote that opens here"),
        ("l:\n  a: 1\n- a: 2\n", "2:3", "write `- a: ...`"),
        (
            'a: "x" y\n',
            "1:8",
            "nothing may follow the closing quote; put quotes around the whole value",
        ),
        (
            'a: "\\d+"\n',
            "1:5",
            "in double quotes `\\` starts an escape: use single quotes, or write `\\\\`",
        ),
        ("- a\nb: c\n", "2:1", "start each item of the list with `- `, all in the same column"),
        ("a: [1, 2\n", "2:1", "the text ends too early: close each `{` and `[`"),
        ("a: |x\n b\n", "1:5", "nothing but a comment may follow `|` or `>`"),
    ],
)
def test_a_syntax_error_names_its_place_and_its_mend(text: str, place: str, hint: str) -> None:
    document, found = attempt(text)
    assert document is None
    (fault,) = found
    assert (str(fault.span.start), fault.rule.code, fault.hint) == (place, "AZ002", hint)
    assert fault.message.startswith("the text is not valid YAML: ")


def test_a_control_character() -> None:
    assert faults("a: b\nb: \x01\n") == [
        (
            "2:4 AZ002 the control character U+0001 is not allowed in YAML"
            ' => remove it, or write it as the escape `"\\u0001"` in double quotes'
        )
    ]


def test_a_key_written_twice_keeps_the_first_and_shows_it() -> None:
    document, (fault,) = attempt("a:\n  b: 1\n  c: {x: [1]}\n  'b': {y: [2]}\n  d: 3\n")
    assert document is not None
    assert document.root == {"a": {"b": 1, "c": {"x": [1]}, "d": 3}}
    assert (str(fault.span), str(fault.span.end), fault.rule.code) == ("a.yaml:4:3", "4:6", "AZ003")
    assert fault.message == (
        "the key `b` stands twice in this mapping, and only the first one counts"
    )
    assert [(str(each.span), each.message) for each in fault.related] == [
        ("a.yaml:2:3", "the first one stands here")
    ]
    assert str(document.node.at(("a", "d")).span) == "a.yaml:5:6"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "url: {{host}}/x\n",
            (
                "1:7 AZ015 a mapping or list stands here as the key of a mapping"
                ' => put quotes around a value that is meant as text, such as `"{{name}}"`'
            ),
        ),
        (
            "a: 1\nb: *any\n",
            (
                "2:4 AZ016 no anchor `&any` stands before this alias"
                " => put quotes around a value that is meant as text"
            ),
        ),
        (
            "a: &a\n  b: [*a]\n",
            (
                "2:7 AZ017 the alias `*a` stands inside the value that it stands for"
                " => use a `$ref` for a schema that refers to itself"
            ),
        ),
        (
            "a: 1\n---\nb: 2\n",
            (
                "2:1 AZ018 another document starts here, and only the first one is read"
                " => put each document into a file of its own"
            ),
        ),
        (
            "a: !!timestamp 2026-01-31\n",
            (
                "1:4 AZ019 the tag `!!timestamp` is not known and has no effect"
                " => remove the tag, or put quotes around a value that is meant to start with `!`"
            ),
        ),
        (
            "a: !thing {b: 1}\n",
            (
                "1:4 AZ019 the tag `!thing` is not known and has no effect"
                " => remove the tag, or put quotes around a value that is meant to start with `!`"
            ),
        ),
        (
            "a:\n  <<: 3\n",
            (
                "2:3 AZ020 only a mapping, or a list of mappings, can be merged by `<<`"
                " => give it the alias of a mapping, such as `*defaults`"
            ),
        ),
        (
            "a: !!int three\n",
            (
                "1:4 AZ023 `three` is not of the type `!!int`"
                " => correct the value, or remove the tag"
            ),
        ),
        ("# nothing yet\n", "1:1 AZ014 the document is empty"),
        ("", "1:1 AZ014 the document is empty"),
        ("\n \n", "1:1 AZ014 the document is empty"),
    ],
)
def test_other_faults(text: str, told: str) -> None:
    assert faults(text) == [told]


def test_bytes_that_are_no_utf_8() -> None:
    assert faults(b"a: 1\nb: x\xe9\n") == [
        "2:5 AZ013 the byte E9 is not UTF-8 => save the file as UTF-8"
    ]


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_nesting_has_a_limit(name: str) -> None:
    assert faults("[" * 150 + "]" * 150, name) == []
    assert faults("[" * 151 + "]" * 151, name) == [
        (
            "1:151 AZ010 more than 150 mappings and lists are nested here"
            " => move inner ones to a place of their own, and refer to them by `$ref`"
        )
    ]
    assert faults("[" * 200_000, name) == [
        (
            "1:151 AZ010 more than 150 mappings and lists are nested here"
            " => move inner ones to a place of their own, and refer to them by `$ref`"
        )
    ]


def test_what_aliases_stand_for_nests_too() -> None:
    inner, outer = "[" * 70 + "]" * 70, "[" * 79 + "*a" + "]" * 79
    assert faults(f"a: &a {inner}\nb: {outer}\n") == []
    assert faults(f"a: &a {inner}\nb: &b {outer}\nc: [*b]\n") == [
        (
            "3:5 AZ010 more than 150 mappings and lists are nested here"
            " => move inner ones to a place of their own, and refer to them by `$ref`"
        )
    ]


def test_aliases_that_multiply_have_a_limit() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    (told,) = faults("\n".join(lines))
    assert "AZ011 aliases stand for more than 5000000 values in all" in told
    assert faults("\n".join(lines[:5])) == []


def test_merging_has_the_same_limit() -> None:
    text = "a: &a {x: 1, y: 2}\nb:\n" + "- <<: *a\n" * 10
    assert faults(text, limits=Limits(alias_nodes=30)) == []
    assert faults(text, limits=Limits(alias_nodes=29)) == [
        (
            "12:7 AZ011 aliases stand for more than 29 values in all"
            " => write no aliases into what other aliases stand for"
        )
    ]


def test_a_file_has_a_limit() -> None:
    assert faults("a: 12345", limits=Limits(file_size=8)) == []
    assert faults("a: 123456", limits=Limits(file_size=8)) == [
        "1:1 AZ005 the file has more than 8 bytes, the limit => take out what no workflow uses"
    ]


def test_a_dash_that_is_left_out_is_put_back() -> None:
    text = "l:\n- a: 1\n  b: 2\n  a: 3\n  b: 4\n- a: 5\n"
    reading = read_yaml(text)
    assert reading.value == {"l": [{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5}]}
    (fault,) = reading.faults
    assert (fault.rule.code, text[: fault.start].count("\n")) == ("AZ003", 3)
    assert "a dash is missing before it" in fault.message


def test_a_key_that_is_pasted_twice_is_no_item() -> None:
    reading = read_yaml("l:\n- a: 1\n  a: 1\n  b: 2\n")
    assert reading.value == {"l": [{"a": 1, "b": 2}]}
    assert [fault.message for fault in reading.faults] == [
        "the key `a` stands twice in this mapping, and only the first one counts"
    ]


@pytest.mark.parametrize("end", ["---\n", "...\n", "---\n---\n", "...\n---\n# the end\n"])
def test_a_mark_behind_the_document_with_nothing_behind_it_is_none_of_another(end: str) -> None:
    document, found = attempt(f"a: 1\n{end}")
    assert document is not None
    assert document.root == {"a": 1}
    assert found == ()
