"""A fault is told once, where it is, and not once more for each of its consequences."""

from __future__ import annotations

import pytest

from arazzoc.diagnostics.model import Severity
from tests.compiling import compile_text, told

READ = """
inputs: {type: object, required: [id], properties: {id: {type: string}}}
steps:
  - stepId: read
    operationId: read
    parameters: [PARAMETER]
"""


def found(text: str) -> list[str]:
    return told(compile_text(text))


def test_the_frame_is_right() -> None:
    assert found(READ.replace("PARAMETER", "{name: id, in: path, value: $inputs.id}")) == []


@pytest.mark.parametrize(
    ("parameter", "code"),
    [
        ("{name: id, value: $inputs.id}", "AZ116"),
        ("{name: id, in: body, value: $inputs.id}", "AZ106"),
        ("{reference: $components.parameters.id}", "AZ118"),
        ("{in: path, value: $inputs.id}", "AZ103"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_not_missed_as_well(parameter: str, code: str) -> None:
    (message,) = found(READ.replace("PARAMETER", parameter))
    assert message.startswith(code)


def test_a_step_without_parameters_misses_the_required_one() -> None:
    assert found(READ.replace("PARAMETER", "")) == [
        (
            "AZ311 operation `read` requires path parameter `id`"
            " => pass the parameter `id` with `in: path`"
        )
    ]


def test_an_input_is_not_missed_where_the_schema_leads_nowhere() -> None:
    text = READ.replace("PARAMETER", "{name: id, in: path, value: $inputs.id}")
    inputs = "{type: object, required: [id], properties: {id: {type: string}}}"
    assert found(text.replace(inputs, "{$ref: '#/components/inputs/job'}")) == [
        (
            "AZ008 the reference `#/components/inputs/job` leads nowhere:"
            " the document has no `components`"
        )
    ]


@pytest.mark.parametrize(
    "schema",
    [
        "{type: array, items: {$ref: '#/x-gone'}}",
        "{allOf: [{$ref: '#/x-gone'}]}",
        "{type: object, properties: {default: {$ref: '#/x-gone'}}}",
    ],
)
def test_references_are_followed_at_any_depth_of_the_inputs(schema: str) -> None:
    text = READ.replace("PARAMETER", "{name: id, in: path, value: $inputs.id}")
    codes = [message[:5] for message in found(text.replace("{type: string}", schema))]
    assert [code for code in codes if code != "AZ312"] == [
        "AZ008"
    ]  # lists are no ids: a fault of its own


@pytest.mark.parametrize(
    "schema",
    [
        "{type: string, default: {$ref: '#/x-gone'}}",
        "{enum: [{$ref: '#/x-gone'}]}",
        "{type: object, properties: {$ref: {type: string}}}",
    ],
)
def test_data_and_names_are_no_references(schema: str) -> None:
    text = READ.replace("PARAMETER", "{name: id, in: path, value: $inputs.id}")
    assert "AZ008" not in str(found(text.replace("{type: string}", schema)))


def test_steps_of_a_source_that_could_not_be_read_are_told_of_once() -> None:
    messages = found("""
        arazzo: 1.0.1
        info: {title: Test, version: 1.0.0}
        sourceDescriptions: [{name: api, url: gone.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            steps:
              - {stepId: one, operationId: list}
              - {stepId: two, operationId: list}
              - {stepId: three, operationId: $sourceDescriptions.api.list}
        """)
    assert [message[:5] for message in messages] == ["AZ001", "AZ304"]


@pytest.mark.parametrize("braces", ["{$inputs.id}", "{$inputs.id: }", "\n        $inputs.id:"])
def test_an_expression_whose_braces_make_a_mapping(braces: str) -> None:
    message = (
        "AZ201 `{$inputs.id}` without quotes is a mapping in YAML"
        " => put quotes around it, or write `$inputs.id`"
    )
    block = READ.replace(
        "[PARAMETER]", "\n      - name: id\n        in: path\n        value: BRACES"
    )
    assert found(block.replace("BRACES", braces.replace("\n", "\n  "))) == [message]
    body = """
    inputs: {type: object, required: [id], properties: {id: {type: string}}}
    steps:
      - stepId: submit
        operationId: submit
        requestBody:
          payload:
            owner: {name: {$inputs.id}}
    """
    assert found(body) == [message]


def test_a_mapping_with_other_keys_is_no_expression() -> None:
    body = """
    steps:
      - stepId: submit
        operationId: submit
        requestBody: {payload: {$gt: 1, limits: {$lt: }}}
    """
    assert [message[:5] for message in found(body)] == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("inputs: [id]\nsteps: [STEP]\noutputs: {id: $inputs.id}", "AZ105"),
        ("steps: {read: STEP}\noutputs: {id: $steps.read.outputs.id}", "AZ105"),
        ("steps: [STEP, {operationId: list}]\noutputs: {id: $steps.other.outputs.id}", "AZ103"),
        (
            "steps: [{stepId: a, operationId: list, outputs: {id: 7}}]\n"
            "outputs: {id: $steps.a.outputs.id}",
            "AZ105",
        ),
        ("steps: [{stepId: a, operationId: submit, requestBody: [a]}]", "AZ105"),
    ],
)
def test_what_cannot_be_read_is_not_missed_where_it_is_used(fields: str, code: str) -> None:
    (message,) = found(fields.replace("STEP", "{stepId: a, operationId: list}"))
    assert message.startswith(code)


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_a_parameter_needs_a_value(value: str) -> None:
    assert found(READ.replace("PARAMETER", f"{{name: id, in: path, value: {value}}}")) == [
        "AZ105 `value` must be a value, not nothing => give it a value, or remove the parameter"
    ]


def test_a_property_of_the_inputs_stands_under_properties() -> None:
    text = READ.replace("PARAMETER", "{name: id, in: path, value: $inputs.id}")
    schema = "{type: object, required: [id], properties: {id: {type: string}}}"
    assert found(text.replace(schema, "{id: {type: string}}")) == [
        (
            "AZ210 workflow `flow` has no input `id`"
            " => `inputs` is a JSON Schema: declare `id` under its `properties`"
        )
    ]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (
            "operationId: GET /jobs/{id}",
            (
                "AZ301 source `api` has no operation `GET /jobs/{id}` => write"
                " `operationPath: '{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}/get'`"
            ),
        ),
        (
            "operationPath: /jobs",
            (
                "AZ303 `/jobs` is not a source's URL with a JSON Pointer behind `#`"
                " => write `{$sourceDescriptions.api.url}#/paths/~1jobs/post`"
            ),
        ),
        (
            "operationPath: '{$sourceDescriptions.api.url}#/paths/~1jobs~1{id}'",
            (
                "AZ303 `#/paths/~1jobs~1{id}` leads to no operation of source `api`"
                " => add the method: `#/paths/~1jobs~1{id}/get`"
            ),
        ),
    ],
)
def test_a_route_is_turned_into_an_operation_path(target: str, message: str) -> None:
    assert found(f"steps:\n  - stepId: read\n    {target}\n") == [message]


_LISTING = """
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /jobs:
    get:
      operationId: list
      responses:
        '200':
          description: The jobs.
          content:
            application/json:
              schema:
                type: object
                properties:
                  jobs: {type: array, items: {type: object, properties: {id: {type: string}}}}
  /jobs/{id}:
    delete:
      operationId: delete
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
"""


def deleting(value: str) -> list[str]:
    return told(
        compile_text(
            f"""
        steps:
          - {{stepId: list, operationId: list, outputs: {{jobs: $response.body#/jobs}}}}
          - {{stepId: delete, operationId: delete, parameters: [{{name: id, in: path, value: {value}}}]}}
        """,
            _LISTING,
        )
    )


def test_a_value_is_not_missed_where_the_way_to_it_leads_nowhere() -> None:
    (message,) = deleting("$steps.list.outputs.jobs#/id")
    assert message.startswith("AZ222 `/jobs` of the response of step `list` is a list")


def test_a_value_that_may_be_missing_is_told_where_the_way_is_right() -> None:
    (message,) = deleting("$steps.list.outputs.jobs#/0/id")
    assert message.startswith("AZ218 `$steps.list.outputs.jobs#/0/id` may have no value")


def test_an_object_in_the_place_of_one_value_is_not_missed_as_well() -> None:
    (message,) = deleting("$steps.list.outputs.jobs#/0")
    assert message.startswith(
        "AZ312 `$steps.list.outputs.jobs#/0` is an object, and path parameter"
    )


@pytest.mark.parametrize("value", ["[]", "{}"])
def test_nothing_in_a_path_is_told_once(value: str) -> None:
    (message,) = deleting(value)
    assert message.startswith("AZ311 path parameter `id` is given nothing")


def test_an_output_of_the_wrong_step_is_told_with_the_step_that_has_it() -> None:
    (message,) = told(
        compile_text(
            """
        steps:
          - {stepId: list, operationId: list, outputs: {jobs: $response.body#/jobs/0/id}}
          - {stepId: again, operationId: list, outputs: {first: $response.body#/jobs/0/id}}
        outputs: {jobs: $steps.again.outputs.jobs, first: $steps.again.outputs.first}
        """,
            _LISTING,
        )
    )
    assert message == (
        "AZ212 step `again` has no output `jobs`"
        " => step `list` has it: write `$steps.list.outputs.jobs`"
    )


def test_steps_of_one_id_are_not_missed_by_the_other_name() -> None:
    (message,) = told(
        compile_text(
            """
        steps:
          - {stepId: list, operationId: list, outputs: {jobs: $response.body#/jobs/0/id}}
          - {stepId: list, operationId: list, outputs: {first: $response.body#/jobs/0/id}}
        outputs: {jobs: $steps.list.outputs.jobs, first: $steps.again.outputs.first}
        """,
            _LISTING,
        )
    )
    assert message.startswith("AZ108 there are two steps `list` in this workflow")


def test_an_output_with_dots_that_leads_nowhere_has_one_finding_without_a_mend() -> None:
    assert deleting("$steps.list.outputs.jobs.id") == [
        "AZ502 `.id` is no way into a value,"
        " and `/jobs` of the response of step `list` is a list, which has no member `id`"
        " => choose an item, such as `$steps.list.outputs.jobs#/0/id`"
    ]


def test_a_way_that_leads_nowhere_is_shown_as_the_expression_to_write() -> None:
    (message,) = deleting("$steps.list.outputs.jobs#/id")
    assert message.endswith("=> choose an item, such as `$steps.list.outputs.jobs#/0/id`")


def test_a_type_that_is_not_taken_is_told_once_where_the_payload_does_not_suit_it() -> None:
    body = """
    steps:
      - stepId: submit
        operationId: submit
        requestBody: {contentType: application/xml, payload: {owner: {name: a}}}
    """
    (message,) = found(body)
    assert message.startswith("AZ321 operation `submit` does not take `application/xml`, which")


def test_a_reference_with_a_slip_in_its_key_lacks_nothing_else() -> None:
    messages = found(READ.replace("PARAMETER", "{refreence: $components.parameters.id}"))
    assert [each.partition(",")[0] for each in messages] == [
        "AZ104 `refreence` is not a field of a reusable object => did you mean `reference`?",
        "AZ118 there is no parameter `id` in `components.parameters`"
        " => the document has no `components.parameters`",
    ]


def test_a_list_whose_dash_has_no_blank_behind_it_is_not_missed() -> None:
    text = """
    steps:
      - stepId: list
        operationId: list
        successCriteria:
        -condition: $statusCode == 200
    """
    assert found(text) == [
        "AZ104 `-condition` is not a field of a step"
        " => write `- condition`, with a blank behind the dash"
    ]


def test_a_step_that_nothing_leads_to_is_an_error_where_its_outputs_are_read() -> None:
    result = compile_text(
        """
        steps:
          - {stepId: list, operationId: list, onSuccess: [{name: over, type: end}]}
          - {stepId: again, operationId: list, outputs: {job: $response.body#/jobs/0/id}}
        outputs: {job: $steps.again.outputs.job, same: $steps.again.outputs.job}
        """,
        _LISTING,
    )
    (message,) = told(result)
    assert message.startswith("AZ401 nothing leads to step `again`")
    (found_,) = result.diagnostics
    assert found_.severity is Severity.ERROR
    assert [each.message for each in found_.related] == ["its outputs are read"]


def test_a_name_that_is_misspelt_in_required_hides_no_other_input_that_may_be_missing() -> None:
    inputs = (
        "{type: object, required: [jobID], properties: {jobId: {type: string}, id: {type: string}}}"
    )
    text = f"""
    inputs: {inputs}
    steps:
      - {{stepId: read, operationId: read, parameters: [{{name: id, in: path, value: $inputs.id}}]}}
      - {{stepId: more, operationId: read, parameters: [{{name: id, in: path, value: $inputs.jobId}}]}}
    """
    first, second = found(text)
    assert first.startswith("AZ126 `jobID` is required, but `properties` does not declare it")
    assert second.startswith("AZ219 input `id` is optional")


def test_faults_in_one_line_are_no_echoes_of_one_another() -> None:
    steps = (
        "{stepId: read, operationId: read, parameters: [{name: id, in: path, value: inputs.id}],"
    )
    steps += " outputs: {other: a word}}"
    text = "inputs: {type: object, required: [id], properties: {id: {type: string}}}\n"
    lines = found(f"{text}steps: [{steps}]")
    assert sorted(line[:5] for line in lines) == ["AZ208", "AZ230"]


@pytest.mark.parametrize(
    ("name", "written", "mended"),
    [
        (
            "sources",
            "$sourceDescriptions.source.list",
            "$sourceDescriptions.sources.list",
        ),
        ("list", "$sourceDescriptions.list.lits", "$sourceDescriptions.list.list"),
        ("lits", "$sourceDescriptions.lits.lits", "$sourceDescriptions.lits.list"),
    ],
)
def test_a_slip_is_mended_where_it_is_and_not_where_the_same_letters_are(
    name: str, written: str, mended: str
) -> None:
    text = f"""
    arazzo: 1.0.1
    info: {{title: Jobs, version: 1.0.0}}
    sourceDescriptions: [{{name: {name}, url: api.yaml, type: openapi}}]
    workflows: [{{workflowId: main, steps: [{{stepId: list, operationId: {written}}}]}}]
    """
    (finding,) = compile_text(text, _LISTING).diagnostics
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == [mended]


def test_every_replacement_that_leads_nowhere_is_told() -> None:
    text = """
    steps:
      - stepId: submit
        operationId: submit
        requestBody:
          payload: {items: [{name: a}]}
          replacements:
            - {target: /items/1/name, value: b}
            - {target: /items/0/name, value: c}
            - {target: /items/2/name, value: d}
    """
    messages = [line.partition(" =>")[0] for line in found(text)]
    assert messages == [
        f"AZ322 `/items/{number}/name` leads nowhere in the payload" for number in (1, 2)
    ]


def test_what_other_tools_make_is_an_input() -> None:
    text = """
    steps:
      - {stepId: list, operationId: list, parameters: [{name: since, in: query, value: '{$now}'}]}
    """
    assert "AZ201 there is no runtime expression `$now` => no expression makes a value:" in str(
        found(text)
    )
