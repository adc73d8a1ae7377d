"""What a project leaves out of its findings: by settings, by comments, by a baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke

WILD = """\
arazzo: 1.0.1
info: {title: Test, version: 1.0}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
  - workflowId: flow
    steps:
      - stepId: read
        operationId: read
        successCriteria:
          - condition: $response.body.id == "a"
"""
API = """\
openapi: 3.1.0
info: {title: A, version: '1'}
servers: [{url: https://api.example}]
paths: {/a: {get: {operationId: read, responses: {'200': {description: Good.}}}}}
"""


@pytest.fixture
def wild(tmp_path: Path, folder: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/api.yaml").write_text(API)
    path = tmp_path / "specs/wild.arazzo.yaml"
    path.write_text(WILD)
    return path


def _codes(arazzoc_: Invoke, *arguments: str) -> list[str]:
    result = arazzoc_("lint", "specs", "--format", "json", *arguments)
    return [found["code"] for found in json.loads(result.stdout)["diagnostics"]]


def _settings(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.arazzoc.lint]\n{text}\n")


def test_without_settings_everything_is_shown(arazzoc_: Invoke, wild: Path) -> None:
    assert _codes(arazzoc_) == ["AZ120", "AZ502", "AZ505"]


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ('select = ["AZ5"]', ["AZ502", "AZ505"]),
        ('select = ["AZ5"]\nignore = ["AZ502"]', ["AZ505"]),
        ('ignore = ["loose-scalar"]', ["AZ502", "AZ505"]),
        ('per-file-ignores = {"specs/*" = ["AZ1"]}', ["AZ502", "AZ505"]),
        ('per-file-ignores = {"wild.*" = ["az120", "AZ505"]}', ["AZ502"]),
        ('per-file-ignores = {"other/*" = ["AZ1"]}', ["AZ120", "AZ502", "AZ505"]),
    ],
)
def test_settings_choose_findings(
    arazzoc_: Invoke, wild: Path, tmp_path: Path, settings: str, codes: list[str]
) -> None:
    _settings(tmp_path, settings)
    assert _codes(arazzoc_) == codes


def test_settings_give_severities(arazzoc_: Invoke, wild: Path, tmp_path: Path) -> None:
    _settings(tmp_path, 'severity = {AZ5 = "hint", AZ505 = "error"}')
    result = arazzoc_("lint", "specs")
    assert result.exit_code == 1
    assert "hint[AZ502]" in result.stdout
    assert "error[AZ505]" in result.stdout


def test_what_is_ignored_is_not_mended(arazzoc_: Invoke, wild: Path, tmp_path: Path) -> None:
    _settings(tmp_path, 'ignore = ["AZ5"]')
    arazzoc_("lint", "specs", "--fix")
    assert wild.read_text() == WILD.replace("version: 1.0}", "version: '1.0'}")


def test_a_rule_that_does_not_exist_is_wrong_usage(
    arazzoc_: Invoke, wild: Path, tmp_path: Path
) -> None:
    _settings(tmp_path, 'ignore = ["loose-scaler"]')
    result = arazzoc_("lint", "specs")
    assert result.exit_code == 2
    assert "names `loose-scaler`, which is no rule; did you mean `loose-scalar`?" in result.stderr


def _commented(text: str) -> str:
    return WILD.replace(
        '          - condition: $response.body.id == "a"\n', text.replace("@", " " * 10)
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('@- condition: $response.body.id == "a"  # arazzoc: ignore[AZ502, AZ505]\n', []),
        ('@- condition: $response.body.id == "a"  # arazzoc: ignore[AZ502]\n', ["AZ505"]),
        (
            '@# arazzoc: ignore[dotted-path]\n@# why\n@- condition: $response.body.id == "a"\n',
            ["AZ505"],
        ),
        (
            '@- condition: >-  # arazzoc: ignore[AZ502, AZ505]\n@    $response.body.id\n@    == "a"\n',
            [],
        ),
        ("@- condition: $statusCode == 200 # arazzoc: ignore[AZ502]\n", ["AZ701"]),
        ("@- condition: $statusCode == 200 # arazzoc: ignore[E502]\n", ["AZ702"]),
        ("@- condition: $statusCode == 200 # arazzoc: ignore[]\n", ["AZ701"]),
    ],
)
def test_comments_ignore_findings_of_their_line(
    arazzoc_: Invoke, wild: Path, text: str, codes: list[str]
) -> None:
    wild.write_text(_commented(text))
    assert _codes(arazzoc_) == ["AZ120", *codes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '@- condition: $response.body.id == "a" # arazzoc: ignore[AZ502, AZ501]\n',
            "@- condition: $response.body.id == 'a' # arazzoc: ignore[AZ502]\n",
        ),
        (
            "@- condition: $statusCode == 200  # arazzoc: ignore[AZ502]\n",
            "@- condition: $statusCode == 200\n",
        ),
        (
            "@# arazzoc: ignore[AZ502]\n@- condition: $statusCode == 200\n",
            "@- condition: $statusCode == 200\n",
        ),
    ],
)
def test_fix_removes_what_ignores_nothing(
    arazzoc_: Invoke, wild: Path, before: str, after: str
) -> None:
    wild.write_text(_commented(before))
    arazzoc_("lint", "specs", "--fix")
    assert wild.read_text() == _commented(after).replace("version: 1.0}", "version: '1.0'}")


def test_a_baseline_hides_what_it_knows(arazzoc_: Invoke, wild: Path, tmp_path: Path) -> None:
    result = arazzoc_("lint", "specs", "--write-baseline", "known.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 findings written to 'known.json'\n"
    assert _codes(arazzoc_, "--baseline", "known.json") == []
    wild.write_text(f"# moved\n{WILD}          - condition: $response.body.id == 'a'\n")
    assert _codes(arazzoc_, "--baseline", "known.json") == ["AZ502"]
    shown = arazzoc_("lint", "specs", "--baseline", "known.json")
    assert shown.stderr.endswith("; 3 known findings not shown\n")
    _settings(tmp_path, 'baseline = "known.json"')
    assert _codes(arazzoc_) == ["AZ502"]


def test_a_baseline_tells_of_what_is_mended(arazzoc_: Invoke, wild: Path) -> None:
    arazzoc_("lint", "specs", "--write-baseline", "known.json")
    wild.write_text(WILD.replace("version: 1.0}", "version: '1.0'}"))
    result = arazzoc_("lint", "specs", "--baseline", "known.json")
    assert "1 known finding not found any more: write the baseline anew" in result.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is no baseline of arazzoc"),
        ("[]", "it is no baseline of arazzoc"),
        ('{"version": 2, "findings": []}', "its version is 2, not 1"),
    ],
)
def test_a_file_that_is_no_baseline_is_wrong_usage(
    arazzoc_: Invoke, wild: Path, tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "known.json").write_text(text)
    result = arazzoc_("lint", "specs", "--baseline", "known.json")
    assert result.exit_code == 2
    assert f"cannot read the baseline 'known.json': {reason}" in result.stderr
