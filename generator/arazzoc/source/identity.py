"""Documents that state their own address: `$self` of Arazzo 1.1 and OpenAPI 3.2.

It is what other documents name them by, and the base of their own relative references.

See Arazzo 1.1.0, "Establishing the Base URI" and "Identity-Based Referencing".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Final
from urllib.parse import urldefrag, urljoin

from arazzoc.source.document import Document
from arazzoc.source.network.address import address_of

__all__ = ["base_address", "stated_addresses"]

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_MOST_READ: Final = 64 * 1024
_SELF: Final = re.compile(r"""["']?\$self["']?\s*:\s*["']?([^\s"',}]+)""")
_WITH_SELF: Final = {
    "arazzo": re.compile(r"1\.(?!0(\.|$))\d+.*"),
    "openapi": re.compile(r"3\.(?![01](\.|$))\d+.*"),
}
"""The versions that have `$self`; in others it is no field of the specification's."""


def base_address(document: Document) -> str | None:
    """What a document's relative references start from by its `$self`; None where it has none.

    A relative `$self` starts from the document's own path (RFC 3986, section 5.1).
    """
    root = document.node
    stated = root.get("$self")
    if stated is None or not stated.text or not _has_self(document):
        return None
    return _absolute(document.path, stated.text)


def _absolute(path: FilePath, stated: str) -> str | None:
    try:
        return urldefrag(urljoin(address_of(path), stated)).url
    except ValueError:
        return None


def _has_self(document: Document) -> bool:
    versions = ((document.node.get(key), pattern) for key, pattern in _WITH_SELF.items())
    return any(
        version is not None and version.text is not None and pattern.fullmatch(version.text)
        for version, pattern in versions
    )


def stated_addresses(folder: FilePath) -> Iterator[tuple[FilePath, str]]:
    """The files of a folder that seem to have a `$self`, with what it seems to be."""
    try:
        entries = sorted(entry.path for entry in os.scandir(folder) if entry.is_file())
    except OSError:
        return
    for path in map(FilePath, entries):
        if path.suffix.lower() not in _SUFFIXES:
            continue
        try:
            with path.open("rb") as file:
                head = file.read(_MOST_READ)
        except OSError:
            continue
        stated = _SELF.search(head.decode("utf-8", errors="replace"))
        address = None if stated is None else _absolute(path, stated[1])
        if address is not None:
            yield path, address
