"""Tokens of a statement with the space before each: what lines are put together from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arazzoc.layout.strings import string
from arazzoc.layout.unsure import UnsureError
from arazzoc.layout.words import KEYWORDS, Kind, Word

__all__ = ["CLOSING", "OPENING", "Token", "tokens_of"]

OPENING: Final = {"(": ")", "[": "]", "{": "}"}
CLOSING: Final = frozenset(OPENING.values())
_KEEP_TUPLES: Final = frozenset(("return", "in", "except", "=", "[", "{"))
_KEEP_NONE: Final = frozenset(("if", "elif", "while", "with", "yield"))
"""Behind these, black takes parentheses away that hold all of what follows; some leave a tuple its own."""
_ENDS: Final = frozenset((":", "=", "as", "]", "}", ","))
_UNARY: Final = frozenset(("+", "-", "~", "*", "**", "@"))
_UNKNOWN: Final = frozenset(("assert", "del", "global", "nonlocal", "yield", "import", "from"))
_BLOCKS: Final = frozenset(
    (
        *("async", "case", "class", "def", "elif", "else", "except"),
        *("finally", "for", "if", "match", "try", "while", "with"),
    )
)
_SOFT: Final = frozenset(("case", "match", "type"))


class Token:
    """A word with what a layout has to know of it.

    Attributes:
        text: As it is written; empty for parentheses that are written only where lines break there.
        kind: As of words.
        space: 1 where a space stands before it on its line, else 0.
        bracket: The bracket that it is, written or not.
        atom: It opens an expression of its own, not arguments or a subscript.
        operand: A sign that has no left side: a unary operator, or stars that unpack.
        before: How readily a line breaks before it; 0 is never.
        depth: Brackets around it on its line.
        opener: What a closing bracket closes.
        comment: What stands behind it, with two spaces.
    """

    __slots__ = (
        "atom",
        "before",
        "bracket",
        "comment",
        "depth",
        "kind",
        "opener",
        "operand",
        "space",
        "text",
    )

    def __init__(self, text: str, kind: Kind, space: int, bracket: str = "") -> None:
        self.text = text
        self.kind = kind
        self.space = space
        self.bracket = bracket
        self.atom = False
        self.operand = False
        self.before = 0
        self.depth = 0
        self.opener: Token | None = None
        self.comment = ""

    @property
    def width(self) -> int:
        """Columns that it takes, a comment without its spaces included."""
        return self.space + len(self.text) + (len(self.comment) - 2 if self.comment else 0)

    def copy(self) -> Token:
        """The same token, outside of any line."""
        made = Token(self.text, self.kind, self.space, self.bracket)
        made.atom, made.operand = self.atom, self.operand
        made.before, made.comment = self.before, self.comment
        return made


class _Bracket:
    """An open bracket, or the statement around all.

    Attributes:
        sign: The bracket; nothing for the statement.
        opening: Its token.
        keeps: Whether black keeps it around all of an expression: `all`, only a `tuple`, or `none`.
        commas: Commas between its members.
        lambdas: Lambdas whose colon has not come.
        annotated: The parameter in work has an annotation.
        plain: It holds no assignment and no loop.
    """

    __slots__ = ("annotated", "commas", "keeps", "lambdas", "opening", "plain", "sign")

    def __init__(self, sign: str, keeps: str = "all", opening: Token | None = None) -> None:
        self.sign = sign
        self.opening = opening
        self.keeps = keeps
        self.plain = True
        self.commas = 0
        self.lambdas = 0
        self.annotated = False


def tokens_of(words: Sequence[Word]) -> list[Token]:
    """The tokens of a statement without its comment, strings and spaces as black writes them.

    Raises:
        UnsureError: There is something in it that black may change.
    """
    tokens = list(_Spacing(words).tokens())
    kept = [token for token in tokens if token.kind != "dropped"]
    if len(kept) == len(tokens):
        return tokens
    return tokens_of([Word("sign" if each.bracket else each.kind, each.text) for each in kept])


class _Spacing:
    """One pass over a statement, from left to right."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._first = first = words[0].text
        self._is_block = first in _BLOCKS
        self._is_def = first == "def" or (first == "async" and words[1].text == "def")
        if words[0].kind == "name":
            self._refuse_unknown(first)
        elif first != "@" and words[0].kind != "string":
            raise UnsureError  # a lone `...` among others, which may move up to its header
        self._open = [_Bracket("")]
        self._tight = True

    def _refuse_unknown(self, first: str) -> None:
        words = self._words
        if first in _UNKNOWN or (first == "class" and words[3:4] == [Word("sign", ")")]):
            raise UnsureError
        if first in _SOFT and len(words) > 1:
            second = words[1]
            is_sign = second.text in "=.:," or second.text in {"+=", "-="}
            simple = first != "type" and second.kind in ("name", "string") and len(words) == 3
            if not (is_sign or simple):
                raise UnsureError
            self._is_block = self._is_block and not is_sign

    def tokens(self) -> Iterator[Token]:
        previous: Token | None = None
        for index, (kind, text) in enumerate(self._words):
            if kind == "sign":
                token = self._sign(text, index, previous)
            elif kind in ("other", "comment"):
                raise UnsureError
            else:
                token = Token(
                    string(text) if kind == "string" else text, kind, 0 if self._tight else 1
                )
                self._tight = False
                if text in ("lambda", "for", "yield"):
                    self._open[-1].plain = False
                    self._open[-1].lambdas += text == "lambda"
            yield token
            previous = token

    def _sign(self, text: str, index: int, previous: Token | None) -> Token:
        if text in OPENING:
            return self._opening(text, previous)
        if text in CLOSING:
            return self._closing(text, index)
        if text in (",", ".", ":"):
            return self._point(text, index, previous)
        token = Token(text, "sign", 0 if self._tight else 1)
        self._tight = False
        around = self._open[-1]
        if text == "...":
            token.kind = "name"
        elif text == "=" and (around.sign or around.lambdas):
            self._tight = self._is_keyword(around)
            token.space = 0 if self._tight else 1
        elif not _is_operand_end(previous):
            if text not in _UNARY:
                raise UnsureError
            token.operand = self._tight = True
        elif text in ("**", "@"):
            raise UnsureError  # whether spaces stand around `**` depends on its operands
        around.plain = around.plain and text != ":="
        return token

    def _is_keyword(self, around: _Bracket) -> bool:
        """Whether an `=` in brackets stands behind a name without an annotation."""
        if around.sign != "(" or around.lambdas:
            raise UnsureError
        return not (self._is_def and around.annotated)

    def _point(self, text: str, index: int, previous: Token | None) -> Token:
        around = self._open[-1]
        if text == ",":
            around.commas += 1
            around.annotated = False
        elif text == ":":
            self._colon(around, index)
        elif not _is_operand_end(previous):
            raise UnsureError
        self._tight = text == "."
        return Token(text, "sign", 0)

    def _colon(self, around: _Bracket, index: int) -> None:
        if around.lambdas:
            around.lambdas -= 1
        elif around.sign == "(":
            if not self._is_def or len(self._open) != 2:
                raise UnsureError
            around.annotated = True
        elif around.sign == "[" or (
            not around.sign and self._is_block and index != len(self._words) - 1
        ):
            raise UnsureError

    def _opening(self, text: str, previous: Token | None) -> Token:
        trails = _is_operand_end(previous)
        if trails and text == "{":
            raise UnsureError
        token = Token(text, "sign", 0 if self._tight or trails else 1, text)
        token.atom = not trails
        keeps = self._keeps(previous) if text == "(" and token.atom else "all"
        self._open.append(_Bracket(text, keeps, token))
        self._tight = True
        return token

    def _keeps(self, previous: Token | None) -> str:
        """Whether black keeps parentheses here though they hold all of an expression.

        Returns:
            `all` of them, those of a `tuple`, or `none` surely.
        """
        text = previous.text if previous is not None else ""
        if not text or self._is_def or text in ("for", "as", "await"):
            raise UnsureError
        outside = len(self._open) == 1
        if text in _KEEP_TUPLES or (outside and text.endswith("=")):
            return "all" if text == "=" and not outside else "tuple"
        if text in _KEEP_NONE or (outside and text in (":", ",")):
            return "none"
        return "all"

    def _closing(self, text: str, index: int) -> Token:
        closed = self._open.pop()
        token = Token(text, "sign", 0, text)
        self._tight = False
        if closed.keeps != "all" and self._words[index - 1].text != "(":
            following = self._words[index + 1].text if index + 1 < len(self._words) else ":"
            if following in _ENDS and not (closed.keeps == "tuple" and closed.commas):
                self._drop(closed, token, index)
        return token

    def _drop(self, closed: _Bracket, closing: Token, index: int) -> None:
        """Leaves out parentheses that hold all that a statement works on."""
        is_last = index + 1 == len(self._words)
        if not (is_last and len(self._open) == 1 and closed.plain and closed.opening):
            raise UnsureError
        closed.opening.kind = closing.kind = "dropped"


def _is_operand_end(token: Token | None) -> bool:
    """Whether an operand ends here: a bracket opens its arguments, a sign has a left side."""
    if token is None:
        return False
    if token.kind == "sign":
        return token.text in CLOSING
    return token.kind != "name" or token.text not in KEYWORDS
