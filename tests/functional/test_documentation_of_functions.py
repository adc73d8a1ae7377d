"""What a generated function says of its arguments and outputs is what it does."""

from __future__ import annotations

import ast
import inspect

import pytest

from tests.compiling import JOBS, Answer, Compiled, compile_workflow

INPUTS = "{type: object, properties: {job-id: {type: string}, most: {type: integer}, spare: {type: string}}}"


@pytest.fixture
def module() -> Compiled:
    text = f"""
        inputs: {INPUTS}
        steps:
          - stepId: list
            operationId: list
            parameters: [{{name: limit, in: query, value: $inputs.most}}]
            onSuccess:
              - {{name: none, type: end, criteria: [{{condition: $response.body#/count == 0}}]}}
          - stepId: read
            operationId: read
            parameters: [{{name: id, in: path, value: $inputs.job-id}}]
            outputs: {{id: $response.body#/id, note: $response.body#/note}}
        outputs: {{id: $steps.read.outputs.id, note: $steps.read.outputs.note}}
        """
    return compile_workflow(text, warns=("AZ219",))


def arguments(module: Compiled) -> dict[str, str]:
    """What the docstring says, by argument."""
    said = inspect.getdoc(module.module.flow) or ""
    said = said.partition("Args:\n")[2].partition("\n\n")[0]
    entries = said.replace("\n        ", " ").splitlines()
    return dict(entry.strip().split(": ", 1) for entry in entries)


def test_what_none_means_for_an_argument(module: Compiled) -> None:
    said = arguments(module)
    assert said["job_id"] == "Path parameter `id` of step `read`. `MissingValue` where None."
    assert said["most"] == "Query parameter `limit` of step `list`. Left out where None."
    assert said["spare"] == "Input `spare`. No step reads it."


def test_what_none_means_for_an_argument_that_another_workflow_gets() -> None:
    text = """
arazzo: 1.0.1
info: {title: Test, version: 1.0.0}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
  - workflowId: flow
    inputs: {type: object, properties: {most: {type: integer}}}
    steps:
      - stepId: run
        workflowId: list-some
        parameters: [{name: most, value: $inputs.most}]
    outputs: {count: $steps.run.outputs.count}
  - workflowId: list-some
    inputs: {type: object, properties: {most: {type: integer, default: 5}}}
    steps:
      - stepId: list
        operationId: list
        parameters: [{name: limit, in: query, value: $inputs.most}]
        outputs: {count: $response.body#/count}
    outputs: {count: $steps.list.outputs.count}
"""
    module = compile_workflow(text)
    assert (
        arguments(module)["most"]
        == "Input `most` of step `run`. Left to workflow `list-some` where None."
    )
    assert '"""`count`: None where step `run` gives none."""' in module.source


DESCRIBED = """
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /owners/{owner}/pets:
    post:
      operationId: add
      security: [{key: []}]
      parameters:
        - {name: owner, in: path, required: true, schema: {type: string, description: Whose pet it is}}
        - {name: dry, in: query, description: "<p>Change nothing.</p><p>For tests.</p>", schema: {}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'200': {description: Added.}}
components:
  securitySchemes: {key: {type: apiKey, in: query, name: code, description: Ask the office.}}
  schemas:
    Pet:
      allOf:
        - properties: {name: {type: string, description: What it listens to.}, age: {type: integer}}
        - properties: {home: {properties: {street: {description: Street and number.}}}}
"""


def test_an_argument_that_the_document_does_not_describe_is_what_it_fills() -> None:
    text = """
        inputs:
          type: object
          properties:
            owner: {type: string}
            dry: {type: boolean}
            name: {type: string, description: First name.}
            age: {type: integer}
            road: {type: string}
          required: [owner, dry, name, age, road]
        steps:
          - stepId: add
            operationId: add
            parameters:
              - {name: owner, in: path, value: $inputs.owner}
              - {name: dry, in: query, value: $inputs.dry}
            requestBody: {payload: {name: $inputs.name, age: $inputs.age, home: {street: $inputs.road}}}
        """
    said = arguments(compile_workflow(text, DESCRIBED))
    assert said == {
        "owner": "Whose pet it is.",
        "dry": "Change nothing.",
        "name": "First name.",
        "age": "`age` in the body of step `add`.",
        "road": "Street and number.",
        "api_key": "API key, sent as query parameter `code`. Ask the office.",
        "api_url": "Server of `api`.",
        "transport": "What sends the requests; None opens a connection for this call.",
    }


ANSWERING = """
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /pets:
    get:
      operationId: list
      responses:
        '200':
          description: Good.
          content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}
components:
  schemas:
    Page:
      description: Some of all pets.
      type: object
      required: [pets]
      properties:
        pets: {type: array, description: In order of age., items: {$ref: '#/components/schemas/Pet'}}
        owner: {oneOf: [{$ref: '#/components/schemas/Owner'}, {type: 'null'}]}
    Pet:
      description: A pet.
      type: object
      properties: {weight: {type: number, description: "Grams, before lunch"}, age: {type: integer}}
    Owner: {type: object, description: Who feeds it., properties: {name: {type: string}}}
"""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("$response.body#/pets", "In order of age. `o`, from step `list`."),
        ("$response.body#/pets/0", "A pet. `o`: None where"),
        ("$response.body#/pets/0/weight", "Grams, before lunch. `o`: None where"),
        ("$response.body#/pets/0/age", "`o`: None where"),
        ("$response.body#/owner", "Who feeds it. `o`: None where"),
        ("$response.body#/owner/name", "`o`: None where"),
        ("$response.body", "Some of all pets. `o`, from step `list`."),
        ("$inputs.tag", "Kind of pet. `o`"),
        ("$statusCode", "`o`, from step `list`."),
    ],
)
def test_an_output_is_what_the_response_s_schema_says_of_it(value: str, said: str) -> None:
    text = f"""
        inputs: {{type: object, properties: {{tag: {{type: string, description: Kind of pet}}}}}}
        steps: [{{stepId: list, operationId: list, outputs: {{o: "{value}"}}}}]
        outputs: {{o: $steps.list.outputs.o}}
        """
    source = " ".join(compile_workflow(text, ANSWERING).source.split())
    assert f'"""{said}' in source


def test_an_output_s_member_is_what_its_schema_says_of_it() -> None:
    text = """
        steps: [{stepId: list, operationId: list, outputs: {all: $response.body}}]
        outputs: {o: $steps.list.outputs.all#/pets}
        """
    source = compile_workflow(text, ANSWERING).source
    assert '"""In order of age. `o`, from step `list`."""' in source


def test_the_requests_are_listed() -> None:
    text = """
        summary: Read all. Then read one of them.
        description: What for is nobody's business.
        inputs: {type: object, properties: {job: {type: string}}, required: [job]}
        steps:
          - {stepId: list, operationId: list}
          - {stepId: read, operationId: read, parameters: [{name: id, in: path, value: $inputs.job}]}
          - {stepId: again, operationId: list}
        """
    said = inspect.getdoc(compile_workflow(text).module.flow) or ""
    assert said.startswith(
        "Read all.\n\nThen read one of them.\n\nWhat for is nobody's business.\n\n"
        "Requests:\n    GET /jobs\n    GET /jobs/{id}\n\nArgs:"
    )


def test_an_error_names_an_input_as_the_document_does(module: Compiled) -> None:
    error, script = module.fail(Answer(200, {"count": 1}))
    assert str(error) == "step read: $inputs.job-id has no value, so nothing was sent"
    assert len(script.sent) == 1


def test_every_way_in_which_an_output_is_none_is_told(module: Compiled) -> None:
    skipped = "None where step `read` did not succeed"
    said = " ".join(module.source.split())
    assert f'"""`id`: {skipped}."""' in said
    assert f'"""`note`: {skipped}, or its response has none."""' in said
    assert module.run(Answer(200, {"count": 0}))[0].note is None
    assert module.run(Answer(200, {}), Answer(200, {"id": "1"}), job_id="1")[0].note is None


def test_a_function_without_outputs_ends_without_return() -> None:
    source = compile_workflow("steps: [{stepId: list, operationId: list}]").source
    (function,) = (node for node in ast.parse(source).body if getattr(node, "name", "") == "flow")
    assert not any(isinstance(node, ast.Return) for node in ast.walk(function))


def test_what_another_workflow_gives_back_means_what_it_means_there() -> None:
    described = JOBS.replace("note: {type: string}", "note: {type: string, description: A word.}")
    module = compile_workflow(
        """
        arazzo: 1.0.1
        info: {title: Test, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: inner
            steps: [{stepId: submit, operationId: submit, outputs: {note: $response.body#/note}}]
            outputs: {note: $steps.submit.outputs.note}
          - workflowId: flow
            steps: [{stepId: inner, workflowId: inner}]
            outputs: {note: $steps.inner.outputs.note}
        """,
        described,
    )
    said = " ".join(module.source.split())
    assert '"""A word. `note`: None where step `inner` gives none."""' in said
