"""A server on the loopback interface that says exactly what a test tells it to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass(slots=True)
class Call:
    """A request as it came in.

    Attributes:
        connection: Which of the server's connections it came on, from 0.
        headers: By lower-case name.
    """

    connection: int
    line: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Call], bytes | None]
"""What to send for a call; None hangs up without a word."""


class Server:
    """A running server, and the calls that came in.

    Attributes:
        calls: In the order in which they came.
    """

    def __init__(
        self, answer: Answer, *, hang_up: bool, tls: ssl.SSLContext | None, drip: float
    ) -> None:
        self.calls: list[Call] = []
        self._answer = answer
        self._hang_up = hang_up
        self._tls = tls
        self._drip = drip
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._connections: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def stop(self) -> None:
        self._stopped.set()
        for each in (self._listener, *self._connections):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                number = len(self._connections)
                self._connections.append(connection)
                thread = threading.Thread(
                    target=self._serve, args=(connection, number), daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _serve(self, raw: socket.socket, number: int) -> None:
        with raw, suppress(OSError):
            if self._tls is None:
                self._converse(raw, number)
            else:
                with self._tls.wrap_socket(raw, server_side=True) as secure:
                    self._converse(secure, number)

    def _converse(self, connection: socket.socket, number: int) -> None:
        with connection.makefile("rb") as incoming:
            while call := _read(incoming.readline, incoming.read, number):
                self.calls.append(call)
                said = self._answer(call)
                if said is None:
                    return
                self._say(connection, said)
                if self._hang_up:
                    return

    def _say(self, connection: socket.socket, said: bytes) -> None:
        if not self._drip:
            connection.sendall(said)
            return
        for octet in said:
            connection.sendall(bytes([octet]))
            if self._stopped.wait(self._drip):
                return


def reply(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    headers: tuple[str, ...] = (),
    length: int | None = None,
) -> bytes:
    """A response; `length` lies about the body's."""
    lines = [
        f"HTTP/1.1 {status}",
        *headers,
        f"Content-Length: {len(body) if length is None else length}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def serving(
    answer: Answer,
    *,
    hang_up: bool = False,
    tls: ssl.SSLContext | None = None,
    drip: float = 0.0,
) -> Generator[Server, None, None]:
    """Runs a server that answers every call by `answer`, each connection in a thread.

    Args:
        answer: What to say.
        hang_up: Closes each connection after an answer, without saying so beforehand.
        tls: Speaks TLS.
        drip: Seconds between one byte and the next.
    """
    server = Server(answer, hang_up=hang_up, tls=tls, drip=drip)
    try:
        yield server
    finally:
        server.stop()


def _read(readline: Callable[[], bytes], read: Callable[[int], bytes], number: int) -> Call | None:
    line = readline().decode().strip()
    if not line:
        return None
    headers: dict[str, str] = {}
    while header := readline().decode("latin-1").strip():
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Call(number, line, headers, read(int(headers.get("content-length", "0"))))
