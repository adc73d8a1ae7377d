"""The documents that an editor has open, and what is known of them as they stand there, unsaved or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from arazzoc.analysis import Analysis
from arazzoc.baseline import Baseline
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.frozen import dataclass
from arazzoc.ignoring import not_ignored
from arazzoc.policy import Policy
from arazzoc.run import Run
from arazzoc.source.document import Document
from arazzoc.source.files import Answers
from arazzoc.source.shelf import Shelf
from arazzoc.task import Task
from arazzoc.text import LineIndex

__all__ = ["Desk", "Reading"]

_ARAZZO: Final = re.compile(r"""^\s*[{]?\s*["']?arazzo["']?\s*:""", re.MULTILINE)
"""The field that every Arazzo document has, and hardly any other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An Arazzo document, as it was read once.

    Attributes:
        text: What it held, as the editor has it.
        analysis: None where it cannot be read.
        diagnostics: What was found in it, and in what it uses.
        texts: The texts that the findings point into, by the names that their spans bear.
        answers: What the file system answered, on which all this depends.
    """

    path: Path
    text: str
    analysis: Analysis | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, LineIndex]
    answers: Answers

    def uses(self, path: Path) -> bool:
        """Whether anything here depends on what the file at `path` holds."""
        return any(about == str(path) for _, about in self.answers)

    @property
    def document(self) -> Document | None:
        """The document; None where it cannot be read."""
        return None if self.analysis is None else self.analysis.document


class Desk:
    """What an editor has open. Texts that it holds count before the files on the disk."""

    def __init__(self, policy: Policy | None = None, baseline: Baseline | None = None) -> None:
        """Nothing is open yet.

        Args:
            policy: Which findings are shown; all, where there is none.
            baseline: Findings that are known, which are not shown.
        """
        self._policy = policy
        self._baseline = baseline
        self._texts: dict[Path, str] = {}
        self._readings: dict[Path, Reading] = {}
        self._shelf = Shelf()

    def put(self, path: Path, text: str) -> None:
        """Takes the text of a document, as it is now."""
        if self._texts.get(path) != text:
            self._texts[path] = text
            self.forget(path)

    def close(self, path: Path) -> None:
        """What the disk holds counts again."""
        self._texts.pop(path, None)
        self._readings.pop(path, None)
        self.forget(path)

    def forget(self, path: Path) -> None:
        """Has all that depends on the file at `path` read anew."""
        for each, reading in list(self._readings.items()):
            if each == path or reading.uses(path) or reading.uses(path.parent):
                del self._readings[each]

    def text(self, path: Path) -> str | None:
        """The text of an open document; None for others."""
        return self._texts.get(path)

    @property
    def documents(self) -> tuple[Path, ...]:
        """The Arazzo documents that are open."""
        return tuple(path for path, text in self._texts.items() if _ARAZZO.search(text))

    def users(self, path: Path) -> tuple[Path, ...]:
        """The other Arazzo documents that are open, and read the document at `path`."""
        others = (other for other in self.documents if other != path)
        return tuple(
            other for other in others if (reading := self.reading(other)) and reading.uses(path)
        )

    @property
    def unread(self) -> tuple[Path, ...]:
        """The open Arazzo documents of which something has changed since they were read."""
        return tuple(path for path in self.documents if path not in self._readings)

    def reading(self, path: Path) -> Reading | None:
        """What is known of an open document; None for one that is not open."""
        text = self._texts.get(path)
        if text is None:
            return None
        if path not in self._readings:
            self._readings[path] = self.read(path, text)
        return self._readings[path]

    def read(self, path: Path, text: str) -> Reading:
        """What would be known of a document if it held `text`."""
        held = {**self._texts, path: text}
        contents = {each: held[each].encode("utf-8", errors="replace") for each in held}
        run = Run([path], Task(), contents, self._shelf)
        analysis, outcome = run.analysis(path)
        self._shelf = run.shelf
        texts = run.texts([outcome])
        commented = ((name, texts[name]) for name in sorted(outcome.commented))
        left = not_ignored(outcome.diagnostics, commented)
        if self._policy is not None:
            left = self._policy.judged(left)
        if self._baseline is not None:
            left, _ = self._baseline.new(left)
        return Reading(path, text, analysis, left, texts, outcome.answers)
