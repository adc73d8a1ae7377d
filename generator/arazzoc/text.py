"""Places in a text: positions, spans, and the way between them and offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from arazzoc.frozen import dataclass

__all__ = ["LineIndex", "Position", "Span"]

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters.

    Attributes:
        line: Counted from 1.
        column: Counted from 1, in code points (an editor's edge converts to UTF-16).
    """

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one file's text; `end` is exclusive, and equals `start` where only a place is meant.

    Attributes:
        file: The file's name as the user is shown it: relative to the working directory where possible,
            with forward slashes.
    """

    file: str
    start: Position
    end: Position

    def __str__(self) -> str:
        return f"{self.file}:{self.start}"

    @property
    def sort_key(self) -> tuple[str, Position, Position]:
        """Orders spans by file, then by place."""
        return (self.file, self.start, self.end)


class LineIndex:
    r"""Converts between offsets and positions of one text. Lines end at `\\n`, `\\r\\n` or `\\r`."""

    __slots__ = ("_known", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: list[int] | None = None

    @property
    def _starts(self) -> list[int]:
        # Of most texts, large ones above all, no position is ever asked for.
        if self._known is None:
            self._known = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        return self._known

    def position(self, offset: int) -> Position:
        """The position of the character at `offset` (0-based, in code points)."""
        starts = self._starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """The offset of `position`; the inverse of `position()`."""
        return self._starts[position.line - 1] + position.column - 1

    def line(self, number: int) -> str:
        """The text of line `number` (1-based) without its line break; empty past the end."""
        starts = self._starts
        if not 1 <= number <= len(starts):
            return ""
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
