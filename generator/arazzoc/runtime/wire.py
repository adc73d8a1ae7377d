"""What can be sent as it is, and what to say of why something was not."""

from __future__ import annotations

import ssl
from functools import cache
from urllib.parse import SplitResult, urlsplit

from arazzoc.runtime.messages import Request

__all__ = ["reason_of", "sendable", "system_trust"]


def sendable(request: Request) -> SplitResult:
    """The request's URL in parts.

    Raises:
        ValueError: The URL or a header cannot be sent as it is. The message shows neither.
    """
    if None in request.headers.values():
        raise ValueError("a header has no value")
    sent = "".join((request.url, *request.headers, *request.headers.values()))
    if not (sent.isascii() and sent.isprintable()) or " " in request.url:
        raise ValueError("the URL or a header holds characters that cannot be sent")
    url = urlsplit(request.url)
    if url.scheme not in ("http", "https") or not url.hostname or url.port == 0:
        raise ValueError("only http and https URLs can be used")
    return url


def reason_of(error: Exception) -> str:
    """What an error says, on one line: what a server says in place of a status line is part of some."""
    return "".join(filter(str.isprintable, str(error))) or type(error).__name__


@cache
def system_trust() -> ssl.SSLContext:
    """The system's trust; loading it takes long, so it is loaded once."""
    return ssl.create_default_context()
