"""`arazzoc lint`: findings on standard output, the summary on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arazzoc.cli.lint import FORMAT_NAMES
from arazzoc.diagnostics.model import Severity
from arazzoc.diagnostics.writers import FORMATS
from tests.cli.conftest import DOCUMENT, FakeCompiler, Invoke


def test_no_findings(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    result = arazzoc_("lint")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no problems found in 1 document\n"
    assert compiler.asked == [("lint", [DOCUMENT], False)]


def test_an_error_makes_the_status_1(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    compiler.severities = [Severity.ERROR, Severity.WARNING]
    result = arazzoc_("lint", DOCUMENT)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{DOCUMENT}:1:4: error[AZ199] finding 1\n  |\n1 | a: b\n  |    ^\n\n"
        f"{DOCUMENT}:1:4: warning[AZ199] finding 2\n  |\n1 | a: b\n  |    ^\n"
    )
    assert result.stderr == "1 error and 1 warning in 1 file\n"


def test_warnings_leave_the_status_at_0(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    compiler.severities = [Severity.WARNING]
    assert arazzoc_("lint").exit_code == 0


def test_strict_is_passed_on(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    arazzoc_("lint", "hello", "--strict")
    assert compiler.asked == [("lint", [DOCUMENT], True)]


def test_json_stands_alone_on_standard_output(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    compiler.severities = [Severity.ERROR]
    result = arazzoc_("lint", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["summary"]["errors"] == 1
    assert result.stderr == "1 error in 1 file\n"


def test_a_missing_path_is_wrong_usage(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    result = arazzoc_("lint", "helo")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: There is no file or folder 'helo'. Did you mean 'hello'?"
    )
    assert compiler.asked == []


def test_every_format_can_be_chosen() -> None:
    assert set(FORMAT_NAMES) == set(FORMATS)


@pytest.mark.usefixtures("compiler")
def test_an_unknown_format_is_wrong_usage(arazzoc_: Invoke) -> None:
    assert arazzoc_("lint", "--format", "xml").exit_code == 2


WILD = """\
arazzo: 1.0.1
info: {title: Tést, version: 1.0}  # a number
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
def wild(folder: Path) -> Path:
    (folder / "api.yaml").write_text(API)
    path = folder / "wild.arazzo.yaml"
    path.write_bytes(WILD.encode())
    return path


def test_findings_that_can_be_mended_are_counted(arazzoc_: Invoke, wild: Path) -> None:
    result = arazzoc_("lint", wild.name)
    assert result.stderr == ("3 warnings in 1 file; `arazzoc lint --fix` mends them all\n")


def test_fix_writes_what_has_one_right_mend(arazzoc_: Invoke, wild: Path) -> None:
    result = arazzoc_("lint", wild.name, "--fix")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 findings mended in 1 file; no problems found in 1 document\n"
    assert wild.read_text("utf-8") == WILD.replace("version: 1.0", "version: '1.0'").replace(
        '.body.id == "a"', ".body#/id == 'a'"
    )
    again = arazzoc_("lint", wild.name, "--fix")
    assert again.stderr == "nothing to mend; no problems found in 1 document\n"


def test_fix_keeps_marks_and_line_breaks(arazzoc_: Invoke, wild: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        wild.write_bytes(WILD.replace("\n", "\r\n").encode(encoding))
        assert arazzoc_("lint", wild.name, "--fix").exit_code == 0
        text = wild.read_bytes().decode(encoding)
        assert wild.read_bytes() == text.encode(encoding)
        assert text.count("\r\n") == text.count("\n") == WILD.count("\n")
        assert "Tést" in text
        assert "version: '1.0'}  # a number\r\n" in text


def test_diff_writes_nothing_and_fails(arazzoc_: Invoke, wild: Path) -> None:
    result = arazzoc_("lint", wild.name, "--fix", "--diff")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == ["--- wild.arazzo.yaml", "+++ wild.arazzo.yaml"]
    changes = [line for line in result.stdout.splitlines()[2:] if line[0] in "+-"]
    assert changes == [
        "-info: {title: Tést, version: 1.0}  # a number",
        "+info: {title: Tést, version: '1.0'}  # a number",
        '-          - condition: $response.body.id == "a"',
        "+          - condition: $response.body#/id == 'a'",
    ]
    assert result.stderr == (
        "3 findings would be mended in 1 file; no problems found in 1 document\n"
    )
    assert wild.read_text("utf-8") == WILD


def test_diff_of_a_clean_document_is_empty(arazzoc_: Invoke, wild: Path) -> None:
    arazzoc_("lint", wild.name, "--fix")
    result = arazzoc_("lint", wild.name, "--fix", "--diff")
    assert (result.exit_code, result.stdout) == (0, "")


def test_diff_alone_is_wrong_usage(arazzoc_: Invoke) -> None:
    result = arazzoc_("lint", "--diff")
    assert result.exit_code == 2
    assert "--diff shows what --fix would do: give both." in result.stderr


def test_what_is_left_is_shown_and_makes_the_status_1(arazzoc_: Invoke, wild: Path) -> None:
    wild.write_text(WILD.replace("operationId: read", "operationId: write"), "utf-8")
    result = arazzoc_("lint", wild.name, "--fix")
    assert result.exit_code == 1
    assert "error[AZ301]" in result.stdout
    assert "version: '1.0'" in wild.read_text("utf-8")


def test_a_folder_that_cannot_be_written_leaves_the_files(
    arazzoc_: Invoke, wild: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    result = arazzoc_("lint", wild.name, "--fix")
    assert result.exit_code == 1
    assert "cannot write" in result.stderr
    assert wild.read_text("utf-8") == WILD
    assert [path.name for path in wild.parent.iterdir() if path.suffix == ".tmp"] == []
