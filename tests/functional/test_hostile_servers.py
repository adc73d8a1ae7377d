"""What a hostile server, or hostile inputs, can do to a compiled function: fail its step, and nothing else."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.compiling import Compiled, compile_workflow, workflow
from tests.unit.runtime.loopback import Answer, reply, serving

_JSON = ("Content-Type: application/json",)
_READ = """
    inputs: {type: object, required: [id, token], properties: {id: {type: string}, token: {type: string}}}
    steps:
      - stepId: read
        operationId: read
        parameters:
          - {name: id, in: path, value: $inputs.id}
          - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}
        successCriteria: [{condition: $statusCode == 200}, %s]
        outputs: {job: $response.body#/result}
    outputs: {job: $steps.read.outputs.job}
"""
_SAME = "{condition: '$.result == $.owner', context: $response.body, type: jsonpath}"
_LIMIT = 100_000


def _compiled(criterion: str = "{condition: '$response.body#/id != 1'}") -> Compiled:
    return compile_workflow(_READ % criterion, warns=("AZ506",) if criterion == _SAME else ())


def _always(said: bytes) -> Answer:
    return lambda _: said


def _failure(
    said: bytes | Answer,
    *,
    criterion: str = "{condition: '$response.body#/id != 1'}",
    token: str = "secret",
    **limits: Any,
) -> tuple[BaseException, list[str]]:
    """What a call raises, and the first lines of the requests that came in."""
    module = _compiled(criterion).module
    with (
        serving(said if callable(said) else _always(said)) as server,
        module.HttpTransport(**limits) as http,
    ):
        with pytest.raises(module.WorkflowError) as raised:
            module.flow(id="1", token=token, api_url=server.url, transport=http)
        return raised.value, [call.line for call in server.calls]


@pytest.mark.parametrize("levels", [201, 450, 900, 5_000, 200_000])
@pytest.mark.parametrize("criterion", ["{condition: '$response.body#/id != 1'}", _SAME])
def test_json_that_nests_deeply_fails_the_step(levels: int, criterion: str) -> None:
    deep = b'{"a":' * levels + b"1" + b"}" * levels
    body = b'{"id":"1","status":"x","result":' + deep + b',"owner":' + deep + b"}"
    error, _ = _failure(reply(body, headers=_JSON), criterion=criterion)
    assert "with a body that is not the JSON that it claims to be" in str(error)


@pytest.mark.parametrize("half", [rb"\ud800", rb"\uDFFF", b"\xed\xa0\x80"])
def test_half_of_a_character_fails_the_step(half: bytes) -> None:
    error, _ = _failure(reply(b'{"id":"%s","result":1}' % half, headers=_JSON))
    assert "with a body that is not the JSON that it claims to be" in str(error)


def test_a_character_of_two_halves_is_one() -> None:
    module = _compiled().module
    body = rb'{"id":"2","status":"x","result":"\ud83d\ude00"}'
    with serving(lambda _: reply(body, headers=_JSON)) as server:
        assert module.flow(id="1", token="t", api_url=server.url).job == "\U0001f600"


def test_json_that_nests_as_people_nest_it_is_compared() -> None:
    deep = b'{"a":[' * 95 + b"1" + b"]}" * 95
    body = b'{"id":"1","status":"x","result":' + deep + b',"owner":' + deep + b"}"
    module = _compiled(_SAME).module
    with serving(lambda _: reply(body, headers=_JSON)) as server:
        assert module.flow(id="1", token="t", api_url=server.url).job


def test_a_body_larger_than_the_limit_fails_the_step() -> None:
    error, _ = _failure(reply(b"1" * (_LIMIT + 1), headers=_JSON), limit=_LIMIT)
    assert "larger than" in str(error.__cause__)


def test_a_bomb_fails_the_step() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    headers = ("Content-Encoding: gzip", *_JSON)
    assert len(bomb) < _LIMIT
    error, _ = _failure(reply(bomb, headers=headers), limit=_LIMIT)
    assert "larger than" in str(error.__cause__)


@pytest.mark.parametrize(
    ("chunks", "why"),
    [
        (b"-1\r\n" + b"1" * 1_000_000, "a size below zero"),
        (b"-5\r\n11111\r\n0\r\n\r\n", "a size below zero"),
        (b"0\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", "more stands around the body"),
        (b"1;%s\r\n1\r\n" % (b"x" * 50_000) * 10 + b"0\r\n\r\n", "more stands around the body"),
    ],
    ids=["a chunk to the end", "a chunk that goes back", "trailers", "extensions"],
)
def test_chunks_without_end_fail_the_step(chunks: bytes, why: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    error, lines = _failure(head + chunks, limit=_LIMIT)
    assert "got no response" in str(error)
    assert lines == ["GET /jobs/1 HTTP/1.1"]
    assert why in str(error.__cause__)


def test_a_text_in_a_code_that_takes_for_ever_is_taken_as_it_stands() -> None:
    """Python decodes `punycode` in time that grows with the square of the size: hours for a megabyte."""
    module = compile_workflow("""
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: a}]
            successCriteria: [{condition: $statusCode == 200}]
            outputs: {said: $response.body}
        outputs: {said: $steps.read.outputs.said}
        """).module
    body = b"a" * 2_000_000 + b"-" + b"b" * 2_000_000
    said = reply(body, headers=("Content-Type: text/plain; charset=punycode",))
    with serving(_always(said)) as server:
        assert module.flow(api_url=server.url).said == body.decode()


def test_a_redirect_takes_no_credentials_anywhere() -> None:
    with serving(lambda _: reply(b"{}", headers=_JSON)) as elsewhere:
        said = reply(
            status="307 Temporary Redirect", headers=(f"Location: {elsewhere.url}/jobs/1",)
        )
        error, lines = _failure(said)
        assert not elsewhere.calls
    assert "answered 307" in str(error)
    assert lines == ["GET /jobs/1 HTTP/1.1"]


@pytest.mark.parametrize(
    "token", ["a\r\nX-Admin: 1", "a\nb", "a\x00b", "a\r\n\r\nGET /admin HTTP/1.1"]
)
def test_no_input_adds_a_header_or_a_request(token: str) -> None:
    error, lines = _failure(reply(b"{}", headers=_JSON), token=token)
    assert not lines
    assert token not in str(error)
    assert "Admin" not in repr(error)


@pytest.mark.parametrize(
    "value", ["../admin", "a/b", "1?x=y", "1#x", "%2e%2e", "a\r\nb", "1 HTTP/1.1", "a\\..\\b"]
)
def test_no_input_leads_to_another_path(value: str) -> None:
    module = _compiled().module
    body = reply(b'{"id":"a","status":"x","result":1}', headers=_JSON)
    with serving(lambda _: body) as server:
        module.flow(id=value, token="t", api_url=server.url)
    (call,) = server.calls
    _, target, version = call.line.split(" ")
    assert version == "HTTP/1.1"
    assert target.startswith("/jobs/")
    assert not set("/?#\\") & set(target.removeprefix("/jobs/"))
    assert ".." not in target.split("/")


def test_a_server_that_drips_is_left_when_the_step_s_time_is_over() -> None:
    text = _READ.replace("operationId: read", "operationId: read\n        timeout: 400")
    document = workflow(text % "{condition: '$response.body#/id != 1'}", version="1.1.0")
    module = compile_workflow(document).module
    with (
        serving(lambda _: reply(b" " * 10_000, headers=_JSON), drip=0.02) as server,
        pytest.raises(module.StepFailed) as raised,
    ):
        module.flow(id="1", token="t", api_url=server.url)
    assert "read" in str(raised.value)


def test_entities_of_xml_are_not_expanded() -> None:
    openapi = """
        openapi: 3.1.0
        info: {title: A, version: '1'}
        servers: [{url: https://api.example}]
        paths: {/a: {get: {operationId: a, responses: {'200': {description: A., content: {text/xml: {}}}}}}}
    """
    module = compile_workflow(
        """
        steps:
          - stepId: a
            operationId: a
            successCriteria: [{condition: count(//a) > 0, context: $response.body, type: xpath}]
        """,
        openapi,
    ).module
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "boom">{levels}]><a>&e9;</a>'.encode()
    file = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    for body in (bomb, file):
        said = reply(body, headers=("Content-Type: text/xml",))
        with serving(_always(said)) as server, pytest.raises(module.StepFailed):
            module.flow(api_url=server.url)
