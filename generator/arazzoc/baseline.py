"""Findings of old documents that are known and not shown again: a baseline file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.frozen import dataclass

__all__ = ["Baseline", "BaselineError"]

_VERSION: Final = 1
_Key: TypeAlias = tuple[str, str, str]


class BaselineError(Exception):
    """A file is no baseline; the text says why."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each file, code and message are known; lines do not matter.

    Attributes:
        counts: The files' paths are relative to the baseline's folder.
        folder: That folder.
    """

    counts: Counter[_Key]
    folder: Path

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic], folder: Path) -> Baseline:
        """The baseline that knows these findings."""
        return cls(Counter(_key(found, folder) for found in diagnostics), folder)

    @classmethod
    def read(cls, text: str, folder: Path) -> Baseline:
        """The baseline that `written` gave.

        Raises:
            BaselineError: The text is none.
        """
        try:
            document = json.loads(text)
            version, entries = document["version"], document["findings"]
            counts = Counter[_Key](
                {
                    (each["file"], each["code"], each["message"]): int(each["count"])
                    for each in entries
                }
            )
        except (
            *(ValueError, TypeError, KeyError, AttributeError),
            *(OverflowError, RecursionError),
        ) as error:
            raise BaselineError("it is no baseline of arazzoc") from error
        if version != _VERSION:
            raise BaselineError(f"its version is {version}, not {_VERSION}")
        return cls(counts, folder)

    def written(self) -> str:
        """The baseline as JSON, an entry a line, in an order that does not change."""
        lines = [
            json.dumps(
                {"file": file, "code": code, "message": message, "count": count},
                ensure_ascii=False,
            )
            for (file, code, message), count in sorted(self.counts.items())
        ]
        entries = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
        return f'{{\n  "version": {_VERSION},\n  "findings": {entries}\n}}\n'

    def new(self, diagnostics: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], int]:
        """The findings that are not known, and how many known ones are no longer found."""
        left = Counter(self.counts)
        fresh: list[Diagnostic] = []
        for found in diagnostics:
            key = _key(found, self.folder)
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(found)
        return tuple(fresh), sum(left.values())


def _key(found: Diagnostic, folder: Path) -> _Key:
    file = Path(os.path.relpath(found.span.file, folder)).as_posix()
    return file, found.rule.code, found.message
