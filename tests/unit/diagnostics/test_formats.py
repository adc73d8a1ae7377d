"""What code scanners, build servers and forges read: each format as its readers define it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema.validators import validator_for

from arazzoc.compiler import lint
from arazzoc.diagnostics.model import Diagnostic, Edit, Fix, Related, Severity
from arazzoc.diagnostics.writers import FORMATS
from arazzoc.diagnostics.writers.fingerprints import fingerprints
from tests.unit.diagnostics.findings import RULE, FakeReport, finding, report, span

ROOT = Path(__file__).parents[3]
INVALID = sorted((ROOT / "specs/invalid").glob("*.arazzo.*"))


def _schema(path: str) -> Any:
    schema = json.loads((ROOT / path).read_text("utf-8"))
    return validator_for(schema)(schema)


SARIF = _schema("tests/schemas/sarif-2.1.0.json")
JSON = _schema("docs/lint.schema.json")


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path / "cache"))


def _sarif(of: Any) -> Any:
    written = json.loads(FORMATS["sarif"](of))
    SARIF.validate(written)
    (run,) = written["runs"]
    return run


def _fixed(text: str = "b") -> Diagnostic:
    where = span(1, 3, 2)
    fix = Fix(f"write `{text}`", (Edit(where, text),))
    return Diagnostic(RULE, Severity.WARNING, where, "`a` is wrong", f"write `{text}`", (), fix)


def test_findings_of_every_kind_fit_the_schemas() -> None:
    result = lint(INVALID)
    JSON.validate(json.loads(FORMATS["json"](result)))
    run = _sarif(result)
    used = {found["ruleId"] for found in run["results"]}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == sorted(used)
    for found in run["results"]:
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]


def test_nothing_found_fits_the_schemas_too() -> None:
    JSON.validate(json.loads(FORMATS["json"](FakeReport())))
    assert _sarif(FakeReport())["results"] == []
    assert FORMATS["github"](FakeReport()) == ""
    assert json.loads(FORMATS["gitlab"](FakeReport())) == []


def test_sarif_counts_code_points_and_says_so() -> None:
    run = _sarif(report("😀😀 x", finding(span(1, 4, 1))))
    assert run["columnKind"] == "unicodeCodePoints"
    (found,) = run["results"]
    (place,) = found["locations"]
    assert place["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 4,
        "endLine": 1,
        "endColumn": 5,
    }


def test_sarif_carries_fixes_and_related_places() -> None:
    related = (Related(span(1, 1, 1), "first"),)
    found = finding(span(2, 1, 1), related=related)
    plain, fixed = _sarif(report("a: aa\n", found, _fixed()))["results"]
    assert "fixes" not in plain
    assert plain["relatedLocations"][0]["message"] == {"text": "first"}
    (fix,) = fixed["fixes"]
    assert fix["description"] == {"text": "write `b`"}
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": "b"}
    assert replacement["deletedRegion"]["endColumn"] == 5


@pytest.mark.parametrize(
    ("file", "uri", "base"),
    [
        ("specs/a b#c.yaml", "specs/a%20b%23c.yaml", "SRCROOT"),
        ("é.yaml", "%C3%A9.yaml", "SRCROOT"),
        ("../a.yaml", "../a.yaml", "SRCROOT"),
        ("a:b.yaml", "a%3Ab.yaml", "SRCROOT"),
        ("/home/a.yaml", "file:///home/a.yaml", None),
        ("C:/a b.yaml", "file:///C:/a%20b.yaml", None),
    ],
)
def test_sarif_names_files_by_their_addresses(file: str, uri: str, base: str | None) -> None:
    run = _sarif(report("", finding(span(1, 1, 1, file=file))))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (artifact["uri"], artifact.get("uriBaseId")) == (uri, base)
    assert unquote(uri).endswith(file)


def test_github_commands_are_escaped() -> None:
    found = finding(span(2, 3, 4, file="a,b:c%.yaml"), "100% `a`\n::error", hint="mend: it")
    assert FORMATS["github"](report("", found)) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,endColumn=7,title=arazzoc AZ101"
        "::100%25 `a`%0A::error%0Amend: it\n"
    )


def test_github_knows_the_severities() -> None:
    weights = [finding(span(1, 1, 1), severity=weight) for weight in Severity]
    lines = FORMATS["github"](report("", *weights)).splitlines()
    assert [line.split()[0] for line in lines] == ["::notice", "::warning", "::error"]


def test_gitlab_has_what_the_widget_needs() -> None:
    (entry,) = json.loads(FORMATS["gitlab"](report("", finding(span(2, 3, 4), hint="mend it"))))
    assert entry["description"] == "AZ101: `x` is wrong: mend it"
    assert entry["check_name"] == "AZ101 some-rule"
    assert entry["severity"] == "major"
    assert entry["location"]["path"] == "a.yaml"
    assert entry["location"]["positions"]["begin"] == {"line": 2, "column": 3}
    assert len(entry["fingerprint"]) == 32


def test_fingerprints_stay_when_lines_move_and_tell_equal_findings_apart() -> None:
    first = [finding(span(1, 1, 1)), finding(span(2, 1, 1)), finding(span(3, 1, 1), "other")]
    moved = [finding(span(11, 5, 1)), finding(span(12, 6, 1)), finding(span(13, 1, 2), "other")]
    assert fingerprints(first) == fingerprints(moved)
    assert len(set(fingerprints(first))) == 3
    assert not set(fingerprints(first)) & set(fingerprints([finding(span(1, 1, 1, file="b"))]))


def test_junit_fails_for_errors_alone() -> None:
    warning = finding(span(1, 1, 1), "a <warning> & \x00 more", severity=Severity.WARNING)
    error = finding(span(2, 3, 1), hint="mend it")
    written = FakeReport((warning, error), ("a.yaml", "clean.yaml"))
    root = ElementTree.fromstring(FORMATS["junit"](written))  # noqa: S314 -- our own
    assert (root.get("tests"), root.get("failures")) == ("3", "1")
    one, clean = root.findall("testsuite")
    assert (one.get("name"), one.get("tests"), one.get("failures")) == ("a.yaml", "2", "1")
    passed, failed = one.findall("testcase")
    assert passed.find("failure") is None
    assert "a <warning> &" in (passed.findtext("system-out") or "")
    assert failed.findtext("failure") == "a.yaml:2:3: error: `x` is wrong\nmend it"
    assert (clean.get("name"), clean.get("failures"), len(clean)) == ("clean.yaml", "0", 1)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_order_of_the_paths_does_not_matter(name: str) -> None:
    one, other = lint(INVALID), lint(INVALID[::-1])
    if name in ("json", "junit"):
        assert one.diagnostics == other.diagnostics
    else:
        assert FORMATS[name](one) == FORMATS[name](other)
