"""What users see of parameters and bodies that do not fit the operation."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
paths:
  /jobs/{jobId}/{part}:
    put:
      operationId: update
      security: [{key: []}]
      parameters:
        - {name: jobId, in: path, required: true, schema: {type: string}}
        - {name: part, in: path, required: true, schema: {type: string}}
        - {name: dryRun, in: query, schema: {type: boolean}}
        - {name: X-Version, in: header, required: true, schema: {type: string}}
        - {name: Accept, in: header, required: true, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {}}, text/csv: {schema: {}}}}
      responses: {'200': {description: Fine.}}
"""
RIGHT = {
    "jobId": "{name: jobId, in: path, value: a}",
    "part": "{name: part, in: path, value: b}",
    "version": "{name: X-Version, in: header, value: '1'}",
}


def found(*, body: str = "{payload: {}}", without: str = "", extra: str = "") -> list[str]:
    """The findings for a step that fits, but for what the arguments change."""
    parameters = [stated for name, stated in RIGHT.items() if name != without]
    parameters += [extra] if extra else []
    request = f"requestBody: {body}" if body else ""
    result = compile_text(
        f"""
        steps:
          - stepId: update
            operationId: update
            parameters: [{", ".join(parameters)}]
            {request}
        """,
        API,
    )
    return told(result)


def test_what_fits_raises_nothing() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (
            "{name: dryrun, in: query, value: true}",
            "AZ310 operation `update` declares no query parameter `dryrun` => did you mean `dryRun`?",
        ),
        (
            "{name: dryRun, in: header, value: true}",
            "AZ310 operation `update` declares no header parameter `dryRun`"
            " => it is declared `in: query`",
        ),
        (
            "{name: other, in: path, value: x}",
            "AZ310 operation `update` declares no path parameter `other`"
            " => the path is `/jobs/{jobId}/{part}`",
        ),
        (
            "{name: wholly, in: query, value: x}",
            "AZ310 operation `update` declares no query parameter `wholly`"
            " => it is sent as written; remove it, or add it to the description",
        ),
    ],
)
def test_parameters_that_are_not_declared(extra: str, expected: str) -> None:
    assert found(extra=extra) == [expected]


@pytest.mark.parametrize(
    "extra",
    [
        "{name: x-version, in: header, value: '2'}",
        "{name: Authorization, in: header, value: x}",
        "{name: accept, in: header, value: x}",
        "{name: x-key, in: header, value: x}",
    ],
)
def test_headers_that_need_no_declaration(extra: str) -> None:
    without = "version" if "version" in extra else ""
    assert found(extra=extra, without=without) == []


@pytest.mark.parametrize(
    ("without", "extra", "expected"),
    [
        (
            "part",
            "",
            "AZ311 operation `update` requires path parameter `part`"
            " => pass the parameter `part` with `in: path`",
        ),
        (
            "version",
            "",
            "AZ311 operation `update` requires header parameter `X-Version`"
            " => pass the parameter `X-Version` with `in: header`",
        ),
        (
            "jobId",
            "{name: job_id, in: path, value: x}",
            "AZ311 operation `update` requires path parameter `jobId`"
            " => `job_id` was passed; did you mean `jobId`?",
        ),
    ],
)
def test_parameters_that_are_missing(without: str, extra: str, expected: str) -> None:
    assert expected in found(without=without, extra=extra)


def test_a_placeholder_that_nothing_declares_is_missed_too() -> None:
    declared = "        - {name: part, in: path, required: true, schema: {type: string}}\n"
    openapi = API.replace(declared, "").replace("{required: true, content", "{content")
    result = compile_text(
        f"steps: [{{stepId: s, operationId: update, parameters: [{RIGHT['jobId']}, {RIGHT['version']}]}}]",
        openapi,
    )
    assert any(
        line.startswith("AZ311 operation `update` has `{part}` in its path")
        for line in told(result)
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "",
            "AZ320 operation `update` requires a request body => add a `requestBody` with a `payload`",
        ),
        (
            "{contentType: application/xml, payload: <a/>}",
            "AZ321 operation `update` does not take `application/xml`"
            " => it takes `application/json`, `text/csv`",
        ),
    ],
)
def test_bodies_that_do_not_fit(body: str, expected: str) -> None:
    assert found(body=body) == [expected]


def test_an_operation_without_an_id_is_named_by_its_path() -> None:
    openapi = API.replace("      operationId: update\n", "")
    result = compile_text(
        """
        steps:
          - stepId: s
            operationPath: '{$sourceDescriptions.api.url}#/paths/~1jobs~1{jobId}~1{part}/put'
        """,
        openapi,
    )
    assert told(result)[0].startswith("AZ3")
    assert "operation `PUT /jobs/{jobId}/{part}` requires" in "\n".join(told(result))


def shared(parameter: str, *operations: str) -> list[str]:
    """What is told of a parameter of the workflow, with the lines that belong to it."""
    steps = [
        f"{{stepId: s{number}, operationId: {name}}}" for number, name in enumerate(operations)
    ]
    result = compile_text(f"parameters: [{parameter}]\nsteps: [{', '.join(steps)}]", SHARED)
    related = [each.message for found in result.diagnostics for each in found.related]
    return [*told(result), *related]


SHARED = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example}]
paths:
  /a: {get: {operationId: first, responses: {'200': {description: Fine.}}}}
  /b:
    get:
      operationId: second
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: Fine.}}
"""


def test_a_parameter_of_the_workflow_is_told_of_once() -> None:
    page = "{name: page, in: query, value: 1}"
    assert shared(page, "first", "second", "first") == [
        "AZ310 2 of the 3 operations do not declare query parameter `page`"
        " => pass it in the steps whose operations do: to the others it is sent as written",
        "operation `first` declares none",
        "operation `first` declares none",
    ]
    assert shared(page.replace("page", "pages"), "second", "second")[:1] == [
        "AZ310 none of the 2 operations declares query parameter `pages` => did you mean `page`?"
    ]
    assert shared(page, "first") == [
        "AZ310 operation `first` declares no query parameter `page`"
        " => it is sent as written; remove it, or add it to the description"
    ]
