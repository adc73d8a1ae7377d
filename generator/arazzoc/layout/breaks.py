"""How readily a line breaks before each token of a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arazzoc.layout.tokens import CLOSING, OPENING, Token
from arazzoc.layout.unsure import Unsure

__all__ = ["COMMA", "DOT", "weigh"]

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
        Unsure: There is a form that is not known here.
    """
    fors, comprehensions = [0], [False]
    previous = Token("", "sign", 0)
    for index, token in enumerate(tokens):
        text = token.text
        if token.bracket in OPENING:
            fors.append(0)
            comprehensions.append(False)
        elif token.bracket:
            fors.pop()
            comprehensions.pop()
        elif token.kind == "sign":
            if text == ".":
                token.before = DOT if previous.bracket in CLOSING else 0
            elif not token.operand:
                token.before = _SIGNS.get(text, 0)
        elif token.kind == "string":
            token.before = STRING if previous.kind == "string" else 0
        elif text == "for":
            if previous.text == "async":
                raise Unsure
            fors[-1] += 1
            token.before = COMPREHENSION if index else 0
        elif text == "in" and fors[-1]:
            fors[-1] -= 1
            comprehensions[-1] = tokens[0].text != "for" or len(fors) > 1
        elif index and token.kind == "name":
            following = tokens[index + 1].text if index + 1 < len(tokens) else ""
            token.before = _of_word(text, previous.text, following, comprehensions[-1])
        previous = token


def _of_word(text: str, previous: str, following: str, comprehension: bool) -> int:
    if text in ("and", "or"):
        return LOGIC
    if text == "if":
        return COMPREHENSION if comprehension else TERNARY
    if text == "else":
        return TERNARY
    if text == "is" or (text == "in" and previous != "not"):
        return COMPARISON
    return COMPARISON if text == "not" and following == "in" else 0
