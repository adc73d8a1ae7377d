from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from arazzoc.runtime.messages import Request, Response


@pytest.mark.parametrize(
    ("content_type", "body", "data"),
    [
        ("application/json", b'{"a": [1, 1.5, null]}', {"a": [1, 1.5, None]}),
        ("Application/JSON; charset=utf-8", b'"\xc3\xa9"', "\u00e9"),
        ("application/json;charset=ISO-8859-1", b'"\xe9"', "\u00e9"),
        ("application/json", '"\u00e9"'.encode("utf-16"), "\u00e9"),
        ("application/json", b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ("application/problem+json", b'{"status": 404}', {"status": 404}),
        ("text/json", b"[1]", [1]),
        ("application/json", b'{"a": ', None),
        ("application/json", b"[" * 100_000, None),
        ("application/json", b"null", None),
        ("application/json", b"", None),
        ("text/plain", b"", None),
        ("text/plain", b"caf\xc3\xa9", "caf\u00e9"),
        ('text/plain; charset="latin-1"', b"caf\xe9", "caf\u00e9"),
        ("text/plain", b"caf\xe9", "caf\ufffd"),
        ("text/plain; charset=no-such", b"caf\xc3\xa9", "caf\u00e9"),
        ("text/plain; charset=undefined", b"abc", "abc"),
        ("text/plain; charset=zlib", b"abc", "abc"),
        ("text/plain; charset=idna", b"xn--caf-dma", "xn--caf-dma"),
        ("text/plain; charset=punycode", b"caf-dma", "caf-dma"),
        ("text/plain; charset=Unicode_Escape", rb"\d\u00e9", r"\d\u00e9"),
        ("application/json; charset=raw_unicode_escape", b'"a"', None),
        ("application/xml", b"<a/>", "<a/>"),
        ("image/svg+xml", b"<svg/>", "<svg/>"),
        ("application/octet-stream", b"[1]", b"[1]"),
        ("image/png", b"\x89PNG", b"\x89PNG"),
        (None, b"[1]", [1]),
        (None, b"null", None),
        (None, b"hello", "hello"),
        (None, b"\xff\x00", b"\xff\x00"),
        (None, b"", None),
    ],
)
def test_a_body_is_read_as_its_content_type_says(
    content_type: str | None, body: bytes, data: Any
) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    assert Response(200, headers, body).data == data


def test_a_body_is_parsed_once() -> None:
    response = Response(200, {}, b"[1]")
    assert response.data is response.data


HIDDEN = "hidden"


def test_representations_show_no_secret() -> None:
    request = Request(
        "POST",
        f"https://me:{HIDDEN}@h/v1?key={HIDDEN}#x",
        {"Authorization": HIDDEN},
        HIDDEN.encode(),
    )
    response = Response(200, {"set-cookie": HIDDEN}, HIDDEN.encode(), ValueError(HIDDEN))
    assert response.data == HIDDEN
    assert repr(request) == str(request) == "Request(POST h/v1)"
    assert repr(response) == str(response) == "Response(status=200)"


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://h:8443/a/b%20c?q=/x#/y", "h:8443", "/a/b%20c"),
        ("https://u:p@h?q", "h", "/"),
        ("http://[::1]:8/a", "[::1]:8", "/a"),
        ("http://[broken/a", "[broken", "/a"),
        ("", "", "/"),
    ],
)
def test_host_and_path_leave_out_query_and_credentials(url: str, host: str, path: str) -> None:
    request = Request("GET", url, {})
    assert (request.host, request.path) == (host, path)


def test_messages_can_be_copied_and_pickled() -> None:
    request, response = Request("GET", "http://h/", {"A": "b"}), Response(200, {}, b"[1]")
    assert response.data == [1]
    for message in (request, response):
        assert copy.deepcopy(message) == message
        assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301 - our own bytes
