"""What can be sent as it is, and what to say of why something was not."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

from arazzoc.runtime.messages import Request

__all__ = ["bounded", "reason_of", "sendable", "system_trust"]

_AGAIN: Final = 0.01
"""Seconds between two looks for sockets that have been opened since the time was over."""

_TOKEN: Final = re.compile(r"[!#$%&'*+.^`|~\w-]+", re.ASCII)
_URL: Final = re.compile(r"((?i:https?)://[^/?#]+)([^?#]*)\??([^#]*)")


def sendable(request: Request) -> tuple[str, str]:
    """The request's URL as server and target: `https://example.com` and `/jobs?limit=1`.

    Raises:
        ValueError: The URL or a header cannot be sent as it is. The message shows neither.
    """
    url, headers = request.url, request.headers
    if None in headers.values():
        raise ValueError("a header has no value")
    try:
        sent = "".join((url, *headers.values()))
        named = all(map(_is_token, headers))
    except TypeError:
        raise ValueError("a header is no text") from None
    if not (named and sent.isascii() and sent.isprintable()) or " " in url:
        raise ValueError("the URL or a header holds characters that cannot be sent")
    found = _URL.match(url)
    if found is None or not _names_a_host(found[1]):
        raise ValueError("only http and https URLs can be used")
    server, path, rest = found.groups()
    return server, f"{path or '/'}{'?' if rest else ''}{rest}"


@lru_cache(maxsize=64)
def _is_token(name: str) -> bool:
    """Whether that can be a header's name (RFC 9110, 5.1)."""
    return _TOKEN.fullmatch(name) is not None


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


def bounded(
    seconds: float | None, sockets: Callable[[], Iterable[object]]
) -> AbstractContextManager[None]:
    """Shuts sockets down where the block takes longer: one wait after the other could last for ever.

    Args:
        seconds: None for a block without bounds.
        sockets: Those that the block has opened by the time that it is asked.

    Raises:
        TimeoutError: The block took longer.
    """
    return nullcontext() if seconds is None else _bounded(seconds, sockets)


@contextmanager
def _bounded(
    seconds: float, sockets: Callable[[], Iterable[object]]
) -> Generator[None, None, None]:
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
