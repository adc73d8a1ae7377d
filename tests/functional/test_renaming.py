"""A new name leaves nothing behind: what is found of a document stays the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from arazzoc.analysis import Analysis
from arazzoc.diagnostics.model import Fix
from arazzoc.lsp.cursor import mentions_of
from arazzoc.lsp.mentions import Mention
from arazzoc.lsp.renaming import RenamingError, nameable, renaming
from arazzoc.mending import applied
from arazzoc.run import Run
from arazzoc.source.shelf import Shelf
from arazzoc.task import Task
from tests.mutations.subject import Subject
from tests.mutations.subjects import in_json, subjects

ROOT = Path(__file__).parents[2]
NEW = "another-Name1"
SUBJECTS = {subject.path.name: subject for subject in (*subjects(), *in_json())}


class Desk:
    """Reads texts of one document; the descriptions beside it are read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shelf = Shelf()

    def read(self, text: str) -> tuple[Analysis, Counter[str]]:
        """What is known of the text, and the codes of what is found."""
        run = Run([self._path], Task(), {self._path: text.encode()}, self._shelf)
        analysis, outcome = run.analysis(self._path)
        self._shelf = run.shelf
        assert analysis is not None
        return analysis, Counter(found.rule.code for found in outcome.diagnostics)


def named(analysis: Analysis) -> list[Mention]:
    """The names that the document gives, once each."""
    each = {mention.target.identity: mention for mention in reversed(mentions_of(analysis))}
    return [mention for mention in each.values() if nameable(analysis, start(analysis, mention))]


def start(analysis: Analysis, mention: Mention) -> int:
    return analysis.document.lines.offset(mention.span.start)


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_name_can_be_changed_and_nothing_else_is_found(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path))
    subject: Subject = SUBJECTS[name]
    desk = Desk(subject.path)
    analysis, before = desk.read(subject.text)
    for mention in named(analysis):
        edits = renaming(analysis, start(analysis, mention), NEW)
        text, _ = applied(subject.text, [Fix("rename", edits)])
        _, after = desk.read(text)
        assert after == before, f"{mention.target.kind} {mention.target.name}"


def refusal(path: Path, kind: str, name: str, new: str = NEW) -> str:
    """Why the first thing of that kind and name cannot be renamed."""
    analysis, _ = Desk(path).read(path.read_text("utf-8"))
    mention = next(
        each
        for each in mentions_of(analysis)
        if (each.target.kind, each.target.name) == (kind, name)
    )
    with pytest.raises(RenamingError) as refused:
        renaming(analysis, start(analysis, mention), new)
    return str(refused.value)


@pytest.mark.parametrize(
    ("kind", "name", "new"),
    [
        ("step", "order", "pay"),
        ("workflow", "place-order", "cancel-order"),
        ("input", "customer", "quantity"),
        ("output", "currency", "invoice"),
    ],
)
def test_a_name_that_another_thing_has_is_refused(kind: str, name: str, new: str) -> None:
    told = refusal(SUBJECTS["shop.arazzo.yaml"].path, kind, name, new)
    assert told.startswith(f"there is another {kind} `{new}`, on line ")


def test_an_input_that_is_passed_on_by_its_name_is_refused() -> None:
    told = refusal(ROOT / "specs/near-misses/az430-unused-input.arazzo.yaml", "input", "label")
    assert told == "workflow `read-job` passes `label` on to `create-job` by its name"
