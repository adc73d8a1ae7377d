"""What `lint --fix` makes of the documents in `specs/invalid`: the finding goes, the meaning stays."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from arazzoc.compiler import compile_documents, lint
from arazzoc.diagnostics.fixable import ALWAYS
from arazzoc.diagnostics.registry import RULES
from arazzoc.mending import mend
from arazzoc.source.node import JsonValue
from tests.meaning import meaning

INVALID: Final = Path(__file__).parents[2] / "specs/invalid"
NOT_MENDED: Final = {
    "AZ112": "the name is part of the function's result, and of what calls it",
    "AZ512": "a criterion's context and a step's output cannot list them",
    "AZ513": "where the credential comes from is for the author to say",
    "AZ515": "it may become a constant or an input",
}
"""Tolerated forms without one right mend."""

DOCUMENTS: Final = {path.name[:5].upper(): path for path in sorted(INVALID.glob("*.arazzo.*"))}
TOLERATED: Final = [code for code, rule in RULES.items() if rule.tolerated]
MENDED: Final = ["AZ118", "AZ201", "AZ210", "AZ211", "AZ213", "AZ301", "AZ410"]
"""Names that are unknown, each with one that is meant beyond doubt."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(INVALID, tmp_path / "invalid")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "invalid"


def _mended(path: Path) -> None:
    for each in mend([path]).mended:
        each.path.write_bytes(each.after)


@pytest.mark.parametrize("code", [code for code in TOLERATED if code not in NOT_MENDED])
def test_a_tolerated_form_becomes_the_specifications_own(code: str, folder: Path) -> None:
    path = folder / DOCUMENTS[code].name
    (before,) = compile_documents([path]).modules
    _mended(path)
    result = compile_documents([path], strict=True)
    assert result.diagnostics == ()
    assert meaning(result.modules[0].source) == meaning(before.source)


@pytest.mark.parametrize("code", MENDED)
def test_a_name_that_is_meant_beyond_doubt_is_written(code: str, folder: Path) -> None:
    path = folder / DOCUMENTS[code].name
    assert [found.rule.code for found in lint([path]).diagnostics] == [code]
    _mended(path)
    assert lint([path]).diagnostics == ()


def test_the_pages_of_tolerated_forms_say_which_of_them_are_mended() -> None:
    assert {code for code in TOLERATED if code in ALWAYS} == {*TOLERATED} - {*NOT_MENDED}


@pytest.mark.parametrize("code", NOT_MENDED)
def test_what_has_several_mends_is_left(code: str, folder: Path) -> None:
    path = folder / DOCUMENTS[code].name
    assert mend([path]).mended == ()
    assert [found.rule.code for found in lint([path]).diagnostics] == [code]


@pytest.mark.parametrize("code", DOCUMENTS)
def test_mending_twice_changes_nothing(code: str, folder: Path) -> None:
    path = folder / DOCUMENTS[code].name
    _mended(path)
    assert mend([path]).mended == ()


def test_only_what_is_mended_changes(folder: Path) -> None:
    path = folder / DOCUMENTS["AZ501"].name
    before = path.read_text("utf-8").splitlines()
    _mended(path)
    after = path.read_text("utf-8").splitlines()
    changed: list[JsonValue] = [line for line in after if line not in before]
    assert len(after) == len(before)
    assert changed == ["            value: Bearer {$inputs.token}"]
