"""Access tokens that a function fetches with client credentials."""

from __future__ import annotations

import asyncio
import base64
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from arazzoc.edition import Edition
from tests.compiling import Answer, Compiled, Script, Silence, compile_workflow

TOKEN_URL = "https://login.example/token"
SECRET = "s3cret"
GRANTED = Answer(200, {"access_token": "t1", "token_type": "Bearer", "expires_in": 3600})
AGAIN = Answer(200, {"access_token": "t2", "token_type": "bearer", "expires_in": 3600})
DONE = Answer(200, {})
FLOW = """
steps:
  - {stepId: one, operationId: call}
  - {stepId: two, operationId: call}
"""
ASYNC = Edition(is_async=True)


def _api(token_url: str = TOKEN_URL, servers: str = "[{url: https://api.example/v1/}]") -> str:
    return f"""
openapi: 3.0.3
info: {{title: Things, version: 1.0.0}}
servers: {servers}
security: [{{auth: []}}]
paths:
  /things:
    get: {{operationId: call, responses: {{'200': {{description: Done.}}}}}}
components:
  securitySchemes:
    auth: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: {token_url}, scopes: {{}}}}}}}}
"""


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compile_workflow(FLOW, _api())


def _credentials(compiled: Compiled, **more: object) -> Any:
    return compiled.module.ClientCredentials("me:1", SECRET, **more)


def _authorizations(script: Script) -> list[str | None]:
    return [each.headers.get("Authorization") for each in script.sent]


def test_a_token_is_fetched_where_it_is_needed_and_kept(compiled: Compiled) -> None:
    credentials = _credentials(compiled)
    _, script = compiled.run(GRANTED, DONE, DONE, bearer_token=credentials)
    fetch, *calls = script.sent
    login = base64.b64encode(b"me%3A1:s3cret").decode()
    assert (fetch.method, fetch.url) == ("POST", TOKEN_URL)
    assert fetch.headers["Authorization"] == f"Basic {login}"
    assert fetch.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert fetch.body == b"grant_type=client_credentials"
    assert [each.headers["Authorization"] for each in calls] == ["Bearer t1"] * 2

    _, script = compiled.run(DONE, DONE, bearer_token=credentials)
    assert _authorizations(script) == ["Bearer t1"] * 2


def test_a_token_can_be_given_as_ever(compiled: Compiled) -> None:
    _, script = compiled.run(DONE, DONE, bearer_token="mine")
    assert _authorizations(script) == ["Bearer mine"] * 2


def test_scopes_are_asked_for_and_credentials_can_go_in_the_body(compiled: Compiled) -> None:
    credentials = _credentials(compiled, scopes=["read", "write"], in_body=True)
    _, script = compiled.run(GRANTED, DONE, DONE, bearer_token=credentials)
    assert "Authorization" not in script.sent[0].headers
    assert script.sent[0].body == (
        b"grant_type=client_credentials&scope=read+write&client_id=me%3A1&client_secret=s3cret"
    )


def test_a_token_is_fetched_before_a_request_is_written_whose_values_may_be_unfit() -> None:
    """What a transport of the caller's own raises while it fetches is told as its own."""
    body = "{content: {application/json: {schema: {type: object}}}}"
    compiled = compile_workflow(
        """
        inputs: {type: object, required: [x], properties: {x: {type: number}}}
        steps:
          - {stepId: one, operationId: call, requestBody: {payload: {x: $inputs.x}}}
        """,
        _api().replace(
            "get: {operationId: call,", f"post: {{operationId: call, requestBody: {body},"
        ),
    )
    credentials = _credentials(compiled)
    _, script = compiled.run(GRANTED, DONE, bearer_token=credentials, x=1.5)
    assert script.sent[1].headers["Authorization"] == "Bearer t1"
    error, script = compiled.fail(bearer_token=credentials, x=float("inf"))
    assert (type(error).__name__, script.sent) == ("InvalidValue", [])

    def broken(_: object) -> object:
        raise ValueError("out of order")

    with pytest.raises(ValueError, match="out of order"):
        compiled.module.flow(bearer_token=_credentials(compiled), x=1.5, transport=broken)


@pytest.mark.parametrize(
    ("stated", "lasts"),
    [
        ({"expires_in": 100}, 70),
        ({"expires_in": "100"}, 70),
        ({"expires_in": 20}, 10),
        ({}, 270),
        ({"expires_in": "soon"}, 270),
    ],
)
def test_a_token_is_fetched_anew_before_it_ends(
    compiled: Compiled, monkeypatch: pytest.MonkeyPatch, stated: Mapping[str, object], lasts: float
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    credentials = _credentials(compiled)
    first = Answer(200, {"access_token": "t1", **stated})
    compiled.run(first, DONE, DONE, bearer_token=credentials)

    now += lasts - 1
    compiled.run(DONE, DONE, bearer_token=credentials)
    now += 1
    _, script = compiled.run(AGAIN, DONE, DONE, bearer_token=credentials)
    assert _authorizations(script)[1:] == ["Bearer t2"] * 2


def test_a_token_that_is_refused_is_not_fetched_anew_unless_it_is_forgotten(
    compiled: Compiled,
) -> None:
    credentials = _credentials(compiled)
    error, _ = compiled.fail(GRANTED, Answer(401), bearer_token=credentials)
    assert (error.step_id, error.response.status) == ("one", 401)
    credentials.forget()
    _, script = compiled.run(AGAIN, DONE, DONE, bearer_token=credentials)
    assert _authorizations(script)[1:] == ["Bearer t2"] * 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(401, {"error": "invalid_client"}), "answered 401 (invalid_client)"),
        (Answer(400, {"error": SECRET, "error_description": SECRET}), "answered 400"),
        (Answer(503, b"<html>"), "answered 503"),
        (Answer(302, None, {"Location": "https://evil.example"}), "answered 302"),
        (Answer(200, {"token": "x"}), "answered 200 without an access token"),
        (Answer(200, {"access_token": ""}), "answered 200 without an access token"),
        (Answer(200, [1]), "answered 200 without an access token"),
        (
            Answer(200, {"access_token": "x", "token_type": "mac"}),
            "answered 200 with a token that is no bearer token",
        ),
        (Silence(), "got no response"),
    ],
)
def test_what_keeps_a_token_from_being_fetched_is_told_without_secrets(
    compiled: Compiled, answer: Answer | Silence, reason: str
) -> None:
    credentials = _credentials(compiled)
    error, script = compiled.fail(answer, bearer_token=credentials)
    assert isinstance(error, compiled.module.TokenFailed)
    assert str(error) == f"no access token: POST login.example/token {reason}"
    assert len(script.sent) == 1
    for shown in (repr(error), str(error), repr(credentials)):
        assert SECRET not in shown
        assert "bWUl" not in shown


@pytest.mark.parametrize(
    ("token_url", "place"),
    [
        ("/oauth/token", "https://api.example/oauth/token"),
        ("token", "https://api.example/v1/token"),
        ("https://login.example/token", TOKEN_URL),
    ],
)
def test_a_relative_token_url_is_the_server_s(token_url: str, place: str) -> None:
    compiled = compile_workflow(FLOW, _api(token_url))
    _, script = compiled.run(GRANTED, DONE, DONE, bearer_token=_credentials(compiled))
    assert script.sent[0].url == place
    if not token_url.startswith("https:"):
        other = {"bearer_token": _credentials(compiled), "api_url": "https://test.example/v1/"}
        _, script = compiled.run(GRANTED, DONE, DONE, **other)
        assert script.sent[0].url == place.replace("api", "test")


def test_a_workflow_passes_credentials_to_the_one_that_it_runs() -> None:
    compiled = compile_workflow(
        """
arazzo: 1.0.1
info: {title: Test, version: 1.0.0}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
  - workflowId: flow
    steps: [{stepId: one, workflowId: inner}, {stepId: two, operationId: call}]
  - workflowId: inner
    steps: [{stepId: a, operationId: call}]
""",
        _api(),
    )
    _, script = compiled.run(GRANTED, DONE, DONE, bearer_token=_credentials(compiled))
    assert _authorizations(script)[1:] == ["Bearer t1"] * 2
    error, _ = compiled.fail(Answer(401), bearer_token=_credentials(compiled))
    assert isinstance(error, compiled.module.CallFailed)
    assert isinstance(error.__cause__, compiled.module.TokenFailed)


def test_threads_share_one_token(compiled: Compiled) -> None:
    credentials, fetched = _credentials(compiled), threading.Event()
    urls: list[str] = []

    def transport(request: Any) -> Any:
        urls.append(request.url)
        if request.url == TOKEN_URL:
            fetched.wait(0.05)
            headers = {"content-type": "application/json"}
            return compiled.module.Response(200, headers, b'{"access_token": "t1"}')
        assert request.headers["Authorization"] == "Bearer t1"
        return compiled.module.Response(200, {}, b"")

    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(compiled.module.flow, bearer_token=credentials, transport=transport)
            for _ in range(8)
        ]
        for call in calls:
            call.result()
    assert urls.count(TOKEN_URL) == 1
    assert len(urls) == 17


def test_tasks_share_one_token() -> None:
    module = compile_workflow(FLOW, _api(), edition=ASYNC).module
    urls: list[str] = []

    async def transport(request: Any) -> Any:
        urls.append(request.url)
        await asyncio.sleep(0)
        if request.url == TOKEN_URL:
            headers = {"content-type": "application/json"}
            return module.Response(200, headers, b'{"access_token": "t1"}')
        assert request.headers["Authorization"] == "Bearer t1"
        return module.Response(200, {}, b"")

    async def call_all() -> None:
        credentials = module.AsyncClientCredentials("me", SECRET)
        calls = [module.flow(bearer_token=credentials, transport=transport) for _ in range(8)]
        await asyncio.gather(*calls)
        assert SECRET not in repr(credentials)

    asyncio.run(call_all())
    assert urls.count(TOKEN_URL) == 1
    assert len(urls) == 17
