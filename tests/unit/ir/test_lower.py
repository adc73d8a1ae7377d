"""What a workflow's function wants and gives, as other tools are told it."""

from __future__ import annotations

from arazzoc.result import CompiledWorkflow, InputArgument
from tests.compiling import compile_text


def compiled(arazzo: str, openapi: str | None = None) -> CompiledWorkflow:
    result = compile_text(arazzo) if openapi is None else compile_text(arazzo, openapi)
    (module,) = result.modules
    return module.workflows[0]


def test_a_workflow_is_described() -> None:
    found = compiled("""
        inputs:
          type: object
          required: [jobId, maybe]
          properties:
            jobId: {type: string, description: The job.}
            maybe: {type: string, nullable: true}
            n: {type: integer, default: 5}
            accessToken: {type: string}
            secret: {type: string, format: password}
            extra: {}
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: $inputs.jobId}]
            outputs: {jobStatus: $response.body#/status}
        outputs: {finalStatus: $steps.read.outputs.jobStatus}
        """)
    expected = CompiledWorkflow(
        "flow",
        "flow",
        1,
        (
            InputArgument("jobId", "job_id", True, "The job.", "string", False, "input"),
            InputArgument("maybe", "maybe", True, None, "string", False, "input"),
            InputArgument("n", "n", False, None, "integer", False, "input"),
            InputArgument("accessToken", "access_token", False, None, "string", True, "input"),
            InputArgument("secret", "secret", False, None, "string", True, "input"),
            InputArgument("extra", "extra", False, None, "any", False, "input"),
        ),
        {"api": "api_url"},
        {"finalStatus": "final_status"},
    )
    assert list(found.inputs) == list(expected.inputs)
    assert found == expected


def test_credentials_are_arguments_too() -> None:
    found = compiled(
        "steps: [{stepId: a, operationId: a}]",
        """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example}]
security: [{auth: []}]
components: {securitySchemes: {auth: {type: http, scheme: bearer, description: From the console.}}}
paths: {/a: {get: {operationId: a, responses: {'200': {description: A.}}}}}
""",
    )
    assert found.inputs == (
        InputArgument(
            "bearer_token",
            "bearer_token",
            True,
            "Bearer token for `auth`. From the console.",
            "string",
            True,
            "credential",
        ),
    )


def test_inputs_of_the_same_name_in_python_are_kept_apart() -> None:
    found = compiled("""
        inputs: {type: object, properties: {jobId: {}, job-id: {}, job_id: {}, apiUrl: {}, api url: {}}}
        steps: [{stepId: list, operationId: list}]
        """)
    assert [argument.keyword for argument in found.inputs] == [
        "job_id", "job_id_2", "job_id_3", "api_url_", "api_url_2"
    ]  # fmt: skip
