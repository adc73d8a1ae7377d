"""What would be sent wrongly is refused or encoded, and what may be secret is not shown."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, compile_text, compile_workflow, errors, told

JOB = {"id": "1", "status": "Queued"}


def described(path: str, *, server: str = "https://api.example", operation: str = "") -> str:
    """A description with one operation, `call`; `operation` is a member more."""
    return f"""
openapi: 3.1.0
info: {{title: Things, version: 1.0.0}}
servers: [{{url: '{server}'}}]
paths:
  '{path}':
    post:
      operationId: call
      responses: {{'200': {{description: Fine.}}}}
      {operation}
"""


CALL = "steps: [{stepId: call, operationId: call}]"


@pytest.mark.parametrize("path", ["@evil.example/x", "things"])
def test_a_path_that_would_lead_elsewhere_is_refused(path: str) -> None:
    result = compile_text(CALL, described(path))
    assert "AZ605" in errors(result), told(result)
    assert result.modules == ()


def test_characters_that_no_url_holds_are_encoded() -> None:
    _, script = compile_workflow(CALL, described("/my things/%20/ü")).run(Answer())
    assert script.calls == ["POST /my%20things/%20/%C3%BC"]


@pytest.mark.parametrize("server", ["https://api.example/v1?key=1", "https://api.example#v1"])
def test_a_server_behind_which_no_path_can_stand_has_to_be_passed(server: str) -> None:
    flow = compile_workflow(CALL, described("/things", server=server), warns=("AZ607",))
    _, script = flow.run(Answer(), api_url="https://mine.example")
    assert script.sent[0].url == "https://mine.example/things"


def test_a_server_with_a_broken_address_is_no_fault_of_the_compiler() -> None:
    compile_workflow(CALL, described("/things", server="https://[::1"))


def test_a_literal_path_parameter_stays_one_segment() -> None:
    parameter = "{name: id, in: path, required: true, schema: {type: string}}"
    flow = compile_workflow(
        """
        steps:
          - stepId: call
            operationId: call
            parameters: [{name: id, in: path, value: '..'}]
        """,
        described("/things/{id}", operation=f"parameters: [{parameter}]"),
    )
    _, script = flow.run(Answer())
    assert script.calls == ["POST /things/%2E%2E"]


def test_a_form_that_is_one_text_is_sent_as_it_is() -> None:
    flow = compile_workflow(
        """
        inputs: {type: object, required: [fields], properties: {fields: {type: string}}}
        steps:
          - stepId: call
            operationId: call
            requestBody: {payload: $inputs.fields}
        """,
        described(
            "/things",
            operation="requestBody: {content: {application/x-www-form-urlencoded: {schema: {}}}}",
        ),
    )
    _, script = flow.run(Answer(), fields="a=1&b=2")
    assert script.sent[0].body == b"a=1&b=2"


def test_an_error_shows_no_values_of_objects() -> None:
    flow = compile_workflow("""
        steps:
          - stepId: submit
            operationId: submit
            successCriteria: [{condition: $response.body#/result == 'done'}]
        """)
    secrets = {"token": "t0ken", "more": [{"password": "p4ss"}]}
    error, _ = flow.fail(Answer(201, {**JOB, "result": secrets}))
    assert "t0ken" not in str(error)
    assert "p4ss" not in f"{error} {error!r}"
    assert "{'token': ..., 'more': ...}" in str(error)


def test_numbers_that_json_does_not_know_are_no_json() -> None:
    flow = compile_workflow("""
        steps: [{stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}]
        outputs: {id: $steps.submit.outputs.id}
        """)
    answer = Answer(201, b'{"id": NaN, "status": "x"}', {"content-type": "application/json"})
    error, _ = flow.fail(answer)
    assert type(error).__name__ == "OutputMissing"


def test_a_workflow_may_bear_the_name_of_any_import() -> None:
    result = compile_text("""
        arazzo: 1.0.1
        info: {title: Test, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - {workflowId: annotations, steps: [{stepId: s, operationId: list}]}
        """)
    (module,) = result.modules
    assert "def annotations_(" in module.source


@pytest.mark.parametrize("kind", ["integer", "array", "boolean"])
def test_a_form_that_is_neither_object_nor_text_is_refused(kind: str) -> None:
    result = compile_text(
        f"""
        inputs: {{type: object, required: [fields], properties: {{fields: {{type: {kind}}}}}}}
        steps: [{{stepId: call, operationId: call, requestBody: {{payload: $inputs.fields}}}}]
        """,
        described(
            "/things",
            operation="requestBody: {content: {application/x-www-form-urlencoded: {schema: {}}}}",
        ),
    )
    assert errors(result) == ["AZ340"], told(result)


def test_what_an_earlier_step_needed_is_not_tested_again() -> None:
    flow = compile_workflow(
        """
        inputs: {type: object, properties: {id: {type: string}}}
        steps:
          - {stepId: read, operationId: read, parameters: [{name: id, in: path, value: $inputs.id}]}
          - stepId: list
            operationId: list
            parameters: [{name: X-Trace, in: header, value: 'id {$inputs.id}'}]
        """,
        warns=("AZ219",),
    )
    assert flow.source.count("if not id:") == 1
    _, script = flow.run(Answer(200, JOB), Answer(200, []), id="7")
    assert script.sent[1].headers["X-Trace"] == "id 7"


def test_steps_without_ids_are_told_of_and_nothing_fails() -> None:
    step = "{operationId: call, outputs: {OUTPUT: $response.header.ETag}}"
    steps = f"steps: [{step.replace('OUTPUT', 'one')}, {step.replace('OUTPUT', 'other')}]"
    assert errors(compile_text(steps, described("/things"))) == ["AZ103", "AZ103"]
