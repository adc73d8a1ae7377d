"""Findings for people: the place, the message, the line of source with the span underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

import click

from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.diagnostics.writers.cells import excerpt, visible
from arazzoc.diagnostics.writers.report import Report
from arazzoc.frozen import dataclass
from arazzoc.text import LineIndex, Span

__all__ = ["write_text"]

_LINE_WIDTH: Final = 100
_COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.HINT: "cyan",
}


def write_text(report: Report, *, colour: bool = False) -> str:
    """Every finding with its line of source, an empty line between two.

    The first line is `file:line:column: severity[CODE] message`, which editors and terminals know how to
    follow. Control characters in a document are shown as pictures: what is printed never steers a terminal.
    """
    paint = _Paint(colour)
    return "\n".join(_finding(found, report.sources, paint) for found in report.diagnostics)


@dataclass(frozen=True, slots=True)
class _Paint:
    """Colours text, or leaves it alone."""

    wanted: bool

    def __call__(self, text: str, colour: str | None = None, *, bold: bool = False) -> str:
        return click.style(text, fg=colour, bold=bold or None) if self.wanted else text


def _finding(found: Diagnostic, sources: Mapping[str, LineIndex], paint: _Paint) -> str:
    colour = _COLOURS[found.severity]
    gutter = _gutter_width([found.span, *(related.span for related in found.related)], sources)
    label = paint(f"{found.severity.label}[{found.rule.code}]", colour, bold=True)
    blocks = [
        [f"{paint(visible(str(found.span)), bold=True)}: {label} {visible(found.message)}"],
    ]
    if not found.rule.conceals:
        blocks.append(_snippet(found.span, sources, gutter, paint, ("^", colour)))
    for related in found.related:
        blocks.append([f"{visible(str(related.span))}: {visible(related.message)}"])
        blocks.append(_snippet(related.span, sources, gutter, paint, ("-", "blue")))
    if found.hint is not None:
        bar = paint("=", "blue")
        blocks.append([f"{' ' * gutter} {bar} {paint('help', bold=True)}: {visible(found.hint)}"])
    return "".join(line + "\n" for line in chain.from_iterable(blocks))


def _gutter_width(spans: Sequence[Span], sources: Mapping[str, LineIndex]) -> int:
    shown = [span.start.line for span in spans if _has_line(span, sources)]
    return max((len(str(number)) for number in shown), default=1)


def _has_line(span: Span, sources: Mapping[str, LineIndex]) -> bool:
    """Whether there is a line to show: an empty one says nothing."""
    return span.file in sources and bool(sources[span.file].line(span.start.line).strip())


def _snippet(
    span: Span, sources: Mapping[str, LineIndex], gutter: int, paint: _Paint, mark: tuple[str, str]
) -> list[str]:
    """The line that `span` starts on, underlined with a character in a colour.

    A span of several lines is underlined to the end of its first.
    """
    if not _has_line(span, sources):
        return []
    line = sources[span.file].line(span.start.line)
    start = span.start.column - 1
    end = span.end.column - 1 if span.end.line == span.start.line else len(line)
    shown = excerpt(line.rstrip(), start, end, window=_LINE_WIDTH)
    bar = paint("|", "blue")
    character, colour = mark
    underline = paint(character * shown.width, colour, bold=True)
    number = paint(f"{span.start.line:>{gutter}}", "blue")
    return [
        f"{' ' * gutter} {bar}",
        f"{number} {bar} {shown.text}",
        f"{' ' * gutter} {bar} {' ' * shown.indent}{underline}",
    ]
