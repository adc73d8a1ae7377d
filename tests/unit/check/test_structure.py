"""What users see of schemas of inputs that are none, and of what is stated in vain."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told, workflow


def inputs(schema: str) -> list[str]:
    return told(compile_text(f"inputs: {schema}\nsteps: [{{stepId: list, operationId: list}}]"))


@pytest.mark.parametrize(
    ("schema", "line"),
    [
        (
            "{type: object, properties: {a: {type: strng}}}",
            "AZ124 `strng` is no type of JSON Schema => did you mean `string`?",
        ),
        (
            "{type: object, properties: {a: {type: [string, null]}}}",
            "AZ124 `None` is no type of JSON Schema => there are `string`,",
        ),
        (
            "{type: object, properties: {a: {type: string, enum: [1, 2]}}}",
            "AZ124 no value of the `enum` is of type `string` => mend the type, or the values",
        ),
        (
            "{type: object, properties: {a: {type: array, items: {type: date}}}}",
            "AZ124 `date` is no type of JSON Schema",
        ),
        (
            "{type: object, properties: {a: {}}, required: true}",
            "AZ124 `required` must be a list of names",
        ),
        (
            "{type: object, properties: {limit: {}}, required: [limits]}",
            "AZ126 `limits` is required, but `properties` does not declare it"
            " => did you mean `limit`?",
        ),
        (
            "{type: object, properties: {a: {type: object, properties: {b: {}}, required: [c]}}}",
            "AZ126 `c` is required, but `properties` does not declare it",
        ),
    ],
)
def test_a_schema_of_inputs_that_does_not_say_what_it_seems_to(schema: str, line: str) -> None:
    (found,) = inputs(schema)
    assert found.startswith(line)


@pytest.mark.parametrize(
    "schema",
    [
        "{type: object, properties: {a: {type: [string, 'null']}}}",
        "{type: object, properties: {a: {enum: [1, b]}}}",
        "{type: object, properties: {a: {type: integer, enum: [1, 2.0]}}}",
        "{type: object, properties: {a: {type: [string, integer], enum: [1, 2]}}}",
        "{type: object, properties: {type: {type: string}}}",
        "{type: object, required: [a]}",
        "{type: object, properties: {a: {}}, required: [b], allOf: [{properties: {b: {}}}]}",
    ],
)
def test_a_schema_of_inputs_that_is_one(schema: str) -> None:
    assert [line for line in inputs(schema) if line.startswith("AZ12")] == []


def test_a_schema_in_a_file_of_its_own_is_told_of_there() -> None:
    flow = "inputs: {$ref: inputs.yaml}\nsteps: [{stepId: list, operationId: list}]"
    schema = "type: object\nproperties: {id: {type: 5}}\n"
    (found,) = compile_text(flow, beside={"inputs.yaml": schema}).diagnostics
    assert (found.rule.code, found.message) == ("AZ124", "`5` is no type of JSON Schema")
    assert found.span.file.endswith("inputs.yaml")
    assert found.span.start.line == 2


def test_schemas_that_refer_to_one_another_are_looked_at_once() -> None:
    """Each way through them would be another one: five to the power of their number."""
    again = ", ".join(f"p{number}: {{$ref: '#/components/inputs/A'}}" for number in range(5))
    members = f"{{{again}, x: {{type: strng}}}}"
    flow = workflow(
        "inputs: {$ref: '#/components/inputs/A'}\nsteps: [{stepId: list, operationId: list}]"
    )
    flow += f"components: {{inputs: {{A: {{type: object, properties: {members}}}}}}}\n"
    assert told(compile_text(flow)) == [
        "AZ124 `strng` is no type of JSON Schema => did you mean `string`?"
    ]


def test_an_output_that_is_text() -> None:
    steps = "steps: [{stepId: list, operationId: list, outputs: {state: body.state}}]\n"
    (line,) = told(compile_text(f"{steps}outputs: {{state: $steps.list.outputs.state}}"))
    assert line == (
        "AZ208 output `state` is always the text `body.state`"
        " => write an expression, such as `$response.body#/id`"
    )


def test_a_reference_within_the_inputs_means_the_outermost_definitions() -> None:
    found = told(compile_text("""
            inputs:
              type: object
              required: [id]
              properties:
                id: {$ref: '#/$defs/Id', $defs: {Id: {type: integer}}}
              $defs: {Id: {type: string}}
            steps: [{stepId: read, operationId: read, parameters: [{name: id, in: path, value: $inputs.id}]}]
            """))
    assert [line for line in found if "begins at the document" in line] == [
        "AZ521 `#/$defs/Id` begins at the document, which has no such definitions"
        " => write `#/workflows/0/inputs/$defs/Id`, or give the schema an `$id`"
    ]
