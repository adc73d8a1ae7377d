"""HTTP/1.1 by the standard library."""

from __future__ import annotations

import gzip
import http.client
import io
import os
import socket
import time
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import SplitResult, unquote, urlsplit

from arazzoc.runtime.answers import HttpAnswer
from arazzoc.runtime.credentials import basic
from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.wire import bounded, reason_of, sendable, system_trust

__all__ = ["HttpTransport", "KeptRoute"]

_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
_BRIEFLY: Final = 0.01
"""Seconds of idleness after which it is looked whether a connection is still open."""


class HttpTransport:
    """Sends requests over connections that it keeps open until the `with` block ends; for one thread.

    It trusts the certificates that the system trusts, goes through the proxies that the environment names,
    and follows no redirect.
    """

    def __init__(self, *, timeout: float = 30.0, limit: int = 64 * 1024 * 1024) -> None:
        """Opens nothing yet.

        Args:
            timeout: Seconds that connecting, and each wait for the server, may take where the request
                states no time for all of it.
            limit: Bytes that a response's body may have, decompressed.
        """
        self._timeout = timeout
        self._limit = limit
        self._routes: dict[str, KeptRoute] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for route in self._routes.values():
            route.connection.close()

    def __call__(self, request: Request, /) -> Response:
        """The response to `request`.

        Raises:
            TransportError: No response came, or not a whole one, or the request cannot be sent as it is.
        """
        try:
            return self._respond(request)
        except (
            *(OSError, EOFError, ValueError, OverflowError),
            *(zlib.error, http.client.HTTPException),
        ) as error:
            raise TransportError(request, reason_of(error)) from error

    def _respond(self, request: Request) -> Response:
        server, target = sendable(request)
        route = self._routes.get(server)
        if route is None:
            route = self._routes[server] = _route(urlsplit(server), self._timeout)
        elif time.monotonic() - route.used > _BRIEFLY:
            idle = route.connection.sock
            if isinstance(idle, socket.socket) and _ended(idle):
                route.connection.close()
        reused = route.connection.sock is not None
        target = route.prefix + target
        end = None if request.timeout is None else time.monotonic() + request.timeout
        try:
            return self._exchange(route, request, target, end)
        except ConnectionError:
            # The server may have closed the idle connection just now. Sending again is safe only where
            # doing the work twice is the same as doing it once (RFC 9110, 9.2.2).
            if not reused or request.method not in _IDEMPOTENT:
                raise
        return self._exchange(route, request, target, end)

    def _exchange(
        self, route: KeptRoute, request: Request, target: str, end: float | None
    ) -> Response:
        connection = route.connection
        left = None if end is None else max(_BRIEFLY, end - time.monotonic())
        timeout = self._timeout if left is None else left
        if connection.timeout != timeout:
            connection.timeout = timeout
            if isinstance(connection.sock, socket.socket):
                connection.sock.settimeout(timeout)
        headers = dict(request.headers)
        given = set(map(str.lower, headers))
        headers |= {
            name: value for name, value in route.headers.items() if name not in given
        }
        used: list[object] = []
        try:
            with bounded(left, lambda: (*used, connection.sock)):
                connection.request(request.method, target, request.body, headers)
                # The connection forgets its socket where the body ends it.
                used.append(connection.sock)
                with connection.getresponse() as answer:
                    body = answer.read(self._limit + 1)
                    if answer.length and len(body) <= self._limit:
                        raise http.client.IncompleteRead(body, answer.length)
        except BaseException:
            connection.close()
            raise
        route.used = time.monotonic()
        received: dict[str, str] = {}
        for name, value in answer.headers.raw_items():
            received.setdefault(name.lower(), value)
        coding = received.get("content-encoding")
        if coding and body:
            body = _decompressed(body, coding.strip().lower(), self._limit)
        if len(body) > self._limit:
            connection.close()
            raise ValueError(f"the body is larger than {self._limit} bytes")
        return Response(answer.status, received, body)


@dataclass(slots=True)
class KeptRoute:
    """The way to a server.

    Attributes:
        connection: To the server or its proxy; it opens itself when it is used.
        prefix: What stands before the path in a request line.
        headers: What requests are sent with unless they say otherwise; names in lower case.
        used: When the last response came, by the monotonic clock.
    """

    connection: http.client.HTTPConnection
    prefix: str = ""
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"user-agent": "arazzoc", "accept-encoding": "gzip"}
    )
    used: float = 0.0


def _route(url: SplitResult, timeout: float) -> KeptRoute:
    """The way to `url`: direct, or through the proxy that the environment names for it."""
    secure, host = url.scheme == "https", url.hostname or ""
    port = url.port or (443 if secure else 80)
    named = f"{url.scheme}_proxy"
    proxied = named in os.environ or named.upper() in os.environ
    proxy_url = urllib.request.getproxies().get(url.scheme) if proxied else None
    if not proxy_url or urllib.request.proxy_bypass(f"{host}:{port}"):
        return KeptRoute(_connection(host, port, timeout, secure=secure))
    proxy = urlsplit(proxy_url if "://" in proxy_url else f"http://{proxy_url}")
    if proxy.scheme != "http" or not proxy.hostname:
        raise ValueError("only http:// proxies can be used")
    connection = _connection(proxy.hostname, proxy.port or 80, timeout, secure=secure)
    credentials: dict[str, str] = {}
    if proxy.username:
        login = basic(unquote(proxy.username), unquote(proxy.password or ""))
        credentials["proxy-authorization"] = login
    if secure:
        connection.set_tunnel(host, port, credentials)
        return KeptRoute(connection)
    route = KeptRoute(connection, f"http://{url.netloc.rpartition('@')[2]}")
    route.headers = {**route.headers, **credentials}
    return route


def _connection(
    host: str, port: int, timeout: float, *, secure: bool
) -> http.client.HTTPConnection:
    connection: http.client.HTTPConnection
    if secure:
        connection = http.client.HTTPSConnection(
            host, port, timeout=timeout, context=system_trust()
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.response_class = HttpAnswer
    return connection


def _ended(idle: socket.socket) -> bool:
    """Whether the server closed the idle connection, or sent what nobody asked for."""
    timeout = idle.gettimeout()
    idle.settimeout(0)
    try:
        # The plain socket's method: that of a TLS socket cannot peek.
        socket.socket.recv(idle, 1, socket.MSG_PEEK)
    except BlockingIOError:
        idle.settimeout(timeout)
        return False
    except OSError:
        pass
    return True


def _decompressed(body: bytes, coding: str, limit: int) -> bytes:
    """`body` without its content coding, or the start of it where that is longer than `limit`."""
    if coding in ("gzip", "x-gzip"):
        return gzip.GzipFile(fileobj=io.BytesIO(body)).read(limit + 1)
    if coding == "deflate":
        # RFC 9110, 8.4.1.2: in the zlib format, but some servers send the bare stream.
        wrapped = body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
        stream = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        inflated = stream.decompress(body, limit + 1)
        if not stream.eof and len(inflated) <= limit:
            raise EOFError("the compressed body is cut off")
        return inflated
    return body
