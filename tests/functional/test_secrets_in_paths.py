"""A secret in a request's path is sent, and shown nowhere; nor is a URL or a body as a whole."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, Compiled, Silence, compile_workflow

HIDDEN = "hunter2"


def api(parameter: str) -> str:
    """A description with the operation `read` at `/things/{parameter}`, which takes a key in its query."""
    return f"""
openapi: 3.1.0
info: {{title: Things, version: 1.0.0}}
servers: [{{url: https://api.example/v1}}]
components: {{securitySchemes: {{auth: {{type: apiKey, in: query, name: key}}}}}}
security: [{{auth: []}}]
paths:
  /things/{{{parameter}}}:
    get:
      operationId: read
      parameters: [{{name: {parameter}, in: path, required: true, schema: {{type: string}}}}]
      responses: {{'200': {{description: A thing., content: {{application/json: {{schema: {{}}}}}}}}}}
"""


def reading(parameter: str, given: str, more: str = "") -> Compiled:
    """A workflow that passes the input `given` as the path's parameter."""
    text = f"""
inputs: {{type: object, required: [{given}], properties: {{{given}: {{type: string}}}}}}
steps:
  - stepId: read
    operationId: read
    parameters: [{{name: {parameter}, in: path, value: $inputs.{given}}}]
    {more}
"""
    return compile_workflow(text, api(parameter))


def shown(error: BaseException) -> str:
    """All that users see of an error, its cause and what it carries."""
    seen = [error] if error.__cause__ is None else [error, error.__cause__]
    parts = [text for each in seen for text in (str(each), repr(each))]
    return "\n".join([*parts, *map(repr, vars(error).values())])


@pytest.mark.parametrize(("parameter", "given"), [("id", "token"), ("accessKey", "code")])
@pytest.mark.parametrize("answer", [Answer(404), Silence()], ids=["answered", "silent"])
def test_errors_show_the_path_of_the_description(
    parameter: str, given: str, answer: Answer | Silence
) -> None:
    module = reading(parameter, given)

    error, script = module.fail(answer, api_key="k", **{given: HIDDEN})

    assert script.sent[0].url == f"https://api.example/v1/things/{HIDDEN}?key=k"
    assert HIDDEN not in shown(error)
    assert f"GET /things/{{{parameter}}} " in str(error)


def test_a_path_without_a_secret_is_shown_as_it_was_sent() -> None:
    error, _ = reading("id", "job").fail(Answer(404), api_key=HIDDEN, job="j1")

    assert "GET /v1/things/j1 answered 404" in str(error)


@pytest.mark.parametrize("expression", ["$url", "$response.body"])
def test_neither_a_url_nor_a_body_as_a_whole_is_an_operand(expression: str) -> None:
    module = reading("id", "job", f"successCriteria: [{{condition: {expression} == 'x'}}]")

    error, _ = module.fail(Answer(200, {"token": HIDDEN}), api_key=HIDDEN, job="j1")

    assert error.operands == {}
    assert HIDDEN not in shown(error)
