"""HTTP/1.1 by the standard library, in threads."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import Self

from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.http_transport import HttpTransport, KeptRoute
from arazzoc.runtime.messages import Request, Response

__all__ = ["AsyncHttpTransport"]


class AsyncHttpTransport:
    """Sends requests over connections that it keeps open until the block ends; for any number of tasks.

    Each request takes a thread of the event loop's executor until its response is there. A task that is
    cancelled meanwhile closes its connection. All else is as with `HttpTransport`.
    """

    def __init__(self, *, timeout: float = 30.0, limit: int = 64 * 1024 * 1024) -> None:
        """Opens nothing yet.

        Args:
            timeout: Seconds that connecting, and each wait for the server, may take.
            limit: Bytes that a response's body may have, decompressed.
        """
        self._timeout = timeout
        self._limit = limit
        self._idle: list[_Interruptible] = []
        self._over = False

    async def __aenter__(self) -> Self:
        self._over = False
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over = True
        while self._idle:
            self._idle.pop().interrupt()

    async def __call__(self, request: Request, /) -> Response:
        """The response to `request`.

        Raises:
            TransportError: No response came, or not a whole one, or the request cannot be sent as it is.
        """
        sender = self._idle.pop() if self._idle else self._new()
        try:
            response = await asyncio.to_thread(sender.respond, request)
        except TransportError:
            self._give_back(sender)
            raise
        except BaseException:
            sender.interrupt()
            raise
        self._give_back(sender)
        return response

    def _new(self) -> _Interruptible:
        return _Interruptible(timeout=self._timeout, limit=self._limit)

    def _give_back(self, sender: _Interruptible) -> None:
        if self._over:
            sender.interrupt()
        else:
            self._idle.append(sender)


class _Interruptible(HttpTransport):
    """An `HttpTransport` that one thread can interrupt while another one waits for a response."""

    def __init__(self, *, timeout: float, limit: int) -> None:
        super().__init__(timeout=timeout, limit=limit)
        self._lock = threading.Lock()
        self._waiting = False
        self._interrupted = threading.Event()

    def respond(self, request: Request) -> Response:
        """The response to `request`; connections are closed where nobody waits for it any longer."""
        with self._lock:
            if self._interrupted.is_set():
                raise TransportError(request, "interrupted before it was sent")
            self._waiting = True
        try:
            return self(request)
        finally:
            with self._lock:
                self._waiting = False
                if self._interrupted.is_set():
                    self.__exit__()

    def interrupt(self) -> None:
        """Closes the connections, or has the thread that uses one close it."""
        with self._lock:
            self._interrupted.set()
            if not self._waiting:
                self.__exit__()
            for route in [*self._routes.values()]:
                used = route.connection.sock
                if isinstance(used, socket.socket):
                    with suppress(OSError):
                        # The plain socket's method: it leaves the state of a TLS socket to its thread.
                        socket.socket.shutdown(used, socket.SHUT_RDWR)

    def _exchange(
        self, route: KeptRoute, request: Request, target: str, end: float | None
    ) -> Response:
        if self._interrupted.is_set():
            raise ConnectionAbortedError("interrupted")
        return super()._exchange(route, request, target, end)
