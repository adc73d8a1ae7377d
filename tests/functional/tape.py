"""Cassettes: what went over the wire, kept in a file and played back. All that is known of vcrpy is here.

vcrpy has no types; the protocols below say what is used of it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, TypedDict, cast

__all__ = ["Exchange", "NotRecordedError", "Tape", "recording", "replaying"]

NotRecordedError: type[Exception] = import_module(
    "vcr.errors"
).CannotOverwriteExistingCassetteException
"""A request came that the cassette does not hold, or holds no more."""

TRANSPORT_HEADERS = frozenset({"user-agent", "accept-encoding"})
"""Headers that the built-in transport adds; all others come from the workflow."""
PASSING_HEADERS = frozenset({"date", "server"})
"""Headers of responses that differ from one recording to the next."""


OTHER_CLIENTS = (
    "aiohttp",
    "boto3",
    "httplib2",
    "httpx",
    "httpx2",
    "requests",
    "tornado",
    "urllib3",
)
"""Clients that vcrpy would look for at every cassette; generated modules use none of them."""


class _Request(Protocol):
    method: str
    uri: str
    body: bytes | None
    headers: MutableMapping[str, str]


class _Body(TypedDict):
    string: bytes


class _Status(TypedDict):
    code: int


class _Response(TypedDict):
    status: _Status
    headers: MutableMapping[str, Sequence[str]]
    body: _Body


class _Cassette(Protocol):
    requests: Sequence[_Request]
    responses: Sequence[_Response]
    play_counts: MutableMapping[int, int]

    def __len__(self) -> int: ...


class _Recorder(Protocol):
    def register_matcher(self, name: str, matcher: Callable[[_Request, _Request], None]) -> None:
        """`matcher` raises AssertionError where two requests differ."""

    def use_cassette(
        self,
        path: str,
        *,
        record_mode: str,
        match_on: Sequence[str],
        before_record_request: Callable[[_Request], _Request],
        before_record_response: Callable[[_Response], _Response],
    ) -> AbstractContextManager[_Cassette]:
        """All connections of the block go through the cassette."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the status it was answered with."""

    method: str
    url: str
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.url} -> {self.status}"


class Tape:
    """What has gone over the wire so far."""

    def __init__(self, cassette: _Cassette, *, plays: bool) -> None:
        self._cassette = cassette
        self._plays = plays

    @property
    def turns(self) -> Sequence[int]:
        """The recorded exchanges that have taken place, by their numbers, in the order they did."""
        played = self._cassette.play_counts
        if not self._plays:
            return range(len(self._cassette))
        return [number for number, times in played.items() for _ in range(times)]

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """The exchanges that have taken place."""
        requests, responses = self._cassette.requests, self._cassette.responses
        return [
            Exchange(requests[turn].method, requests[turn].uri, responses[turn]["status"]["code"])
            for turn in self.turns
        ]

    def __len__(self) -> int:
        """How many exchanges there are, played or not."""
        return len(self._cassette)


@contextmanager
def recording(
    path: Path, *, here: str, there: str, secrets: Sequence[str]
) -> Generator[Tape, None, None]:
    """Lets requests through, and writes a new cassette at the end of the block.

    Args:
        path: The cassette; whatever was there is gone.
        here: Where the requests go.
        there: Where the cassette says that they went.
        secrets: Texts that the cassette shows as asterisks, as many as they have letters.
    """
    path.unlink(missing_ok=True)

    def moved(request: _Request) -> _Request:
        if request.uri.startswith(here):
            request.uri = there + request.uri.removeprefix(here)
        return _masked_request(request, secrets)

    with _recorder().use_cassette(
        str(path),
        record_mode="all",
        match_on=_MATCHERS,
        before_record_request=moved,
        before_record_response=lambda response: _masked_response(response, secrets),
    ) as cassette:
        yield Tape(cassette, plays=False)


@contextmanager
def replaying(path: Path, *, secrets: Sequence[str]) -> Generator[Tape, None, None]:
    """Answers requests from a cassette, each recorded one once; any other raises `NotRecordedError`.

    Args:
        path: The cassette.
        secrets: Texts that the cassette shows as asterisks.
    """
    assert path.is_file(), f"{path} has not been recorded: make record"
    with _recorder().use_cassette(
        str(path),
        record_mode="none",
        match_on=_MATCHERS,
        before_record_request=lambda request: _masked_request(request, secrets),
        before_record_response=lambda response: _masked_response(response, secrets),
    ) as cassette:
        yield Tape(cassette, plays=True)


def _recorder() -> _Recorder:
    recorder = cast("_Recorder", import_module("vcr").VCR(skip_patchers=OTHER_CLIENTS))
    recorder.register_matcher("stated_headers", _same_headers)
    recorder.register_matcher("exact_uri", _same_uri)
    return recorder


_MATCHERS = ("method", "exact_uri", "stated_headers", "raw_body")


def _same_uri(one: _Request, other: _Request) -> None:
    """The whole URI, with scheme and the query in its order."""
    assert one.uri == other.uri


def _same_headers(one: _Request, other: _Request) -> None:
    assert _stated_headers(one) == _stated_headers(other)


def _stated_headers(request: _Request) -> dict[str, str]:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return {name: headers[name] for name in headers.keys() - TRANSPORT_HEADERS}


def _masked_request(request: _Request, secrets: Sequence[str]) -> _Request:
    for secret in secrets:
        mask = "*" * len(secret)
        request.uri = request.uri.replace(secret, mask)
        for name, value in list(request.headers.items()):
            request.headers[name] = value.replace(secret, mask)
        if request.body is not None:
            request.body = request.body.replace(secret.encode(), mask.encode())
    return request


def _masked_response(response: _Response, secrets: Sequence[str]) -> _Response:
    for name in [name for name in response["headers"] if name.lower() in PASSING_HEADERS]:
        del response["headers"][name]
    for secret in secrets:
        masked = response["body"]["string"].replace(secret.encode(), b"*" * len(secret))
        response["body"]["string"] = masked
    return response
