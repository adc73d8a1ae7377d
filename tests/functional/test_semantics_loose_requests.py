"""What requests are taken for where a document or a description says them in a way of its own."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, compile_text, compile_workflow, errors, told

THINGS = """
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
"""
CALL = "steps: [{stepId: call, operationId: call}]"
JOB = {"id": "1", "status": "Queued"}
FINE = "responses: {'200': {description: Fine.}}"


def described(path: str, operation: str = "", method: str = "get") -> str:
    """A description with one operation, `call`; `operation` is what it has beside, in flow style."""
    return f"{THINGS}  '{path}':\n    {method}: {{operationId: call, {operation} {FINE}}}\n"


class TestQueriesInPaths:
    def test_a_query_in_a_path_is_sent_as_it_is_written(self) -> None:
        limit = "parameters: [{name: limit, in: query, schema: {type: integer}}],"
        module = compile_workflow(
            "steps: [{stepId: call, operationId: call, "
            "parameters: [{name: limit, in: query, value: 2}]}]",
            described("/things?full=true&note=a%20b", limit),
            warns=("AZ608",),
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].path == "/things"
        assert script.sent[0].query == [("full", "true"), ("note", "a b"), ("limit", "2")]

    def test_a_parameter_of_the_step_takes_its_place(self) -> None:
        full = "parameters: [{name: full, in: query, required: true, schema: {type: string}}],"
        module = compile_workflow(
            "steps: [{stepId: call, operationId: call, "
            "parameters: [{name: full, in: query, value: no}]}]",
            described("/things?full=yes", full),
            warns=("AZ608",),
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].query == [("full", "no")]

    def test_a_required_parameter_that_the_path_states_is_not_missing(self) -> None:
        full = "parameters: [{name: full, in: query, required: true, schema: {type: string}}],"
        module = compile_workflow(CALL, described("/things?full=yes", full), warns=("AZ608",))
        _, script = module.run(Answer(200))
        assert script.sent[0].query == [("full", "yes")]

    def test_a_placeholder_of_a_declared_parameter_says_nothing_more(self) -> None:
        find = "parameters: [{name: q, in: query, schema: {type: string}}],"
        module = compile_workflow(CALL, described("/things?q={q}", find), warns=("AZ608",))
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things"

    def test_a_fragment_is_not_sent(self) -> None:
        module = compile_workflow(CALL, described("/#Action=List"), warns=("AZ608",))
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/"

    @pytest.mark.parametrize("path", ["/things?q={q}", "/things{?q}", "things?q=1"])
    def test_a_query_that_cannot_be_understood_is_an_error(self, path: str) -> None:
        result = compile_text(CALL, described(path))
        assert sorted(errors(result)) == ["AZ304", "AZ605"]
        assert any("is no path" in line for line in told(result))


INPUTS = (
    "inputs: {type: object, required: [id], "
    "properties: {id: {type: string}, wait: {type: boolean}, token: {type: string}}}"
)


class TestAllInputs:
    def test_all_inputs_are_an_object_of_those_that_are_given(self) -> None:
        module = compile_workflow(
            f"""
            {INPUTS}
            steps: [{{stepId: submit, operationId: submit, requestBody: {{payload: $inputs}}}}]
            """,
            warns=("AZ512",),
        )
        _, script = module.run(Answer(201, JOB), id="1", wait=False)
        assert script.sent[0].json == {"id": "1", "wait": False}

    @pytest.mark.parametrize("condition", ["$.wait == true", "$[?@.wait == true]"])
    def test_a_jsonpath_looks_at_one_of_them(self, condition: str) -> None:
        module = compile_workflow(
            f"""
            {INPUTS}
            steps:
              - stepId: submit
                operationId: submit
                onSuccess:
                  - name: done
                    type: end
                    criteria: [{{context: $inputs, condition: '{condition}', type: jsonpath}}]
              - {{stepId: read, operationId: read, parameters: [{{name: id, in: path, value: $inputs.id}}]}}
            """,
            warns=("AZ506", "AZ512") if condition.startswith("$.") else ("AZ512",),
        )
        _, script = module.run(Answer(201, JOB), id="1", wait=True)
        assert script.calls == ["POST /jobs"]
        _, script = module.run(Answer(201, JOB), Answer(200, JOB), id="1", wait=False)
        assert script.calls == ["POST /jobs", "GET /jobs/1"]
        _, script = module.run(Answer(201, JOB), Answer(200, JOB), id="1")
        assert script.calls == ["POST /jobs", "GET /jobs/1"]

    def test_an_input_that_is_not_given_equals_null(self) -> None:
        module = compile_workflow(
            f"""
            {INPUTS}
            steps:
              - stepId: submit
                operationId: submit
                successCriteria: [{{context: $inputs, condition: $.wait != null, type: jsonpath}}]
            """,
            warns=("AZ506", "AZ512"),
        )
        module.run(Answer(201, JOB), id="1", wait=False)
        module.fail(Answer(201, JOB), id="1")

    def test_a_pointer_leads_to_one_of_them(self) -> None:
        module = compile_workflow(
            f"""
            {INPUTS}
            steps:
              - {{stepId: read, operationId: read, parameters: [{{name: id, in: path, value: $inputs#/id}}]}}
            """,
            warns=("AZ512",),
        )
        _, script = module.run(Answer(200, JOB), id="7")
        assert script.calls == ["GET /jobs/7"]

    def test_the_word_within_text_is_text(self) -> None:
        module = compile_workflow(f"""
            {INPUTS}
            steps: [{{stepId: submit, operationId: submit, requestBody: {{payload: {{note: see $inputs}}}}}}]
            """)
        _, script = module.run(Answer(201, JOB), id="1")
        assert script.sent[0].json == {"note": "see $inputs"}
