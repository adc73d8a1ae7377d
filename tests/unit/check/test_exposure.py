"""What users see of credentials in URLs, and of those that are sent without encryption."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

_API = """
openapi: 3.1.0
info: {title: Reports, version: 1.0.0}
servers: [{url: SERVER}]
security: SECURITY
paths:
  /reports:
    get:
      operationId: list
      parameters:
        - {name: token, in: query, schema: {type: string}}
        - {name: reset_token, in: query, required: true, schema: {type: string}}
      responses: {'200': {description: The reports.}}
components:
  securitySchemes:
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: token}
    bearer: {type: http, scheme: bearer}
    client:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'http://login.example.com/token', scopes: {}}}
"""
_INPUTS = (
    "inputs:\n  type: object\n  required: [word, pageToken, apiKey]\n  properties:\n"
    "    word: {type: string, format: password}\n    pageToken: {type: string}\n"
    "    apiKey: {type: string}\n"
)


def found(
    parameters: str,
    *,
    security: str = "[{header: []}]",
    server: str = "https://reports.example.com",
) -> list[str]:
    api = _API.replace("SERVER", server).replace("SECURITY", security)
    required = "{name: reset_token, in: query, value: once}"
    passed = f"[{required}, {parameters}]" if parameters else f"[{required}]"
    steps = f"steps: [{{stepId: list, operationId: list, parameters: {passed}}}]\n"
    lines = told(compile_text(_INPUTS + steps, api))
    return [line for line in lines if line.startswith(("AZ712", "AZ713"))]


def query(name: str, value: str) -> str:
    return f"{{name: {name}, in: query, value: {value}}}"


@pytest.mark.parametrize(
    ("parameter", "what"),
    [
        (query("token", "$inputs.pageToken"), "a credential"),
        (query("token", "$inputs.word"), "input `word`"),
        (query("token", "'key {$inputs.apiKey}'"), "input `apiKey`"),
    ],
)
def test_a_credential_belongs_into_the_header_of_its_scheme(parameter: str, what: str) -> None:
    assert found(parameter) == [
        f"AZ712 {what} is sent in the URL, as query parameter `token`"
        " => send it in the header `X-Key`, as security scheme `header` says"
    ]


def test_a_credential_in_a_parameter_that_no_one_declares() -> None:
    assert found(query("access_token", "$inputs.word"), security="[]") == [
        "AZ712 input `word` is sent in the URL, as query parameter `access_token`"
        " => URLs are kept in logs and histories: send it in a header, or in the body"
    ]


@pytest.mark.parametrize(
    ("parameter", "security"),
    [
        (query("token", "$inputs.apiKey"), "[{query: []}]"),
        (query("token", "$inputs.apiKey"), "[]"),
        (query("limit", "$inputs.pageToken"), "[{header: []}]"),
        (query("token", "shown"), "[{header: []}]"),
    ],
)
def test_nothing_is_said_where_there_is_no_choice_or_no_credential(
    parameter: str, security: str
) -> None:
    assert found(parameter, security=security) == []


def test_a_parameter_that_is_required_leaves_no_choice() -> None:
    api = _API.replace("SERVER", "https://reports.example.com").replace(
        "SECURITY", "[{header: []}]"
    )
    steps = (
        "steps: [{stepId: list, operationId: list, "
        f"parameters: [{query('reset_token', '$inputs.word')}]}}]\n"
    )
    assert [line for line in told(compile_text(_INPUTS + steps, api)) if line[:3] == "AZ7"] == []


@pytest.mark.parametrize(
    "server",
    ["http://reports.example.com/v1", "HTTP://reports.example.com", "http://8.8.8.8:8080"],
)
def test_credentials_without_encryption(server: str) -> None:
    (line,) = found("", server=server)
    assert line.startswith("AZ713 what security scheme `header` asks for goes over plain HTTP to `")
    assert server.lower() in line.lower()


def test_a_token_of_a_parameter_without_encryption() -> None:
    (line,) = found(
        "{name: X-Api-Token, in: header, value: $inputs.word}",
        security="[]",
        server="http://reports.example.com",
    )
    assert line == (
        "AZ713 input `word` goes over plain HTTP to `http://reports.example.com` => use"
        " `https://reports.example.com` where it answers: in the description, or when calling"
    )


def test_client_credentials_that_are_exchanged_without_encryption() -> None:
    (line,) = found("", security="[{client: []}]")
    assert line.startswith(
        "AZ713 the credentials of security scheme `client` go over plain HTTP to"
        " `http://login.example.com/token`"
    )


@pytest.mark.parametrize(
    ("server", "security"),
    [
        ("http://localhost:8080", "[{header: []}]"),
        ("http://127.0.0.1", "[{header: []}]"),
        ("http://[::1]:3000", "[{header: []}]"),
        ("http://10.1.2.3", "[{header: []}]"),
        ("http://reports:8080", "[{header: []}]"),
        ("http://reports.internal", "[{header: []}]"),
        ("http://reports.example.com", "[]"),
        ("http://reports.example.com", "[{header: []}, {}]"),
        ("/v1", "[{header: []}]"),
    ],
)
def test_nothing_is_said_of_near_machines_and_of_requests_without_credentials(
    server: str, security: str
) -> None:
    assert found("", server=server, security=security) == []
