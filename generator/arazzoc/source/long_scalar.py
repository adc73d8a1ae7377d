"""YAML scalars of several lines, where it is sure what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from arazzoc.source.limits import Limits
from arazzoc.source.yaml_line import DOUBLE, SINGLE, NotSureError, further, surprising, unquoted

__all__ = ["block_scalar", "plain_scalar_of", "quoted_scalar"]

_LAST: Final = {
    "'": re.compile(rf"({SINGLE}') *+(?:(?<= )#.*+)?").fullmatch,
    '"': re.compile(rf'({DOUBLE}") *+(?:(?<= )#.*+)?').fullmatch,
}
"""The line in which a quoted scalar ends."""
_INNER: Final = {
    "'": re.compile(SINGLE).fullmatch,
    '"': re.compile(rf"{DOUBLE}\\?").fullmatch,
}
"""A line of a quoted scalar that goes on."""

_KEPT: Final = ("\n\n", "\n ", "\n\t")


def plain_scalar_of(start: str, lines: Sequence[str], after: int, level: int) -> tuple[str, int]:
    """A plain scalar of several lines, which is always text, and the line after it.

    Args:
        start: What its first line says.
        lines: All lines.
        after: The line after its first one.
        level: That of the mapping or list it stands in: it goes on while lines are further to the right.

    Raises:
        NotSureError: There is more in its lines than text.
    """
    parts, length, index = [start], 1, after
    while index < len(lines):
        line = lines[index]
        text = line.lstrip(" ")
        if text and (2 * (len(line) - len(text)) <= level or text[0] == "#"):
            break
        parts.append(further(line) if text else "")
        index += 1
        if text:
            length, after = len(parts), index
    return _folded(parts[:length]), after


def quoted_scalar(start: str, lines: Sequence[str], index: int, limits: Limits) -> tuple[str, int]:
    """A quoted scalar of several lines, and the line after it.

    Args:
        start: What stands of it in its first line, with its quote.
        lines: All lines.
        index: Its second line.
        limits: As for `read_yaml`.

    Raises:
        NotSureError: It does not end, more than a comment follows it, or a line of it is not indented.
    """
    mark = start[0]
    last, inner = _LAST[mark], _INNER[mark]
    parts, found = [start], None
    while found is None:
        if index == len(lines):
            raise NotSureError
        line = lines[index]
        index += 1
        if line and line[0] != " ":
            raise NotSureError
        if mark in line:
            found = last(line)
        if found is None and inner(line) is None:
            raise NotSureError
        parts.append(found[1] if found else line)
    whole = "\n".join(parts)
    if "\t" in whole or surprising(whole.replace("\n", "")):
        raise NotSureError
    if mark == '"' and "\\" in whole:
        return unquoted(whole, limits), index
    ends = [parts[0].rstrip(" "), *(part.strip(" ") for part in parts[1:-1]), parts[-1].lstrip(" ")]
    return unquoted(_folded(ends), limits), index


def block_scalar(header: str, lines: Sequence[str], index: int, level: int) -> tuple[str, int]:
    """A block scalar, and the line after it.

    Args:
        header: `|` or `>`, and `-` or `+` where one follows.
        lines: All lines.
        index: The line after the header.
        level: That of the mapping or list it stands in.

    Raises:
        NotSureError: It may be indented otherwise than its first line says.
    """
    start, count = index, len(lines)
    while index < count and not lines[index]:
        index += 1
    leading = "\n" * (index - start)
    first = lines[index] if index < count else ""
    width = len(first) - len(first.lstrip(" "))
    if width == len(first) or first[width] == "\t":
        raise NotSureError
    if 2 * width <= level:
        return (leading if header[1:] == "+" else ""), index
    body: list[str] = []
    indent = " " * width
    while index < count:
        line = lines[index]
        if line.startswith(indent):
            body.append(line[width:])
        elif not line.strip(" "):
            body.append("")
        else:
            break
        index += 1
    length = len(body)
    while not body[-1]:
        body.pop()
    text = _folded(body) if header[0] == ">" else "\n".join(body)
    if surprising(text.replace("\n", "").replace("\t", "")):
        raise NotSureError
    breaks = {"": 1, "-": 0, "+": 1 + length - len(body)}[header[1:]]
    return leading + text + "\n" * breaks, index


def _folded(parts: Sequence[str]) -> str:
    """Lines as one (YAML 1.2.2, 6.5): breaks are spaces, unless a line is empty or starts with one."""
    whole = "\n".join(parts)
    if not any(found in whole for found in _KEPT):
        return whole.replace("\n", " ")
    folded: list[str] = []
    breaks, was_spaced = 0, False
    for part in parts:
        if not part:
            breaks += 1
            continue
        is_spaced = part[0] in " \t"
        kept = breaks + (was_spaced or is_spaced)
        folded += ("\n" * kept or " ", part)
        breaks, was_spaced = 0, is_spaced
    return "".join(folded[1:])
