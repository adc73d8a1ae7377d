"""How names, pointers and dotted paths are spelt in a runtime expression."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from arazzoc.source.node import pointer_of

__all__ = ["Member", "Pointer", "spell_members", "spell_name", "spell_pointer"]

Pointer: TypeAlias = tuple[str, ...] | None
"""Unescaped tokens of a JSON Pointer; None where the expression has no `#`."""

Member: TypeAlias = str | int
"""One step of a dotted path, `.a` or `[0]`, which the specification does not allow after a reference."""

_PLAIN_MEMBER: Final = re.compile(r"\$?[\w-]+")
_SPECIAL: Final = re.compile(r'[\x00-\x1f"\\{}]')
_SHORT: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


def spell_pointer(pointer: Pointer) -> str:
    """`#/a/0`, or nothing for None (RFC 6901)."""
    return "" if pointer is None else f"#{pointer_of(pointer)}"


def spell_members(members: Sequence[Member]) -> str:
    """`.a[0]['b c']`."""
    return "".join(map(_spell_member, members))


def _spell_member(member: Member) -> str:
    if isinstance(member, int):
        return f"[{member}]"
    if _PLAIN_MEMBER.fullmatch(member):
        return f".{member}"
    quoted = member.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


def spell_name(name: str) -> str:
    """A `name` of the grammar: characters outside `CHAR` become JSON's escapes."""
    return _SPECIAL.sub(_escape, name)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character, f"\\u{ord(character):04x}")
