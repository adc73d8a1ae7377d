"""A server on the loopback interface that says exactly what a test tells it to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


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


@dataclass(slots=True)
class Server:
    """A running server, and the calls that came in."""

    port: int
    calls: list[Call] = field(default_factory=list[Call])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


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
    answer: Answer, *, hang_up: bool = False, tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """Runs a server that answers every call by `answer`, each connection in a thread.

    Args:
        answer: What to say.
        hang_up: Closes each connection after an answer, without saying so beforehand.
        tls: Speaks TLS.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    open_sockets: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            open_sockets.append(connection)
            thread = threading.Thread(target=converse, args=(connection, len(threads)), daemon=True)
            threads.append(thread)
            thread.start()

    def converse(raw: socket.socket, number: int) -> None:
        try:
            connection = raw if tls is None else tls.wrap_socket(raw, server_side=True)
        except OSError:
            raw.close()
            return
        with connection, connection.makefile("rb") as incoming:
            try:
                while call := _read(incoming.readline, incoming.read, number):
                    server.calls.append(call)
                    said = answer(call)
                    if said is None:
                        return
                    connection.sendall(said)
                    if hang_up:
                        return
            except OSError:
                return

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for each in open_sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                each.close()
        acceptor.join(5)
        for thread in threads:
            thread.join(5)


def _read(readline: Callable[[], bytes], read: Callable[[int], bytes], number: int) -> Call | None:
    line = readline().decode().strip()
    if not line:
        return None
    headers: dict[str, str] = {}
    while header := readline().decode("latin-1").strip():
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Call(number, line, headers, read(int(headers.get("content-length", "0"))))
