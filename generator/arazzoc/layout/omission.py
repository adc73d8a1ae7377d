"""Whether a line is split without the parentheses that could be written around its expression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arazzoc.layout.breaks import COMMA, DOT
from arazzoc.layout.line import WIDTH, Line, is_one_tuple
from arazzoc.layout.parts import Parts
from arazzoc.layout.tokens import CLOSING, OPENING, Token

__all__ = ["can_be_split", "can_do_without", "prefers_without", "trailers"]


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
            width += token.space + len(token.text)
            if width > WIDTH:
                return False
            if token.bracket in OPENING:
                rest = False
    return True


def _closing_suffices(body: Line) -> bool:
    """Whether what precedes the last pair of brackets fits on a line, or has brackets to be split at."""
    opener, others, width = body.tokens[-1].opener, False, 4 * body.indent
    for token in body.tokens:
        width += token.space + len(token.text)
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
    if len(tokens) < 2:
        return False
    if tokens[0].kind != "string" or tokens[1].text != ".":
        return True
    calls = dots = 0
    following = tokens[-1]
    for token in reversed(tokens[:-1]):
        if token.bracket in OPENING:
            if following.bracket not in CLOSING:
                return False
            calls += 1
        elif token.text == ".":
            dots += 1
        elif token.kind == "name":
            if following.text != "." and following.bracket not in OPENING:
                return False
        elif token.bracket not in CLOSING:
            return False
        if dots > 1 and calls > 1:
            return False
    return True


def trailers(line: Line) -> Iterator[set[int]]:
    """Ids of closing brackets that a split passes over: ever more of those that end the line, as long as they fit.

    The set is the same each time, and grows. What is written of the line may change meanwhile.
    """
    omitted: set[int] = set()
    inner: set[int] = set()
    opening: Token | None = None
    closing: Token | None = None
    if not line.trailing:
        yield omitted
    width = 4 * line.indent
    for index in range(len(line.tokens) - 1, -1, -1):
        token = line.tokens[index]
        width += token.space + len(token.text)
        if width > WIDTH:
            break
        before = line.tokens[index - 1] if index else None
        if opening is not None:
            if token is opening:
                opening = None
            elif token.bracket in CLOSING:
                if _asks_for_lines(token, before, line):
                    break
                inner.add(id(token))
        elif token.bracket in CLOSING:
            if before is not None and before.bracket in OPENING:
                inner.add(id(token))
                continue
            if closing is not None:
                omitted.add(id(closing))
                omitted.update(inner)
                inner.clear()
                yield omitted
            if _asks_for_lines(token, before, line):
                break
            if token.text:
                opening, closing = token.opener, token


def _asks_for_lines(closing: Token, before: Token | None, line: Line) -> bool:
    """Whether a comma before a closing bracket wants a line for each member."""
    opener = closing.opener
    return (
        before is not None
        and before.text == ","
        and opener is not None
        and not (closing.bracket == ")" and is_one_tuple(opener, closing, line.tokens))
    )
