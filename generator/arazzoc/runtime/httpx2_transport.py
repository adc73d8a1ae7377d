"""HTTP by httpx2."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Self

import httpx2

from arazzoc.runtime.errors import TransportError
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.wire import bounded, reason_of, sendable, system_trust

__all__ = ["HttpTransport"]


class HttpTransport:
    """Sends requests by an `httpx2.Client`. It follows no redirect.

    A client of its own trusts the certificates that the system trusts, goes through the proxies that the
    environment names, and keeps no cookies.
    """

    def __init__(
        self,
        client: httpx2.Client | None = None,
        *,
        timeout: float = 30.0,
        limit: int = 64 * 1024 * 1024,
    ) -> None:
        """Opens nothing yet.

        Args:
            client: What to send by; it stays open. None makes one that is closed with the block.
            timeout: Seconds that connecting, and each wait for the server, may take. A given client has
                time-outs of its own.
            limit: Bytes that a response's body may have, decompressed.
        """
        self._client = client or _new_client(timeout)
        self._is_own = client is None
        self._limit = limit
        self._sockets: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_own:
            self._client.close()

    def __call__(self, request: Request, /) -> Response:
        """The response to `request`.

        Raises:
            TransportError: No response came, or not a whole one, or the request cannot be sent as it is.
        """
        try:
            sendable(request)
            return self._respond(request)
        except httpx2.RemoteProtocolError as error:
            # Behind a colon stands what the server said, which may repeat what was sent.
            reason = reason_of(error).partition(": ")[0]
            raise TransportError(request, reason) from None
        except httpx2.LocalProtocolError:
            # The error's text shows the header that cannot be sent, which may be a secret.
            raise TransportError(
                request, "the request cannot be sent as it is"
            ) from None
        except (httpx2.RequestError, httpx2.InvalidURL, OSError, ValueError) as error:
            raise TransportError(request, reason_of(error)) from error

    def _respond(self, request: Request) -> Response:
        body = bytearray()
        timeout = (
            httpx2.USE_CLIENT_DEFAULT if request.timeout is None else request.timeout
        )
        end = None if request.timeout is None else time.monotonic() + request.timeout
        # A client of the caller's may have others that use its connections: only new ones are this request's.
        used = self._sockets if self._is_own else []

        def notice(event: str, told: Mapping[str, Any]) -> None:
            """Keeps the sockets that are opened, for httpx2 bounds each wait for itself alone."""
            if event in (
                "connection.connect_tcp.complete",
                "connection.start_tls.complete",
            ):
                used.append(told["return_value"].get_extra_info("socket"))

        self._sockets[:] = [each for each in self._sockets if each.fileno() >= 0]
        with (
            bounded(request.timeout, lambda: tuple(used)),
            self._client.stream(
                request.method,
                request.url,
                headers=dict(request.headers),
                content=request.body,
                follow_redirects=False,
                timeout=timeout,
                extensions={"trace": notice},
            ) as answer,
        ):
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > self._limit:
                    raise ValueError(f"the body is larger than {self._limit} bytes")
                if end is not None and time.monotonic() > end:
                    raise TimeoutError("timed out")
        received: dict[str, str] = {}
        for name, value in answer.headers.multi_items():
            received.setdefault(name.lower(), value)
        return Response(answer.status_code, received, bytes(body))


def _new_client(timeout: float) -> httpx2.Client:
    """A client that sends what it is given, and nothing that it was sent."""
    client = httpx2.Client(
        verify=system_trust(),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        headers={"user-agent": "arazzoc", "accept-encoding": "gzip, deflate"},
        timeout=timeout,
    )
    for name in ("accept", "connection"):
        del client.headers[name]
    return client
