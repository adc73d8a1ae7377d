"""A line of source as a terminal shows it: tabs, wide characters, and nothing that moves the cursor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from arazzoc.frozen import dataclass

__all__ = ["Excerpt", "excerpt", "visible"]

TAB_WIDTH: Final = 4

_WIDE: Final = frozenset("WF")
_NO_COLUMN: Final = frozenset({"Mn", "Me"})
_JOINERS: Final = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats such as those that turn the writing direction, lone surrogates, odd line breaks."""
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
_CONTROL_PICTURES: Final = 0x2400
_CONTROLS: Final = 0x20
_DELETE: Final = 0x7F
_DELETE_PICTURE: Final = "\N{SYMBOL FOR DELETE}"
_SOME_OF_THE_LEFT: Final = 3
"""Where a line does not fit, a third of the window is left for what stands before the span."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of source cut to a window, and the underline that belongs below it.

    Attributes:
        text: What is shown; `…` stands where the line goes on.
        indent: How many columns stand before the underline.
        width: How many columns the underline takes, at least one.
    """

    text: str
    indent: int
    width: int


def visible(text: str) -> str:
    r"""`text` on one line, with a picture for every control character: `a\nb` becomes `a␊b`.

    A document's names end up in messages: this keeps them from writing to the terminal what they like.
    """
    return "".join(_shown(character) for character in text)


def excerpt(line: str, start: int, end: int, *, window: int) -> Excerpt:
    """The part of `line` around the characters `start` to `end` (0-based, `end` exclusive).

    Args:
        line: One line of source, without its line break.
        start: Where the span begins; past the line's end means just after it.
        end: Where it ends; not after `start` means a place between two characters.
        window: How many columns there are; a longer line is cut around `start`.
    """
    start = min(start, len(line))
    offset = max(0, start - 2 * window)
    near = line[offset : start + 2 * window]  # a document without line breaks is one long line
    cells = _cells(near)
    edges = [0, *accumulate(width for _, width in cells)]
    start -= offset
    end = min(max(end - offset, start), len(cells))
    first, last = _window(edges, start, end, window)
    before = _ELLIPSIS if offset + first > 0 else ""
    after = _ELLIPSIS if offset + last < len(line) else ""
    text = before + "".join(shown for shown, _ in cells[first:last]) + after
    indent = len(before) + edges[start] - edges[first]
    return Excerpt(text, indent, max(1, edges[min(end, last)] - edges[start]))


def _window(edges: list[int], start: int, end: int, window: int) -> tuple[int, int]:
    """The first and one past the last character to show, so that they fit into `window` columns."""
    length = len(edges) - 1
    if edges[-1] <= window:
        return 0, length
    inside = window - 2 * len(_ELLIPSIS)
    if edges[end] <= inside:
        left = 0
    else:
        left = min(max(0, edges[start] - inside // _SOME_OF_THE_LEFT), edges[-1] - inside)
    first = next(index for index in range(start + 1) if edges[index] >= left or index == start)
    last = max(index for index in range(first, length + 1) if edges[index] - edges[first] <= inside)
    return first, last


def _cells(line: str) -> list[tuple[str, int]]:
    """What is shown for each character, and how many columns it takes."""
    if line.isascii() and line.isprintable():
        return [(character, 1) for character in line]
    cells: list[tuple[str, int]] = []
    column = 0
    for character in line:
        if character == "\t":
            width = TAB_WIDTH - column % TAB_WIDTH
            shown = " " * width
        else:
            shown = _shown(character)
            width = _columns(shown)
        cells.append((shown, width))
        column += width
    return cells


def _shown(character: str) -> str:
    code = ord(character)
    if code < _CONTROLS:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    if unicodedata.category(character) in _UNSEEN and character not in _JOINERS:
        return _REPLACEMENT
    return character


def _columns(characters: Iterable[str]) -> int:
    return sum(
        1 + (unicodedata.east_asian_width(each) in _WIDE)
        for each in characters
        if unicodedata.category(each) not in _NO_COLUMN and each not in _JOINERS
    )
