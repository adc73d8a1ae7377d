"""Values in URLs and cookies, percent-encoded."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from arazzoc.runtime.embedding import text
from arazzoc.runtime.shapes import is_array, items_of

__all__ = ["Encoded", "cookies", "joined", "query", "segment"]

_COOKIE_OCTETS: Final = "!#$%&'()*+-./:<=>?@[]^_`{|}~"


class Encoded(str):
    """Text that is percent-encoded already."""

    __slots__ = ()


def segment(value: Any) -> str:
    """One path segment (OpenAPI style `simple`); `.` and `..` are encoded too, so it stays one.

    Raises:
        ValueError: `value` is None.
    """
    if value is None:
        raise ValueError("a path segment needs a value")
    if is_array(value):
        return ",".join(map(segment, value))
    encoded = quote(text(value), safe="")
    return encoded.replace(".", "%2E") if encoded in (".", "..") else encoded


def query(*pairs: tuple[str, Any]) -> str:
    """`?` and the pairs of a query (OpenAPI style `form`), or nothing where none has a value.

    A pair without a value is left out; one with a list is repeated for each item.
    """
    encoded = [
        f"{quote(name, safe='')}={item if isinstance(item, Encoded) else quote(text(item), safe='')}"
        for name, value in pairs
        for item in items_of(value)
    ]
    return "?" + "&".join(encoded) if encoded else ""


def joined(values: Any, separator: str) -> Encoded | None:
    """A list as one value of a query: its items, encoded, with `separator` between them.

    None where there is no item; a value that is no list stands for a list of it.
    """
    encoded = [quote(text(item), safe="") for item in items_of(values)]
    return Encoded(quote(separator, safe=",").join(encoded)) if encoded else None


def cookies(*pairs: tuple[str, Any]) -> str:
    """A Cookie header of the pairs that have a value; empty where none has.

    Encodes only what a cookie's value cannot hold (RFC 6265, 4.1.1): a server reads the rest as it stands.
    """
    encoded = [
        f"{name}={quote(text(value), safe=_COOKIE_OCTETS)}"
        for name, value in pairs
        if value is not None
    ]
    return "; ".join(encoded)
