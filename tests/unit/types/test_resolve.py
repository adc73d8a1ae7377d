"""What users see of an expression that has no meaning where it stands."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, errors, told

ID = "parameters: [{name: id, in: path, value: $inputs.jobId}]"


def found(
    *,
    request: str = "$inputs.jobId",
    output: str = "$response.body",
    result: str = "$steps.read.outputs.x",
) -> list[str]:
    """The findings for a workflow with expressions in a parameter, an output, and a workflow's output."""
    return told(compile_text(f"""
            inputs:
              type: object
              required: [jobId, options]
              properties: {{jobId: {{type: string}}, options: {{type: object}}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{{name: id, in: path, value: {request!r}}}]
                outputs: {{x: {output!r}}}
              - stepId: later
                operationId: read
                parameters: [{{name: id, in: path, value: $inputs.jobId}}]
                outputs: {{y: $response.body}}
            outputs: {{result: {result!r}}}
            """))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$inputs.jobID", "AZ210 workflow `flow` has no input `jobID` => did you mean `jobId`?"),
        ("$inputs.job-id", "AZ210 workflow `flow` has no input `job-id` => did you mean `jobId`?"),
        ("$inputs.xyz", "AZ210 workflow `flow` has no input `xyz` => there is `jobId`, `options`"),
        (
            "$steps.raed.outputs.x",
            "AZ211 workflow `flow` has no step `raed` => did you mean `read`?",
        ),
        (
            "$steps.later.outputs.y",
            (
                "AZ214 step `later` has not run where `$steps.later.outputs.y` is read"
                " => refer to a step that runs before this one"
            ),
        ),
        (
            "$steps.read.outputs.x",
            (
                "AZ214 step `read` has not run where `$steps.read.outputs.x` is read"
                " => refer to a step that runs before this one"
            ),
        ),
        (
            "$response.body#/id",
            (
                "AZ215 `$response.body#/id` has no value in a request: no response is at hand there"
                " => read it in the step's `outputs`, and refer to `$steps.STEP.outputs.NAME`"
            ),
        ),
        (
            "$statusCode",
            (
                "AZ215 `$statusCode` has no value in a request: no response is at hand there"
                " => read it in the step's `outputs`, and refer to `$steps.STEP.outputs.NAME`"
            ),
        ),
        ("$self", "AZ217 this document has no `$self` => add the field `$self`"),
        (
            "$sourceDescriptions.apis.url",
            "AZ213 there is no source description `apis` => did you mean `api`?",
        ),
        (
            "$request.header.X",
            (
                "AZ215 `$request.header.X` has no value in a request: no request has been sent there"
                " => read it in the step's `outputs`, and refer to `$steps.STEP.outputs.NAME`"
            ),
        ),
        (
            "$components.successActions.x",
            (
                "AZ223 `$components.successActions.x` is no value: it names a component"
                " => write `reference: $components.successActions.x` in `onSuccess`"
            ),
        ),
    ],
)
def test_in_a_request(expression: str, expected: str) -> None:
    assert found(request=expression) == [expected]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            "$response.query.x",
            (
                "AZ216 a response has no `query`"
                " => a response has `$response.header.NAME` and `$response.body#/pointer`"
            ),
        ),
        ("$response.bdy", None),
        ("$steps.read.outputs.y", "AZ212 step `read` has no output `y` => there is `x`"),
    ],
)
def test_in_an_output(expression: str, expected: str | None) -> None:
    codes = found(output=expression)
    assert codes == [expected] if expected else codes[0].startswith("AZ201")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$steps.read.outputs.z", "AZ212 step `read` has no output `z` => there is `x`"),
        (
            "$response.body",
            (
                "AZ215 `$response.body` has no value in the outputs of a workflow: no response is at hand there"
                " => read it in the step's `outputs`, and refer to `$steps.STEP.outputs.NAME`"
            ),
        ),
    ],
)
def test_in_a_workflow_s_output(expression: str, expected: str) -> None:
    assert found(result=expression) == [expected]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            "$inputs.options.a",
            "AZ502 `.a` is no way into a value => write the JSON Pointer `$inputs.options#/a`",
        ),
        (
            "$inputs.options.a.b",
            "AZ502 `.a.b` is no way into a value => write the JSON Pointer `$inputs.options#/a/b`",
        ),
    ],
)
def test_tolerated_forms_tell_the_spec_s(expression: str, expected: str) -> None:
    assert expected in found(request=expression)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            "$response.body.id",
            "AZ502 `.id` is no way into a value => write the JSON Pointer `$response.body#/id`",
        ),
        ("$response.body#id", "AZ503 a JSON Pointer starts with `/` => write `$response.body#/id`"),
        (
            "$response.headers.ETag",
            "AZ504 the field is called `header` => write `$response.header.ETag`",
        ),
    ],
)
def test_tolerated_forms_in_an_output_tell_the_spec_s(expression: str, expected: str) -> None:
    assert found(output=expression) == [expected]


def test_a_member_that_its_schema_does_not_promise_may_be_absent() -> None:
    assert found(request="$inputs.options#/a") == [
        (
            "AZ218 `$inputs.options#/a` may have no value, and path parameter `id` needs one"
            " => require it in the input's schema, or change the flow: without it the function"
            " stops before the request"
        ),
    ]


def test_every_fault_is_told_once_and_at_its_place() -> None:
    result = compile_text(f"""
        inputs: {{type: object, required: [jobId], properties: {{jobId: {{type: string}}}}}}
        steps:
          - stepId: read
            operationId: read
            {ID}
            successCriteria:
              - condition: $steps.nope.outputs.x == $inputs.nix
        """)
    places = [
        (found.rule.code, found.span.end.column - found.span.start.column)
        for found in result.diagnostics
    ]
    assert places == [("AZ211", len("$steps.nope.outputs.x")), ("AZ210", len("$inputs.nix"))]


def test_outputs_that_hundreds_of_steps_pass_on_are_compiled() -> None:
    steps = [
        "{stepId: s0, operationId: list, outputs: {x: $response.body#/0/id}}",
        *(
            f"{{stepId: s{n}, operationId: list, outputs: {{x: $steps.s{n - 1}.outputs.x}}}}"
            for n in range(1, 300)
        ),
    ]
    text = "steps:\n" + "".join(f"  - {step}\n" for step in steps)
    result = compile_text(f"{text}outputs: {{x: $steps.s299.outputs.x}}\n")
    assert not errors(result), told(result)
    assert len(result.modules) == 1
