"""What users see of values that are of the right type and still wrong: keys, URLs, credentials."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

API = """
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /login:
    post:
      operationId: login
      responses:
        '200':
          description: A token.
          content:
            application/json:
              schema: {type: object, required: [access_token], properties: {access_token: {type: string}}}
  /orders:
    post:
      operationId: place
      parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
      responses:
        '201': {description: Made., headers: {Location: {required: true, schema: {type: string}}}}
  /bills:
    post:
      operationId: bill
      parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
      responses: {'201': {description: Made.}}
  /orders/{PLACE}:
    get:
      operationId: read
      parameters: [{name: PLACE, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: The order.}}
  /secret:
    get:
      operationId: secret
      security: SECURITY
      responses: {'200': {description: Fine.}}
  /oauth2/token:
    post:
      operationId: ask
      security: [{bearer: []}]
      responses: {'200': {description: A token.}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: Authorization}
    oauth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: https://api.example/oauth2/token, scopes: {}}}
"""
INPUTS = (
    "inputs: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}"
)


def found(steps: str, *, place: str = "id", security: str = "[{bearer: []}]") -> list[str]:
    api = API.replace("PLACE", place).replace("SECURITY", security)
    return told(compile_text(f"{INPUTS}\nsteps: [{steps}]", api))


def keyed(name: str, operation: str, value: str) -> str:
    key = f"{{name: Idempotency-Key, in: header, value: {value}}}"
    return f"{{stepId: {name}, operationId: {operation}, parameters: [{key}]}}"


def test_a_key_that_every_run_sends() -> None:
    assert found(keyed("a", "place", "order-1")) == [
        "AZ332 `Idempotency-Key` is the same in every run"
        " => declare an input for it, so that each run brings a key of its own"
    ]


def test_a_key_that_two_requests_share() -> None:
    steps = f"{keyed('one', 'place', '$inputs.a')}, {keyed('two', 'bill', '$inputs.a')}"
    assert found(steps) == [
        "AZ332 steps `one` and `two` send different requests with the same `Idempotency-Key`"
        " => pass an input of its own in each step"
    ]


def test_keys_of_their_own() -> None:
    assert found(f"{keyed('a', 'place', '$inputs.a')}, {keyed('b', 'bill', '$inputs.b')}") == []
    other = "'{$inputs.a}-bill'"
    assert found(f"{keyed('a', 'place', '$inputs.a')}, {keyed('b', 'bill', other)}") == []


def located(place: str) -> list[str]:
    first = "{stepId: one, operationId: place, outputs: {at: $response.header.Location}}"
    passed = f"{{name: {place}, in: path, value: $steps.one.outputs.at}}"
    return found(
        f"{first}, {{stepId: two, operationId: read, parameters: [{passed}]}}", place=place
    )


def test_a_url_for_an_id() -> None:
    assert located("orderId") == [
        "AZ333 path parameter `orderId` takes an id, and `$steps.one.outputs.at` is the URL that the header"
        " `Location` holds => read the id from the body of that response"
    ]
    assert located("orderUrl") == []


def authorized(value: str, security: str) -> list[str]:
    header = f"{{name: Authorization, in: header, value: '{value}'}}"
    return found(f"{{stepId: a, operationId: secret, parameters: [{header}]}}", security=security)


@pytest.mark.parametrize(
    ("value", "security", "line"),
    [
        (
            "Token {$inputs.a}",
            "[{bearer: []}]",
            "asks for `Bearer` credentials, and the header begins",
        ),
        (
            "Basic {$inputs.a}",
            "[{bearer: []}]",
            "asks for `Bearer` credentials, and the header begins",
        ),
        (
            "Bearer {$inputs.a}",
            "[{basic: []}]",
            "asks for `Basic` credentials, and the header begins",
        ),
        (
            "Bearer: {$inputs.a}",
            "[{bearer: []}]",
            "a colon stands behind `Bearer`, where only a blank",
        ),
        ("Basic {$inputs.a}:{$inputs.b}", "[{basic: []}]", "the password are not encoded"),
        ("Basic admin:{$inputs.b}", "[{basic: []}]", "the password are not encoded"),
    ],
)
def test_credentials_of_another_form(value: str, security: str, line: str) -> None:
    (message,) = authorized(value, security)
    assert message.startswith("AZ716")
    assert line in message


@pytest.mark.parametrize(
    ("value", "security"),
    [
        ("bearer {$inputs.a}", "[{bearer: []}]"),
        ("$inputs.a", "[{bearer: []}]"),
        ("Basic {$inputs.a}", "[{basic: []}]"),
        ("Basic {$inputs.a}", "[{bearer: []}, {basic: []}]"),
        ("Token {$inputs.a}", "[{key: []}]"),
        ("DPoP {$inputs.a}", "[{oauth: []}]"),
    ],
)
def test_credentials_that_may_be_right(value: str, security: str) -> None:
    assert authorized(value, security) == []


def test_who_asks_for_a_token_has_other_credentials() -> None:
    header = "{name: Authorization, in: header, value: 'Basic {$inputs.a}'}"
    assert found(f"{{stepId: a, operationId: ask, parameters: [{header}]}}") == []


def test_a_token_that_was_just_issued_is_passed_alone() -> None:
    login = "{stepId: login, operationId: login, outputs: {token: $response.body#/access_token}}"
    header = "{name: Authorization, in: header, value: $steps.login.outputs.token}"
    assert found(f"{login}, {{stepId: a, operationId: secret, parameters: [{header}]}}") == [
        "AZ716 operation `secret` asks for `Bearer` credentials, and the header is the token alone"
        " => write `Bearer {$steps.login.outputs.token}`"
    ]
