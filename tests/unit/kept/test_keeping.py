"""What is taken from earlier runs: the same result, and never one that something has changed since."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from arazzoc.compiler import compile_documents, lint
from arazzoc.edition import Edition
from arazzoc.kept import keeping as keepings
from arazzoc.kept.keeping import Keeping
from arazzoc.result import CompileResult, Outcome
from arazzoc.run import Run
from arazzoc.source.store import Store

SPECS = Path(__file__).parents[3] / "specs"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two documents, in which the test works."""
    project = tmp_path / "project"
    shutil.copytree(SPECS / "ibm-quantum", project / "quantum")
    shutil.copytree(SPECS / "pasqal", project / "pasqal")
    (project / "pyproject.toml").write_text("", "utf-8")
    monkeypatch.chdir(project)
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path / "verdicts"))
    return project


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were compiled, not looked up."""
    names: list[str] = []
    outcome = Run.outcome

    def counting(run: Run, path: Path) -> object:
        names.append(path.name)
        return outcome(run, path)

    monkeypatch.setattr(Run, "outcome", counting)
    return names


def paths() -> list[Path]:
    return sorted(Path().glob("*/*.arazzo.yaml"))


def compiled(kept: Path, *, strict: bool = False, edition: Edition | None = None) -> CompileResult:
    return compile_documents(
        paths(), strict=strict, edition=edition or Edition(), keeping=Keeping(kept)
    )


def told(result: CompileResult) -> tuple[object, ...]:
    """All that a result says, texts included."""
    files = {found.span.file for found in result.diagnostics}
    texts = {name: result.sources[name].text for name in files}
    return result.diagnostics, result.documents, result.modules, result.shared, texts


def test_a_second_run_says_the_same_and_compiles_nothing(
    folder: Path, tmp_path: Path, made: list[str]
) -> None:
    plain = told(compile_documents(paths()))
    del made[:]
    first = told(compiled(tmp_path / "kept"))
    assert len(made) == len(paths())
    del made[:]
    assert told(compiled(tmp_path / "kept")) == first == plain
    assert made == []


def _edit(path: str, old: str, new: str) -> Callable[[], None]:
    def change() -> None:
        text = Path(path).read_text("utf-8")
        assert old in text
        Path(path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def _beside() -> None:
    Path("quantum/more.txt").write_text("nothing to do with it", "utf-8")


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (
            _edit("quantum/cancel-running-job.arazzo.yaml", "title: ", "title: Anew, "),
            {"cancel-running-job.arazzo.yaml"},
        ),
        (
            _edit("quantum/ibm-quantum-sessions.openapi.yaml", "title: ", "title: Anew, "),
            {"pause-session-and-confirm.arazzo.yaml", "session-run-and-close.arazzo.yaml"},
        ),
        (_beside, set[str]()),
    ],
)
def test_what_changed_is_compiled_anew(
    folder: Path, tmp_path: Path, made: list[str], change: Callable[[], None], again: set[str]
) -> None:
    compiled(tmp_path / "kept")
    change()
    del made[:]
    second = compiled(tmp_path / "kept")
    assert set(made) == again | _users_of_all(made)
    del made[:]
    assert told(second) == told(compile_documents(paths()))


def _users_of_all(made: list[str]) -> set[str]:
    """Documents that run others use what those use."""
    return {name for name in made if name == "rehearse-job.arazzo.yaml"}


def test_options_and_the_working_folder_count(
    folder: Path, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    compiled(kept)
    for strict, edition in ((True, Edition()), (False, Edition(is_async=True))):
        del made[:]
        compiled(kept, strict=strict, edition=edition)
        assert len(made) == len(paths())
    named = [path.resolve() for path in paths()]
    monkeypatch.chdir(folder / "quantum")
    result = compile_documents(named, keeping=Keeping(kept))
    assert told(result) == told(compile_documents(named))


def test_a_file_that_was_missing_and_appears_is_seen(folder: Path, tmp_path: Path) -> None:
    api = Path("pasqal/pasqal-cloud.openapi.yaml")
    api = next(Path("pasqal").glob("*.openapi.yaml")) if not api.exists() else api
    aside = api.with_suffix(".aside")
    api.rename(aside)
    assert lint(paths(), keeping=Keeping(tmp_path / "kept")).has_errors
    assert lint(paths(), keeping=Keeping(tmp_path / "kept")).has_errors
    aside.rename(api)
    assert not lint(paths(), keeping=Keeping(tmp_path / "kept")).has_errors


@pytest.mark.parametrize(
    "damage",
    ["", "null", "[]", "[1, 2, 3, 4]", '["x", [[1]], null, []]', '[null, [], null, [["a"]]]', "{"],
)
def test_damaged_entries_count_as_missing(folder: Path, tmp_path: Path, damage: str) -> None:
    kept = tmp_path / "kept"
    before = told(compiled(kept))
    entries = list(kept.rglob("*.json"))
    assert entries
    for entry in entries:
        entry.write_text(damage, "utf-8")
    assert told(compiled(kept)) == before


def test_an_entry_is_data_that_names_rules_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    before = told(compiled(kept))
    for entry in kept.rglob("*.json"):
        store = Store(entry.parent)
        value: Any = store.get(entry.stem)
        for found in value[1]:
            found[0] = "AZ000"
        store.keep(entry.stem, value)
    assert told(compiled(kept)) == before


def test_a_folder_that_cannot_be_written_is_the_same_as_none(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    assert told(compiled(blocked)) == told(compile_documents(paths()))


def test_several_processes_say_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keepings, "_WORTH_A_PROCESS", 1)
    steps: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        steps.append((done, total))

    kept = Keeping(tmp_path / "kept", processes=2, progress=note)
    several = compile_documents(paths(), keeping=kept)
    assert told(several) == told(compile_documents(paths()))
    assert steps == [(done, len(paths())) for done in range(1, len(paths()) + 1)]
    assert told(compiled(tmp_path / "kept")) == told(several)


def _killed(paths: Sequence[Path]) -> Sequence[Outcome]:
    """What a process does that the system ends, such as for want of memory."""
    del paths
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


def _interrupted(paths: Sequence[Path]) -> Sequence[Outcome]:
    """What a process does that Ctrl-C reaches, and it alone."""
    del paths
    os.kill(os.getpid(), signal.SIGINT)
    return ()


@pytest.mark.parametrize("ended", [_killed, _interrupted])
def test_what_a_process_could_not_finish_is_done_without_it(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ended: Callable[[Sequence[Path]], Sequence[Outcome]],
) -> None:
    monkeypatch.setattr(keepings, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(keepings, "_outcomes", ended)
    result = compile_documents(paths(), keeping=Keeping(tmp_path / "kept", processes=2))
    assert told(result) == told(compile_documents(paths()))


def test_a_fault_of_the_compiler_is_not_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["arazzoc.compilation"]
    with monkeypatch.context() as broken:

        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        broken.setattr(module, "analyse", fail)
        assert lint(paths(), keeping=Keeping(tmp_path / "kept")).has_errors
    assert not lint(paths(), keeping=Keeping(tmp_path / "kept")).has_errors
