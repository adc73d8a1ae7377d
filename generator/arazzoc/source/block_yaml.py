"""Block YAML without surprises, read line by line: faster than by libyaml, and not without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from arazzoc.source.limits import DEFAULT_LIMITS, Limits
from arazzoc.source.long_scalar import block_scalar, plain_scalar_of, quoted_scalar
from arazzoc.source.node import JsonValue
from arazzoc.source.yaml_line import MOST_BRACES, Lines, NotSureError, Rest

__all__ = ["NotSureError", "read_block_yaml"]

_ANCHORS: Final = (": &", "- &")
"""What is looked for before anything is read: most descriptions that libyaml has to read hold anchors."""


def read_block_yaml(text: str, limits: Limits = DEFAULT_LIMITS) -> JsonValue:
    """The value of a text that is surely YAML; the same that `read_yaml` gives, which finds no fault in it.

    Args:
        text: The text, without a byte order mark.
        limits: How much is read.

    Raises:
        NotSureError: The text has to be read by `read_yaml`, which may find faults in it.
    """
    if "&" in text and any(found in text for found in _ANCHORS):
        raise NotSureError
    return _Outline(text.replace("\r\n", "\n"), limits).read()


class _Outline:
    """One pass over the lines of a text.

    What is open are mappings and lists with their levels, which rise inwards. An entry closes what is of a
    higher level than it; it belongs to what is of its own, or opens that where a value is awaited.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        self._lines = text.split("\n")
        self._is_cut_off = self._lines[-1] != ""
        if not self._is_cut_off:
            self._lines.pop()
        self._known = Lines(limits)
        self._limits = limits
        self._deepest = limits.depth - MOST_BRACES
        self._opened: list[tuple[int, Any]] = []
        self._root: list[JsonValue] = [None]
        # `Any`: both mappings and lists, entered by the slot, which is a key or an index.
        self._holder: Any = self._root
        self._slot: Any = 0
        self._level = -1
        self._awaited = True
        # What the last value is read from, where further lines may add to it, and the line after it.
        self._start: str | None = None
        self._after = 0

    def read(self) -> JsonValue:
        """The value of the whole text."""
        lines, known, enter = self._lines, self._known, self._enter
        index, rest = self._first(), None
        while index < len(lines):
            entries, level, value, text, rest = known[lines[index]]
            if entries:
                enter(entries)
            elif self._adds_nothing(level, rest):
                index += 1
                continue
            elif not self._awaited:
                index = self._continue(index)
                continue
            index += 1
            self._awaited = rest is Rest.AWAITED
            if text is None or rest is None:
                self._start, self._after = text, index
            else:
                value, index = self._long(text, rest, index)
            self._holder[self._slot] = value
        if self._holder is self._root or (self._is_cut_off and rest is Rest.BLOCK):
            raise NotSureError
        return self._root[0]

    def _first(self) -> int:
        """The line in which the first document starts."""
        for index, line in enumerate(self._lines):
            if line.rstrip(" ") == "---":
                return index + 1
            if self._known[line].rest not in (Rest.BLANK, Rest.REMARK):
                break
        return 0

    def _enter(self, entries: Sequence[tuple[int, str | None]]) -> None:
        """Makes the place for a value that the entries of a line lead to."""
        for level, key in entries:
            if level > self._level:
                if not self._awaited or len(self._opened) >= self._deepest:
                    raise NotSureError
                child: Any = [] if key is None else {}
                self._holder[self._slot] = child
                self._opened.append((self._level, self._holder))
                self._level, self._holder = level, child
            elif level < self._level:
                self._close(level)
            holder = self._holder
            if key is None:
                self._slot = len(holder)
                holder.append(None)
            elif key in holder:
                raise NotSureError
            else:
                self._slot = key
            self._awaited = True

    def _close(self, level: int) -> None:
        while self._level > level:
            self._level, self._holder = self._opened.pop()
        if self._level != level:
            raise NotSureError

    def _adds_nothing(self, level: int, rest: Rest | None) -> bool:
        """Whether a line without entries is empty; else it is text that can stand where it is."""
        if rest is Rest.REMARK:
            self._start = None
        elif rest is not Rest.BLANK:
            if not self._opened or level <= self._level:
                raise NotSureError
            if rest is Rest.UNCLEAR and self._awaited:
                raise NotSureError
            return False
        return True

    def _continue(self, index: int) -> int:
        """Adds lines to the last value, of which this one is the first that is not empty."""
        if self._start is None:
            raise NotSureError
        value, index = plain_scalar_of(self._start, self._lines, self._after, self._level)
        self._holder[self._slot] = value
        self._start = None
        return index

    def _long(self, text: str, rest: Rest, index: int) -> tuple[JsonValue, int]:
        """A block scalar or a quoted one of several lines, and the line after it."""
        self._start = None
        if rest is Rest.BLOCK:
            return block_scalar(text, self._lines, index, self._level)
        return quoted_scalar(text, self._lines, index, self._limits)
