"""Heads of responses, as servers send them."""

from __future__ import annotations

import http.client
import io
import socket
from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.runtime.answers import HttpAnswer
from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.http_transport import HttpTransport
from arazzoc.runtime.messages import Request, Response
from tests.unit.runtime.loopback import serving


class _Wire:
    """What a server sends, in place of a socket."""

    def __init__(self, sent: bytes) -> None:
        self._sent = sent

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(self._sent))


def _begun(
    kind: Callable[..., http.client.HTTPResponse], sent: bytes, method: str
) -> http.client.HTTPResponse:
    answer = kind(cast("socket.socket", _Wire(sent)), method=method)
    answer.begin()
    return answer


def _answer_to(sent: bytes) -> Response:
    with serving(lambda _: sent) as server, HttpTransport(timeout=5) as http:
        return http(Request("GET", server.url, {}))


_TOKENS = st.sampled_from(["X-A", "x-a", "Server", "ETag", "Set-Cookie"])
_TEXTS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=20)
_FRAMING = st.sampled_from(
    [
        *("Content-Length: 4", "content-length:4", "Content-Length: 0"),
        *("Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "TRANSFER-ENCODING: Chunked"),
        *("Connection: close", "Connection: keep-alive", "connection: Keep-Alive, Upgrade"),
    ]
)
_HEADERS = st.lists(
    _FRAMING | st.builds("{}:{}{}".format, _TOKENS, st.sampled_from(["", " ", "\t"]), _TEXTS),
    max_size=8,
)


@given(
    version=st.sampled_from(["HTTP/1.0", "HTTP/1.1"]),
    status=st.sampled_from(["101 Switching Protocols", "200 OK", "200 ", "204 No Content"])
    | st.integers(200, 599).map(str),
    headers=_HEADERS,
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    end=st.sampled_from(["\r\n", "\n"]),
)
def test_a_sound_head_is_read_as_the_standard_library_reads_it(
    version: str, status: str, headers: list[str], method: str, end: str
) -> None:
    sent = end.join([f"{version} {status}", *headers, "", "4\r\nbody\r\n0\r\n\r\n"]).encode()
    ours = _begun(HttpAnswer, sent, method)
    theirs = _begun(http.client.HTTPResponse, sent, method)
    assert (ours.status, ours.reason, ours.version) == (
        theirs.status,
        theirs.reason,
        theirs.version,
    )
    assert ours.headers.items() == [(name, value.strip()) for name, value in theirs.headers.items()]
    assert (ours.length, ours.will_close) == (theirs.length, theirs.will_close)
    assert ours.chunked == (theirs.chunked and method != "HEAD" and ours.length != 0)


@pytest.mark.parametrize("line", ["no header", "X Forwarded: yes", "HTTP/1.1 200 OK", ": nameless"])
def test_the_length_behind_a_line_that_is_no_header_counts(line: str) -> None:
    answer = _answer_to(f"HTTP/1.1 200 OK\r\n{line}\r\nContent-Length: 4\r\n\r\nbody".encode())
    assert (answer.body, answer.headers["content-length"]) == (b"body", "4")


def test_a_header_that_goes_on_over_lines_is_one() -> None:
    answer = _answer_to(
        b"HTTP/1.1 200 OK\r\nX-A: one,\r\n  two,\r\n\tthree\r\nContent-Length: 0\r\n\r\n"
    )
    assert answer.headers == {"x-a": "one, two, three", "content-length": "0"}


def test_a_carriage_return_within_a_header_begins_no_other() -> None:
    answer = _answer_to(b"HTTP/1.1 200 OK\r\nX-A: a\rX-B: b\r\nContent-Length: 0\r\n\r\n")
    assert "x-b" not in answer.headers


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", "cut off"),
        (b"HTTP/1.1 200 OK\r\nX-A: a", "cut off"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: a\r\n" * 101 + b"\r\n", "more than 100 lines of headers"),
        (b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 70_000 + b"\r\n\r\n", "got more than 65536 bytes"),
        (b"HTTP/1.1 " + b"2" * 70_000, "got more than 65536 bytes"),
        (b"HTTP/2 200 OK\r\n\r\n", "HTTP/1: HTTP/2 200"),
        (b"HTTP/1.1 099 Odd\r\n\r\n", "HTTP/1: HTTP/1.1 099"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc", "a length that is no number"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "a length that is no number"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", "that is no number"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1: HTTP/1.1 2000"),
    ],
)
def test_what_is_no_whole_head_is_no_response(sent: bytes, reason: str) -> None:
    with (
        serving(lambda _: sent, hang_up=True) as server,
        HttpTransport() as http,
        pytest.raises(TransportError) as caught,
    ):
        http(Request("GET", server.url, {}))
    assert reason in caught.value.reason


def test_what_comes_before_the_answer_has_an_end() -> None:
    with pytest.raises(TransportError, match="more than 1000 responses come before the answer"):
        _answer_to(b"HTTP/1.1 102 Processing\r\n\r\n" * 1001 + b"HTTP/1.1 204 No Content\r\n\r\n")
