"""A place in a text that moves forward: what all parsers of this package read with."""

from __future__ import annotations

import re

from arazzoc.expr.ast import Slice
from arazzoc.expr.problem import SyntaxProblem, UnparsableError

__all__ = ["Scanner", "excerpt"]

_LONGEST_EXCERPT = 24


class Scanner:
    """Reads `text[start:end]`; offsets are those of the whole text.

    Attributes:
        at: The offset of the next character.
    """

    __slots__ = ("at", "end", "start", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.start = start
        self.at = start
        self.end = len(text) if end is None else end

    def at_end(self) -> bool:
        """Whether everything has been read."""
        return self.at >= self.end

    @property
    def next(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at] if self.at < self.end else ""

    @property
    def rest(self) -> str:
        """What has not been read."""
        return self.text[self.at : self.end]

    @property
    def where(self) -> Slice:
        """What has been read since the start."""
        return Slice(self.start, self.at)

    def since(self, start: int) -> Slice:
        """What has been read since the offset `start`."""
        return Slice(start, self.at)

    def sees(self, literal: str) -> bool:
        """Whether `literal` comes next."""
        return self.text.startswith(literal, self.at, self.end)

    def take(self, literal: str) -> bool:
        """Reads `literal` if it comes next, and says whether it did."""
        if not self.sees(literal):
            return False
        self.at += len(literal)
        return True

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Reads what `pattern` matches here, if it does."""
        found = pattern.match(self.text, self.at, self.end)
        if found is not None:
            self.at = found.end()
        return found

    def look(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What `pattern` matches here, without reading it."""
        return pattern.match(self.text, self.at, self.end)

    def fault(
        self,
        message: str,
        hint: str | None = None,
        start: int | None = None,
        end: int | None = None,
        instead: str | None = None,
    ) -> UnparsableError:
        """What to raise where `text[start:end]`, by default the next character, is wrong.

        `instead` is what should stand there, where that is beyond doubt.
        """
        begin = self.at if start is None else start
        stop = max(begin, min(begin + 1, self.end) if end is None else end)
        return UnparsableError(SyntaxProblem(message, hint, begin, stop, instead))


def excerpt(text: str) -> str:
    """`text` for a message: on one line, and cut where it is long."""
    line = " ".join(text.split()) or text[:1]
    line = line if line.isprintable() else ascii(line)[1:-1]
    return line if len(line) <= _LONGEST_EXCERPT else line[: _LONGEST_EXCERPT - 3] + "..."
