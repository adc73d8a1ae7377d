"""A line of output, before and after it is split."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from arazzoc.layout.breaks import COMMA
from arazzoc.layout.tokens import CLOSING, OPENING, Token

__all__ = ["WIDTH", "Line", "between_brackets", "is_one_tuple"]

WIDTH: Final = 88
"""The columns that a line may take: black's default."""


class Line:
    """Tokens that stand on one line, with what a splitter asks of it.

    Attributes:
        indent: Levels of four columns.
        inside: It is what a pair of brackets holds.
        explodes: Each of its members gets a line.
        trailing: A comma before a closing bracket asks for members on lines of their own.
        breaks: The weights of breaks behind its tokens, outside of its brackets.
        unwritten: Its parentheses that are not written, or were not at first.
    """

    __slots__ = (
        "_depth",
        "_names",
        "_opened",
        "_previous",
        "breaks",
        "explodes",
        "indent",
        "inside",
        "tokens",
        "trailing",
        "unwritten",
    )

    def __init__(self, indent: int, *, inside: bool = False) -> None:
        self.indent = indent
        self.inside = inside
        self.explodes = False
        self.trailing = False
        self.tokens: list[Token] = []
        self.breaks: dict[int, int] = {}
        self.unwritten: list[Token] = []
        self._depth = 0
        self._opened: dict[tuple[int, str], Token] = {}
        self._names: list[tuple[str, int]] = []
        self._previous: Token | None = None

    def __str__(self) -> str:
        return (
            " " * (4 * self.indent)
            + "".join(f" {token.text}" if token.space else token.text for token in self.tokens)
            + "".join(token.comment for token in self.tokens if token.comment)
        )

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return 4 * self.indent + sum(
            [token.space + len(token.text) + len(token.comment) for token in self.tokens]
        )

    @property
    def is_definition(self) -> bool:
        """Whether it starts a function."""
        first, second = self.tokens[0].text, self.tokens[1:2]
        return first == "def" or (first == "async" and bool(second) and second[0].text == "def")

    @property
    def is_with(self) -> bool:
        """Whether it starts a `with` statement."""
        first, second = self.tokens[0].text, self.tokens[1:2]
        return first == "with" or (first == "async" and bool(second) and second[0].text == "with")

    def fits(self, width: int = WIDTH) -> bool:
        """Whether it takes no more columns than these."""
        return self.width <= width

    def append(self, token: Token, *, tracked: bool = True) -> None:
        """Puts a token at its end; brackets and breaks are known of those that are tracked."""
        if tracked or self.inside:
            self._track(token)
            if self._is_behind_comma(token):
                self.trailing = True
        self.tokens.append(token)

    def extend(self, tokens: Iterable[Token]) -> None:
        """Puts tracked tokens at its end."""
        for token in tokens:
            self.append(token)

    def weight(self, but: Token | None = None) -> int:
        """The greatest weight of its breaks, `but` the one behind a token; 0 if there is none."""
        return max(
            (weight for key, weight in self.breaks.items() if but is None or key != id(but)),
            default=0,
        )

    def count(self, weight: int) -> int:
        """How many breaks of a weight it has."""
        return sum(1 for each in self.breaks.values() if each == weight)

    def copy(self) -> Line:
        """A line of copies of its tokens."""
        copied = Line(self.indent, inside=self.inside)
        copied.explodes, copied.trailing = self.explodes, self.trailing
        copied.extend(token.copy() for token in self.tokens)
        return copied

    def _track(self, token: Token) -> None:
        bracket = token.bracket
        if not self._depth and bracket in CLOSING and (0, bracket) not in self._opened:
            return
        if token.text in ("in", ":"):
            self._end_names(token.text)
        if bracket in CLOSING:
            self._depth -= 1
            token.opener = self._opened.pop((self._depth, bracket))
        token.depth = self._depth
        if not self._depth:
            if token.before and self._previous is not None:
                self.breaks[id(self._previous)] = token.before
            elif token.text == ",":
                self.breaks[id(token)] = COMMA
        if bracket in OPENING:
            self._opened[self._depth, OPENING[bracket]] = token
            self._depth += 1
        if bracket and not token.text:
            self.unwritten.append(token)
        self._previous = token
        if token.text in ("for", "lambda"):
            self._depth += 1
            self._names.append((token.text, self._depth))

    def _end_names(self, text: str) -> None:
        """Names behind `for` and `lambda` count as deeper, so that no line breaks between them."""
        word = "for" if text == "in" else "lambda"
        if (word, self._depth) in self._names:
            self._names.remove((word, self._depth))
            self._depth -= 1

    def _is_behind_comma(self, closing: Token) -> bool:
        """Whether it closes a bracket behind a comma that need not be there."""
        if closing.bracket not in CLOSING or not self.tokens or self.tokens[-1].text != ",":
            return False
        opener = closing.opener
        if closing.bracket == "}":
            return True
        if closing.bracket == "]":
            return opener is None or opener.atom or not is_one_tuple(opener, closing, self.tokens)
        return opener is not None and not is_one_tuple(opener, closing, self.tokens)


def is_one_tuple(opener: Token, closing: Token, tokens: Sequence[Token]) -> bool:
    """Whether brackets hold one member with a comma behind it that makes it a tuple."""
    if closing.bracket == ")" and not opener.atom:
        return False
    commas = 0
    seen = False
    for token in tokens:
        if token is closing:
            break
        if token is opener:
            seen = True
        elif seen and token.depth == closing.depth + 1 and token.text == ",":
            commas += 1
    return seen and commas < 2


def between_brackets(tokens: Sequence[Token]) -> Collection[int]:
    """The ids of tokens in pairs of brackets that both are among `tokens`, brackets included."""
    found: set[int] = set()
    opened: list[tuple[str, list[int]]] = []
    for token in tokens:
        if token.bracket in OPENING:
            opened.append((OPENING[token.bracket], [id(token)]))
        elif token.bracket:
            if opened and token.bracket == opened[-1][0]:
                found.update(opened.pop()[1], (id(token),))
            elif opened or found:
                break
        elif opened:
            opened[-1][1].append(id(token))
    return found
