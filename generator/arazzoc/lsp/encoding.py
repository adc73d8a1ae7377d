"""Between the compiler's places, in code points, and an editor's, in the units that both agreed on."""

from __future__ import annotations

from typing import Literal, TypeAlias

from lsprotocol import types as lsp

from arazzoc.frozen import dataclass
from arazzoc.text import LineIndex, Position, Span

__all__ = ["Encoding", "Places"]

Encoding: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one text, as an editor counts them."""

    lines: LineIndex
    encoding: Encoding

    def range(self, span: Span) -> lsp.Range:
        """A span as the editor's range."""
        return lsp.Range(self.position(span.start), self.position(span.end))

    def position(self, place: Position) -> lsp.Position:
        """A position as the editor's."""
        before = self.lines.line(place.line)[: place.column - 1]
        return lsp.Position(place.line - 1, _units(before, self.encoding))

    def between(self, start: int, end: int) -> lsp.Range:
        """The editor's range from offset `start` to offset `end`."""
        return lsp.Range(
            self.position(self.lines.position(start)), self.position(self.lines.position(end))
        )

    def offset(self, place: lsp.Position) -> int:
        """The offset of an editor's position; past a line's end, that end."""
        lines = self.lines.position(len(self.lines.text)).line
        if place.line >= lines:
            return len(self.lines.text)
        line = self.lines.line(place.line + 1)
        units, column = 0, 0
        for character in line:
            if units >= place.character:
                break
            units += _units(character, self.encoding)
            column += 1
        return self.lines.offset(Position(place.line + 1, column + 1))


def _units(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-16":
        return len(text) + sum(character > "\uffff" for character in text)
    return len(text.encode("utf-8", errors="replace"))
