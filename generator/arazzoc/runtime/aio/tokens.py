"""Access tokens by the OAuth 2.0 client credentials grant."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urljoin

from arazzoc.runtime.aio.transport import AsyncTransport
from arazzoc.runtime.credentials import basic
from arazzoc.runtime.errors import TokenFailed
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.shapes import is_object

__all__ = ["AsyncClientCredentials", "bearer_of"]

_UNSTATED: Final = 300.0
"""Seconds that a token is taken to last where the server does not say."""


class AsyncClientCredentials:
    """Exchanges an id and a secret for access tokens, and keeps each while it lasts (RFC 6749, 4.4).

    Functions fetch the token by their transport, from the URL that the description states. Make one object
    and give it to many calls. Its `repr` shows no secret.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        scopes: Sequence[str] = (),
        in_body: bool = False,
        margin: float = 30.0,
    ) -> None:
        """Fetches nothing yet.

        Args:
            client_id: The client's id.
            client_secret: The client's secret.
            scopes: What to ask for; the server chooses where there are none.
            in_body: Whether id and secret are sent in the body: for servers that take no HTTP Basic.
            margin: Seconds before its end from which a token is not used any longer.
        """
        self._client_id = client_id
        self._client_secret = client_secret
        self._scopes = " ".join(scopes)
        self._in_body = in_body
        self._margin = margin
        self._kept: dict[str, _Kept] = {}
        self._lock = asyncio.Lock()

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(client_id={self._client_id!r}, client_secret='***')"
        )

    def forget(self) -> None:
        """Lets the next request fetch a token anew: after a token was revoked."""
        self._kept.clear()

    async def token(self, transport: AsyncTransport, url: str) -> str:
        """The token from `url`, fetched where none is kept that lasts; others wait meanwhile.

        Raises:
            TokenFailed: The server gave none.
        """
        async with self._lock:
            kept = self._kept.get(url)
            if kept is None or time.monotonic() >= kept.until:
                kept = self._kept[url] = await self._fetch(transport, url)
            return kept.token

    async def _fetch(self, transport: AsyncTransport, url: str) -> _Kept:
        asked = time.monotonic()
        request = self._request(url)
        try:
            response = await transport(request)
        except OSError as error:
            raise TokenFailed(request, "got no response") from error
        if response.status != 200:
            raise TokenFailed(request, f"answered {response.status}{_told(response)}")
        data = response.data
        token = data.get("access_token") if is_object(data) else None
        if not isinstance(token, str) or not token:
            raise TokenFailed(request, "answered 200 without an access token")
        if str(data.get("token_type", "bearer")).lower() != "bearer":
            raise TokenFailed(
                request, "answered 200 with a token that is no bearer token"
            )
        lasting = _seconds(data.get("expires_in"))
        return _Kept(token, asked + lasting - min(self._margin, lasting / 2))

    def _request(self, url: str) -> Request:
        fields = {"grant_type": "client_credentials"}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        if self._scopes:
            fields["scope"] = self._scopes
        if self._in_body:
            fields |= {
                "client_id": self._client_id,
                "client_secret": self._client_secret,
            }
        else:
            # RFC 6749, 2.3.1: both are encoded as in a form first.
            encoded = quote_plus(self._client_id), quote_plus(self._client_secret)
            headers["Authorization"] = basic(*encoded)
        return Request("POST", url, headers, urlencode(fields).encode())


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token, and the moment of the monotonic clock until which it is used."""

    token: str = field(repr=False)
    until: float


def _told(response: Response) -> str:
    """The error code of a token endpoint (RFC 6749, 5.2); its description may repeat what was sent."""
    data = response.data
    code = data.get("error") if is_object(data) else None
    return f" ({code})" if code in _CODES else ""


_CODES: Final = (
    *("invalid_request", "invalid_client", "invalid_grant"),
    *("unauthorized_client", "unsupported_grant_type", "invalid_scope"),
)


def _seconds(stated: Any) -> float:
    """How long a token lasts; some servers state it as text."""
    try:
        return max(0.0, float(stated))
    except (TypeError, ValueError, OverflowError):
        return _UNSTATED


async def bearer_of(
    transport: AsyncTransport,
    given: str | AsyncClientCredentials,
    url: str,
    base: str = "",
) -> str:
    """An `Authorization` header of scheme `Bearer` (RFC 6750).

    Args:
        transport: What a token is fetched by.
        given: A token, or what fetches it.
        url: Where it is fetched from, as the description states it.
        base: The server that a relative `url` is resolved against, as if it were a folder.

    Raises:
        TokenFailed: The server gave no token.
    """
    if isinstance(given, str):
        return f"Bearer {given}"
    return f"Bearer {await given.token(transport, urljoin(f'{base}/', url))}"
