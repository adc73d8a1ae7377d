"""The transports for tasks, and those that send by httpx2, do what the built-in one does."""

from __future__ import annotations

import asyncio
import gc
import gzip
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from arazzoc.runtime import httpx2_transport
from arazzoc.runtime.aio import http_transport as aio_transport
from arazzoc.runtime.aio import httpx2_transport as aio_httpx2_transport
from arazzoc.runtime.aio.sending import opened
from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.messages import Request, Response
from tests.unit.runtime.loopback import Call, reply, serving

Ask = Callable[..., list[Response]]
ASYNC = {
    "threads": aio_transport.AsyncHttpTransport,
    "httpx2, async": aio_httpx2_transport.AsyncHttpTransport,
}


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _plain(*requests: Request, **options: Any) -> list[Response]:
    with httpx2_transport.HttpTransport(**options) as http:
        return [http(request) for request in requests]


def _awaiting(kind: str) -> Ask:
    def ask(*requests: Request, **options: Any) -> list[Response]:
        async def run() -> list[Response]:
            async with ASYNC[kind](**options) as http:
                return [await http(request) for request in requests]

        return asyncio.run(run())

    return ask


ASKS: dict[str, Ask] = {"httpx2": _plain, **{kind: _awaiting(kind) for kind in ASYNC}}
each = pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
each_async = pytest.mark.parametrize("transport", ASYNC.values(), ids=ASYNC)


def get(url: str, **headers: str) -> Request:
    return Request("GET", url, headers)


@each
def test_a_request_arrives_as_it_was_stated(ask: Ask) -> None:
    target = "/v1/a%2Fb//c;d'e(f)?x=1&y=%20&z=a+b,c:d[]=@!$*"
    with serving(lambda _: reply(b"{}")) as server:
        ask(Request("POST", f"{server.url}{target}", {"X-Key": "k"}, b'{"a":1}'))
    (call,) = server.calls
    assert call.line == f"POST {target} HTTP/1.1"
    assert call.body == b'{"a":1}'
    added = call.headers.keys() - {"host", "x-key", "content-length"}
    assert added == {"user-agent", "accept-encoding"}
    assert call.headers["user-agent"] == "arazzoc"


@each
def test_headers_that_the_request_states_replace_the_transport_s_own(ask: Ask) -> None:
    with serving(lambda _: reply(b"{}")) as server:
        ask(Request("GET", server.url, {"User-Agent": "mine", "Accept": "text/csv"}))
    assert server.calls[0].headers["user-agent"] == "mine"
    assert server.calls[0].headers["accept"] == "text/csv"


@each
def test_a_response_has_lower_case_names_and_the_first_of_repeated_headers(ask: Ask) -> None:
    with serving(lambda _: reply(b"ok", headers=("X-One: 1", "X-One: 2"))) as server:
        (response,) = ask(get(server.url))
    assert (response.status, response.body, response.headers["x-one"]) == (200, b"ok", "1")


@each
def test_calls_share_a_connection_and_no_cookies(ask: Ask) -> None:
    with serving(lambda _: reply(headers=("Set-Cookie: a=b",))) as server:
        ask(get(server.url), get(server.url))
    assert [call.connection for call in server.calls] == [0, 0]
    assert "cookie" not in server.calls[1].headers


@each
def test_redirects_are_not_followed(ask: Ask) -> None:
    with serving(lambda _: reply(headers=("Location: /other",), status="302 Found")) as server:
        (response,) = ask(get(server.url))
    assert response.status == 302
    assert len(server.calls) == 1


@each
def test_a_bomb_is_not_inflated_beyond_the_limit(ask: Ask) -> None:
    bomb = gzip.compress(bytes(100_000))
    with (
        serving(lambda _: reply(bomb, headers=("Content-Encoding: gzip",))) as server,
        pytest.raises(TransportError, match="the body is larger than 1000 bytes"),
    ):
        ask(get(server.url), limit=1000)


@each
def test_no_response_is_a_transport_error(ask: Ask) -> None:
    with serving(lambda _: None) as server, pytest.raises(TransportError) as caught:
        ask(get(f"{server.url}/a?key=s3cret", Authorization="s3cret"))
    assert "s3cret" not in str(caught.value)
    with pytest.raises(TransportError):
        ask(get(server.url))  # nobody listens there any more


@each
def test_a_body_that_is_cut_off_is_a_transport_error(ask: Ask) -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"
    with (
        serving(lambda _: said, hang_up=True) as server,
        pytest.raises(TransportError),
    ):
        ask(get(server.url))


@each
def test_a_server_that_repeats_what_was_sent_makes_no_secret_known(ask: Ask) -> None:
    def echo(call: Call) -> bytes:
        return f"{call.line}\r\nAuthorization: {call.headers['authorization']}\r\n\r\n".encode()

    with serving(echo, hang_up=True) as server, pytest.raises(TransportError) as raised:
        ask(get(f"{server.url}/?token=hidden", Authorization="hidden"))
    assert "hidden" not in f"{raised.value} {raised.value.__cause__}"


@each
def test_a_slow_server_is_waited_for_no_longer_than_the_time_out(ask: Ask) -> None:
    answered = threading.Event()

    def slow(_: Call) -> bytes:
        answered.wait(5)
        return reply(b"")

    with serving(slow) as server:
        with pytest.raises(TransportError) as caught:
            ask(get(server.url), timeout=0.05)
        answered.set()
    assert isinstance(caught.value.__cause__, TimeoutError | httpx2.TimeoutException)


@each
@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("http://127.0.0.1:1/", "s3cret\r\nX: 1"),
        ("http://127.0.0.1:1/", "s3crét"),
        ("http://127.0.0.1:1/", " s3cret"),
        ("file:///etc/s3cret", "x"),
        ("http://127.0.0.1:99999/?s3cret", "x"),
        ("http://s3cret space/", "x"),
    ],
)
def test_what_cannot_be_sent_is_told_without_secrets(ask: Ask, url: str, value: str) -> None:
    with pytest.raises(TransportError) as caught:
        ask(get(url, Authorization=value))
    assert "s3cr" not in caught.value.reason


def test_a_given_client_s_own_settings_hold_and_it_stays_open() -> None:
    with serving(lambda _: reply(headers=("Location: /x",), status="302 Found")) as server:
        client = httpx2.Client(headers={"X-Trace": "t"}, follow_redirects=True)
        with httpx2_transport.HttpTransport(client) as http:
            assert http(get(server.url)).status == 302
        assert not client.is_closed
        client.close()
    assert server.calls[0].headers["x-trace"] == "t"


def test_a_given_client_for_tasks_stays_open() -> None:
    async def run(url: str) -> None:
        async with httpx2.AsyncClient(headers={"X-Trace": "t"}) as client:
            async with aio_httpx2_transport.AsyncHttpTransport(client) as http:
                await http(get(url))
            assert not client.is_closed

    with serving(lambda _: reply(b"")) as server:
        asyncio.run(run(server.url))
    assert server.calls[0].headers["x-trace"] == "t"


@each_async
def test_tasks_share_a_transport(transport: Callable[[], Any]) -> None:
    async def run(url: str) -> Sequence[Response]:
        async with transport() as http:
            calls = (_respond(http, get(f"{url}/{number}")) for number in range(20))
            return await asyncio.gather(*calls)

    with serving(lambda call: reply(call.line.split()[1].encode())) as server:
        responses = asyncio.run(run(server.url))
    assert [response.body for response in responses] == [b"/%d" % each for each in range(20)]


@each_async
def test_a_task_that_is_cancelled_closes_its_connection(transport: Callable[[], Any]) -> None:
    asked, over = threading.Event(), threading.Event()
    in_time: list[bool] = []

    def silent(_: Call) -> bytes | None:
        asked.set()
        in_time.append(over.wait(10))
        return None

    async def run(url: str) -> None:
        async with transport() as http:
            waiting = asyncio.create_task(_respond(http, get(url)))
            await asyncio.to_thread(asked.wait, 5)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    with serving(silent) as server:
        asyncio.run(run(server.url))  # ends once all threads have
        over.set()
    gc.collect()  # a connection that was left open would be told here
    assert in_time == [True]


async def _respond(http: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    return await http(request)


def test_a_call_that_is_cancelled_closes_the_transport_that_it_opened() -> None:
    asked, over = threading.Event(), threading.Event()
    in_time: list[bool] = []

    def silent(_: Call) -> bytes | None:
        asked.set()
        in_time.append(over.wait(10))
        return None

    async def call(url: str) -> None:
        async with opened(None) as http:
            await http(get(url))

    async def run(url: str) -> None:
        waiting = asyncio.create_task(call(url))
        await asyncio.to_thread(asked.wait, 5)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    with serving(silent) as server:
        asyncio.run(run(server.url))
        over.set()
    gc.collect()
    assert in_time == [True]


def test_requests_wait_for_a_thread_and_are_not_sent_once_they_are_cancelled() -> None:
    asked, over = threading.Event(), threading.Event()

    def slow(_: Call) -> bytes:
        asked.set()
        over.wait(5)
        return reply(b"")

    async def run(url: str) -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        async with aio_transport.AsyncHttpTransport() as http:
            first = asyncio.create_task(http(get(f"{url}/first")))
            while not asked.is_set():
                await asyncio.sleep(0.001)
            second = asyncio.create_task(http(get(f"{url}/second")))
            await asyncio.sleep(0.01)
            second.cancel()
            with pytest.raises(asyncio.CancelledError):
                await second
            over.set()
            assert (await first).status == 200

    with serving(slow) as server:
        asyncio.run(run(server.url))
    assert [call.line.split()[1] for call in server.calls] == ["/first"]
