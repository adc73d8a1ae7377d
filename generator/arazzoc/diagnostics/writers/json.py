"""Findings for programs: one JSON object, described in `docs/lint-json.md` and `docs/lint.schema.json`."""

from __future__ import annotations

import json
from typing import Final, TypeAlias

from arazzoc.diagnostics.model import Diagnostic, Fix, Related, Rule, Severity
from arazzoc.diagnostics.writers.fingerprints import fingerprints
from arazzoc.diagnostics.writers.pages import page_name
from arazzoc.diagnostics.writers.report import Report
from arazzoc.text import Position, Span
from arazzoc.version import __version__

__all__ = ["FORMAT_VERSION", "Json", "write_json"]

FORMAT_VERSION: Final = 1
"""Counts up when a member goes away or changes its meaning; new members may come at any time."""

Json: TypeAlias = "int | str | list[Json] | dict[str, Json] | None"
"""What the writers put into JSON; truth values are integers to Python."""


def write_json(report: Report, *, colour: bool = False) -> str:
    """The report as one indented JSON object; `colour` changes nothing."""
    del colour
    document: Json = {
        "version": FORMAT_VERSION,
        "tool": {"name": "arazzoc", "version": __version__},
        "documents": list(report.documents),
        "diagnostics": [
            _diagnostic(found, print_)
            for found, print_ in zip(
                report.diagnostics, fingerprints(report.diagnostics), strict=True
            )
        ],
        "summary": _summary(report),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _diagnostic(found: Diagnostic, fingerprint: str) -> Json:
    return {
        "code": found.rule.code,
        "name": found.rule.name,
        "severity": found.severity.label,
        "message": found.message,
        "hint": found.hint,
        **_place(found.span),
        "related": [_related(related) for related in found.related],
        "fix": _fix(found.fix),
        "fingerprint": fingerprint,
        "docs": _docs(found.rule),
    }


def _fix(fix: Fix | None) -> Json:
    if fix is None:
        return None
    edits: list[Json] = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "edits": edits}


def _related(related: Related) -> Json:
    return {"message": related.message, **_place(related.span)}


def _place(span: Span) -> dict[str, Json]:
    return {"file": span.file, "start": _position(span.start), "end": _position(span.end)}


def _position(position: Position) -> Json:
    return {"line": position.line, "column": position.column}


def _docs(rule: Rule) -> str:
    return f"docs/rules/{page_name(rule)}"


def _summary(report: Report) -> dict[str, Json]:
    counts: dict[str, Json] = {
        f"{severity.label}s": sum(found.severity is severity for found in report.diagnostics)
        for severity in sorted(Severity, reverse=True)
    }
    files = {found.span.file for found in report.diagnostics}
    return {**counts, "files": len(files), "documents": len(report.documents)}
