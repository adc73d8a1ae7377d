"""Values in URLs and cookies, percent-encoded."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from arazzoc.runtime.embedding import text
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


def segment(value: Any) -> str:
    """One path segment; `.` and `..` are encoded too, so it stays one.

    Raises:
        ValueError: `value` is None, empty, or an object or a list.
    """
    if value is None or value == "":
        raise ValueError("a path segment needs a value")
    if isinstance(value, dict | list):
        raise ValueError("a path segment takes a single value")
    written = quote(text(value), safe="")
    return written.replace(".", "%2E") if written in (".", "..") else written


def query(*pairs: tuple[str, Any]) -> str:
    """`?` and the pairs of a query (OpenAPI style `form`), or nothing where none has a value.

    A pair without a value is left out; one with a list is repeated for each item.
    """
    written = [
        f"{quote(name, safe='')}={quoted(item)}"
        for name, value in pairs
        for item in items_of(value)
    ]
    return "?" + "&".join(written) if written else ""


def whole_query(value: Any) -> str:
    """`?` and a query that is one text, or nothing for None."""
    return "" if value is None else f"?{quoted(value)}"


def joined(value: Any, separator: str) -> Encoded | None:
    """A list, or the names and values of an object, as one value of a query.

    None where there is no item; a value that is neither stands for a list of it.
    """
    written = flattened(value, quoted)
    return Encoded(quote(separator, safe=",").join(written)) if written else None


def cookies(*pairs: tuple[str, Any]) -> str:
    """A Cookie header of the pairs that have a value; empty where none has.

    Encodes only what a cookie's value cannot hold (RFC 6265, 4.1.1): a server reads the rest as it stands.
    """
    return "; ".join(
        f"{name}={_cookie(value)}" for name, value in pairs if value is not None
    )


def _cookie(value: Any) -> str:
    if isinstance(value, bytes):
        return quote(value, safe=_COOKIE_OCTETS)
    return (
        value if isinstance(value, Encoded) else quote(text(value), safe=_COOKIE_OCTETS)
    )
