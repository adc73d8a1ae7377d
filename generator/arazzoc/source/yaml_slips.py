"""Where a slip stands that YAML's own reader notices only further down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from arazzoc.frozen import dataclass

__all__ = ["Slip", "slip_before"]

_NO_BLANK_AFTER_COLON: Final = re.compile(
    r"\s*(?:- )*(?P<key>[A-Za-z_$][\w-]*)(?P<at>:)(?=[^\s:/])"
)
_NO_BLANK_AFTER_DASH: Final = re.compile(r"\s*(?:- )*(?P<at>-)(?P<key>[A-Za-z_$][\w-]*):(?=\s|\Z)")
_OPENED: Final = re.compile(r"(?:^|[:\-]\s)\s*(?P<at>[\"'])")
_MEMBER: Final = re.compile(r"\s*(?P<at>(?P<key>[A-Za-z_$][\w-]*):)(?=\s|\Z)")
_INDENTED: Final = re.compile(r"[ \t]*(?P<at>[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+)")
_MOST_LINES: Final = 400


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, from offset `start` to `end`, and what to do about it."""

    start: int
    end: int
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text that is neither empty nor a comment."""

    start: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    def slip(self, found: re.Match[str], problem: str, hint: str) -> Slip:
        start, end = self.start + found.start("at"), self.start + found.end("at")
        return Slip(start, end, problem, hint)


_Finder: TypeAlias = "Callable[[Sequence[_Line]], Slip | None]"


def slip_before(text: str, offset: int) -> Slip | None:
    """The slip that explains why the text cannot be read at `offset`; None where none is plain to see."""
    lines = tuple(_lines_up_to(text, offset))
    return next((slip for find in _FINDERS if (slip := find(lines)) is not None), None)


def _lines_up_to(text: str, offset: int) -> Iterator[_Line]:
    """The lines up to the one that `offset` is on, the last first."""
    end = text.find("\n", offset)
    position = len(text) if end < 0 else end
    for _ in range(_MOST_LINES):
        start = text.rfind("\n", 0, position) + 1
        line = text[start:position].rstrip("\r")
        if line.strip() and not line.lstrip().startswith("#"):
            yield _Line(start, line)
        if start == 0:
            return
        position = start - 1


def _open_quote(lines: Sequence[_Line]) -> Slip | None:
    """A quote that is opened on one line and closed by the next one, which opens where the error is."""
    if not lines:
        return None
    for line in lines[1:]:
        opened = _OPENED.search(line.text)
        for quote in "\"'":
            odd = line.text.count(quote) % 2 == 1
            if odd and opened is not None and opened["at"] == quote and quote in lines[0].text:
                return line.slip(opened, "a quote is not closed", "close the quote that opens here")
            if odd and quote in lines[0].text:
                return None
    return None


def _no_blank(lines: Sequence[_Line]) -> Slip | None:
    for line in lines[:2]:
        dash = _NO_BLANK_AFTER_DASH.match(line.text)
        if dash is not None:
            hint = f"write `- {dash['key']}: ...`"
            return line.slip(dash, "there is no blank behind this dash", hint)
        colon = _NO_BLANK_AFTER_COLON.match(line.text)
        if colon is not None:
            rest = line.text[colon.end() :].strip()
            problem = "there is no blank behind this colon"
            return line.slip(colon, problem, f"write `{colon['key']}: {rest}`")
    return None


def _no_dash(lines: Sequence[_Line]) -> Slip | None:
    """The first item of a list, written without the dash that the next one has."""
    if not lines or not lines[0].text.lstrip().startswith("- "):
        return None
    column, first = lines[0].indent, None
    for line in lines[1:]:
        if line.indent > column:
            first = line if line.indent == column + 2 else first
            continue
        member = _MEMBER.match(first.text) if first is not None else None
        if first is None or member is None or not line.text.rstrip().endswith(":"):
            return None
        problem = "the items of this list start with a dash, and this one does not"
        return first.slip(member, problem, f"write `- {member['key']}: ...`")
    return None


def _no_space(lines: Sequence[_Line]) -> Slip | None:
    """A line that is indented with something that looks like a space, as text from web pages is."""
    for line in lines:
        found = _INDENTED.match(line.text)
        if found is not None:
            code = f"U+{ord(found['at'][0]):04X}"
            problem = f"the line is indented with the character {code}, which is no space to YAML"
            return line.slip(found, problem, "write plain spaces in its place")
    return None


_FINDERS: Final[tuple[_Finder, ...]] = (_open_quote, _no_space, _no_blank, _no_dash)
