"""Findings as SARIF 2.1.0, which code scanners and editors read (OASIS, 2020)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from arazzoc.diagnostics.model import Diagnostic, Fix, Rule, Severity
from arazzoc.diagnostics.writers.fingerprints import fingerprints
from arazzoc.diagnostics.writers.json import Json
from arazzoc.diagnostics.writers.pages import address_of
from arazzoc.diagnostics.writers.report import Report
from arazzoc.text import Span
from arazzoc.version import __version__

__all__ = ["write_sarif"]

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT: Final = "SRCROOT"
_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "note",
}


def write_sarif(report: Report, *, colour: bool = False) -> str:
    """The report as one run of one tool, with the rules that it speaks of; `colour` changes nothing."""
    del colour
    rules = sorted({found.rule.code: found.rule for found in report.diagnostics}.items())
    numbers = {code: number for number, (code, _) in enumerate(rules)}
    prints = fingerprints(report.diagnostics)
    results: list[Json] = [
        _result(found, numbers[found.rule.code], print_)
        for found, print_ in zip(report.diagnostics, prints, strict=True)
    ]
    descriptors: list[Json] = [_rule(rule) for _, rule in rules]
    driver: Json = {"name": "arazzoc", "semanticVersion": __version__, "rules": descriptors}
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    document: Json = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> Json:
    name = "".join(word.capitalize() for word in rule.name.split("-"))
    address = address_of(rule)
    published: dict[str, Json] = {} if address is None else {"helpUri": address}
    return {
        **published,
        "id": rule.code,
        "name": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "help": {
            "text": f"{rule.explanation}\n\nInstead of:\n\n{rule.example}\nwrite:\n\n{rule.mended}",
            "markdown": (
                f"{rule.explanation}\n\nInstead of:\n\n```yaml\n{rule.example}```\n\n"
                f"write:\n\n```yaml\n{rule.mended}```\n"
            ),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: Diagnostic, rule_index: int, fingerprint: str) -> Json:
    text = found.message if found.hint is None else f"{found.message}: {found.hint}"
    result: dict[str, Json] = {
        "ruleId": found.rule.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _place(found.span)}],
        "partialFingerprints": {"arazzocFinding/v1": fingerprint},
    }
    if found.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(related.span),
                "message": {"text": related.message},
            }
            for number, related in enumerate(found.related, 1)
        ]
    if found.fix is not None:
        result["fixes"] = [_fix(found.fix)]
    return result


def _fix(fix: Fix) -> Json:
    changes: dict[str, list[Json]] = {}
    for edit in fix.edits:
        replacement: Json = {
            "deletedRegion": _region(edit.span),
            "insertedContent": {"text": edit.text},
        }
        changes.setdefault(edit.span.file, []).append(replacement)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": _artifact(file), "replacements": replacements}
            for file, replacements in changes.items()
        ],
    }


def _place(span: Span) -> Json:
    return {"artifactLocation": _artifact(span.file), "region": _region(span)}


def _artifact(file: str) -> Json:
    """A file by its address: relative to where the command ran, absolute where it lies elsewhere."""
    if file.startswith("https://"):
        return {"uri": quote(file, safe="/%:@!$&'()*+,;=~?")}
    address = quote(file)
    if file.startswith("/"):
        return {"uri": f"file://{address}"}
    if file[1:3] == ":/":  # a drive of Windows
        return {"uri": f"file:///{address.replace('%3A', ':', 1)}"}
    return {"uri": address, "uriBaseId": _ROOT}


def _region(span: Span) -> Json:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }
