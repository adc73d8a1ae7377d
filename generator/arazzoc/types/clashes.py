"""Formats and types of which no value is of both, by what two schemas state themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arazzoc.source.node import Node
from arazzoc.types.constraints import allowed_kinds, kinds_in_words
from arazzoc.types.formats import words_for

__all__ = ["clash"]

_NUMBERS: Final = frozenset({"integer", "number"})
_ADDRESSES: Final = {"uri": "a URL", "url": "a URL"}
"""What is looked at where it is given, not where it is wanted: descriptions call much a URI."""


def clash(given: Sequence[Node], wanted: Node, *, textual: bool) -> tuple[str, str] | None:
    """What is wanted and what is given, in words; None where a value may be both.

    Args:
        given: The parts of the schema of what is given, all of which hold.
        wanted: The schema of what is wanted.
        textual: Whether a number is sent as text.
    """
    has, takes = _kinds(given), _kinds([wanted])
    promised, asked = _format(given), _format([wanted])
    words = words_for(asked) if asked is not None and takes <= {"string"} else None
    if promised is not None and has == frozenset({"string"}):
        is_ = _ADDRESSES.get(promised) or words_for(promised)
        if is_ is None:
            return None
        if words is not None and asked != promised:
            return words, is_.partition(" such as")[0]
        return (
            (kinds_in_words(takes), is_.partition(" such as")[0])
            if takes and takes <= _NUMBERS
            else None
        )
    if textual and words is not None and has and has <= _NUMBERS:
        return words, kinds_in_words(has)
    return None


def _format(parts: Sequence[Node]) -> str | None:
    stated = [each.get("format") for each in parts]
    names = {each.text for each in stated if each is not None}
    return names.pop() if len(names) == 1 else None


def _kinds(parts: Sequence[Node]) -> frozenset[str]:
    """The JSON types but null that some parts state; none where they do not say."""
    stated = [kinds for each in parts if (kinds := allowed_kinds(each)) is not None]
    return frozenset[str]().union(*stated) - {"null"}
