from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from arazzoc.runtime import http_transport
from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.http_transport import HttpTransport
from arazzoc.runtime.messages import Request
from tests.unit.runtime.loopback import Call, reply, serving


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def get(url: str, **headers: str) -> Request:
    return Request("GET", url, headers)


def test_a_request_arrives_as_it_was_stated() -> None:
    with serving(lambda _: reply(b"{}")) as server, HttpTransport() as http:
        http(
            Request(
                "POST",
                f"{server.url}/v1/a%2Fb?x=1&y=%20",
                {"Content-Type": "application/json", "X-Key": "k"},
                b'{"a":1}',
            )
        )
    (call,) = server.calls
    assert call.line == "POST /v1/a%2Fb?x=1&y=%20 HTTP/1.1"
    assert call.body == b'{"a":1}'
    assert call.headers["host"] == f"127.0.0.1:{server.port}"
    assert call.headers["content-type"] == "application/json"
    assert call.headers["x-key"] == "k"
    assert call.headers["content-length"] == "7"
    assert call.headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("", "GET / HTTP/1.1"),
        ("?a=1", "GET /?a=1 HTTP/1.1"),
        ("//double", "GET //double HTTP/1.1"),
        ("/a#fragment", "GET /a HTTP/1.1"),
        ("/a?b#fragment", "GET /a?b HTTP/1.1"),
    ],
)
def test_the_path_is_always_absolute_and_has_no_fragment(url: str, line: str) -> None:
    with serving(lambda _: reply()) as server, HttpTransport() as http:
        http(get(server.url + url))
    assert [call.line for call in server.calls] == [line]


def test_headers_that_the_request_states_replace_the_transports_own() -> None:
    with serving(lambda _: reply()) as server, HttpTransport() as http:
        http(get(server.url, **{"User-Agent": "mine", "ACCEPT-ENCODING": "identity"}))
    (call,) = server.calls
    assert call.headers["user-agent"] == "mine"
    assert call.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(("method", "length"), [("POST", "0"), ("PATCH", "0"), ("GET", None)])
def test_a_missing_body_is_said_to_be_empty_where_one_is_expected(
    method: str, length: str | None
) -> None:
    with serving(lambda _: reply()) as server, HttpTransport() as http:
        http(Request(method, server.url, {}))
    assert server.calls[0].headers.get("content-length") == length


def test_a_response_has_lower_case_names_and_the_first_of_repeated_headers() -> None:
    said = reply(
        b"hi", status="418 Teapot", headers=("X-A: 1", "x-a: 2", "Content-Type: text/plain")
    )
    with serving(lambda _: said) as server, HttpTransport() as http:
        response = http(get(server.url))
    assert (response.status, response.body, response.data) == (418, b"hi", "hi")
    assert response.headers["x-a"] == "1"
    assert response.error is None


def test_calls_share_a_connection() -> None:
    with serving(lambda _: reply(b"{}")) as server, HttpTransport() as http:
        for _ in range(3):
            http(get(server.url))
    assert [call.connection for call in server.calls] == [0, 0, 0]


def test_each_server_has_a_connection_of_its_own() -> None:
    with (
        serving(lambda _: reply(b"1")) as one,
        serving(lambda _: reply(b"2")) as other,
        HttpTransport() as http,
    ):
        bodies = [http(get(server.url)).body for server in (one, other, one)]
    assert bodies == [b"1", b"2", b"1"]
    assert [call.connection for call in one.calls] == [0, 0]


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_a_status_without_a_body_leaves_the_connection_usable(status: str) -> None:
    def answer(call: Call) -> bytes:
        bare = f"HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\n".encode()
        return bare if "/none" in call.line else reply(b"next")

    with serving(answer) as server, HttpTransport() as http:
        assert http(get(f"{server.url}/none")).body == b""
        assert http(get(f"{server.url}/some")).body == b"next"
    assert [call.connection for call in server.calls] == [0, 0]


def test_the_length_that_answers_head_is_no_truncation() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\nContent-Encoding: gzip\r\n\r\n"
    with serving(lambda _: said) as server, HttpTransport() as http:
        assert http(Request("HEAD", server.url, {})).body == b""
        assert http(Request("HEAD", server.url, {})).headers["content-length"] == "999"


def test_redirects_are_not_followed() -> None:
    said = reply(status="302 Found", headers=("Location: /elsewhere",))
    with serving(lambda _: said) as server, HttpTransport() as http:
        response = http(get(server.url, Authorization="Bearer t"))
    assert (response.status, response.headers["location"]) == (302, "/elsewhere")
    assert len(server.calls) == 1


def test_chunked_bodies_and_bodies_until_the_end_are_read_whole() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    unending = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde"
    with serving(lambda _: chunked) as server, HttpTransport() as http:
        assert [http(get(server.url)).body for _ in range(2)] == [b"abcde"] * 2
    with serving(lambda _: unending, hang_up=True) as server, HttpTransport() as http:
        assert [http(get(server.url)).body for _ in range(2)] == [b"abcde"] * 2


class TestIdleConnections:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_one_that_the_server_closed_is_noticed_before_anything_is_sent(
        self, method: str
    ) -> None:
        with serving(lambda _: reply(b"{}"), hang_up=True) as server, HttpTransport() as http:
            for _ in range(3):
                assert http(Request(method, server.url, {}, b"x")).status == 200
                time.sleep(0.05)
        assert [call.connection for call in server.calls] == [0, 1, 2]

    def test_an_idempotent_request_is_sent_once_more(self) -> None:
        with serving(_hangs_up_on_the_second()) as server, HttpTransport() as http:
            assert http(get(server.url)).status == 200
            assert http(get(server.url)).status == 200
        assert [call.connection for call in server.calls] == [0, 0, 1]

    @pytest.mark.parametrize("method", ["POST", "PATCH"])
    def test_a_request_that_may_have_been_carried_out_is_not(self, method: str) -> None:
        with serving(_hangs_up_on_the_second()) as server, HttpTransport() as http:
            http(get(server.url))
            with pytest.raises(TransportError, match="closed the connection"):
                http(Request(method, server.url, {}, b"x"))
            assert http(Request(method, server.url, {}, b"x")).status == 200
        assert len(server.calls) == 3

    def test_a_new_connection_that_is_hung_up_is_an_error_at_once(self) -> None:
        with serving(lambda _: None) as server, HttpTransport() as http:
            with pytest.raises(TransportError, match="closed the connection"):
                http(get(server.url))
            assert len(server.calls) == 1

    def test_what_nobody_asked_for_is_not_taken_for_an_answer(self) -> None:
        def answer(call: Call) -> bytes:
            return reply(b"right") + (reply(b"wrong") if call.connection == 0 else b"")

        with serving(answer) as server, HttpTransport() as http:
            http(get(server.url))
            time.sleep(0.05)
            assert http(get(server.url)).body == b"right"


def _hangs_up_on_the_second() -> Callable[[Call], bytes | None]:
    count = 0

    def answer(_: Call) -> bytes | None:
        nonlocal count
        count += 1
        return None if count == 2 else reply(b"{}")

    return answer


class TestContentCodings:
    @pytest.mark.parametrize(
        ("coding", "body"),
        [
            ("gzip", gzip.compress(b'{"a": 1}', mtime=0)),
            ("X-GZIP", gzip.compress(b'{"a"', mtime=0) + gzip.compress(b": 1}", mtime=0)),
            ("deflate", zlib.compress(b'{"a": 1}')),
            ("deflate", zlib.compress(b'{"a": 1}')[2:-4]),
            ("identity", b'{"a": 1}'),
        ],
    )
    def test_known_ones_are_undone(self, coding: str, body: bytes) -> None:
        headers = (f"Content-Encoding: {coding}", "Content-Type: application/json")
        with serving(lambda _: reply(body, headers=headers)) as server, HttpTransport() as http:
            assert http(get(server.url)).data == {"a": 1}

    @pytest.mark.parametrize(
        ("coding", "bomb"),
        [
            ("gzip", gzip.compress(bytes(50_000_000), mtime=0)),
            ("deflate", zlib.compress(bytes(50_000_000))),
        ],
    )
    def test_a_bomb_is_not_inflated_beyond_the_limit(self, coding: str, bomb: bytes) -> None:
        said = reply(bomb, headers=(f"Content-Encoding: {coding}",))
        with (
            serving(lambda _: said) as server,
            HttpTransport(limit=100_000) as http,
            pytest.raises(TransportError, match="larger than 100000 bytes"),
        ):
            http(get(server.url))

    @pytest.mark.parametrize(
        ("coding", "body"),
        [
            ("gzip", gzip.compress(b"x" * 100, mtime=0)[:-9]),
            ("gzip", b"no gzip"),
            ("deflate", zlib.compress(b"x" * 100)[:-9]),
            ("deflate", b"no deflate"),
        ],
    )
    def test_a_damaged_one_is_an_error(self, coding: str, body: bytes) -> None:
        said = reply(body, headers=(f"Content-Encoding: {coding}",))
        with (
            serving(lambda _: said) as server,
            HttpTransport() as http,
            pytest.raises(TransportError),
        ):
            http(get(server.url))


class TestFailures:
    """Whatever goes wrong is a `TransportError` that has its cause and shows no secret."""

    def test_nobody_listens(self) -> None:
        with serving(lambda _: reply()) as server:
            url = server.url
        with HttpTransport() as http, pytest.raises(TransportError) as caught:
            http(get(f"{url}/v1/jobs?key=secret", Authorization="secret"))
        assert "secret" not in f"{caught.value} {caught.value!r}"
        assert str(caught.value).startswith(f"GET {url.removeprefix('http://')}/v1/jobs: ")
        assert isinstance(caught.value.__cause__, ConnectionRefusedError)

    def test_the_server_is_slow(self) -> None:
        wait = threading.Event()

        def answer(_: Call) -> bytes:
            wait.wait(5)
            return reply()

        with serving(answer) as server, HttpTransport(timeout=0.1) as http:
            with pytest.raises(TransportError, match="timed out"):
                http(get(server.url))
            wait.set()
            assert http(get(server.url)).status == 200

    @pytest.mark.parametrize(
        "said",
        [
            reply(bytes(10_000)),  # cut off within the headers, or within the body
            b"HTTP/1.1 200 OK\r\n\r\n" + bytes(10_000),  # where only the end tells that it is whole
            b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1_000,
        ],
    )
    @pytest.mark.parametrize("timeout", [0.05, 0.4])
    def test_an_exchange_that_drips_is_cut_off(self, said: bytes, timeout: float) -> None:
        with serving(lambda _: said, drip=0.005) as server, HttpTransport() as http:
            for _ in range(2):
                with pytest.raises(TransportError, match="timed out"):
                    http(replace(get(server.url), timeout=timeout))
        assert [call.connection for call in server.calls] == [0, 1]

    def test_a_time_for_all_of_it_replaces_that_for_each_wait(self) -> None:
        wait = threading.Event()

        def answer(_: Call) -> bytes:
            wait.wait(0.2)
            return reply()

        with serving(answer) as server, HttpTransport(timeout=0.05) as http:
            assert http(replace(get(server.url), timeout=5)).status == 200
            with pytest.raises(TransportError, match="timed out"):
                http(get(server.url))

    @pytest.mark.parametrize(
        "said",
        [
            reply(b"abc", length=10),
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
        ],
    )
    def test_the_body_is_cut_off(self, said: bytes) -> None:
        with (
            serving(lambda _: said, hang_up=True) as server,
            HttpTransport() as http,
            pytest.raises(TransportError, match="IncompleteRead"),
        ):
            http(Request("POST", server.url, {}))

    def test_the_answer_is_no_http(self) -> None:
        """It may repeat what was sent, of which the query is secret."""
        with (
            serving(lambda call: f"{call.line}\r\n\r\n".encode(), hang_up=True) as server,
            HttpTransport() as http,
            pytest.raises(TransportError, match=r"the server's answer is not HTTP/1$") as raised,
        ):
            http(get(f"{server.url}/?token=hidden"))
        assert "hidden" not in f"{raised.value} {raised.value.__cause__}"

    @pytest.mark.parametrize("chunked", [True, False])
    def test_the_body_is_too_large(self, chunked: bool) -> None:
        large = (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n"
        )

        def answer(call: Call) -> bytes:
            if "/small" in call.line:
                return reply(b"1234567890")
            return large if chunked else reply(b"12345678901")

        with serving(answer) as server, HttpTransport(limit=10) as http:
            with pytest.raises(TransportError, match="larger than 10 bytes"):
                http(get(server.url))
            assert http(get(f"{server.url}/small")).body == b"1234567890"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("X-Token", "secret\r\nX-Injected: 1"),
            ("X-Token", "secret\n folded"),
            ("X-Token", "secret\rx"),
            ("X-Token", "secret\0"),
            ("X-Token", "secret\u2026"),
            ("X-Token", "caf\u00e9 secret"),
            (" X-Token", "secret"),
            ("X-Token\r\nX-Injected", "secret"),
            ("X-Token:", "secret"),
            ("X-Token: x, X", "secret"),
            ("X Token", "secret"),
            ("", "secret"),
        ],
    )
    def test_a_header_that_cannot_be_sent(self, name: str, value: str) -> None:
        with serving(lambda _: reply()) as server, HttpTransport() as http:
            with pytest.raises(TransportError, match="cannot be sent") as caught:
                http(get(f"{server.url}/refused", **{name: value}))
            assert http(get(f"{server.url}/next")).status == 200
        assert "secret" not in f"{caught.value} {caught.value.__cause__}"
        # Nothing of it is left for what the connection sends next.
        (call,) = server.calls
        assert call.line == "GET /next HTTP/1.1"
        assert set(call.headers) == {"host", "user-agent", "accept-encoding"}

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "ftp://127.0.0.1/x",
            "/relative",
            "",
            "http://",
            "http://127.0.0.1/a b?key=secret",
            "http://127.0.0.1/?key=secret\r\nX: 1",
            "http://127.0.0.1/caf\u00e9",
            "http://127.0.0.1:none/",
            "http://[::1/",
        ],
    )
    def test_a_url_that_cannot_be_used(self, url: str) -> None:
        with HttpTransport() as http, pytest.raises(TransportError) as caught:
            http(get(url))
        assert "secret" not in f"{caught.value} {caught.value.__cause__}"


class TestProxies:
    def test_plain_requests_go_through_it_with_the_whole_url(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with serving(lambda _: reply(b"proxied")) as proxy, HttpTransport() as http:
            monkeypatch.setenv("http_proxy", f"http://user:p%40ss@127.0.0.1:{proxy.port}")
            assert http(get("http://api.example:8080/v1?a=b")).body == b"proxied"
        (call,) = proxy.calls
        assert call.line == "GET http://api.example:8080/v1?a=b HTTP/1.1"
        assert call.headers["host"] == "api.example:8080"
        assert call.headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"

    def test_tls_goes_through_a_tunnel(self, monkeypatch: pytest.MonkeyPatch) -> None:
        refused = b"HTTP/1.1 403 Forbidden\r\n\r\n"
        with serving(lambda _: refused, hang_up=True) as proxy, HttpTransport() as http:
            monkeypatch.setenv("https_proxy", f"user:pass@127.0.0.1:{proxy.port}")
            with pytest.raises(TransportError, match="403 Forbidden"):
                http(get("https://api.example/v1", Authorization="secret"))
        (call,) = proxy.calls
        assert call.line.startswith("CONNECT api.example:443 HTTP/1.")
        assert call.headers["proxy-authorization"] == "Basic dXNlcjpwYXNz"
        assert "authorization" not in call.headers

    def test_exceptions_are_heeded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with serving(lambda _: reply(b"direct")) as server, HttpTransport() as http:
            assert http(get(server.url)).body == b"direct"

    def test_other_kinds_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1080")
        with HttpTransport() as http, pytest.raises(TransportError, match="only http:// proxies"):
            http(get("http://api.example/"))


def test_recorders_that_replace_the_connection_classes_work(tmp_path: Path) -> None:
    recorder = import_module("vcr").VCR(cassette_library_dir=str(tmp_path))
    said = reply(
        gzip.compress(b'{"a": 1}', mtime=0),
        headers=("Content-Encoding: gzip", "Content-Type: a/json"),
    )
    with serving(lambda _: said) as server:
        with recorder.use_cassette("calls.yaml"), HttpTransport() as http:
            recorded = [http(get(server.url)).data for _ in range(2)]
        with recorder.use_cassette("calls.yaml", record_mode="none"), HttpTransport() as http:
            replayed = [http(get(server.url)).data for _ in range(2)]
    assert recorded == replayed == [{"a": 1}] * 2
    assert len(server.calls) == 2


def test_tls_is_verified_and_kept_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = f"""
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1
        -keyout {key} -out {certificate} -subj /CN=localhost -addext subjectAltName=DNS:localhost
    """
    subprocess.run(command.split(), check=True, capture_output=True)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(lambda _: reply(b"{}"), tls=server_side) as server, HttpTransport() as http:
        url = server.url.replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(TransportError, match="certificate verify failed"):
            http(get(url))
        monkeypatch.setattr(http_transport, "system_trust", lambda: trusting)
        with HttpTransport() as trusted:
            for _ in range(3):
                assert trusted(get(url)).status == 200
    assert len({call.connection for call in server.calls}) == 1
    assert len(server.calls) == 3


@pytest.mark.parametrize("interim", ["100 Continue", "102 Processing", "103 Early Hints"])
def test_what_a_server_says_while_it_works_is_not_the_answer(interim: str) -> None:
    said = f"HTTP/1.1 {interim}\r\nLink: </style.css>\r\n\r\n".encode() * 2
    with serving(lambda _: said + reply(b"done")) as server, HttpTransport() as http:
        first, second = http(get(f"{server.url}/a")), http(get(f"{server.url}/b"))
    assert [(each.status, each.body) for each in (first, second)] == [(200, b"done")] * 2
    assert "link" not in first.headers


@pytest.mark.parametrize("length", ["1000000000000", "9" * 20])
def test_a_length_that_no_body_can_have_is_no_response(length: str) -> None:
    told = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nabc".encode()
    with (
        serving(lambda _: told, hang_up=True) as server,
        HttpTransport() as http,
        pytest.raises(TransportError, match="IncompleteRead"),
    ):
        http(get(server.url))


def test_what_a_server_sends_in_place_of_a_status_line_steers_no_terminal() -> None:
    with (
        serving(lambda _: b"\x1b[2JWelcome\r\n", hang_up=True) as server,
        HttpTransport() as http,
        pytest.raises(TransportError) as caught,
    ):
        http(get(server.url))
    assert str(caught.value).endswith(": the server's answer is not HTTP/1")
