"""A bare HTTP client for the stand-ins' own tests: one connection, kept alive."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tests.standins.base import EXAMPLE_BEARER, Json

AUTHORIZED = {"Authorization": f"Bearer {EXAMPLE_BEARER}"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """Sends requests to one stand-in.

    Args:
        base_url: Where the stand-in is.
        headers: What every request carries.
    """

    def __init__(self, base_url: str, headers: Mapping[str, str] = AUTHORIZED) -> None:
        parts = urlsplit(base_url)
        self._prefix = parts.path
        self._headers = headers
        self._connection = http.client.HTTPConnection(parts.netloc, timeout=5)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def send(
        self,
        method: str,
        target: str,
        payload: Json = None,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Sends one request.

        Args:
            method: The method.
            target: Path and query below the base URL.
            payload: The body as a JSON value; None is no body.
            body: The body as it is, in place of a payload; it is said to be JSON all the same.
            headers: Further header fields; an empty one takes a field away.
        """
        fields = {**self._headers, **(headers or {})}
        content = body if payload is None else json.dumps(payload).encode()
        if content is not None:
            fields = {"Content-Type": "application/json", **fields}
        kept = {name: value for name, value in fields.items() if value}
        self._connection.request(method, f"{self._prefix}{target}", content, kept)
        response = self._connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())
