"""Findings as a Code Quality report of GitLab: a JSON list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.diagnostics.writers.fingerprints import fingerprints
from arazzoc.diagnostics.writers.json import Json
from arazzoc.diagnostics.writers.report import Report

__all__ = ["write_gitlab"]

_SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.HINT: "info",
}


def write_gitlab(report: Report, *, colour: bool = False) -> str:
    """The report as GitLab's widget reads it; `colour` changes nothing."""
    del colour
    prints = fingerprints(report.diagnostics)
    entries: list[Json] = [
        _entry(found, print_) for found, print_ in zip(report.diagnostics, prints, strict=True)
    ]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(found: Diagnostic, fingerprint: str) -> Json:
    text = found.message if found.hint is None else f"{found.message}: {found.hint}"
    start, end = found.span.start, found.span.end
    return {
        "description": f"{found.rule.code}: {text}",
        "check_name": f"{found.rule.code} {found.rule.name}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {
            "path": found.span.file,
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
        },
    }
