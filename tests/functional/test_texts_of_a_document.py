"""What becomes of the texts of a document: titles, summaries and descriptions, ids, and its own address."""

from __future__ import annotations

from tests.compiling import Answer, Compiled, compile_text, compile_workflow

DOCUMENT = """
arazzo: 1.1.0
$self: https://example.com/jobs.arazzo.yaml
info:
  title: Work on jobs
  summary: A title in a few words more.
  description: How jobs are read.
  version: 2.5.0
sourceDescriptions:
  - {name: api, url: api.yaml, type: openapi}
workflows:
  - workflowId: flow
    summary: Read one job.
    description: It is read once.
    inputs: {$ref: '#/components/inputs/job'}
    steps:
      - stepId: readJob
        description: Ask for the job.
        operationPath: '{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}/get'
        parameters:
          - {name: id, in: path, value: $inputs.id}
          - reference: $components.parameters.trace
            value: another trace
    outputs:
      document: $self
      description: $sourceDescriptions.api.url
components:
  inputs:
    job: {type: object, required: [id], properties: {id: {type: string, description: Which one.}}}
  parameters:
    trace: {name: X-Trace, in: header, value: a trace}
"""


def _compiled() -> Compiled:
    return compile_workflow(DOCUMENT, warns=("AZ310",))


def test_info_is_the_docstring_of_the_module() -> None:
    text = _compiled().module.__doc__
    assert text.startswith("Work on jobs, version 2.5.0.")
    assert "A title in a few words more." in text
    without = compile_workflow(DOCUMENT.replace("  summary: A", "  x-other: A"), warns=("AZ310",))
    assert "How jobs are read." in without.module.__doc__


def test_summary_and_description_are_the_docstring_of_the_function() -> None:
    text = _compiled().module.flow.__doc__
    assert text.startswith("Read one job.")
    assert "It is read once." in text
    assert "id: Which one." in text


def test_id_and_description_of_a_step_are_a_comment() -> None:
    assert "# readJob: ask for the job." in _compiled().source


def test_the_address_of_a_document_is_a_value() -> None:
    outputs, script = _compiled().run(Answer(), id="1")
    assert outputs.document == "https://example.com/jobs.arazzo.yaml"
    assert outputs.description == "api.yaml"
    assert script.sent[0].headers["X-Trace"] == "another trace"


def test_extensions_are_left_alone_wherever_they_stand() -> None:
    text = DOCUMENT.replace("title: Work", "x-own: [1]\n  title: Work")
    text = text.replace("operationPath:", "x-own: {a: 1}\n        operationPath:")
    text = text.replace("summary: Read one job.", "x-own: true\n    summary: Read one job.")
    text = text.replace("name: X-Trace", "x-own: 1, name: X-Trace")
    assert compile_text(text).has_errors is False
