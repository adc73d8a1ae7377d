"""Where a document's addresses lead on this machine, and how far they may."""

from __future__ import annotations

import os
import re
from pathlib import Path as FilePath
from typing import Final
from urllib.parse import unquote, urlsplit

from arazzoc.diagnostics.registry import source as rules
from arazzoc.diagnostics.registry.network import REMOTE_DOCUMENT
from arazzoc.source.fault import Problem
from arazzoc.source.network.address import url_of
from arazzoc.suggestion import closest

__all__ = ["base_folder", "located", "missing", "shown_name"]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)")
_PROJECT_MARKS: Final = (".git", "pyproject.toml")


def base_folder(entry: FilePath) -> FilePath:
    """The folder that documents reached from `entry` may lie in.

    The nearest folder above it that holds `.git` or `pyproject.toml`; where there is none, the parent of its
    folder, so that `../openapi/shop.yaml` works beside a folder of workflows. Never the file system's root.
    """
    folder = FilePath(os.path.realpath(entry)).parent
    for candidate in (folder, *folder.parents):
        if candidate.parent != candidate and any(
            (candidate / mark).exists() for mark in _PROJECT_MARKS
        ):
            return candidate
    parent = folder.parent
    return parent if parent.parent != parent else folder


def shown_name(path: FilePath, working_folder: FilePath) -> str:
    """The path as users are shown it: relative to the working folder where it lies in it, with `/`.

    A path that stands for an address of the network is shown as that.
    """
    url = url_of(path)
    if url is not None:
        return url
    if path.is_relative_to(working_folder):
        return path.relative_to(working_folder).as_posix()
    return path.as_posix()


def located(address: str, referring: FilePath) -> FilePath | Problem:
    """The absolute path that a relative reference or `file:` URI means (RFC 3986, section 5; RFC 8089).

    Query and fragment play no part; an empty path is the referring document itself. Whether the path exists
    is not looked at.

    Args:
        address: As written in the document.
        referring: The absolute path of the document that holds it.
    """
    scheme = _SCHEME.match(address)
    if (scheme and scheme[0].lower() in ("http", "https")) or address.startswith("//"):
        return Problem(
            REMOTE_DOCUMENT,
            f"`{address}` is a network address, and nothing is fetched while compiling",
            "download it and keep it beside this document: name it by a relative path, or by its `$self`; "
            "`--allow-remote` fetches over `https`",
        )
    try:
        parts = urlsplit(address)
        path = unquote(parts.path, errors="strict")
    except ValueError:  # a UnicodeDecodeError is one
        return _no_file(address)
    if (scheme and parts.scheme != "file") or parts.netloc not in ("", "localhost") or "\0" in path:
        return _no_file(address)
    if scheme and not path.startswith("/"):
        return _no_file(address)
    if not path:
        return referring
    return FilePath(os.path.normpath(referring.parent / path))


def _no_file(address: str) -> Problem:
    hint = "write a relative path, with `/` between folders and `%25` for a percent sign"
    if _SCHEME.match(address):
        hint = "documents are read from files: download it, and name it by a relative path"
        if address.lower().startswith("file:"):
            hint = f"write the relative path alone: `{address[5:].lstrip('/').removeprefix('./')}`"
    return Problem(rules.ADDRESS, f"`{address}` names no file", hint)


def missing(path: FilePath, name: str, address: str | None = None) -> Problem:
    """Says that no file is at `path`, and which one near it may be meant.

    Args:
        path: Where it was looked for.
        name: That path as users are shown it.
        address: What the document says, where a document named it.
    """
    written = f"`{address}` does not exist: there is no" if address is not None else "there is no"
    hint = None
    folder = path.parent
    if not os.path.isdir(folder):  # noqa: PTH112 -- it takes names that no folder can have
        hint = f"the folder of `{name}` does not exist either"
        near = closest(folder.name, _names_in(folder.parent))
        if near is not None:
            hint = f"did you mean the folder `{near}`?"
    else:
        near = closest(path.name, _names_in(folder)) or _same_stem(path, folder)
        if near is not None:
            parent, slash, _ = (address or "").rpartition("/")
            hint = f"did you mean `{parent}{slash}{near}`?"
    if address is not None and "\\" in address:
        hint = "write `/` between folders, not `\\`"
    return Problem(rules.FILE_NOT_FOUND, f"{written} file `{name}`", hint)


def _names_in(folder: FilePath) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []


def _same_stem(path: FilePath, folder: FilePath) -> str | None:
    stem = path.name.partition(".")[0]
    return next((name for name in _names_in(folder) if name.partition(".")[0] == stem), None)
