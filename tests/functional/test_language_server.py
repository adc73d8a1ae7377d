"""The language server, over the protocol as editors speak it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.editor import Editor

SPECS = Path(__file__).parents[2] / "specs" / "ibm-quantum"
NAME = "cancel-running-job.arazzo.yaml"
OPENAPI = "ibm-quantum-jobs.openapi.yaml"
TEXT = re.sub(
    r"\n *- context: \$response.body\n *condition: (.*)\n *type: jsonpath",
    lambda found: "\n      - condition: "
    + found[1].replace("$.status", "$steps.getJobStatus.outputs.jobStatus").replace('"', "'"),
    (SPECS / NAME).read_text("utf-8").replace("$inputs.accessToken", "{$inputs.accessToken}"),
)
"""A document with nothing to find."""


def prepared(folder: Path) -> Path:
    """A folder with the document and what it uses."""
    shutil.copytree(SPECS, folder)
    (folder / NAME).write_text(TEXT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    started = Editor(prepared(tmp_path_factory.mktemp("editor") / "specs"))
    yield started
    started.kill()


@pytest.fixture
def editor(running: Editor) -> Iterator[Editor]:
    """One server answers all tests, and every test closes what it has open."""
    yield running
    running.close()


@pytest.fixture
def text() -> str:
    return TEXT


def place(text: str, before: str, after: str = "") -> tuple[int, int]:
    """Line and character behind the first `before` that `after` follows."""
    offset = text.index(before + after) + len(before)
    line = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    return line, len(text[start:offset].encode("utf-16-le")) // 2


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """The text with an answer's edits, whose positions count UTF-16 units."""
    lines = text.splitlines(keepends=True)

    def offset(at: dict[str, int]) -> int:
        units = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]]
        return sum(map(len, lines[: at["line"]])) + len(units.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda each: -offset(each["range"]["start"])):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def proposals(editor: Editor, text: str, before: str, after: str = "") -> dict[str, dict[str, Any]]:
    """What is proposed behind the first `before` that `after` follows, by label."""
    editor.open(NAME, text)
    answer = editor.at(NAME, *place(text, before, after), "completion")
    return {} if answer is None else {each["label"]: each for each in answer["items"]}


def test_a_session_from_start_to_end_leaves_nothing_in_the_log(tmp_path: Path, text: str) -> None:
    editor = Editor(prepared(tmp_path / "specs"))
    editor.open(NAME)
    assert editor.findings(NAME) == []
    editor.type(NAME, text.replace("operationId: get_job", "operationId: get_jab"))
    first, *_ = editor.findings(NAME)
    assert first["code"].startswith("AZ3")
    assert "`get_jab`" in first["message"]
    assert first["range"]["start"] == {"line": 41, "character": 17}
    editor.type(NAME, text + "  broken: [")
    assert editor.findings(NAME)[0]["code"].startswith("AZ0")
    editor.type(NAME, text)
    assert editor.findings(NAME) == []
    assert editor.leave() == (0, "")


def test_an_unsaved_description_counts_before_the_file(editor: Editor) -> None:
    described = (SPECS / OPENAPI).read_text("utf-8")
    editor.open(NAME)
    assert editor.findings(NAME) == []
    editor.open(OPENAPI, described.replace("get_job\n", "read_job\n"))
    assert any("`get_job`" in each["message"] for each in editor.findings(NAME))
    editor.close(OPENAPI)
    assert editor.findings(NAME) == []


def test_closing_a_document_takes_its_findings_away(editor: Editor, text: str) -> None:
    editor.open(NAME, text.replace("get_job", "get_jab"))
    assert editor.findings(NAME)
    editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri(NAME)}})
    assert editor.findings(NAME) == []


def test_a_hover_shows_the_type_of_an_expression(editor: Editor, text: str) -> None:
    editor.open(NAME)
    shown = editor.at(NAME, *place(text, "jobStatus: $resp"), "hover")
    assert "Literal['Queued', 'Running'" in shown["contents"]["value"]
    line, start = place(text, "jobStatus: ")
    assert shown["range"] == {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": start + len("$response.body#/status")},
    }
    given = editor.at(NAME, *place(text, "finalStatus: $steps.confirm"), "hover")
    assert "| None" in given["contents"]["value"]
    assert "Read the job again" in given["contents"]["value"]


def test_a_hover_shows_an_operation_with_its_parameters(editor: Editor, text: str) -> None:
    editor.open(NAME)
    shown = editor.at(NAME, *place(text, "operationId: get"), "hover")["contents"]["value"]
    assert "**GET** `/v1/jobs/{id}`" in shown
    assert "`id` in path: `str`, required" in shown


@pytest.mark.parametrize(
    ("before", "file", "line"),
    [
        ("operationId: get", OPENAPI, "operationId: get_job\n"),
        ("stepId: cancel", NAME, "- stepId: cancelJob"),
        ("$steps.confirm", NAME, "- stepId: confirmCancelled"),
        ("outputs.final", NAME, "finalStatus: $response"),
        ("value: $inputs.job", NAME, "jobId:\n"),
        ("- name: Service-C", OPENAPI, "name: Service-CRN"),
    ],
)
def test_definitions_are_found(
    editor: Editor, text: str, before: str, file: str, line: str
) -> None:
    editor.open(NAME)
    found = editor.at(NAME, *place(text, before), "definition")
    assert found["uri"] == editor.uri(file)
    held: list[str] = (editor.folder / file).read_text("utf-8").splitlines(keepends=True)
    at: int = found["range"]["start"]["line"]
    assert held[at].strip(" ").startswith(line)


def test_operations_are_proposed_where_nothing_is_typed_yet(editor: Editor, text: str) -> None:
    found = proposals(
        editor, text.replace("operationId: cancel_job_jid", "operationId: "), "operationId: ", "\n"
    )
    assert {"get_job", "cancel_job_jid"} <= set(found)
    assert found["get_job"]["detail"] == "GET /v1/jobs/{id}"


def test_inputs_are_proposed(editor: Editor, text: str) -> None:
    found = proposals(
        editor, text.replace("value: $inputs.jobId", "value: $inputs."), "value: $inputs.", "\n"
    )
    assert set(found) == {"accessToken", "serviceCrn", "apiVersion", "jobId"}
    assert found["jobId"]["detail"] == "str"
    assert found["jobId"]["documentation"]["value"] == "The job to cancel."


def test_inputs_are_proposed_between_quotes_that_are_not_closed_yet(
    editor: Editor, text: str
) -> None:
    typed = text.replace('value: "Bearer {$inputs.accessToken}"', 'value: "Bearer {$inputs.acc', 1)
    found = proposals(editor, typed, '"Bearer {$inputs.acc')
    edit = found["accessToken"]["textEdit"]
    assert edit["newText"] == "accessToken"
    line, end = place(typed, '"Bearer {$inputs.acc')
    assert edit["range"]["start"] == {"line": line, "character": end - 3}
    assert edit["range"]["end"] == {"line": line, "character": end}


def test_steps_and_their_outputs_are_proposed(editor: Editor, text: str) -> None:
    typed = text.replace("$steps.confirmCancelled.outputs.finalStatus", "$steps.")
    assert set(proposals(editor, typed, "finalStatus: $steps.")) == {
        "getJobStatus",
        "cancelJob",
        "confirmCancelled",
    }
    typed = text.replace("outputs.finalStatus", "outputs.")
    assert set(proposals(editor, typed, "confirmCancelled.outputs.")) == {"finalStatus"}


def test_members_of_the_response_are_proposed(editor: Editor, text: str) -> None:
    typed = text.replace("jobStatus: $response.body#/status", "jobStatus: $response.body#/")
    found = proposals(editor, typed, "jobStatus: $response.body#/")
    assert "status" in found
    assert found["status"]["detail"].startswith("Literal['Queued'")


def test_steps_are_proposed_as_the_aim_of_an_action(editor: Editor, text: str) -> None:
    typed = text.replace("      stepId: cancelJob", "      stepId: ")
    assert set(proposals(editor, typed, "      stepId: ")) == {"cancelJob", "confirmCancelled"}


def test_a_parameter_is_proposed_with_its_place(editor: Editor, text: str) -> None:
    typed = text.replace("    - name: id\n      in: path\n", "    - name: \n", 1)
    found = proposals(editor, typed, "    - name: ", "\n")
    assert found["id"]["detail"] == "in path: str, required"
    assert "Service-CRN" not in found
    chosen = applied(typed, found["id"]["additionalTextEdits"])
    chosen = applied(chosen, [found["id"]["textEdit"]])
    assert chosen == text


def test_the_roots_of_expressions_are_proposed(editor: Editor, text: str) -> None:
    found = proposals(editor, text.replace("value: $inputs.jobId", "value: $"), "value: $", "\n")
    assert {"$inputs.", "$steps.", "$statusCode"} <= set(found)


def test_a_document_that_cannot_be_read_is_completed_still(editor: Editor, text: str) -> None:
    typed = text.replace("operationId: cancel_job_jid", "operationId: can")
    typed = typed.replace("  summary: Cancel a job", "  summary: [Cancel a job")
    assert "cancel_job_jid" in proposals(editor, typed, "operationId: can")


def test_a_fix_is_offered_where_the_finding_is(editor: Editor, text: str) -> None:
    typed = text.replace("operationId: cancel_job_jid", "operationId: cancel_job_jib")
    editor.open(NAME, typed)
    line, character = place(typed, "operationId: cancel_job")
    spot = {"line": line, "character": character}
    asked: dict[str, object] = {
        "textDocument": {"uri": editor.uri(NAME)},
        "range": {"start": spot, "end": spot},
        "context": {"diagnostics": []},
    }
    (action,) = editor.ask("textDocument/codeAction", asked)
    assert action["kind"] == "quickfix"
    assert applied(typed, action["edit"]["changes"][editor.uri(NAME)]) == text


def test_positions_count_utf_16_units_behind_an_emoji(editor: Editor, text: str) -> None:
    typed = text.replace('"Bearer {$inputs.accessToken}"', '"🔑🔑 {$inputs.accessTokem}"', 1)
    editor.open(NAME, typed)
    found = next(each for each in editor.findings(NAME) if "accessTokem" in each["message"])
    line, end = place(typed, "$inputs.accessTokem")
    assert found["range"]["end"] == {"line": line, "character": end}


@pytest.mark.parametrize(("encoding", "width"), [("utf-32", 1), ("utf-8", 4)])
def test_positions_count_what_was_agreed(
    tmp_path: Path, text: str, encoding: str, width: int
) -> None:
    editor = Editor(prepared(tmp_path / "specs"), (encoding,))
    try:
        typed = text.replace('"Bearer {$inputs.accessToken}"', '"🔑 {$inputs.accessTokem}"', 1)
        editor.open(NAME, typed)
        found = next(each for each in editor.findings(NAME) if "accessTokem" in each["message"])
        assert editor.capabilities["positionEncoding"] == encoding
        before = len('      value: "') + width + len(" {$inputs.accessTokem")
        assert found["range"]["end"]["character"] == before
    finally:
        editor.kill()


@pytest.mark.parametrize(
    ("before", "old", "new"),
    [
        ("- stepId: cancel", "cancelJob", "stopJob"),
        ("$steps.confirm", "confirmCancelled", "lookAgain"),
        ("value: $inputs.job", "jobId", "job"),
        ("outputs:\n      jobS", "jobStatus", "state"),
        ("- name: jobs", "jobsApi", "jobs"),
    ],
)
def test_a_name_is_changed_wherever_it_stands(
    editor: Editor, text: str, before: str, old: str, new: str
) -> None:
    editor.open(NAME)
    answer = editor.at(NAME, *place(text, before), "rename", newName=new)
    assert applied(text, answer["changes"][editor.uri(NAME)]) == text.replace(old, new)


def test_what_cannot_be_renamed_is_said(editor: Editor, text: str) -> None:
    editor.open(NAME)
    line, character = place(text, "operationId: get")
    answer = editor.answer(
        "textDocument/rename",
        {
            "textDocument": {"uri": editor.uri(NAME)},
            "position": {"line": line, "character": character},
            "newName": "other",
        },
    )
    assert "no name that the document gives" in answer["error"]["message"]


def test_references_are_listed(editor: Editor, text: str) -> None:
    editor.open(NAME)
    found = editor.at(
        NAME, *place(text, "- stepId: cancel"), "references", context={"includeDeclaration": True}
    )
    assert len(found) == text.count("cancelJob")


def test_the_outline_has_workflows_steps_and_outputs(editor: Editor) -> None:
    editor.open(NAME)
    asked = {"textDocument": {"uri": editor.uri(NAME)}}
    source, workflow = editor.ask("textDocument/documentSymbol", asked)
    assert source["name"] == "jobsApi"
    assert workflow["name"] == "cancel-running-job"
    names = [each["name"] for each in workflow["children"]]
    assert names[-4:] == ["getJobStatus", "cancelJob", "confirmCancelled", "finalStatus"]


def test_nothing_is_said_of_files_that_are_no_arazzo_documents(editor: Editor) -> None:
    editor.open(OPENAPI)
    assert editor.at(OPENAPI, 0, 0, "hover") is None
    assert editor.at(OPENAPI, 0, 0, "completion") is None


OTHER = """\
arazzo: 1.0.1
info: {title: Work, version: 1.0.0}
sourceDescriptions:
  - {name: jobsApi, url: ibm-quantum-jobs.openapi.yaml, type: openapi}
  - {name: cancelling, url: cancel-running-job.arazzo.yaml, type: arazzo}
workflows:
  - workflowId: work
    inputs: {type: object, properties: {jobId: {type: string}, token: {type: string}, crn: {type: string}}}
    steps:
      - stepId: cancel
        workflowId: $sourceDescriptions.cancelling.cancel-running-job
        parameters:
          - reference: $components.parameters.job
          - {name: accessToken, value: $inputs.token}
          - {name: serviceCrn, value: $inputs.crn}
          - {name: apiVersion, value: '2025-05-01'}
      - stepId: again
        workflowId: rest
  - workflowId: rest
    steps:
      - stepId: idle
        workflowId: restAgain
  - workflowId: restAgain
    steps:
      - {stepId: stop, workflowId: $sourceDescriptions.cancelling.cancel-running-job}
components:
  parameters:
    job: {name: jobId, value: $inputs.jobId}
"""
OTHER_NAME = "work.arazzo.yaml"


def test_a_source_is_renamed_where_it_leads_to_another_document(editor: Editor) -> None:
    editor.open(OTHER_NAME, OTHER)
    at = place(OTHER, "- {name: cancel", "ling")
    answer = editor.at(OTHER_NAME, *at, "rename", newName="other")
    assert list(answer["changes"]) == [editor.uri(OTHER_NAME)]
    changed = applied(OTHER, answer["changes"][editor.uri(OTHER_NAME)])
    assert changed == OTHER.replace("cancelling", "other")


def test_a_workflow_is_renamed_in_open_documents_that_run_it(editor: Editor, text: str) -> None:
    editor.open(NAME)
    editor.open(OTHER_NAME, OTHER)
    at = place(text, "workflowId: cancel")
    answer = editor.at(NAME, *at, "rename", newName="stop-a-job")
    changes = answer["changes"]
    assert set(changes) == {editor.uri(NAME), editor.uri(OTHER_NAME)}
    changed = applied(OTHER, changes[editor.uri(OTHER_NAME)])
    assert changed == OTHER.replace("cancel-running-job\n", "stop-a-job\n").replace(
        "cancel-running-job}", "stop-a-job}"
    )


def test_an_input_is_renamed_in_open_documents_that_pass_it(editor: Editor, text: str) -> None:
    editor.open(NAME)
    editor.open(OTHER_NAME, OTHER)
    at = place(text, "value: $inputs.service")
    changes = editor.at(NAME, *at, "rename", newName="crn")["changes"]
    changed = applied(OTHER, changes[editor.uri(OTHER_NAME)])
    assert changed == OTHER.replace("name: serviceCrn", "name: crn")


def test_a_workflow_is_not_renamed_from_a_document_that_only_runs_it(editor: Editor) -> None:
    editor.open(OTHER_NAME, OTHER)
    line, character = place(OTHER, "cancelling.cancel-run")
    answer = editor.answer(
        "textDocument/rename",
        {
            "textDocument": {"uri": editor.uri(OTHER_NAME)},
            "position": {"line": line, "character": character},
            "newName": "other",
        },
    )
    assert "no name that the document gives" in answer["error"]["message"]


def test_a_workflow_of_another_document_is_found_there(editor: Editor, text: str) -> None:
    editor.open(OTHER_NAME, OTHER)
    found = editor.at(OTHER_NAME, *place(OTHER, "cancelling.cancel-run"), "definition")
    line, _ = place(text, "workflowId: cancel-running-job")
    assert (found["uri"], found["range"]["start"]["line"]) == (editor.uri(NAME), line)


def test_workflows_are_proposed_those_of_other_documents_too(editor: Editor) -> None:
    editor.open(OTHER_NAME, OTHER)
    at = place(OTHER, "stepId: idle\n        workflowId: ")
    items = editor.at(OTHER_NAME, *at, "completion")["items"]
    written = {each["label"]: each["textEdit"]["newText"] for each in items}
    assert written["restAgain"] == "restAgain"
    assert written["cancel-running-job"] == "$sourceDescriptions.cancelling.cancel-running-job"


def test_components_are_proposed(editor: Editor) -> None:
    editor.open(OTHER_NAME, OTHER)
    at = place(OTHER, "reference: $components.parameters.")
    labels = [each["label"] for each in editor.at(OTHER_NAME, *at, "completion")["items"]]
    assert any("job" in label for label in labels)


def test_what_a_baseline_knows_is_not_shown(tmp_path: Path, text: str) -> None:
    folder = prepared(tmp_path / "specs")
    known = "$inputs.accessToken"
    message = f"`{known}` is embedded in text without braces"
    entry = f'{{"file": "{NAME}", "code": "AZ501", "message": "{message}", "count": 1}}'
    (folder / "baseline.json").write_text(f'{{"version": 1, "findings": [{entry}]}}', "utf-8")
    (folder / "arazzoc.toml").write_text('[lint]\nbaseline = "baseline.json"\n', "utf-8")
    editor = Editor(folder)
    try:
        old = text.replace(f"{{{known}}}", known, 1)
        editor.open(NAME, old)
        assert editor.findings(NAME) == []
        editor.type(NAME, text.replace(f"{{{known}}}", known, 2))
        assert [each["code"] for each in editor.findings(NAME)] == ["AZ501"]
    finally:
        editor.kill()


def test_what_is_unused_is_shown_faded(editor: Editor, text: str) -> None:
    more = text.replace(
        "      jobStatus: $response.body#/status\n",
        "      jobStatus: $response.body#/status\n      more: $response.body#/status\n",
        1,
    )
    editor.open(NAME, more)
    (found,) = editor.findings(NAME)
    assert (found["code"], found["severity"], found["tags"]) == ("AZ431", 4, [1])
