"""Reads text, numbers and words; what is clear though it breaks the rules is taken, with a warning."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final, Generic, TypeVar

from arazzoc.diagnostics.registry import document as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.frozen import dataclass
from arazzoc.model.shape import Reading, found, label, listing
from arazzoc.source.edits import quoted, replaced, unquoted
from arazzoc.source.node import Node
from arazzoc.suggestion import alike, closest, surely

__all__ = ["Choice", "identifier", "number", "text", "text_node", "whole_number"]

Word = TypeVar("Word", bound=str)

_ADVISED_ID: Final = re.compile(r"[A-Za-z0-9_\-]+")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def text(node: Node, reading: Reading) -> str | None:
    """Reads text; a number or truth value is taken as it is written, with a warning."""
    if isinstance(node.value, str):
        return node.value
    if not isinstance(node.value, (bool, int, float)):
        reading.wrong_type(node, "text")
        return None
    written = _source_text(node)
    reading.report(
        rules.LOOSE_SCALAR,
        node.span,
        f"{label(node)} must be text, not {found(node.value)}",
        hint=f"put quotes around it: `'{written}'`",
        fix=quoted(node),
    )
    return written


def text_node(node: Node, reading: Reading) -> Node | None:
    """Reads text and keeps its node, since it may hold expressions."""
    if isinstance(node.value, str):
        return node
    reading.wrong_type(node, "text")
    return None


def identifier(node: Node, reading: Reading) -> str | None:
    """Reads an id that should match `[A-Za-z0-9_-]+`."""
    value = text(node, reading)
    if value is None:
        return None
    if not value:
        reading.report(rules.WRONG_VALUE, node.span, f"{label(node)} must not be empty")
    elif not _ADVISED_ID.fullmatch(value):
        reading.report(
            rules.UNUSUAL_ID,
            node.span,
            f"{label(node)} `{value}` holds characters that may make it impossible to refer to",
            hint="use letters, digits, `_` and `-` only",
        )
    return value


def number(node: Node, reading: Reading) -> float | None:
    """Reads a number that is not negative; text that is a number is taken, with a warning."""
    return _number(node, reading, "a number")


def whole_number(node: Node, reading: Reading) -> int | None:
    """Reads a whole number that is not negative; text that is one is taken, with a warning."""
    value = _number(node, reading, "a whole number")
    if value is None:
        return None
    if value != int(value):
        reading.wrong_type(node, "a whole number")
        return None
    return int(value)


@dataclass(frozen=True, slots=True)
class Choice(Generic[Word]):
    """Reads one of some words.

    Attributes:
        words: The words that every version knows.
        later: Words that came with Arazzo 1.1.
        hints: What to say of words that authors write by mistake.
    """

    words: tuple[Word, ...]
    later: tuple[Word, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict[str, str])

    def __call__(self, node: Node, reading: Reading) -> Word | None:
        """The word at `node`, also in another case; None where it is none of them. Both are reported."""
        known = (*self.words, *self.later) if reading.minor else self.words
        for word in known:
            if word == node.value:
                return word
        if not isinstance(node.value, str):
            reading.wrong_type(node, f"one of {listing(known)}")
            return None
        meant = next((word for word in known if alike(word, node.value)), None)
        if meant is not None:
            reading.report(
                wild.LOOSE_WORD,
                node.span,
                f"{label(node)} must be `{meant}`, not `{node.value}`",
                hint=f"write `{meant}`",
                fix=replaced(node, meant),
            )
            return meant
        sure = surely(node.value, known)
        reading.report(
            rules.WRONG_VALUE,
            node.span,
            f"{label(node)} must be one of {listing(known)}, not `{node.value}`",
            hint=self._hint(node.value, known),
            fix=replaced(node, sure) if sure is not None else None,
        )
        return None

    def _hint(self, written: str, known: tuple[Word, ...]) -> str:
        if written in self.hints:
            return self.hints[written]
        if written in self.later:
            return f"`{written}` came with Arazzo 1.1: set `arazzo: 1.1.0`"
        near = closest(written, known)
        return f"did you mean `{near}`?" if near else f"use one of {listing(known)}"


def _number(node: Node, reading: Reading, expected: str) -> float | None:
    value = node.value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        reading.report(
            rules.LOOSE_SCALAR,
            node.span,
            f"{label(node)} must be {expected}, not text",
            hint=f"remove the quotes: `{value}`",
            fix=unquoted(node),
        )
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        reading.wrong_type(node, expected)
        return None
    if value < 0:
        reading.report(
            rules.WRONG_VALUE,
            node.span,
            f"{label(node)} must not be negative",
            hint="use 0 or more",
        )
        return None
    return value


def _source_text(node: Node) -> str:
    """A scalar as it is written: `1.10` is not `1.1`."""
    lines, span = node.document.lines, node.span
    return lines.text[lines.offset(span.start) : lines.offset(span.end)]
