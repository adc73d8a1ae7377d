"""I-Regexp, the regular expressions of JSONPath (RFC 9485), by way of Python's."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

__all__ = ["has_match", "is_match", "python_pattern", "translated"]

_LONGEST: Final = 1000
_DEEPEST: Final = 99
_ESCAPE: Final = r"\\[-()*+.?\[\\\]^nrt{|}]"
_CATEGORY: Final = (
    r"\\[pP]\{(?:L[lmotu]?|M[cen]?|N[dlo]?|P[c-fios]?|Z[lps]?|S[ckmo]?|C[cfno]?)\}"
)
_MEMBER: Final = rf"(?:[^-\[\\\]\ud800-\udfff]|{_ESCAPE})"
_IN_BRACKETS: Final = re.compile(
    rf"(?P<category>{_CATEGORY})|{_MEMBER}(?:-{_MEMBER})?|-"
)
_PIECE: Final = re.compile(
    rf"""
    (?P<open>\() | (?P<bar>\|)
    | (?: (?P<close>\)) | (?P<dot>\.) | (?P<end>\$) | (?P<category>{_CATEGORY})
        | \[ (?P<negated>\^?) (?P<members>(?!\]) -? (?: {_CATEGORY} | {_MEMBER} (?:-{_MEMBER})? )* -?) \]
        | (?P<plain> {_ESCAPE} | [^()*+.?\[\\\]{{|}}\ud800-\udfff] )
      ) (?P<times> [*+?] | \{{ [0-9]{{1,3}} (?: , (?:[0-9]{{1,3}})? )? \}} )?
    """,
    re.VERBOSE,
)


def is_match(pattern: str, value: Any) -> bool:
    """Whether the pattern, one of Python's, matches the whole of a string."""
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def has_match(pattern: str, value: Any) -> bool:
    """Whether the pattern, one of Python's, matches some part of a string."""
    return isinstance(value, str) and re.search(pattern, value) is not None


def python_pattern(pattern: Any) -> str:
    """An I-Regexp as Python's `re` writes it; a pattern that matches nothing where it is none."""
    try:
        return translated(pattern) if isinstance(pattern, str) else "(?!)"
    except re.error:
        return "(?!)"


@lru_cache(maxsize=64)
def translated(pattern: str) -> str:
    """An I-Regexp as Python's `re` writes it.

    Raises:
        re.error: It is none, or it is absurd: longer than 1000 characters, with 100 parentheses in one
            another, or with something that is repeated 1000 times.
    """
    if len(pattern) > _LONGEST:
        raise re.error(f"the pattern is longer than {_LONGEST} characters", pattern, 0)
    parts: list[str] = []
    place, depth = 0, 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        depth += 0 if piece is None else bool(piece["open"]) - bool(piece["close"])
        if piece is None or not 0 <= depth <= _DEEPEST:
            raise re.error("this is no I-Regexp", pattern, place)
        parts.append(_written(piece))
        place = piece.end()
    if depth:
        raise re.error("a parenthesis is not closed", pattern, place)
    try:
        re.compile("".join(parts))
    except re.error as error:
        raise re.error(error.msg, pattern, place) from None
    return "".join(parts)


def _written(piece: re.Match[str]) -> str:
    """A piece of an I-Regexp for Python: `.` takes no line break, and `$` is the very end."""
    if piece["open"]:
        return "(?:"
    times = piece["times"] or ""
    if piece["dot"]:
        return r"[^\n\r]" + times
    if piece["end"]:
        return r"\Z" + times
    if piece["category"]:
        return f"[{_ranges(piece['category'])}]{times}"
    if piece["members"] is None:
        return piece[0]
    members = "".join(map(_member, _IN_BRACKETS.finditer(piece["members"])))
    return f"[{piece['negated']}{members}]{times}"


def _member(found: re.Match[str]) -> str:
    """A member of brackets; what only Python finds special there is escaped."""
    if found["category"]:
        return _ranges(found["category"])
    return r"\-" if found[0] == "-" else re.sub(r"(?<!\\)[&|~^]", r"\\\g<0>", found[0])


@lru_cache(maxsize=64)
def _ranges(category: str) -> str:
    """The characters that a class such as `p{L}` or `P{L}` stands for, as ranges for brackets."""
    wanted, inside = category[3:-1], category[1] == "p"
    return "".join(
        f"\\U{first:08x}-\\U{last:08x}" for first, last in _runs(wanted, inside=inside)
    )


def _runs(wanted: str, *, inside: bool) -> Iterator[tuple[int, int]]:
    """The first and last of each run of characters whose category starts with `wanted`, or of the others."""
    first: int | None = None
    for code in range(sys.maxunicode + 2):
        among = (
            code <= sys.maxunicode
            and unicodedata.category(chr(code)).startswith(wanted) is inside
        )
        if among and first is None:
            first = code
        elif not among and first is not None:
            yield first, code - 1
            first = None
