"""How readily a line breaks before each token of a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arazzoc.layout.tokens import CLOSING, OPENING, Token
from arazzoc.layout.unsure import UnsureError

__all__ = ["COMMA", "DOT", "STRING", "TERNARY", "weigh"]

COMPREHENSION: Final = 20
COMMA: Final = 18
"""A line breaks behind a comma, before all the others."""
TERNARY: Final = 16
LOGIC: Final = 14
STRING: Final = 12
COMPARISON: Final = 10
DOT: Final = 1

_SIGNS: Final = {
    **dict.fromkeys(("<", ">", "==", "!=", "<=", ">="), COMPARISON),
    "|": 9,
    "^": 8,
    "&": 7,
    "<<": 6,
    ">>": 6,
    "+": 5,
    "-": 5,
    "*": 4,
    "/": 4,
    "//": 4,
    "%": 4,
}


def weigh(tokens: Sequence[Token]) -> None:
    """Gives each token of a statement its weight.

    Raises:
        UnsureError: There is a form that is not known here.
    """
    levels = [_Level()]
    previous = Token("", "sign", 0)
    for index, token in enumerate(tokens):
        if token.bracket in OPENING:
            levels.append(_Level())
        elif token.bracket:
            levels.pop()
        elif token.kind == "name":
            following = tokens[index + 1].text if index + 1 < len(tokens) else ""
            if token.text == "for" and previous.text == "async":
                raise UnsureError
            weight = _of_name(token.text, previous.text, following, levels[-1])
            token.before = weight if index else 0
        elif token.kind == "string":
            token.before = STRING if previous.kind == "string" else 0
        elif token.text == ".":
            token.before = DOT if previous.bracket in CLOSING else 0
        elif not token.operand:
            token.before = _SIGNS.get(token.text, 0)
        previous = token


class _Level:
    """What has begun between a pair of brackets.

    Attributes:
        loops: `for` whose `in` has not come.
        comprehends: A comprehension has begun.
    """

    __slots__ = ("comprehends", "loops")

    def __init__(self) -> None:
        self.loops = 0
        self.comprehends = False


def _of_name(text: str, previous: str, following: str, level: _Level) -> int:
    if text == "for":
        level.loops += 1
        return COMPREHENSION
    if text == "in" and level.loops:
        level.loops -= 1
        level.comprehends = True
        return 0
    return _of_word(text, previous, following, level.comprehends)


def _of_word(text: str, previous: str, following: str, comprehension: bool) -> int:
    if text in ("and", "or"):
        return LOGIC
    if text == "if":
        return COMPREHENSION if comprehension else TERNARY
    if text == "else":
        if comprehension:
            raise UnsureError
        return TERNARY
    if text == "is" or (text == "in" and previous != "not"):
        return COMPARISON
    return COMPARISON if text == "not" and following == "in" else 0
