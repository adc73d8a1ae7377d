"""Runs a stand-in on loopback."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.standins.base import Fault, Received, Reply, StandIn

HOST = "127.0.0.1"


class StandInServer(ThreadingHTTPServer):
    """An HTTP/1.1 server for one stand-in; it closes the connections that clients keep alive."""

    daemon_threads = False

    def __init__(self, api: StandIn, port: int) -> None:
        self.api = api
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__((HOST, port), Handler)

    def server_bind(self) -> None:
        """Binds without asking a name server for the host's full name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name = HOST
        self.server_port = int(self.server_address[1])

    @property
    def base_url(self) -> str:
        """Where the API is, its prefix included."""
        return f"http://{HOST}:{self.server_port}{self.api.prefix}"

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Notes the connection before its thread starts."""
        self.api.connections += 1
        if isinstance(request, socket.socket):
            with self._open_lock:
                self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Forgets the connection."""
        if isinstance(request, socket.socket):
            with self._open_lock:
                self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends all connections, so that their threads come to an end."""
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Reads requests off one connection, and writes what the stand-in answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet

    @property
    def _api(self) -> StandIn:
        assert isinstance(self.server, StandInServer)
        return self.server.api

    def finish(self) -> None:
        """Lets go of the connection, also where the client has gone already."""
        with contextlib.suppress(OSError):
            super().finish()

    def handle(self) -> None:
        """Answers requests until either side hangs up."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def answer(self) -> None:
        """Answers the request that was just read."""
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._send(Reply(411))
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self._api.answer(Received(self.command, self.path, headers, body))
        if isinstance(reply, Reply):
            self._send(reply)
            return
        self.close_connection = True
        if reply is Fault.STALL:
            self.rfile.read(1)  # comes back when either side hangs up

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer
    do_QUERY = do_TRACE = answer

    def _send(self, reply: Reply) -> None:
        content = reply.encoded()
        # No Date and no Server header: the same requests get the same bytes.
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.content_type is not None:
            self.send_header("Content-Type", reply.content_type)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()


@contextlib.contextmanager
def serving(api: StandIn, *, port: int = 0) -> Generator[str]:
    """Runs `api` for the length of the block and gives its base URL.

    Args:
        api: The stand-in.
        port: The port on loopback; 0 is any free one.
    """
    with StandInServer(api, port) as server:
        # The wait for a shutdown is polled; the default of half a second would slow every test.
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.base_url
        finally:
            server.shutdown()
            thread.join()
            server.hang_up()
