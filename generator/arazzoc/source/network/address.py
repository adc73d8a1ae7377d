"""Paths that stand for addresses of the network, so that documents from there have paths like all others."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Final
from urllib.parse import quote, unquote, urldefrag, urlsplit

__all__ = ["address_of", "network_path", "url_of"]

_ROOT: Final = "https:"
_SCHEME: Final = "https://"


def network_path(url: str) -> FilePath | None:
    """The path that stands for an `https` address, without its fragment; None for any other address.

    No file has such a path: it leads nowhere but to the address.
    """
    try:
        parts = urlsplit(urldefrag(url).url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme != "https" or not host:
        return None
    whole = parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
    return FilePath("/", _ROOT, quote(whole.removeprefix(_SCHEME), safe=""))


def url_of(path: FilePath) -> str | None:
    """The address that a path stands for; None for a path of this machine."""
    if len(path.parts) == 3 and path.parts[1] == _ROOT:
        return f"{_SCHEME}{unquote(path.parts[2])}"
    return None


def address_of(path: FilePath) -> str:
    """The address of a document: that of the network, or a `file:` URI."""
    return url_of(path) or path.as_uri()
