"""Block scalars of YAML (1.2.2, section 8.1): literal `|` and folded `>`."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.source.decoding import Decoded

__all__ = ["decode_block"]

_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n\x85]|\Z)")
_FIRST_LINE: Final = re.compile(r"(?: *(?:\r\n|[\r\n\x85]))*( *)")
_LINE: Final = re.compile(r"([^\r\n\x85]*)(\r\n|[\r\n\x85]|\Z)")


def decode_block(text: str, start: int, value: str) -> Decoded:
    """Decodes the block scalar whose `|` or `>` stands at `start`.

    The header may give an indentation relative to a parent that is not known here, so each indentation
    that the first line allows is tried until one gives `value`; the first line's own comes first.
    """
    decoded = Decoded(start)
    header = _HEADER.match(text, start)
    if header is None:
        return decoded
    first_line = _FIRST_LINE.match(text, header.end())
    widest = len(first_line[1]) if first_line else 0
    has_indicator = any(mark in "123456789" for mark in header[0].partition("#")[0])
    for indent in range(widest, -1 if has_indicator else widest - 1, -1):
        decoded = _decode_lines(text, header.end(), indent, text[start] == ">", len(value))
        if decoded.matches(value):
            break
    decoded.end = max(_end_of_text(decoded, value), start + len(header[0].rstrip()))
    return decoded


def _end_of_text(decoded: Decoded, value: str) -> int:
    """Where the last character of the value ends that is no line break."""
    last = len(value.rstrip("\n")) - 1
    return decoded.ranges[last][1] if 0 <= last < len(decoded.ranges) else 0


def _decode_lines(text: str, start: int, indent: int, folded: bool, length: int) -> Decoded:
    """Decodes lines until `length` characters, and the breaks that may belong to them, are complete.

    Between two lines stand the break that ended the first (`pending`) and the empty lines since. Where
    the scalar is folded and neither line starts with a blank, that break becomes a space, or nothing where
    empty lines follow; everywhere else each is a line break.
    """
    decoded = Decoded(start)
    pending: tuple[int, int] | None = None
    empty: list[tuple[int, int]] = []
    more_indented = False
    while decoded.end < len(text) and len(decoded.ranges) < length:
        found = _LINE.match(text, decoded.end)
        if found is None:
            break
        line, after = found[1], found.end()
        if not line.strip(" ") and len(line) <= indent:
            empty.append((decoded.end, after))
            decoded.end = after
            continue
        if len(line) - len(line.lstrip(" ")) < indent:
            break
        starts_blank = line[indent : indent + 1] in (" ", "\t")
        _add_breaks(decoded, pending, empty, folded and not (more_indented or starts_blank))
        decoded.copy(line[indent:], decoded.end + indent)
        pending, empty, more_indented = (found.start(2), after), [], starts_blank
        decoded.end = after
    _add_breaks(decoded, pending, empty, fold=False)
    return decoded


def _add_breaks(
    decoded: Decoded, pending: tuple[int, int] | None, empty: list[tuple[int, int]], fold: bool
) -> None:
    places = list(empty)
    space = False
    if pending is not None:
        space = fold and not empty
        if space or not fold:
            places.insert(0, pending)
    after = decoded.end
    for start, end in places:
        decoded.end = start
        decoded.add(" " if space else "\n", end - start)
    decoded.end = after
