"""What users are told about JSON that cannot be read."""

from __future__ import annotations

import pytest

from tests.unit.source.reading import attempt, faults, read

COMMENT = "remove the comment, or make the document YAML"


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('{"a": 1,}', "1:8", "remove the comma"),
        ('{\n  "a": [1, 2,\n  ]\n}', "2:13", "remove the comma"),
        ('{"a": 1 /* x */}', "1:9", COMMENT),
        ('{"a": 1,\n // x\n "b": 2}', "2:2", COMMENT),
        ("{'a': 1}", "1:2", "write text in double quotes"),
        ("{a: 1}", "1:2", "write each member's name in double quotes"),
        ('{"a": tru}', "1:7", "write text in double quotes"),
        ('["a" "b"]', "1:6", "put a comma between this and what stands before it"),
        ('{"a" 1}', "1:6", 'write a member as `"name": value`'),
        ('{"a": "x\ny"}', "1:9", "write a line break inside text as `\\n`, a tab as `\\t`"),
        ('{"a": "\\x"}', "1:8", "write a backslash inside text as `\\\\`"),
        ('{"a": "x}', "1:7", "close the quote that opens here"),
        ('{"a": 1} x', "1:10", "the document ends before this: check the braces and brackets"),
        (
            '{"a": [1, 2',
            "1:12",
            "the text ends too early: check that each brace and bracket is closed",
        ),
    ],
)
def test_a_syntax_error_names_its_place_and_its_mend(text: str, place: str, hint: str) -> None:
    document, (fault,) = attempt(text, "a.json")
    assert document is None
    assert (str(fault.span.start), fault.rule.code, fault.hint) == (place, "AZ004", hint)
    assert fault.message.startswith("the text is not valid JSON: ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"NaN": NaN}', "1:9 AZ004 the number `NaN` is not one that JSON can carry"),
        ("[1, -Infinity]", "1:5 AZ004 the number `-Infinity` is not one that JSON can carry"),
        ('["1e999", 1e999]', "1:11 AZ004 the number `1e999` is not one that JSON can carry"),
        (
            f"[{'1' * 5000}]",
            f"1:2 AZ004 the number `{'1' * 20}...` is not one that JSON can carry",
        ),
        (
            r'{"a": "\\ud83d \ud83d\ude00 \ud83d"}',
            (
                "1:29 AZ004 `\\ud83d` is half a surrogate pair, which is no character"
                " => write the character itself, or both halves of the pair"
            ),
        ),
    ],
)
def test_numbers_and_characters_that_are_none(text: str, told: str) -> None:
    assert faults(text, "a.json") == [told]


def test_a_member_written_twice_keeps_the_first_and_shows_it() -> None:
    document, (fault,) = attempt('{"x": {"a": 1,\n "b": [{"a": 0}], "\\u0061": 2}}', "a.json")
    assert document is not None
    assert document.root == {"x": {"a": 1, "b": [{"a": 0}]}}
    assert (str(fault.span), fault.rule.code) == ("a.json:2:19", "AZ003")
    assert [str(each.span) for each in fault.related] == ["a.json:1:8"]


def test_numbers_keep_all_their_digits() -> None:
    assert read('{"a": 123456789012345678901234567890}').root == {
        "a": 123456789012345678901234567890
    }


def test_a_yaml_file_may_hold_json_or_a_flow_mapping() -> None:
    assert read('{"a": "\\ud83d\\ude00"}', "a.yaml").syntax == "json"
    document = read("{a: 1, b: [c]}", "a.yaml")
    assert document.syntax == "yaml"
    assert document.root == {"a": 1, "b": ["c"]}


def test_an_empty_json_file() -> None:
    assert faults(" \n", "a.json") == ["1:1 AZ014 the document is empty"]
