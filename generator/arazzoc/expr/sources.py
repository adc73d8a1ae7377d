"""Reads what follows `$request.`, `$response.` and `$message.`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from arazzoc.expr.ast import Body, Header, PathParameter, Payload, QueryParameter, Source
from arazzoc.expr.scanner import Scanner
from arazzoc.expr.spelling import Member, Pointer
from arazzoc.expr.ways import read_characters, read_members, read_pointer, read_tokens
from arazzoc.source.node import pointer_of
from arazzoc.suggestion import closest, surely

__all__ = ["read_source"]

_WORD: Final = re.compile(r"\w+")
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_STATUS: Final = frozenset({"status", "statuscode", "status_code", "code"})


def read_source(scanner: Scanner, owner: str) -> Source:
    """Reads a `source` of the grammar.

    Args:
        scanner: Stands after the dot.
        owner: What the source belongs to, `request`, `response` or `message`, for hints.

    Raises:
        UnparsableError: It is none.
    """
    start = scanner.at
    word = scanner.match(_WORD)
    if word is None:
        raise scanner.fault(
            f"a source is missing after `${owner}.`", f"there is {_listed(owner)} in `${owner}`"
        )
    read = _SOURCES.get(word[0])
    if read is None:
        raise scanner.fault(
            f"`${owner}` has no `{word[0]}`",
            _hint(owner, word[0]),
            start,
            scanner.at,
            surely(word[0], [name for name in _SOURCES if name != "headers"]),
        )
    return read(scanner, f"${owner}.{word[0]}")


def _listed(owner: str) -> str:
    return ", ".join(f"`{name}`" for name in _OF.get(owner, tuple(_SOURCES)) if name != "headers")


def _hint(owner: str, word: str) -> str:
    if word.lower() in _STATUS and owner == "response":
        return "write `$statusCode`"
    if owner == "request" and word in ("url", "method"):
        return f"write `${word}`"
    near = closest(word, _SOURCES)
    return f"did you mean `{near}`?" if near else f"there is {_listed(owner)}"


def _header(scanner: Scanner, stem: str) -> Source:
    found = _dot(scanner, stem) and scanner.match(_TOKEN)
    if not found:
        raise scanner.fault(f"the header's name is missing after `{stem}.`", f"write `{stem}.NAME`")
    return Header(found[0], plural=stem.endswith("s"))


def _query(scanner: Scanner, stem: str) -> Source:
    _dot(scanner, stem)
    return QueryParameter(read_characters(scanner, f"{stem}.NAME"))


def _path(scanner: Scanner, stem: str) -> Source:
    _dot(scanner, stem)
    return PathParameter(read_characters(scanner, f"{stem}.NAME"))


def _dot(scanner: Scanner, stem: str) -> bool:
    if not scanner.take("."):
        raise scanner.fault(
            f"a name is missing after `{stem}`", f"write `{stem}.NAME`", end=scanner.end
        )
    return True


def _body(scanner: Scanner, stem: str) -> Source:
    return Body(*_parts(scanner, stem))


def _payload(scanner: Scanner, stem: str) -> Source:
    return Payload(*_parts(scanner, stem))


def _parts(scanner: Scanner, stem: str) -> tuple[Pointer, tuple[Member, ...], bool]:
    """Reads a pointer, or the wild forms `.a[0]` and `#a`."""
    if scanner.next in (".", "["):
        members = read_members(scanner)
        if not scanner.at_end():
            _after_members(scanner, stem, members)
        return None, members, False
    if scanner.sees("/"):
        raise scanner.fault(f"`#` is missing after `{stem}`", f"write `{stem}#{scanner.rest}`")
    if scanner.sees("#") and not scanner.sees("#/") and scanner.rest != "#":
        scanner.take("#")
        return read_tokens(scanner), (), True
    return read_pointer(scanner), (), False


def _after_members(scanner: Scanner, stem: str, members: tuple[Member, ...]) -> NoReturn:
    if scanner.sees("#/"):
        pointer = pointer_of(members) + scanner.rest[1:]
        raise scanner.fault(
            "a path with dots and a JSON Pointer do not go together",
            f"write `{stem}#{pointer}`",
            end=scanner.end,
        )
    if scanner.sees("."):
        raise scanner.fault("a name is missing after `.`", f"write `{stem}#/NAME`")
    raise scanner.fault(
        f"`{scanner.next}` cannot stand in a path with dots",
        f"write the JSON Pointer `{stem}#/...`",
    )


_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "request": ("header", "query", "path", "body"),
    "response": ("header", "body"),
}
"""What each has."""

_SOURCES: Final[Mapping[str, Callable[[Scanner, str], Source]]] = {
    "header": _header,
    "headers": _header,
    "query": _query,
    "path": _path,
    "body": _body,
    "payload": _payload,
}
