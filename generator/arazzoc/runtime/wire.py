"""What can be sent as it is, and what to say of why something was not."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

from arazzoc.runtime.messages import Request

__all__ = ["bounded", "reason_of", "sendable", "system_trust"]

_AGAIN: Final = 0.01
"""Seconds between two looks for sockets that have been opened since the time was over."""


_URL: Final = re.compile(r"(https?://[^/?#]+)([^?#]*)\??([^#]*)", re.IGNORECASE)


def sendable(request: Request) -> tuple[str, str]:
    """The request's URL as server and target: `https://example.com` and `/jobs?limit=1`.

    Raises:
        ValueError: The URL or a header cannot be sent as it is. The message shows neither.
    """
    if None in request.headers.values():
        raise ValueError("a header has no value")
    try:
        sent = "".join((request.url, *request.headers, *request.headers.values()))
    except TypeError:
        raise ValueError("a header is no text") from None
    if not (sent.isascii() and sent.isprintable()) or " " in request.url:
        raise ValueError("the URL or a header holds characters that cannot be sent")
    found = _URL.match(request.url)
    if found is None or not _names_a_host(found[1]):
        raise ValueError("only http and https URLs can be used")
    server, path, rest = found.groups()
    return server, f"{path or '/'}{'?' if rest else ''}{rest}"


@lru_cache(maxsize=64)
def _names_a_host(server: str) -> bool:
    url = urlsplit(server)
    return bool(url.hostname) and url.port != 0


def reason_of(error: Exception) -> str:
    """What an error says, on one line: what a server says in place of a status line is part of some."""
    return "".join(filter(str.isprintable, str(error))) or type(error).__name__


@cache
def system_trust() -> ssl.SSLContext:
    """The system's trust; loading it takes long, so it is loaded once."""
    return ssl.create_default_context()


@contextmanager
def bounded(
    seconds: float | None, sockets: Callable[[], Iterable[object]]
) -> Generator[None, None, None]:
    """Shuts sockets down where the block takes longer: one wait after the other could last for ever.

    Args:
        seconds: None for a block without bounds.
        sockets: Those that the block has opened by the time that it is asked.

    Raises:
        TimeoutError: The block took longer.
    """
    if seconds is None:
        yield
        return
    left, over = threading.Event(), threading.Event()

    def watch() -> None:
        if left.wait(seconds):
            return
        over.set()
        while not left.wait(_AGAIN):  # what is not connected yet will be
            for each in sockets():
                if isinstance(each, socket.socket):
                    with suppress(OSError):
                        # The plain socket's method: that of a TLS socket gives up the encryption.
                        socket.socket.shutdown(each, socket.SHUT_RDWR)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    except Exception as error:
        if over.is_set():
            raise TimeoutError("timed out") from error
        raise
    finally:
        left.set()
    if over.is_set():
        raise TimeoutError("timed out")
