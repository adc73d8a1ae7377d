"""What `arazzoc lint` prints of a document that breaks a rule, one document a rule.

The documents are in `specs/invalid`. Each has a near miss of the same name in `specs/near-misses`: nearly the
same document, in which nothing is wrong.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import click.testing
import pytest

from arazzoc.cli.main import main
from arazzoc.compiler import compile_documents, lint
from arazzoc.diagnostics.registry import RULES
from arazzoc.diagnostics.registry.internal import INTERNAL_ERROR
from arazzoc.source.network import network
from arazzoc.task import Remote
from tests.golden.built import BUILT, page
from tests.golden.goldens import Goldens

ROOT: Final = Path(__file__).parents[2]
INVALID: Final = ROOT / "specs/invalid"
NEAR_MISSES: Final = ROOT / "specs/near-misses"

CAUSES: Final = {"AZ304": "AZ001", "AZ414": "AZ301"}
"""What is found too where a rule says what another one's finding leads to; `lint` tells this alone."""


def _documents(folder: Path) -> dict[str, Path]:
    """The documents of a folder by the code that their names start with."""
    return {path.name[:5].upper(): path for path in sorted(folder.glob("*.arazzo.*"))}


def _codes(path: Path, remote: Remote | None = None) -> tuple[str, ...]:
    return tuple(found.rule.code for found in lint([path], remote=remote).diagnostics)


def _remote(code: str) -> Remote | None:
    return Remote() if BUILT[code].fetches else None


def _golden(code: str) -> str:
    return f"diagnostics/{code.lower()}-{RULES[code].name}.txt"


each_invalid = pytest.mark.parametrize("code", _documents(INVALID))
each_built = pytest.mark.parametrize("code", BUILT)


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(network, "fetched", page)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the source descriptions, which becomes the current one."""
    own = tmp_path / "documents"
    shutil.copytree(INVALID / "openapi", own / "openapi")
    monkeypatch.chdir(own)
    return own


def _printed(path: Path, *options: str) -> str:
    """What the command prints, and the summary, for a document below the current folder."""
    shown = path.relative_to(Path.cwd()).as_posix()
    tells = (
        ["generate", "--check", "--output", "generated"]
        if path.name[:5].upper() in CAUSES
        else ["lint"]
    )
    result = click.testing.CliRunner().invoke(
        main, [*tells, shown, *options], catch_exceptions=False
    )
    serious = "error[" in result.output
    assert result.exit_code == (1 if serious else 0)
    return f"{result.stdout}\n{result.stderr}"


def test_every_rule_has_a_document() -> None:
    shown = {*_documents(INVALID), *BUILT}
    assert set(RULES) - shown == {INTERNAL_ERROR.code}
    assert shown <= set(RULES)


def test_documents_are_named_after_their_rules() -> None:
    for folder in (INVALID, NEAR_MISSES):
        for code, path in _documents(folder).items():
            assert path.name.split(".")[0] == f"{code.lower()}-{RULES[code].name}"


def test_every_document_has_a_near_miss() -> None:
    invalid, near = _documents(INVALID), _documents(NEAR_MISSES)
    assert [path.name for path in invalid.values()] == [path.name for path in near.values()]


@each_invalid
def test_a_document_raises_its_rule_alone(code: str) -> None:
    document = _documents(INVALID)[code]
    assert _codes(document) == (CAUSES.get(code, code),)
    if code in CAUSES:
        told = {found.rule.code for found in compile_documents([document]).diagnostics}
        assert told == {code, CAUSES[code]}


def test_what_follows_is_what_has_a_cause() -> None:
    assert {code for code, rule in RULES.items() if rule.follows} == set(CAUSES)


@each_invalid
def test_what_is_printed(code: str, goldens: Goldens) -> None:
    goldens.compare(_golden(code), _printed(_documents(INVALID)[code]))


@pytest.mark.parametrize("code", _documents(NEAR_MISSES))
def test_nothing_is_found_in_a_near_miss(code: str) -> None:
    assert _codes(_documents(NEAR_MISSES)[code]) == ()


@each_built
def test_what_is_printed_of_a_document_that_is_made(
    code: str, folder: Path, goldens: Goldens
) -> None:
    path = folder / f"{code.lower()}.arazzo.yaml"
    BUILT[code].wrong(path)
    found = _codes(path, _remote(code))
    assert found == (code,)
    options = ("--allow-remote",) if BUILT[code].fetches else ()
    goldens.compare(_golden(code), _printed(path, *options))


@each_built
def test_nothing_is_found_in_a_near_miss_that_is_made(code: str, folder: Path) -> None:
    path = folder / f"{code.lower()}.arazzo.yaml"
    BUILT[code].right(path)
    assert _codes(path, _remote(code)) == ()


def test_no_golden_is_left_over(goldens: Goldens) -> None:
    goldens.complete("diagnostics/*.txt", map(_golden, RULES))
