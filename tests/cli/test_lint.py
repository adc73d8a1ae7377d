"""`arazzoc lint`: findings on standard output, the summary on standard error."""

from __future__ import annotations

import json

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
