"""What programs read when something is wrong; `docs/lint-json.md` describes it."""

from __future__ import annotations

import json
from pathlib import Path

from arazzoc.diagnostics.model import Related
from arazzoc.diagnostics.writers import FORMATS
from arazzoc.diagnostics.writers.fingerprints import fingerprints
from arazzoc.diagnostics.writers.json import write_json
from arazzoc.source.node import JsonValue
from arazzoc.version import __version__
from tests.unit.diagnostics.findings import FakeReport, finding, report, span


def test_the_whole_object() -> None:
    related = (Related(span(1, 2, 3), "first"),)
    found = finding(span(2, 3, 4), "`ä` is wrong", hint="mend it", related=related)
    assert json.loads(write_json(report("", found))) == {
        "version": 1,
        "tool": {"name": "arazzoc", "version": __version__},
        "documents": ["a.yaml"],
        "diagnostics": [
            {
                "code": "AZ101",
                "name": "some-rule",
                "severity": "error",
                "message": "`ä` is wrong",
                "hint": "mend it",
                "file": "a.yaml",
                "start": {"line": 2, "column": 3},
                "end": {"line": 2, "column": 7},
                "related": [
                    {
                        "message": "first",
                        "file": "a.yaml",
                        "start": {"line": 1, "column": 2},
                        "end": {"line": 1, "column": 5},
                    }
                ],
                "fix": None,
                "fingerprint": fingerprints([found])[0],
                "docs": "docs/rules/az101-some-rule.md",
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "hints": 0, "files": 1, "documents": 1},
    }


def test_nothing_found_is_an_object_too() -> None:
    written = json.loads(write_json(FakeReport(documents=("a", "b"))))
    assert written["diagnostics"] == []
    assert written["summary"]["documents"] == 2


def test_colour_changes_nothing_in_formats_for_programs() -> None:
    one = report("a: 1", finding(span(1, 1, 1)))
    assert FORMATS["json"](one, colour=True) == FORMATS["json"](one)


def test_the_documentation_shows_the_members_that_are_written() -> None:
    page = (Path(__file__).parents[3] / "docs" / "lint-json.md").read_text("utf-8")
    shown = json.loads(page.split("```json\n")[1].split("```")[0])
    related = (Related(span(1, 2, 3), "first"),)
    written = json.loads(write_json(report("", finding(span(2, 3, 4), related=related))))
    assert _members(shown) == _members(written)


def _members(value: JsonValue) -> JsonValue:
    """The shape of a JSON value: its members' names, without scalars."""
    if isinstance(value, dict):
        return {key: _members(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_members(item) for item in value]
    return None
