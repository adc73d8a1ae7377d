"""The time that a request states bounds its exchange in every transport that modules can carry."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx2
import pytest

from arazzoc.runtime import http_transport, httpx2_transport
from arazzoc.runtime.aio import http_transport as aio_http_transport
from arazzoc.runtime.aio import httpx2_transport as aio_httpx2_transport
from arazzoc.runtime.aio.sending import within as aio_within
from arazzoc.runtime.aio.transport import AsyncTransport
from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.sending import within
from tests.unit.runtime.loopback import reply, serving

HASTY = 0.3
LATE = reply(headers=(f"X-Long: {'x' * 2_000}",))
"""What drips for longer than anybody waits."""


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _awaited(
    kind: (
        type[aio_http_transport.AsyncHttpTransport] | type[aio_httpx2_transport.AsyncHttpTransport]
    ),
    request: Request,
) -> Response:
    async def send() -> Response:
        async with kind() as http:
            return await http(request)

    return asyncio.run(send())


def _plain(request: Request) -> Response:
    with http_transport.HttpTransport() as http:
        return http(request)


def _httpx2(request: Request) -> Response:
    with httpx2_transport.HttpTransport() as http:
        return http(request)


SENDERS: dict[str, Callable[[Request], Response]] = {
    "plain": _plain,
    "httpx2": _httpx2,
    "async": lambda request: _awaited(aio_http_transport.AsyncHttpTransport, request),
    "async httpx2": lambda request: _awaited(aio_httpx2_transport.AsyncHttpTransport, request),
}
each_sender = pytest.mark.parametrize("send", SENDERS.values(), ids=SENDERS)


@each_sender
def test_a_body_that_drips_is_cut_off(send: Callable[[Request], Response]) -> None:
    with (
        serving(lambda _: reply(bytes(10_000)), drip=0.002) as server,
        pytest.raises(TransportError),
    ):
        send(Request("GET", server.url, {}, timeout=HASTY))


@each_sender
def test_headers_that_drip_are_cut_off(send: Callable[[Request], Response]) -> None:
    with (
        serving(lambda _: LATE, drip=0.002) as server,
        pytest.raises(TransportError, match="timed out"),
    ):
        send(Request("GET", server.url, {}, timeout=HASTY))


@pytest.mark.parametrize("transport", [http_transport, httpx2_transport])
def test_so_are_those_on_a_connection_that_was_kept(transport: ModuleType) -> None:
    answers = iter([reply(b"first"), LATE])
    with serving(lambda _: next(answers), drip=0.002) as server, transport.HttpTransport() as http:
        http(Request("GET", server.url, {}, timeout=30))
        with pytest.raises(TransportError, match="timed out"):
            http(Request("GET", server.url, {}, timeout=HASTY))
    assert {call.connection for call in server.calls} == {0}


def test_a_given_client_s_new_connections_are_bounded_too() -> None:
    with (
        serving(lambda _: LATE, drip=0.002) as server,
        httpx2.Client() as client,
        httpx2_transport.HttpTransport(client) as http,
        pytest.raises(TransportError, match="timed out"),
    ):
        http(Request("GET", server.url, {}, timeout=HASTY))


def test_a_slow_look_up_of_a_name_is_bounded_by_httpx2_in_tasks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over, real = threading.Event(), socket.getaddrinfo

    def slow(*given: Any, **more: Any) -> Any:
        over.wait(10)
        return real(*given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    async def send() -> None:
        try:
            async with aio_httpx2_transport.AsyncHttpTransport() as http:
                await http(Request("GET", "http://slow.example/", {}, timeout=HASTY))
        finally:
            over.set()

    with pytest.raises(TransportError, match="timed out"):
        asyncio.run(send())


@each_sender
def test_an_answer_in_time_is_given_back(send: Callable[[Request], Response]) -> None:
    with serving(lambda _: reply(b"in time")) as server:
        assert send(Request("GET", server.url, {}, timeout=30)).body == b"in time"


def test_the_time_of_a_step_is_shared_by_the_requests_of_its_workflow() -> None:
    seen: list[float | None] = []

    def answers(request: Request, /) -> Response:
        seen.append(request.timeout)
        return Response(200, {}, b"")

    async def answers_later(request: Request, /) -> Response:
        return answers(request)

    http, later = within(answers, 5), aio_within(answers_later, 5)
    http(Request("GET", "http://h", {}))
    http(Request("GET", "http://h", {}, timeout=1))
    asyncio.run(_called(later, Request("GET", "http://h", {}, timeout=2)))
    assert seen[1:] == [1, 2]
    assert seen[0] is not None
    assert 1 < seen[0] <= 5
    with pytest.raises(TransportError, match="is over"):
        within(answers, 0)(Request("GET", "http://h", {}))
    with pytest.raises(TransportError, match="is over"):
        asyncio.run(_called(aio_within(later, 0), Request("GET", "http://h", {})))
    assert len(seen) == 3


async def _called(http: AsyncTransport, request: Request) -> Response:
    return await http(request)
