"""What every stand-in is: a list of routes, a state, faults on demand, and a log."""

from __future__ import annotations

import enum
import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""A JSON value."""

EXAMPLE_BEARER = "example-token"
"""The bearer token that a stand-in lets in unless told otherwise."""


class Fault(enum.Enum):
    """What a stand-in can do to a request instead of answering it."""

    DROP = "the connection is closed without an answer"
    STALL = "nothing comes for as long as the client waits"
    UNAUTHORIZED = "401, as if the token had run out"
    NOT_FOUND = "404, as if somebody else had deleted the thing"
    SERVER_ERROR = "500, with the API's own error body"
    NOT_JSON = "200, with a page of HTML where JSON belongs"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A fault: the answer is what it would have been, but for these members of its body."""

    members: Sequence[str]


Trouble: TypeAlias = Fault | Lacking
"""What can go wrong with an answer."""

Silence: TypeAlias = Literal[Fault.DROP, Fault.STALL]
"""The faults that leave a request without an answer."""


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it arrived.

    Attributes:
        method: The method, in upper case as sent.
        target: Path and query as sent, still encoded.
        headers: Header fields; names are lower case, of several fields the last stands.
        body: The body; empty where there was none.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path, still encoded."""
        return urlsplit(self.target).path

    @property
    def query(self) -> Mapping[str, Sequence[str]]:
        """The decoded query: every name with its values in the order sent."""
        values: dict[str, list[str]] = {}
        for name, value in parse_qsl(urlsplit(self.target).query, keep_blank_values=True):
            values.setdefault(name, []).append(value)
        return values

    def json(self) -> Json:
        """The body as JSON.

        Raises:
            ValueError: The body is none.
        """
        value: Json = json.loads(self.body)
        return value

    def json_object(self) -> Mapping[str, Json] | None:
        """The body as a JSON object, or None where it is none or not said to be JSON."""
        if self.headers.get("content-type", "").partition(";")[0] != "application/json":
            return None
        try:
            value = self.json()
        except ValueError:
            return None
        return value if isinstance(value, Mapping) else None


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Attributes:
        status: The status code.
        body: The body, sent as JSON; `bytes` are sent as they are; None is no body at all.
        headers: Header fields beyond Content-Type and Content-Length.
        media: The media type of a body of bytes.
    """

    status: int
    body: Json | bytes = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    media: str = "text/html"

    @property
    def content_type(self) -> str | None:
        """The media type of the body, or None where there is none."""
        match self.body:
            case None:
                return None
            case bytes():
                return self.media
            case _:
                return "application/json"

    def without(self, members: Sequence[str]) -> Reply:
        """The same answer, but for these members of its body."""
        assert isinstance(self.body, Mapping)
        assert set(members) <= self.body.keys(), "they were not there in the first place"
        kept = {name: value for name, value in self.body.items() if name not in members}
        return replace(self, body=kept)

    def encoded(self) -> bytes:
        """The body as it goes over the wire."""
        match self.body:
            case None:
                return b""
            case bytes():
                return self.body
            case _:
                return json.dumps(self.body, separators=(",", ":")).encode()


class RefusedError(Exception):
    """Ends a route early with `reply`."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


Answer: TypeAlias = Callable[[Received, Mapping[str, str]], Reply]
"""Answers a request, given its decoded path parameters."""


@dataclass(frozen=True, slots=True)
class Route:
    """Requests of one method and path, and what answers them.

    The path is a template below the stand-in's prefix: `{name}` takes one whole segment.
    """

    method: str
    template: str
    answer: Answer

    def parameters(self, request: Received, prefix: str) -> Mapping[str, str] | None:
        """The decoded path parameters, or None where the request is not this route's."""
        if request.method != self.method:
            return None
        parts = f"{prefix}{self.template}".split("/")
        found = request.path.split("/")
        if len(parts) != len(found):
            return None
        values: dict[str, str] = {}
        for part, text in zip(parts, found, strict=True):
            name = re.fullmatch(r"\{(.+)\}", part)
            if name and text:
                values[name[1]] = unquote(text)
            elif part != text:
                return None
        return values


class StandIn:
    """One API. A subclass gives `prefix`, `routes` and `failure`, and keeps the state.

    Args:
        token: The bearer token that is let in.
        faults: What to do to the n-th request (counted from 1) instead of answering it.

    Attributes:
        requests: Every request received, in order, those with a fault too.
        connections: How many connections clients have opened.
        faults: What to do to the n-th request; more may be added.
    """

    prefix = ""

    def __init__(
        self, *, token: str = EXAMPLE_BEARER, faults: Mapping[int, Trouble] | None = None
    ) -> None:
        self.requests: list[Received] = []
        self.connections = 0
        self._token = token
        self.faults = dict(faults or {})
        self._lock = threading.Lock()

    def routes(self) -> Sequence[Route]:
        """The routes, the first that fits answers."""
        raise NotImplementedError

    def failure(self, status: int, message: str) -> Json:
        """The API's error body."""
        raise NotImplementedError

    def examples(self) -> Sequence[str]:
        """Ids and tokens to try by hand, a line each."""
        return [f"bearer token: {self._token}"]

    def refused(
        self, status: int, message: str, headers: Mapping[str, str] | None = None
    ) -> RefusedError:
        """What a route raises to answer with an error."""
        return RefusedError(Reply(status, self.failure(status, message), headers or {}))

    def answer(self, request: Received) -> Reply | Silence:
        """The answer, or how the server is to stay silent. One request at a time."""
        with self._lock:
            self.requests.append(request)
            match self.faults.get(len(self.requests)):
                case Fault.DROP | Fault.STALL as silence:
                    return silence
                case Fault.UNAUTHORIZED:
                    return Reply(401, self.failure(401, "the access token has run out"))
                case Fault.NOT_FOUND:
                    return Reply(404, self.failure(404, "somebody else has deleted it"))
                case Fault.SERVER_ERROR:
                    return Reply(500, self.failure(500, "the service failed"))
                case Fault.NOT_JSON:
                    return Reply(200, b"<!doctype html><title>Maintenance</title>")
                case Lacking(members):
                    return self._routed(request).without(members)
                case None:
                    return self._routed(request)

    def _routed(self, request: Received) -> Reply:
        try:
            for route in self.routes():
                parameters = route.parameters(request, self.prefix)
                if parameters is not None:
                    self._authorized(request)
                    return route.answer(request, parameters)
            raise self.refused(404, f"nothing answers {request.method} {request.path}")
        except RefusedError as refused:
            return refused.reply

    def _authorized(self, request: Received) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer" or token != self._token:
            raise self.refused(401, "the access token is missing or wrong")
