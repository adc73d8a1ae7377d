"""What a writer is given, and the one line that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.text import LineIndex

__all__ = ["Report", "Writer", "counted", "summary"]


class Report(Protocol):
    """Findings, with what is needed to show them."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """In the order in which they are shown."""
        ...

    @property
    def documents(self) -> Sequence[str]:
        """The names of the documents that were looked at."""
        ...

    @property
    def sources(self) -> Mapping[str, LineIndex]:
        """The text of files by the name that spans bear; a file that is missing is shown without its line."""
        ...


class Writer(Protocol):
    """Turns a report into text that ends in a line break, or is empty."""

    def __call__(self, report: Report, *, colour: bool = False) -> str:
        """The report in the writer's format; `colour` asks for ANSI colours where the format has them."""
        ...


def summary(report: Report) -> str:
    """One line: `2 errors and 1 warning in 2 files`, `no problems found in 3 documents`."""
    if not report.diagnostics:
        return f"no problems found in {counted(len(report.documents), 'document')}"
    weights = Counter(found.severity for found in report.diagnostics)
    parts = [
        counted(weights[severity], severity.label)
        for severity in sorted(Severity, reverse=True)
        if weights[severity]
    ]
    listed = " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    files = len({found.span.file for found in report.diagnostics})
    return f"{listed} in {counted(files, 'file')}"


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
