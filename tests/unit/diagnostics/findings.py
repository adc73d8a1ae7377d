"""Reports made by hand, for the writers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzoc.diagnostics.model import Diagnostic, Related, Rule, Severity
from arazzoc.text import LineIndex, Position, Span

RULE = Rule("AZ101", "some-rule", Severity.ERROR, "Title", "Explanation.", "a: 1\n", "a: 2\n")


@dataclass(frozen=True)
class FakeReport:
    diagnostics: tuple[Diagnostic, ...] = ()
    documents: tuple[str, ...] = ("a.yaml",)
    sources: Mapping[str, LineIndex] = field(default_factory=dict[str, LineIndex])


def span(line: int, column: int, width: int, *, file: str = "a.yaml") -> Span:
    return Span(file, Position(line, column), Position(line, column + width))


def finding(
    where: Span,
    message: str = "`x` is wrong",
    *,
    hint: str | None = None,
    related: tuple[Related, ...] = (),
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    return Diagnostic(RULE, severity, where, message, hint, related)


def report(text: str, *found: Diagnostic) -> FakeReport:
    return FakeReport(found, ("a.yaml",), {"a.yaml": LineIndex(text)})
