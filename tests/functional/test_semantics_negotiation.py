"""Which representation of a resource is asked for, and what is known of the one that comes."""

from __future__ import annotations

import pytest

from tests.compiling import JOBS, Answer, compile_text, compile_workflow, errors, told

THING = "{type: object, required: [id], properties: {id: {type: string}}}"


def described(*types: str) -> str:
    """A description with one operation, `call`, whose response is a thing in each of the media types."""
    content = ", ".join(f"'{each}': {{schema: {THING}}}" for each in types)
    return f"""
openapi: 3.1.0
info: {{title: Things, version: 1.0.0}}
servers: [{{url: https://api.example}}]
paths:
  /things/{{id}}:
    get:
      operationId: call
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses: {{'200': {{description: A thing., content: {{{content}}}}}}}
"""


def workflow(output: str = "$response.body#/id", more: str = "", parameters: str = "") -> str:
    return f"""
steps:
  - stepId: call
    operationId: call
    parameters: [{{name: id, in: path, value: '1'}}{parameters}]
    outputs: {{id: {output}}}
{more}
outputs: {{id: $steps.call.outputs.id}}
"""


class TestAccept:
    @pytest.mark.parametrize(
        ("types", "asked"),
        [
            (("application/xml", "application/json"), "application/json"),
            (("application/hal+json", "application/json", "text/csv"), "application/json"),
            (("text/xml", "application/hal+json"), "application/hal+json"),
        ],
    )
    def test_json_is_asked_for_where_there_is_something_else(
        self, types: tuple[str, ...], asked: str
    ) -> None:
        module = compile_workflow(workflow(), described(*types))
        _, script = module.run(Answer(200, {"id": "1"}))
        assert script.sent[0].headers["Accept"] == asked

    @pytest.mark.parametrize("types", [("application/json",), ("text/csv", "text/xml"), ("*/*",)])
    def test_where_there_is_nothing_to_choose_nothing_is_asked_for(
        self, types: tuple[str, ...]
    ) -> None:
        module = compile_workflow(workflow(), described(*types))
        _, script = module.run(Answer(200, {"id": "1"}))
        assert "Accept" not in script.sent[0].headers

    def test_a_whole_body_that_may_be_a_file_is_left_to_the_server(self) -> None:
        described_ = described("application/json", "application/pdf")
        module = compile_workflow(workflow("$response.body"), described_)
        _, script = module.run(Answer(200, b"%PDF", {"Content-Type": "application/pdf"}))
        assert "Accept" not in script.sent[0].headers
        module = compile_workflow(workflow("$response.body#/id"), described_)
        _, script = module.run(Answer(200, {"id": "1"}))
        assert script.sent[0].headers["Accept"] == "application/json"

    def test_an_accept_parameter_goes_before(self) -> None:
        stated = workflow(
            "$response.body", parameters=", {name: accept, in: header, value: text/csv}"
        )
        module = compile_workflow(stated, described("application/json", "text/csv"))
        _, script = module.run(Answer(200, b"id", {"Content-Type": "text/csv"}))
        assert [each for each in script.sent[0].headers if each.lower() == "accept"] == ["accept"]

    def test_a_step_with_an_xpath_asks_for_xml(self) -> None:
        xpath = "    successCriteria: [{context: $response.body, type: xpath, condition: /thing}]"
        module = compile_workflow(
            workflow("$response.body", xpath), described("application/json", "application/xml")
        )
        _, script = module.run(Answer(200, b"<thing/>", {"Content-Type": "application/xml"}))
        assert script.sent[0].headers["Accept"] == "application/xml"

    def test_what_is_asked_for_can_be_read(self) -> None:
        module = compile_workflow(
            workflow("$request.header.Accept"), described("application/json", "text/csv")
        )
        result, _ = module.run(Answer(200, {"id": "1"}))
        assert result.id == "application/json"


class TestWhatIsKnown:
    @pytest.mark.parametrize("types", [("*/*",), ("application/json", "application/xml")])
    def test_the_schema_of_json_counts(self, types: tuple[str, ...]) -> None:
        module = compile_workflow(workflow(), described(*types))
        assert "id: str" in module.source
        module.fail(Answer(200, {}))

    @pytest.mark.parametrize("types", [("*/*",), ("application/json", "application/xml")])
    def test_a_whole_body_is_no_segment_of_a_path(self, types: tuple[str, ...]) -> None:
        again = (
            "  - {stepId: again, operationId: call, "
            "parameters: [{name: id, in: path, value: $steps.call.outputs.id}]}"
        )
        result = compile_text(workflow("$response.body", again), described(*types))
        assert errors(result) == ["AZ312"]

    @pytest.mark.parametrize("types", [("*/*",), ("application/json", "text/xml")])
    def test_what_the_schema_does_not_have_is_told(self, types: tuple[str, ...]) -> None:
        result = compile_text(workflow("$response.body#/ident"), described(*types))
        assert told(result)[0].startswith("AZ221 the response of step `call` has no member `ident`")

    def test_something_else_in_its_place_fails_the_step(self) -> None:
        module = compile_workflow(workflow(), described("application/json", "application/xml"))
        error, _ = module.fail(Answer(200, b"<id/>", {"Content-Type": "application/xml"}))
        assert "with a body of application/xml, not JSON" in str(error)


class TestSingleValues:
    """What a server sends is not held to its description, and often none has been written."""

    @pytest.mark.parametrize("template", ["/jobs/{id}", "/jobs/{+id}"])
    @pytest.mark.parametrize("body", [{"id": "1"}, ["1"]])
    def test_an_object_or_a_list_is_no_segment_of_a_path(self, template: str, body: object) -> None:
        openapi = JOBS.replace("/jobs/{id}", template)
        module = compile_workflow(
            """
            steps:
              - {stepId: list, operationId: list, outputs: {id: $response.body}}
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $steps.list.outputs.id}]
            """,
            openapi,
            warns=("AZ602",) if "+" in template else (),
        )
        error, script = module.fail(Answer(200, body))
        assert script.calls == ["GET /jobs"]
        assert type(error).__name__ == "InvalidValue"
        assert "single value" in str(error)


class TestRanges:
    """Descriptions declare bodies of ranges of media types; what is sent is of one type."""

    @pytest.mark.parametrize(
        ("declared", "sent"),
        [
            ("'*/*': {schema: {type: object}}", "application/json"),
            ("application/*: {}", "application/json"),
            ("application/*+json: {}", "application/json"),
            ("application/json-patch+json: {}, application/json: {}", "application/json"),
            ("application/vnd.a+json: {}, text/csv: {}", "application/vnd.a+json"),
        ],
    )
    def test_a_type_within_the_range_is_sent(self, declared: str, sent: str) -> None:
        openapi = JOBS.replace("application/json: {schema: {type: object}}", declared, 1)
        module = compile_workflow(
            "steps: [{stepId: submit, operationId: submit, requestBody: {payload: {a: 1}}}]",
            openapi,
        )
        _, script = module.run(Answer(201, {"id": "1", "status": "Queued"}))
        assert script.sent[0].headers["Content-Type"] == sent
        assert script.sent[0].json == {"a": 1}

    def test_a_range_of_files_is_a_file_of_unknown_type(self) -> None:
        openapi = JOBS.replace("application/json: {schema: {type: object}}", "image/*: {}", 1)
        module = compile_workflow(
            """
            inputs: {type: object, required: [f], properties: {f: {type: string, format: binary}}}
            steps: [{stepId: submit, operationId: submit, requestBody: {payload: $inputs.f}}]
            """,
            openapi,
        )
        _, script = module.run(Answer(201, {"id": "1", "status": "Queued"}), f=b"\x89PNG")
        assert script.sent[0].headers["Content-Type"] == "application/octet-stream"
        assert script.sent[0].body == b"\x89PNG"

    def test_a_range_that_the_step_states_is_warned(self) -> None:
        openapi = JOBS.replace(
            "application/json: {schema: {type: object}}",
            "application/json: {}, application/*+json: {}",
            1,
        )
        module = compile_workflow(
            """
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {contentType: application/*+json, payload: {a: 1}}
            """,
            openapi,
            warns=("AZ516",),
        )
        _, script = module.run(Answer(201, {"id": "1", "status": "Queued"}))
        assert script.sent[0].headers["Content-Type"] == "application/json"
