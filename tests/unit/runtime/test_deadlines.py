"""The time that a request states bounds its exchange in every transport that modules can carry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

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
