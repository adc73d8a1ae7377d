"""`arazzoc run`: outputs as JSON on standard output, everything else on standard error."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Severity
from tests.cli.conftest import DOCUMENT, FakeCompiler, Invoke
from tests.cli.modules import GREET, LEAVE, MODULE

ALL = (
    *("--workflow", "greet-someone"),
    *("--input", "bearer_token=s3cret"),
    *("--server", "jobsApi=http://localhost:1/"),
)


@pytest.fixture
def compiler(compiler: FakeCompiler) -> FakeCompiler:
    compiler.modules = (MODULE,)
    return compiler


@pytest.mark.usefixtures("compiler")
def test_outputs_bear_the_names_of_the_document(arazzoc_: Invoke) -> None:
    result = arazzoc_("run", DOCUMENT, *ALL, "--input", "firstName=Ada", "--input", "times=2")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "fullText": "Hällo Ada! Hällo Ada! ",
        "raw": "/w==",
        "url": "http://localhost:1",
    }
    assert "ä" in result.stdout


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("inputs", ['{"firstName": "Ada"}', "@in.json", "-"])
def test_inputs_come_as_json_from_the_line_a_file_or_standard_input(
    arazzoc_: Invoke, folder: Path, inputs: str
) -> None:
    (folder / "in.json").write_text('{"firstName": "Ada"}')
    result = arazzoc_("run", DOCUMENT, *ALL, "--inputs", inputs, stdin='{"firstName": "Ada"}')
    assert json.loads(result.stdout)["fullText"] == "Hällo Ada! "


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ("{", "--inputs is not JSON: "),
        ("[1]", "--inputs must be a JSON object"),
        ("@missing.json", "cannot read 'missing.json': No such file or directory"),
    ],
)
def test_inputs_that_cannot_be_read_are_wrong_usage(
    arazzoc_: Invoke, inputs: str, message: str
) -> None:
    result = arazzoc_("run", DOCUMENT, *ALL, "--inputs", inputs)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.usefixtures("compiler")
def test_credentials_come_from_the_environment(arazzoc_: Invoke) -> None:
    result = arazzoc_(
        *("run", DOCUMENT, "--workflow", "greet-someone", "--input", "firstName=Ada"),
        *("--server", "jobsApi=https://localhost"),
        environment={"ARAZZOC_BEARER_TOKEN": "s3cret"},
    )
    assert result.exit_code == 0


@pytest.mark.usefixtures("compiler")
def test_everything_that_is_missing_is_told_at_once(arazzoc_: Invoke) -> None:
    result = arazzoc_("run", DOCUMENT, "--workflow", "greet-someone", "--input", "fristName=x")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.split("Error: ")[1] == (
        "cannot run 'greet-someone':\n"
        "  there is no input 'fristName': did you mean 'firstName'?\n"
        "  missing input 'firstName': Whom to greet.\n"
        "  missing credential 'bearer_token' (--input bearer_token=... or $ARAZZOC_BEARER_TOKEN)\n"
        "  missing server 'jobsApi' (--server jobsApi=https://...)\n"
    )


@pytest.mark.usefixtures("compiler")
def test_several_workflows_need_a_choice(arazzoc_: Invoke) -> None:
    result = arazzoc_("run", DOCUMENT)
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "the document has 2 workflows, choose one:\n  --workflow greet-someone\n  --workflow leave\n"
    )


@pytest.mark.usefixtures("compiler")
def test_an_unknown_workflow_is_told(arazzoc_: Invoke) -> None:
    result = arazzoc_("run", DOCUMENT, "--workflow", "greet-somebody")
    assert result.exit_code == 2
    assert "there is no workflow 'greet-somebody': did you mean 'greet-someone'?" in result.stderr


def test_the_only_workflow_needs_no_choice(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    compiler.modules = (replace(MODULE, workflows=(LEAVE,)),)
    result = arazzoc_("run", DOCUMENT)
    assert (result.exit_code, result.stdout) == (0, "{}\n")


@pytest.mark.usefixtures("compiler")
def test_a_failed_run_is_told_without_a_traceback_or_a_secret(arazzoc_: Invoke) -> None:
    result = arazzoc_("run", DOCUMENT, *ALL, "--input", "firstName=nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: step greet: nobody is there, *** was of no use\n"


@pytest.mark.usefixtures("compiler")
def test_ctrl_c_is_130(arazzoc_: Invoke) -> None:
    result = arazzoc_("run", DOCUMENT, *ALL, "--input", "firstName=ctrl-c")
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


def test_a_document_with_errors_is_not_run(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    compiler.severities = [Severity.ERROR]
    compiler.modules = ()
    result = arazzoc_("run", DOCUMENT)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[AZ199] finding 1" in result.stderr


def test_next_to_errors_only_a_workflow_that_is_named_is_run(
    arazzoc_: Invoke, compiler: FakeCompiler
) -> None:
    compiler.severities = [Severity.ERROR]
    compiler.modules = (replace(MODULE, workflows=(LEAVE,)),)
    unnamed, named = arazzoc_("run", DOCUMENT), arazzoc_("run", DOCUMENT, "--workflow", "leave")
    assert (unnamed.exit_code, unnamed.stdout) == (1, "")
    assert (named.exit_code, named.stdout) == (0, "{}\n")
    assert "error[AZ199] finding 1" in named.stderr


def test_a_tail_call_s_outputs_are_the_other_workflow_s(
    arazzoc_: Invoke, compiler: FakeCompiler
) -> None:
    workflow = replace(GREET, outputs={"other": "other"})
    compiler.modules = (replace(MODULE, workflows=(workflow,)),)
    result = arazzoc_("run", DOCUMENT, *ALL, "--input", "firstName=Ada")
    assert set(json.loads(result.stdout)) == {"full_text", "raw", "url"}
