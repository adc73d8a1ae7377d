"""What is sent and what comes back."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from arazzoc.runtime.shapes import is_array, is_object

__all__ = ["Request", "Response", "SecretPathRequest", "octets_of"]


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One HTTP request, complete: its URL is encoded, its body serialised.

    Its `repr` leaves out headers, body, query and credentials: they may be secret.

    Attributes:
        timeout: Seconds that the whole exchange may take; None leaves it to the transport.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None
    timeout: float | None = None

    @property
    def host(self) -> str:
        """The URL's host, and its port where it states one."""
        return self._place()[0]

    @property
    def path(self) -> str:
        """The URL's path, without the query."""
        return self._place()[1]

    def _place(self) -> tuple[str, str]:
        bare = re.split("[?#]", self.url, maxsplit=1)[0]
        authority, _, path = bare.partition("://")[2].partition("/")
        return authority.rpartition("@")[2], f"/{path}"

    def __repr__(self) -> str:
        return f"Request({self.method} {self.host}{self.path})"


@dataclass(frozen=True, slots=True, repr=False)
class SecretPathRequest(Request):
    """A request whose path holds a secret: `path`, and so every message, is the description's path instead.

    Attributes:
        template: The path as the OpenAPI description states it, such as `/tokens/{token}`.
    """

    template: str = field(kw_only=True)

    @property
    def path(self) -> str:
        """The path with the names of its parameters in place of their values."""
        return self.template


@dataclass(frozen=True)
class Response:
    """One HTTP response. Its `repr` shows the status alone: the rest may be secret.

    Attributes:
        status: The status code; 0 where no response came.
        headers: By lower-case name, the first value of each.
        body: Without its content coding.
        error: Why no response came; else None.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    error: Exception | None = field(default=None, repr=False)

    @property
    def data(self) -> Any:
        """The body as its Content-Type says: JSON parsed, text and XML as `str`, anything else as `bytes`.

        None where the body is empty, or is not the JSON that it claims to be. Without a Content-Type, it is
        JSON if it parses, else text if it is UTF-8.
        """
        return None if self._read is GARBLED else self._read

    @property
    def is_garbled(self) -> bool:
        """Whether the body is not the JSON that it claims to be."""
        return self._read is GARBLED

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON, or empty."""
        if not self.body or self.is_garbled:
            return not self.body
        return not isinstance(self._read, str | bytes) or self.body.lstrip()[:1] == b'"'

    @cached_property
    def _read(self) -> Any:
        if not self.body:
            return None
        kind, _, parameters = (
            self.headers.get("content-type", "").lower().partition(";")
        )
        kind = kind.strip()
        named = re.search(r'\bcharset="?([^\s;"]+)', parameters) if parameters else None
        charset = named[1] if named else "utf-8"
        if kind.endswith(("/json", "+json")):
            return _json(self.body, charset, otherwise=GARBLED)
        if kind.startswith("text/") or kind.endswith(("/xml", "+xml")):
            return _decoded(self.body, charset)
        return (
            self.body
            if kind
            else _json(self.body, charset, otherwise=_sniffed(self.body))
        )


def octets_of(response: Response) -> bytes | None:
    """The body as it came, whatever its Content-Type says; None where it is empty."""
    return response.body or None


_MOST_LEVELS: Final = 200
"""Objects and arrays in one another that JSON may hold (RFC 8259, 9, lets a parser set a limit)."""
GARBLED: Final = object()
"""What is found in a body that is not the JSON that it claims to be."""


def _json(body: bytes, charset: str, *, otherwise: object) -> Any:
    """`body` as JSON; UTF-8, UTF-16 and UTF-32 are told apart by their first bytes."""
    try:
        named = json.detect_encoding(body) if charset.startswith("utf") else charset
        value = _STRICTLY.decode(body.decode(_charset(named)))
        if rb"\ud" in body.lower():  # half of a pair is no character (RFC 7493, 2.1)
            json.dumps(value, ensure_ascii=False).encode()
    except (LookupError, ValueError, RecursionError):
        return otherwise
    brackets = body.count(b"[") + body.count(b"{")
    return (
        otherwise
        if brackets > _MOST_LEVELS and _exceeds(value, _MOST_LEVELS)
        else value
    )


def _exceeds(value: Any, depth: int) -> bool:
    """Whether objects and arrays nest deeper than that: what looks at the value later could not end well."""
    level: list[Any] = [value]
    for _ in range(depth):
        objects = (each.values() for each in level if is_object(each))
        arrays = (each for each in level if is_array(each))
        level = [inner for inners in (*objects, *arrays) for inner in inners]
    return any(is_object(each) or is_array(each) for each in level)


def _refused(constant: str) -> None:
    """Python reads `NaN` and `Infinity`; JSON knows neither (RFC 8259, 6)."""
    raise ValueError(f"{constant} is no JSON")


_STRICTLY: Final = json.JSONDecoder(parse_constant=_refused)
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
"""What Python decodes by besides charsets, some of it in time that grows with the square of the size."""


def _charset(name: str) -> str:
    """`name`, of a charset.

    Raises:
        LookupError: Python knows no charset of that name.
    """
    if codecs.lookup(name).name in _NO_CHARSETS:
        raise LookupError(f"{name} is no charset")
    return name


def _decoded(body: bytes, charset: str) -> str:
    """`body` as text; as UTF-8 where Python does not know the charset."""
    try:
        return body.decode(_charset(charset), "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _sniffed(body: bytes) -> str | bytes:
    """`body` as text where it is UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body
