"""What a document is taken for that says what it means in a way of its own."""

from __future__ import annotations

import pytest

from tests.compiling import JOBS, Answer, compile_text, compile_workflow, errors, told

JOB = {"id": "7", "status": "Queued"}
BARE = """
arazzo: 1.0.1
info: {title: Test, version: 1.0.0, summary: , description: null}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
components:
workflows:
  - workflowId: flow
    description:
    inputs:
    dependsOn:
    parameters:
    steps:
      - stepId: read
        description:
        operationId: null
        operationPath: '{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}/get'
        workflowId: null
        parameters: [{name: id, in: path, value: '7', reference: null}]
        requestBody: null
        successCriteria:
        onSuccess: [{name: done, type: end, stepId: null, workflowId: null, criteria: null}]
        onFailure:
        outputs: {status: $response.body#/status}
    successActions: null
    outputs: {status: $steps.read.outputs.status}
"""


def read(target: str, fields: str = "") -> str:
    """A workflow that reads job 7; `target` says by which operation."""
    return (
        f"steps: [{{stepId: read, {target}, parameters: [{{name: id, in: path, value: '7'}}], "
        f"{fields}outputs: {{status: $response.body#/status}}}}]\n"
        "outputs: {status: $steps.read.outputs.status}"
    )


class TestFields:
    def test_an_optional_field_without_a_value_counts_as_left_out(self) -> None:
        result, script = compile_workflow(BARE, warns=("AZ517",)).run(Answer(200, JOB))
        assert result.status == "Queued"
        assert script.calls == ["GET /jobs/7"]

    def test_a_required_field_without_a_value_is_an_error(self) -> None:
        result = compile_text("steps:")
        assert told(result) == ["AZ105 `steps` must be a list, not nothing => give it a value"]

    def test_a_payload_of_null_is_sent(self) -> None:
        module = compile_workflow(
            "steps: [{stepId: submit, operationId: submit, "
            "requestBody: {contentType: application/json, payload: null}}]",
            JOBS.replace("{schema: {type: object}}", "{schema: {}}"),
        )
        _, script = module.run(Answer(201, JOB))
        assert script.sent[0].body == b"null"

    def test_a_field_that_only_tells_readers_something_changes_nothing(self) -> None:
        arazzo = read(
            "operationId: read, name: Read it, tags: [jobs]",
            "successCriteria: [{condition: $statusCode == 200, description: There.}], ",
        )
        result, _ = compile_workflow(arazzo, warns=("AZ518",)).run(Answer(200, JOB))
        assert result.status == "Queued"

    def test_any_other_field_that_does_not_exist_is_an_error(self) -> None:
        assert errors(compile_text(read("operationId: read, when: $inputs.x"))) == ["AZ104"]

    @pytest.mark.parametrize("word", ["Path", "PATH"])
    def test_a_word_in_another_case_is_taken_as_meant(self, word: str) -> None:
        arazzo = read("operationId: read").replace("in: path", f"in: {word}")
        _, script = compile_workflow(arazzo, warns=("AZ519",)).run(Answer(200, JOB))
        assert script.calls == ["GET /jobs/7"]


class TestOperations:
    @pytest.mark.parametrize(
        "path",
        [
            "api#/paths/~1jobs~1{id}/get",
            "$sourceDescriptions.api.url#/paths/~1jobs~1{id}/get",
            "{$sourceDescriptions.api.url}/paths/~1jobs~1{id}/get",
            "./api.yaml#/paths/~1jobs~1{id}/get",
            "api.yaml#/paths/~1jobs~1{id}/get",
            "#/paths/~1jobs~1{id}/get",
        ],
    )
    def test_a_source_may_be_named_by_its_url_or_be_the_only_one(self, path: str) -> None:
        module = compile_workflow(read(f"operationPath: '{path}'"), warns=("AZ509",))
        assert module.run(Answer(200, JOB))[1].calls == ["GET /jobs/7"]

    @pytest.mark.parametrize(
        "path",
        [
            "{$sourceDescriptions.api.url}#/paths/jobs/{id}/get",
            "{$sourceDescriptions.api.url}#/paths//jobs/{id}/get",
            "{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}/get/",
            "GET /jobs/{id}",
            "get /jobs/{id}",
            "{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}/GET",
        ],
    )
    def test_a_path_that_is_no_pointer_is_taken_where_it_means_one_operation(
        self, path: str
    ) -> None:
        module = compile_workflow(read(f"operationPath: '{path}'"), warns=("AZ520",))
        assert module.run(Answer(200, JOB))[1].calls == ["GET /jobs/7"]

    def test_a_pointer_may_be_percent_encoded(self) -> None:
        path = "{$sourceDescriptions.api.url}#/paths/~1jobs~1%7Bid%7D/get"
        module = compile_workflow(read(f"operationPath: '{path}'"))
        assert module.run(Answer(200, JOB))[1].calls == ["GET /jobs/7"]

    def test_a_path_that_two_descriptions_have_at_other_servers_is_an_error(self) -> None:
        text = BARE.replace("{$sourceDescriptions.api.url}#", "#").replace(
            "type: openapi}", "type: openapi}, {name: other, url: other.yaml, type: openapi}"
        )
        other = JOBS.replace("https://api.example", "https://other.example")
        found = told(compile_text(text, beside={"other.yaml": other}))
        assert [line for line in found if not line.startswith("AZ517")] == [
            "AZ303 `#/paths/~1jobs~1{id}/get` is not a source's URL with a JSON Pointer behind `#`"
            " => write `{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}/get`"
            " or `{$sourceDescriptions.other.url}#/paths/~1jobs~1{id}/get`"
        ]

    @pytest.mark.parametrize(
        "name",
        [
            "api.read",
            "api#read",
            "$api.read",
            "'{$sourceDescriptions.api}.read'",
            "$sourceDescriptions.api.operations.read",
        ],
    )
    def test_an_operation_of_a_source_may_be_named_in_other_ways(self, name: str) -> None:
        module = compile_workflow(read(f"operationId: {name}"), warns=("AZ509",))
        assert module.run(Answer(200, JOB))[1].calls == ["GET /jobs/7"]


class TestInputs:
    STEPS = (
        "steps: [{stepId: read, operationId: read, "
        "parameters: [{name: id, in: path, value: $inputs.id}]}]"
    )

    def test_definitions_of_the_inputs_are_found_in_their_schema(self) -> None:
        inputs = (
            "inputs: {type: object, required: [id], properties: {id: {$ref: '#/$defs/Id'}}, "
            "$defs: {Id: {type: string}}}\n"
        )
        module = compile_workflow(inputs + self.STEPS, warns=("AZ521",))
        assert module.run(Answer(200, JOB), id="7")[1].calls == ["GET /jobs/7"]
        assert "id: str," in module.source

    def test_within_a_schema_with_an_id_they_are_where_they_belong(self) -> None:
        inputs = (
            "inputs: {$id: 'https://x.example/', type: object, required: [id], "
            "properties: {id: {$ref: '#/$defs/Id'}}, $defs: {Id: {type: string}}}\n"
        )
        module = compile_workflow(inputs + self.STEPS)
        assert "id: str," in module.source

    def test_what_only_some_alternatives_have_is_optional(self) -> None:
        inputs = (
            "inputs:\n  oneOf:\n"
            "    - {type: object, required: [id], properties: {id: {type: string}}}\n"
            "    - {type: object, required: [note], properties: {note: {type: string}}}\n"
        )
        module = compile_workflow(inputs + self.STEPS, warns=("AZ219",))
        assert module.run(Answer(200, JOB), id="7")[1].calls == ["GET /jobs/7"]
        assert "note: str | None = None," in module.source

    def test_inputs_whose_schema_holds_itself_are_read_once(self) -> None:
        itself = "{$ref: '#/workflows/0/inputs'}"
        inputs = (
            "inputs:\n  type: object\n  required: [id]\n  properties: {id: {type: string}}\n"
            f"  allOf: [{itself}, {itself}]\n  oneOf: [{itself}, {itself}]\n"
        )
        module = compile_workflow(inputs + self.STEPS)
        assert "id: str," in module.source

    def test_what_is_required_and_not_described_takes_anything(self) -> None:
        inputs = "inputs: {type: object, properties: {note: {}}, required: [id]}\n"
        module = compile_workflow(inputs + self.STEPS, warns=("AZ126",))
        assert module.run(Answer(200, JOB), id=7)[1].calls == ["GET /jobs/7"]
        assert "id: Any," in module.source

    def test_a_required_name_that_is_misspelt_is_no_input(self) -> None:
        inputs = "inputs: {type: object, required: [iid], properties: {iid_: {type: string}}}\n"
        result = compile_text(inputs + "steps: [{stepId: list, operationId: list}]")
        assert [each.keyword for each in result.modules[0].workflows[0].inputs] == ["iid"]

    def test_a_default_of_another_type_is_passed_as_it_is_written(self) -> None:
        module = compile_workflow(
            "inputs: {type: object, properties: {n: {type: integer, default: '10'}}}\n"
            "steps: [{stepId: submit, operationId: submit, requestBody: {payload: {n: $inputs.n}}}]",
            warns=("AZ331",),
        )
        assert module.run(Answer(201, JOB))[1].sent[0].json == {"n": "10"}
        assert module.run(Answer(201, JOB), n=3)[1].sent[0].json == {"n": 3}
        assert "n: int | str = '10'" in module.source.replace('"', "'")

    def test_a_file_has_no_default(self) -> None:
        found = told(compile_text(
            "inputs: {type: object, properties: {f: {type: string, format: binary, default: ''}}}\n"
            "steps: [{stepId: list, operationId: list}]"
        ))  # fmt: skip
        assert found == ["AZ331 input `f` takes a file, which no default can state => remove it"]
