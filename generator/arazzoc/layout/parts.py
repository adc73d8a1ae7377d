"""A line split at one pair of brackets: what is before, in and behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from arazzoc.layout.breaks import COMMA
from arazzoc.layout.line import Line, between_brackets
from arazzoc.layout.tokens import CLOSING, Token

__all__ = ["Parts", "SplitError", "left_parts", "right_parts"]


class SplitError(Exception):
    """A line stays as it is, or is split in another way."""


class Parts(NamedTuple):
    """Lines of a split.

    Attributes:
        head: Up to the opening bracket.
        body: What the brackets hold, one level deeper.
        tail: From the closing bracket on.
    """

    head: Line
    body: Line
    tail: Line
    opening: Token
    closing: Token

    def write_brackets(self) -> None:
        """Writes the brackets, if they were not written."""
        self.opening.text, self.closing.text = self.opening.bracket, self.closing.bracket

    def lines(self) -> Iterator[Line]:
        """Those that hold something."""
        return (line for line in (self.head, self.body, self.tail) if line.tokens)


def right_parts(line: Line, omitted: Collection[int] = ()) -> Parts:
    """A split at the last pair of brackets that hold something, but for those whose closing one is `omitted`.

    Raises:
        SplitError: There is none, or nothing is won.
    """
    tokens = line.tokens
    for at in range(len(tokens) - 1, 0, -1):
        closing = tokens[at]
        is_empty = tokens[at - 1] is closing.opener
        if closing.bracket in CLOSING and id(closing) not in omitted and not is_empty:
            break
    else:
        raise SplitError
    start = next((index for index in range(at) if tokens[index] is closing.opener), -1)
    if start < 0:
        raise SplitError
    return _parts(line, start, at)


def left_parts(line: Line) -> Parts:
    """A split at the parameters of a function.

    Raises:
        SplitError: It has none.
    """
    tokens = line.tokens
    start = next((index for index, each in enumerate(tokens) if each.bracket == "("), -1)
    at = next((index for index, each in enumerate(tokens) if each.opener is tokens[start]), -1)
    if start < 0 or at <= start + 1:
        raise SplitError
    return _parts(line, start, at)


def _parts(line: Line, start: int, at: int) -> Parts:
    tokens = line.tokens
    opening, closing = tokens[start], tokens[at]
    head = Line(line.indent)
    known = between_brackets(tokens[: start + 1])
    for token in tokens[: start + 1]:
        head.append(token, tracked=id(token) in known)
    body = Line(line.indent + 1, inside=True)
    body.extend(tokens[start + 1 : at])
    body.explodes = _explodes(body, opening)
    tail = Line(line.indent)
    for token in tokens[at:]:
        tail.append(token, tracked=False)
    if not body.tokens and len(str(tail).strip()) < 3:
        raise SplitError
    return Parts(head, body, tail, opening, closing)


def _explodes(body: Line, opening: Token) -> bool:
    """Whether each member of brackets gets a line of its own as soon as they are split."""
    last: Sequence[Token] = body.tokens[-1:]
    trailing = bool(last) and last[0].text == ","
    weight = body.weight(but=last[0] if trailing else None)
    return weight == COMMA and (trailing or opening.atom)
