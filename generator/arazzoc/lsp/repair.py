"""Half-typed documents, made readable: what is broken gives way, and all before the cursor stays put."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from arazzoc.source.reading import read_document
from arazzoc.text import LineIndex, Position

__all__ = ["readable"]

_MOST_LINES: Final = 6
"""So many broken lines are passed over; a document with more is not one that is just being typed."""


def readable(text: str, path: Path, cursor: int) -> str | None:
    """A text like `text` that can be read, with a value where the cursor stands; None where there is none.

    All characters up to the cursor keep their places, but for those of lines that are passed over: these
    become blanks.

    Args:
        text: What the editor holds.
        path: The document's absolute path.
        cursor: An offset.
    """
    for each in _candidates(text, cursor):
        candidate = each
        for _ in range(_MOST_LINES):
            number = _broken(candidate, path)
            if number is None:
                return candidate
            here = _without(candidate, number, cursor)
            before = _without(candidate, number - 1, cursor)
            for one in (here, before):
                if _broken(one, path) is None:
                    return one
            candidate = _without(here, number - 1, cursor)
    return None


def _broken(text: str, path: Path) -> int | None:
    """The line where reading stops; None where the text can be read."""
    document, faults = read_document(text.encode("utf-8", errors="replace"), path, path.name)
    return None if document is not None else faults[0].span.start.line


def _candidates(text: str, cursor: int) -> Iterator[str]:
    """The text with a value at the cursor, with its line's quotes closed, and without what follows."""
    start = text.rfind("\n", 0, cursor) + 1
    end = text.find("\n", cursor)
    end = len(text) if end < 0 else end
    before, after = text[start:cursor], text[cursor:end].rstrip("\r")
    gap = ""
    if not after.strip(" ,}]") and (not before.strip() or before.rstrip()[-1] in ":-,{[("):
        gap = "_" if before.endswith((" ", "[", "(")) else " _"
    line = before + gap + after
    quotes = [quote for quote in ('"', "'") if line.count(quote) % 2]
    closed = [line, *(before + gap + quote + after for quote in quotes)]
    for each in closed:
        yield text[:start] + each + text[end:]
    for each in closed:
        yield text[:start] + each + "\n"


def _without(text: str, number: int, cursor: int) -> str:
    """The text with blanks in place of line `number`, or of the last one before it that has anything.

    The cursor's own line stays.
    """
    lines = LineIndex(text)
    own = lines.position(min(cursor, len(text))).line
    while number > 0 and (number == own or not lines.line(number).strip()):
        number -= 1
    if number <= 0:
        return text
    start = lines.offset(Position(number, 1))
    length = len(lines.line(number))
    return text[:start] + " " * length + text[start + length :]
