"""What the commands share: colour, showing findings, exit statuses."""

from __future__ import annotations

import io
import os
import sys
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

if TYPE_CHECKING:
    from arazzoc.diagnostics.writers.report import Report

__all__ = [
    "FAILED",
    "accept_any_text",
    "echo_diff",
    "fail",
    "show_findings",
    "wants_colour",
    "without_steering",
]

FAILED: Final = 1
"""The exit status where a document has errors or a run failed."""


def accept_any_text() -> None:
    """Makes output that cannot say a character say its escape: a terminal's encoding ends no command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def wants_colour(stream: IO[Any] | None) -> bool:
    """Whether `stream` is a terminal that shows colours, and `NO_COLOR` is not set (no-color.org).

    Python has None for a stream that was closed before it started.
    """
    if stream is None:
        return False
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_findings(report: Report) -> None:
    """Errors for people on standard error, for commands whose results go to standard output.

    Of weaker findings only the number is told: `arazzoc lint` is there to show them.
    """
    if not report.diagnostics:
        return
    from arazzoc.diagnostics.model import Severity
    from arazzoc.diagnostics.writers.report import summary
    from arazzoc.diagnostics.writers.text import write_text
    from arazzoc.result import LintResult

    colour = wants_colour(sys.stderr)
    errors = tuple(found for found in report.diagnostics if found.severity is Severity.ERROR)
    if errors:
        shown = LintResult(errors, tuple(report.documents), report.sources)
        click.echo(f"{write_text(shown, colour=colour)}\n", err=True, color=colour, nl=False)
    more = len(errors) < len(report.diagnostics)
    told = f"{summary(report)}; `arazzoc lint` shows all" if more else summary(report)
    click.echo(told, err=True, color=colour)


def without_steering(text: str) -> str:
    """`text` with pictures of all that would steer a terminal, but for line breaks and tabs."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    from arazzoc.diagnostics.writers.cells import visible

    return text.translate({ord(each): visible(each) for each in set(text) - {"\n", "\t"}})


def echo_diff(diff: str) -> None:
    """Writes a diff: as it is for programs, and for people without what steers their terminal."""
    click.echo(without_steering(diff) if sys.stdout.isatty() else diff, nl=False)


def fail(message: str) -> NoReturn:
    """Ends the command with status 1 and a message without a traceback."""
    raise click.ClickException(message)
