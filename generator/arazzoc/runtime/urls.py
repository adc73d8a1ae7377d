"""Values in URLs and cookies, percent-encoded."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from arazzoc.runtime.embedding import UNWRITABLE, refusal, text
from arazzoc.runtime.shapes import flattened, items_of

__all__ = ["Encoded", "cookies", "joined", "query", "quoted", "segment", "whole_query"]

_COOKIE_OCTETS: Final = "!#$%&'()*+-./:<=>?@[]^_`{|}~"


class Encoded(str):
    """Text that is percent-encoded already."""

    __slots__ = ()


def quoted(value: Any) -> str:
    """`value` as text, percent-encoded unless it is so already; bytes are encoded one by one."""
    if isinstance(value, bytes):
        return quote(value, safe="")
    return value if isinstance(value, Encoded) else quote(text(value), safe="")


def segment(value: Any, name: str | None = None) -> str:
    """One path segment; `.` and `..` are encoded too, so it stays one.

    Args:
        value: What it states.
        name: What it is called where a path has several.

    Raises:
        ValueError: `value` is None, empty, or an object or a list, or cannot be encoded.
    """
    try:
        if value is None or value == "":
            raise ValueError("a path segment needs a value")
        if isinstance(value, dict | list):
            raise ValueError("a path segment takes a single value")
        written = quote(text(value), safe="")
    except UNWRITABLE as error:
        raise ValueError(refusal(error, name)) from error
    return written.replace(".", "%2E") if written in (".", "..") else written


def query(*pairs: tuple[str, Any]) -> str:
    """`?` and the pairs of a query (OpenAPI style `form`), or nothing where none has a value.

    A pair without a value is left out; one with a list is repeated for each item.

    Raises:
        ValueError: A value cannot be written. The message shows its name alone.
    """
    written = [part for name, value in pairs for part in _query_parts(name, value)]
    return "?" + "&".join(written) if written else ""


def _query_parts(name: str, value: Any) -> list[str]:
    try:
        key = quote(name, safe="")
        return [f"{key}={quoted(item)}" for item in items_of(value)]
    except UNWRITABLE as error:
        raise ValueError(refusal(error, name)) from error


def whole_query(value: Any) -> str:
    """`?` and a query that is one text, or nothing for None."""
    return "" if value is None else f"?{quoted(value)}"


def joined(value: Any, separator: str) -> Encoded | None:
    """A list, or the names and values of an object, as one value of a query.

    None where there is no item; a value that is neither stands for a list of it.
    """
    written = flattened(value, quoted)
    return Encoded(quote(separator, safe=",").join(written)) if written else None


def cookies(*pairs: tuple[str, Any], beside: str | None = None) -> str:
    """A Cookie header of the pairs that have a value; empty where none has.

    Encodes only what a cookie's value cannot hold (RFC 6265, 4.1.1): a server reads the rest as it stands.

    Args:
        pairs: Names and values.
        beside: Cookies that are written already, which stand in front of these.

    Raises:
        ValueError: A value cannot be written. The message shows its name alone.
    """
    written = [
        f"{name}={_cookie(name, value)}" for name, value in pairs if value is not None
    ]
    return "; ".join([beside, *written] if beside else written)


def _cookie(name: str, value: Any) -> str:
    if isinstance(value, Encoded):
        return value
    try:
        written = value if isinstance(value, bytes) else text(value)
        return quote(written, safe=_COOKIE_OCTETS)
    except UNWRITABLE as error:
        raise ValueError(refusal(error, name)) from error
