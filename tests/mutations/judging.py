"""What lint says of a document with a fault, held against what it says without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.run import Run
from arazzoc.source.shelf import Shelf
from arazzoc.task import Task
from tests.mutations.mutant import Kind, Mutant
from tests.mutations.subject import Edit, Subject

__all__ = ["Bench", "Judgement", "Verdict", "text_of"]

Verdict: TypeAlias = Literal["found", "elsewhere", "noisy", "missed"]
"""Whether the fault is found where it is and nothing beside it, at another place, with something else that
only confuses, or not at all."""

_Key: TypeAlias = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A fault, and what lint says of it.

    Attributes:
        new: The findings that the document without the fault does not have.
    """

    subject: Subject
    kind: Kind
    mutant: Mutant
    verdict: Verdict
    new: tuple[Diagnostic, ...]

    @property
    def id(self) -> str:
        """Document and line."""
        return f"{self.mutant.source or self.subject.path.name}:{self.mutant.lines[0]}"


@dataclass(slots=True)
class Bench:
    """Lints changed documents; the descriptions beside them are read once."""

    _shelf: Shelf = field(default_factory=Shelf)
    _before: dict[Path, tuple[Diagnostic, ...]] = field(
        default_factory=dict[Path, tuple[Diagnostic, ...]]
    )

    def judge(self, subject: Subject, kind: Kind, mutant: Mutant) -> Judgement:
        """Whether the fault is found."""
        own = subject if mutant.source is None else subject.descriptions[mutant.source]
        after = self.lint(subject, own.path, text_of(own, mutant))
        if subject.path not in self._before:
            self._before[subject.path] = self.lint(subject, subject.path, subject.text)
        before = Counter(_keys(self._before[subject.path], own.path.name, own.text, mutant.edits))
        new: list[Diagnostic] = []
        for found, key in zip(after, _keys(after), strict=True):
            if before[key]:
                before[key] -= 1
            else:
                new.append(found)
        return Judgement(subject, kind, mutant, _verdict(kind, mutant, new), tuple(new))

    def lint(self, subject: Subject, path: Path, text: str) -> tuple[Diagnostic, ...]:
        """What is found in a document where the file at `path` holds `text`."""
        contents: Mapping[Path, bytes] = {subject.path: subject.text.encode(), path: text.encode()}
        run = Run([subject.path], Task(), contents, self._shelf)
        outcome = run.analysis(subject.path)[1]
        self._shelf = run.shelf
        return tuple(each for each in outcome.diagnostics if not each.rule.follows)


def text_of(own: Subject, mutant: Mutant) -> str:
    """The text with the fault."""
    text = own.text
    for edit in sorted(mutant.edits, key=lambda each: each.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _verdict(kind: Kind, mutant: Mutant, new: list[Diagnostic]) -> Verdict:
    codes = kind.codes if mutant.codes is None else mutant.codes
    wanted = [found for found in new if found.rule.code in codes]
    there = [found for found in wanted if found.span.start.line in mutant.lines]
    if not wanted:
        return "missed"
    told = [found for found in new if found not in wanted and not found.rule.unused]
    if any(found.rule.code not in kind.also for found in told):
        return "noisy"
    return "found" if there else "elsewhere"


def _keys(
    diagnostics: tuple[Diagnostic, ...],
    file: str = "",
    text: str = "",
    edits: tuple[Edit, ...] = (),
) -> Iterator[_Key]:
    """What tells findings apart, with their lines as the edits of a file move them."""
    for found in diagnostics:
        line, name = found.span.start.line, Path(found.span.file).name
        moved = sum(
            edit.text.count("\n") - text.count("\n", edit.start, edit.end)
            for edit in edits
            if name == file and text.count("\n", 0, edit.end) + (edit.start == edit.end) < line
        )
        yield found.rule.code, name, line + moved, found.message
