"""Text that is put into a scalar is written as the scalar is: plain, quoted, in a block, in JSON."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.diagnostics.model import Edit, Fix
from arazzoc.mending import applied
from arazzoc.source.edits import in_place, quoted, renamed, unquoted
from arazzoc.source.node import Node
from tests.unit.source.reading import read

printable = st.text(st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc", "Zl", "Zp")))
words = st.text("a $.{}[]'\"#:,&*!|>%@`-?\\é😀1", min_size=1, max_size=12)


def _node(text: str, *path: str, name: str = "a.yaml") -> Node:
    node = read(text, name).node.at(path)
    assert node is not None
    return node


def _with(text: str, fix: Fix | None) -> str:
    assert fix is not None
    return applied(text, [fix])[0]


STYLES = {
    "plain": "a: {0}\nb: kept # kept\n",
    "flow": "{{a: {0}, b: kept}}\n",
    "single": "a: '{0}'\nb: kept # kept\n",
    "double": 'a: "{0}"  # kept\nb: kept\n',
    "literal": "a: |-  # kept\n  {0}\n# kept\nb: kept\n",
    "folded": "a: >-\n  {0}\nb: kept\n",
}


@given(st.sampled_from(sorted(STYLES)), st.text("ab c", min_size=1, max_size=6), words, st.data())
def test_any_text_can_be_put_into_any_scalar(
    style: str, word: str, new: str, data: st.DataObject
) -> None:
    word = f"w{word}w"
    text = STYLES[style].format(word)
    node = _node(text, "a")
    assert node.text == word
    start = data.draw(st.integers(0, len(word)))
    end = data.draw(st.integers(start, len(word)))
    fix = in_place(node, start, end, new)
    wanted = word[:start] + new + word[end:]
    if fix is None:
        assert style in ("literal", "folded")
        return
    changed = _with(text, fix)
    if style in ("literal", "folded") and wanted != wanted.strip():
        return
    assert yaml.safe_load(changed) == {"a": wanted, "b": "kept"}
    assert read(changed).node.value == {"a": wanted, "b": "kept"}
    assert changed.count("# kept") == text.count("# kept")


@given(printable, printable, st.booleans(), st.data())
def test_json_stays_json(word: str, new: str, ascii_only: bool, data: st.DataObject) -> None:
    text = json.dumps({"a": [word]}, ensure_ascii=ascii_only)
    node = _node(text, "a", "0", name="a.json")
    start = data.draw(st.integers(0, len(word)))
    end = data.draw(st.integers(start, len(word)))
    changed = _with(text, in_place(node, start, end, new))
    assert json.loads(changed) == {"a": [word[:start] + new + word[end:]]}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a: Bearer $x\n", "a: Bearer {$x}\n"),
        ("a: $x\n", "a: '{$x}'\n"),
        ("[a: 1, {a: Bearer $x}]\n", "[a: 1, {a: 'Bearer {$x}'}]\n"),
        ("a: it's $x\n", "a: it's {$x}\n"),
        ("{a: it's $x}\n", '{a: "it\'s {$x}"}\n'),
        ("a: one\n  $x\n  two\n", "a: one\n  {$x}\n  two\n"),
        ("a: $x and\n  two\n", "a: '{$x} and\n  two'\n"),
        ("a: 'it''s $x'\n", "a: 'it''s {$x}'\n"),
        ('a: "\\u0041 $x"\n', 'a: "\\u0041 {$x}"\n'),
        ("a: &m $x\nb: *m\n", "a: &m '{$x}'\nb: *m\n"),
    ],
)
def test_quotes_come_where_they_are_needed(text: str, changed: str) -> None:
    document = read(text).node
    node = document.at(["a"]) or document.at(["1", "a"])
    assert node is not None
    at = (node.text or "").index("$x")
    assert _with(text, in_place(node, at, at + 2, "{$x}")) == changed


def test_an_alias_is_left_alone() -> None:
    assert in_place(_node("a: &m $x\nb: *m\n", "b"), 0, 2, "{$x}") is None


@pytest.mark.parametrize("written", ["a", "'a'", '"a"'])
def test_a_key_keeps_its_quotes(written: str) -> None:
    edit = renamed(_node(f"{written}: 1 # a\n", "a"), "b")
    assert isinstance(edit, Edit)
    assert edit.text == written.replace("a", "b")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a: 1.0 # kept\n", "a: '1.0' # kept\n"),
        ("a: true\n", "a: 'true'\n"),
        ("{a: 007}\n", None),
        ("a: !!float '1.0'\n", None),
        ('{"a": 1.10}', '{"a": "1.10"}'),
    ],
)
def test_a_number_gets_quotes(text: str, changed: str | None) -> None:
    node = _node(text, "a")
    fix = None if isinstance(node.value, str) else quoted(node)
    assert (None if fix is None else _with(text, fix)) == changed


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a: '3' # kept\n", "a: 3 # kept\n"),
        ('{"a": "3"}', '{"a": 3}'),
        ("a: '007'\n", None),
        ("a: |-\n  3\n", None),
    ],
)
def test_a_number_loses_its_quotes(text: str, changed: str | None) -> None:
    fix = unquoted(_node(text, "a"))
    assert (None if fix is None else _with(text, fix)) == changed
