"""What can be sent as it is, and what to say of why something was not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from functools import cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from arazzoc.runtime.messages import Request

__all__ = ["bounded", "reason_of", "sendable", "system_trust"]

_AGAIN: Final = 0.01
"""Seconds between two looks for sockets that have been opened since the time was over."""


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
