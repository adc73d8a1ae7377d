"""Where a runtime expression ends that stands in a condition without braces."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["expression_end", "is_plain"]

_STEP: Final = re.compile(
    r"""
    (?P<stop> \s | [=<>,] | != | && | \|\| )
    | (?P<key> \[ \s* (?: '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" ) \s* \] )
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def expression_end(text: str, start: int, end: int | None = None) -> int:
    """The offset where the expression ends that starts at `text[start]`.

    It ends before white space, before `,`, `=`, `<` and `>`, before `!=`, `&&` and `||`, and before a closing
    bracket that it does not open. `['a b']` is read as one piece. So `-`, `.`, `/`, `#`, `!`, `&` and `|`
    belong to an expression; one that holds other characters has to stand in braces.
    """
    return _walk(text, start, len(text) if end is None else end)[0]


def is_plain(text: str) -> bool:
    """Whether an expression can stand in a condition without braces."""
    return _walk(text, 0, len(text)) == (len(text), 0)


def _walk(text: str, start: int, end: int) -> tuple[int, int]:
    """The offset where the expression ends, and how many brackets are open there."""
    depth = 0
    at = start
    while at < end:
        found = _STEP.match(text, at, end)
        if found is None or found.lastgroup == "stop":
            break
        if found.lastgroup == "open":
            depth += 1
        elif found.lastgroup == "close":
            if depth == 0:
                break
            depth -= 1
        at = found.end()
    return at, depth
