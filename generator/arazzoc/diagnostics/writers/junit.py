"""Findings as JUnit XML, which build servers show beside test results."""

from __future__ import annotations

from xml.etree import ElementTree

from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.diagnostics.writers.cells import visible
from arazzoc.diagnostics.writers.report import Report

__all__ = ["write_junit"]


def write_junit(report: Report, *, colour: bool = False) -> str:
    """A suite for each document or other file with findings; `colour` changes nothing.

    An error is a failed case. A warning or hint is a case that passes, with what is found as its output, as
    it leaves the command's status at 0. A file without findings has one case that passes.
    """
    del colour
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in report.documents}
    for found in report.diagnostics:
        by_file.setdefault(found.span.file, []).append(found)
    root = ElementTree.Element("testsuites", name="arazzoc lint")
    totals = [_suite(root, name, found) for name, found in sorted(by_file.items())]
    root.set("tests", str(sum(tests for tests, _ in totals)))
    root.set("failures", str(sum(failures for _, failures in totals)))
    root.set("errors", "0")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _suite(root: ElementTree.Element, name: str, diagnostics: list[Diagnostic]) -> tuple[int, int]:
    """Adds the suite of a file; how many cases it has, and how many failed."""
    failures = sum(found.severity is Severity.ERROR for found in diagnostics)
    tests = max(1, len(diagnostics))
    suite = ElementTree.SubElement(root, "testsuite", name=visible(name), tests=str(tests))
    suite.set("failures", str(failures))
    suite.set("errors", "0")
    suite.set("skipped", "0")
    if not diagnostics:
        ElementTree.SubElement(suite, "testcase", name="no findings", classname=visible(name))
    for found in diagnostics:
        _case(suite, found)
    return tests, failures


def _case(suite: ElementTree.Element, found: Diagnostic) -> None:
    place = found.span.start
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=f"{found.rule.code} {found.rule.name} at {place}",
        classname=visible(found.span.file),
        file=visible(found.span.file),
        line=str(place.line),
    )
    message = visible(found.message)
    told = f"{visible(str(found.span))}: {found.severity.label}: {message}"
    if found.hint is not None:
        told += f"\n{visible(found.hint)}"
    if found.severity is Severity.ERROR:
        failure = ElementTree.SubElement(case, "failure", message=message, type=found.rule.code)
        failure.text = told
    else:
        ElementTree.SubElement(case, "system-out").text = told
