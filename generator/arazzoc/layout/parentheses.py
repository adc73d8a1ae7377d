"""Parentheses that are not written, but would be if a line broke there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from arazzoc.layout.breaks import TERNARY
from arazzoc.layout.tokens import CLOSING, OPENING, Token
from arazzoc.layout.unsure import UnsureError
from arazzoc.layout.words import Kind

__all__ = ["parenthesized"]

_Span = tuple[int, int]
_UNKNOWN: Final = frozenset(("async", "match", "case", "except"))
_STARTS: Final = frozenset(
    ("return", "raise", "from", "in", "if", "elif", "while", "with", "as", "for")
)
_ARITHMETIC: Final = range(2, 10)


def parenthesized(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a statement with the parentheses that may be written around its expressions.

    Raises:
        UnsureError: There is a form that is not known here.
    """
    wrapped = _wrapped(list(tokens), _spans(tokens), "optional")
    if not any(token.before == TERNARY for token in tokens):
        return wrapped
    matches = _matches(wrapped)
    return _wrapped(wrapped, _ternaries(wrapped, matches, 0, len(wrapped)), "conditional")


def _wrapped(tokens: list[Token], spans: Iterable[_Span], kind: Kind) -> list[Token]:
    """Tokens with parentheses of a kind that are not written."""
    opens: dict[int, list[Kind]] = {}
    closes: dict[int, list[Kind]] = {}
    for start, end in spans:
        opens.setdefault(start, []).append(kind)
        closes.setdefault(end, []).append(kind)
    result: list[Token] = []
    for index in range(len(tokens) + 1):
        result.extend(Token("", each, 0, ")") for each in closes.get(index, ()))
        for each in opens.get(index, ()):
            opening = Token("", each, tokens[index].space, "(")
            opening.atom = each == "optional"
            tokens[index].space = 0
            result.append(opening)
        if index < len(tokens):
            result.append(tokens[index])
    return result


def _matches(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each bracket closes, by where it opens."""
    matches: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.bracket in OPENING:
            opened.append(index)
        elif token.bracket:
            matches[opened.pop()] = index
    return matches


def _spans(tokens: Sequence[Token]) -> Iterator[_Span]:
    """The expressions of a statement that black may put in parentheses, outer ones first."""
    first, end = tokens[0].text, len(tokens)
    matches = _matches(tokens)
    if first in _UNKNOWN and not (first == "async" and tokens[1].text in ("def", "with")):
        raise UnsureError
    if first == "def" or (first == "async" and tokens[1].text == "def"):
        yield from _of_definition(tokens, matches)
    elif first in ("return", "if", "elif", "while"):
        yield from _unless_tuple(tokens, matches, 1, end if first == "return" else end - 1)
    elif first in ("with", "async"):
        yield from _of_item(tokens, matches, 1 if first == "with" else 2)
    elif first == "for":
        at = next(index for index in _outside(tokens, matches) if tokens[index].text == "in")
        if any(tokens[index].text in (",", ".", "[") for index in range(1, at)):
            raise UnsureError
        yield 1, at
        yield from _unless_tuple(tokens, matches, at + 1, end - 1)
    elif first not in ("class", "raise", "@"):
        yield from _of_assignment(tokens, matches)


def _unless_tuple(
    tokens: Sequence[Token], matches: dict[int, int], start: int, end: int
) -> Iterator[_Span]:
    """What stands in parentheses already does so because it is a tuple; one without is not known here."""
    if any(tokens[index].text == "," for index in _outside(tokens, matches, start, end)):
        raise UnsureError
    is_tuple = start < end and tokens[start].text == "(" and matches[start] == end - 1
    if start < end and not is_tuple:
        yield start, end


def _of_definition(tokens: Sequence[Token], matches: dict[int, int]) -> Iterator[_Span]:
    opening = next(index for index, token in enumerate(tokens) if token.bracket == "(")
    closing = matches[opening]
    commas = colon = 0
    for index in _outside(tokens, matches, opening + 1, closing + 1):
        text = tokens[index].text
        if tokens[index].operand and tokens[index + 1].text != ",":
            raise UnsureError
        if colon and (text in ("=", ",") or index == closing):
            yield colon + 1, index
            colon = 0
        if text == ":":
            colon = index
        commas += text == ","
    if not commas and closing > opening + 1:
        raise UnsureError
    if tokens[closing + 1].text == "->":
        result = tokens[closing + 2 : -1]
        if result[0].kind == "string" or any(
            token.text == "," and result[index + 1].bracket in CLOSING
            for index, token in enumerate(result)
        ):
            raise UnsureError
        yield closing + 2, len(tokens) - 1


def _of_item(tokens: Sequence[Token], matches: dict[int, int], start: int) -> Iterator[_Span]:
    end = len(tokens) - 1
    yield start, end
    for index in _outside(tokens, matches, start, end):
        if tokens[index].text == ",":
            raise UnsureError
        if tokens[index].text == "as":
            yield start, index


def _of_assignment(tokens: Sequence[Token], matches: dict[int, int]) -> Iterator[_Span]:
    outside = list(_outside(tokens, matches))
    signs = [
        index
        for index in outside
        if tokens[index].kind == "sign"
        and tokens[index].text.endswith("=")
        and not tokens[index].before
        and tokens[index].text != ":="
    ]
    if len(signs) > 1:
        raise UnsureError
    end = signs[0] if signs else len(tokens)
    before = [index for index in outside if index < end]
    if any(tokens[index].text == "," for index in before):
        raise UnsureError
    colon = next((index for index in before if tokens[index].text == ":"), 0)
    if colon:
        yield colon + 1, end
    elif not signs and any(tokens[index].before in _ARITHMETIC for index in outside):
        raise UnsureError
    if signs:
        yield from _unless_tuple(tokens, matches, end + 1, len(tokens))


def _outside(
    tokens: Sequence[Token], matches: dict[int, int], start: int = 0, end: int | None = None
) -> Iterator[int]:
    """Indices from `start` on outside of the brackets that open there, opening ones included."""
    index = start
    while index < (len(tokens) if end is None else end):
        yield index
        index = matches.get(index, index) + 1


def _ternaries(
    tokens: Sequence[Token], matches: dict[int, int], start: int, end: int
) -> Iterator[_Span]:
    """Conditional expressions that are not alone in parentheses, outer ones first."""
    begin, conditional = start, False
    for index in _outside(tokens, matches, start, end):
        token = tokens[index]
        if token.before == TERNARY:
            conditional = True
        elif conditional and token.text == "lambda":
            raise UnsureError
        elif _separates(token, index):
            if conditional:
                yield from _ternary(tokens, matches, begin, index)
            begin, conditional = index + 1, False
    if conditional:
        yield from _ternary(tokens, matches, begin, end)
    for index in _outside(tokens, matches, start, end):
        if index in matches:
            yield from _ternaries(tokens, matches, index + 1, matches[index])


def _separates(token: Token, index: int) -> bool:
    if token.kind == "sign":
        if token.operand and token.text in ("*", "**"):
            return True
        return token.text in (",", ":", ":=") or (token.text.endswith("=") and not token.before)
    if token.kind != "name":
        return False
    return token.text == "for" or (token.text in _STARTS and (not token.before or not index))


def _ternary(
    tokens: Sequence[Token], matches: dict[int, int], start: int, end: int
) -> Iterator[_Span]:
    alone = start and tokens[start - 1].bracket == "(" and matches[start - 1] == end
    if not alone:
        yield start, end
    otherwise = [
        index for index in _outside(tokens, matches, start, end) if tokens[index].text == "else"
    ]
    if len(otherwise) > 1:
        yield from _ternary(tokens, matches, otherwise[0] + 1, end)
