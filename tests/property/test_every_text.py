"""Texts of every kind, all hostile at once: `§` and `¤` stand for them in two documents that hold about everything.

Random documents meet most places where a text is written only now and then. These meet all of them in every run.
"""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml

from arazzoc.edition import Edition
from arazzoc.run import Run
from arazzoc.task import Task
from tests.fuzz.foreign import foreign_code

_FOLDER: Final = Path(__file__).parents[1] / "fuzz" / "texts"
_ARAZZO, _API = _FOLDER / "rich.arazzo.yaml", _FOLDER / "api.yaml"
_FREE, _WITHIN = "§", "¤"
"""What any text stands for; and one within a literal of an expression, or a pattern, which it does not end."""
_EDITIONS: Final = (Edition(is_async=True, http="httpx2"), Edition(runtime="shared"))

_ALL: Final = 'x"+boom()+"\'+boom()+\'{boom()}"""\nboom()\n# type: ignore\\'
_TEXTS: Final = (
    (_ALL, 'x"+boom()+"{boom()}#'),
    ('"', '"'),
    ('"+boom()+"', '"+boom()+"'),
    ("'''", "x"),
    ('"""', '"""'),
    ("\\", "x"),
    ('\\"', "x"),
    ("{boom()}", "{boom()}"),
    ("\nboom()\n", "x"),
    ("\r\u2028boom()\x85\x0c", "x"),
    ("\\N{BULLET}\\x41\\101", "x"),
    ("# type: ignore", "# noqa"),
    ("%s{{ boom() }}{0}", "%s{{ boom() }}"),
)


@cache
def _yaml(file: Path) -> str:
    return file.read_text("utf-8")


def _module(free: str, within: str, edition: Edition) -> str:
    """The module of both documents with these texts in place of the marks."""
    held = {file: _stated(_yaml(file), free, within) for file in (_ARAZZO, _API)}
    outcome = Run([_ARAZZO], Task(edition=edition), held).outcome(_ARAZZO)
    told = [each.message for each in outcome.diagnostics if each.severity.name == "ERROR"]
    assert outcome.module is not None, told
    assert not told
    return outcome.module.source


def _stated(text: str, free: str, within: str) -> bytes:
    """JSON of a document, for JSON can state every text."""
    escaped = json.dumps(yaml.safe_load(text), ensure_ascii=False)
    for mark, meant in ((_FREE, free), (_WITHIN, within)):
        escaped = escaped.replace(mark, json.dumps(meant)[1:-1])
    return escaped.encode()


@pytest.mark.parametrize("edition", _EDITIONS, ids=["async", "shared"])
def test_no_text_of_any_kind_becomes_code(edition: Edition) -> None:
    assert not list(foreign_code(_module(*_TEXTS[0], edition)))


@pytest.mark.parametrize(("free", "within"), _TEXTS)
def test_no_text_becomes_code_by_itself(free: str, within: str) -> None:
    source = _module(free, within, Edition())
    assert not list(foreign_code(source))
    found = {each.value for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Constant)}
    for stated in ("plain text", "second", "form value", "deep", "left", "note"):
        assert f"{stated}{free}" in found, stated
