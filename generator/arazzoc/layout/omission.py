"""Whether a line is split without the parentheses that could be written around its expression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arazzoc.layout.breaks import COMMA, DOT
from arazzoc.layout.line import WIDTH, Line, is_one_tuple
from arazzoc.layout.parts import Parts
from arazzoc.layout.tokens import CLOSING, OPENING, Token

__all__ = ["Trailers", "can_be_split", "can_do_without", "prefers_without"]


def can_do_without(parts: Parts) -> bool:
    """Whether the body reads well without parentheses around it, and its lines will fit."""
    body = parts.body
    if not body.breaks:
        return True
    weight = body.weight()
    if body.count(weight) > 1 or (weight == COMMA and parts.head.is_with):
        return False
    if weight == DOT:
        return True
    tokens = body.tokens
    first, last = tokens[0], tokens[-1]
    if first.bracket in OPENING and tokens[1].bracket not in CLOSING and _opening_suffices(body):
        return True
    if last.bracket not in CLOSING:
        return False
    if last.bracket == "]" and not (last.opener is not None and last.opener.atom):
        return False
    return tokens[-2].bracket not in OPENING and _closing_suffices(body)


def _opening_suffices(body: Line) -> bool:
    """Whether what follows the first pair of brackets fits on a line, or has brackets to be split at."""
    first, rest, width = body.tokens[0], False, 4 * body.indent
    for token in body.tokens:
        if token.bracket in CLOSING and token.opener is first:
            rest = True
        if rest:
            width += token.width
            if width > WIDTH:
                return False
            if token.bracket in OPENING:
                rest = False
    return True


def _closing_suffices(body: Line) -> bool:
    """Whether what precedes the last pair of brackets fits on a line, or has brackets to be split at."""
    opener, others, width = body.tokens[-1].opener, False, 4 * body.indent
    for token in body.tokens:
        width += token.width
        if token is opener:
            return others or width <= WIDTH
        if token.bracket in OPENING:
            others = True
    return False


def prefers_without(without: Parts, parts: Parts) -> bool:
    """Whether a split inside of an assigned value is better than one right behind the `=`."""
    head = parts.head.tokens
    if len(head) < 2 or head[-2].text != "=":
        return True
    if not any(token.bracket for token in head[:-1]):
        return True
    if not parts.head.fits(WIDTH - 1) or parts.head.trailing:
        return True
    signs = _assignments(head)
    if signs > 1 and signs > _assignments(without.head.tokens):
        return False
    for token in reversed(without.head.tokens):
        if token.text == "=":
            break
        if token.bracket in CLOSING:
            return True
    return any(token.text == "=" for token in without.head.tokens) and without.head.fits()


def _assignments(tokens: Sequence[Token]) -> int:
    return sum(1 for token in tokens if token.text == "=")


def can_be_split(line: Line) -> bool:
    """Whether it is not sure that nothing in it can be split."""
    tokens = line.tokens
    if len(tokens) < 2 or tokens[0].kind != "string" or tokens[1].text != ".":
        return len(tokens) > 1
    calls = dots = 0
    following = tokens[-1]
    for token in reversed(tokens[:-1]):
        if not _is_of_chain(token, following):
            return False
        calls += token.bracket in OPENING
        dots += token.text == "."
        if dots > 1 and calls > 1:
            return False
    return True


def _is_of_chain(token: Token, last: Token) -> bool:
    """Whether a line could be split between calls without arguments that end in `last`."""
    if token.bracket in OPENING:
        return last.bracket in CLOSING
    if token.kind == "name":
        return last.text == "." or last.bracket in OPENING
    return token.text == "." or token.bracket in CLOSING


class Trailers:
    """Closing brackets at the end of a line that a split passes over: ever more, as long as they fit."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._omitted: set[int] = set()
        self._inner: set[int] = set()
        self._opening: Token | None = None
        self._closing: Token | None = None

    def sets(self) -> Iterator[set[int]]:
        """Their ids. The set is the same each time, and grows; what is written of the line may change."""
        line = self._line
        if not line.trailing:
            yield self._omitted
        width = 4 * line.indent
        for index in range(len(line.tokens) - 1, -1, -1):
            token = line.tokens[index]
            width += token.width
            if width > WIDTH or token.comment:
                break
            if token is self._opening:
                self._opening = None
            elif token.bracket in CLOSING:
                before = line.tokens[index - 1] if index else None
                if self._takes_in(token, before):
                    self._inner.add(id(token))
                    continue
                if self._opening is None:
                    yield from self._passed()
                if _asks_for_lines(token, before, line):
                    break
                if token.text:
                    self._opening, self._closing = token.opener, token

    def _takes_in(self, token: Token, before: Token | None) -> bool:
        """Whether it goes with the brackets that are passed over around it or before it."""
        if self._opening is not None:
            return not _asks_for_lines(token, before, self._line)
        return before is not None and before.bracket in OPENING

    def _passed(self) -> Iterator[set[int]]:
        if self._closing is not None:
            self._omitted.add(id(self._closing))
            self._omitted.update(self._inner)
            self._inner.clear()
            yield self._omitted


def _asks_for_lines(closing: Token, before: Token | None, line: Line) -> bool:
    """Whether a comma before a closing bracket wants a line for each member."""
    opener = closing.opener
    return (
        before is not None
        and before.text == ","
        and opener is not None
        and not (closing.bracket == ")" and is_one_tuple(opener, closing, line.tokens))
    )
