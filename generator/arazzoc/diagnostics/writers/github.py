"""Findings as annotations of GitHub Actions: workflow commands, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.diagnostics.writers.report import Report

__all__ = ["write_github"]

_COMMANDS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "notice",
}
_IN_MESSAGES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = str.maketrans(
    {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
)


def write_github(report: Report, *, colour: bool = False) -> str:
    """A command for each finding, which GitHub shows at its line; `colour` changes nothing."""
    del colour
    return "".join(_command(found) + "\n" for found in report.diagnostics)


def _command(found: Diagnostic) -> str:
    start, end = found.span.start, found.span.end
    properties: dict[str, object] = {"file": found.span.file, "line": start.line}
    if end.line == start.line:  # columns are allowed only where the finding stands on one line
        properties |= {"col": start.column, "endColumn": end.column}
    else:
        properties["endLine"] = end.line
    properties["title"] = f"arazzoc {found.rule.code}"
    stated = ",".join(
        f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items()
    )
    message = found.message if found.hint is None else f"{found.message}\n{found.hint}"
    return f"::{_COMMANDS[found.severity]} {stated}::{message.translate(_IN_MESSAGES)}"
