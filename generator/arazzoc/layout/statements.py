"""Single statements as black lays them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from arazzoc.layout.breaks import STRING, weigh
from arazzoc.layout.line import WIDTH, Line
from arazzoc.layout.parentheses import parenthesized
from arazzoc.layout.splitting import split
from arazzoc.layout.strings import docstring
from arazzoc.layout.tokens import CLOSING, Token, tokens_of
from arazzoc.layout.unsure import UnsureError
from arazzoc.layout.words import Statement, Word

__all__ = ["laid_out", "laid_out_docstring"]

_COMMENT: Final = re.compile(r"#(?: (?!(?:type|fmt|yapf|pylint)\b)\S.*)?")
_NARROW: Final = 0x300
"""Characters from here on may take no column, or two."""


def laid_out(statement: Statement) -> str:
    """The lines of a statement, without a break behind the last.

    Raises:
        UnsureError: It is not known for sure how black would lay it out.
    """
    words, column = statement.words, statement.column
    if column % 4:
        raise UnsureError
    comment = ""
    if words[-1].kind == "comment":
        comment, words = _comment(words[-1].text), words[:-1]
        if not words:
            return " " * column + comment
    if words[0].text in ("from", "import"):
        if column:
            raise UnsureError
        lines = _import(words)
    elif len(words) == 1 and words[0].kind == "string" and words[0].text.startswith('"""'):
        return " " * column + tokens_of(words)[0].text
    else:
        return "\n".join(_code(words, column, comment and f"  {comment}"))
    if comment:
        raise UnsureError
    return "\n".join(lines)


def laid_out_docstring(statement: Statement) -> str:
    """The lines of the statement that starts a module, class or function, if it is a docstring.

    Raises:
        UnsureError: It is not known for sure how black would lay it out.
    """
    if len(statement.words) > 1:
        raise UnsureError
    indent = " " * statement.column
    return indent + docstring(statement.words[0].text, statement.column, WIDTH)


def _code(words: Sequence[Word], column: int, comment: str) -> list[str]:
    tokens = tokens_of(words)
    text = " " * column + _joined(tokens) + comment
    if "\n" in text or tokens[-1].text == ",":
        raise UnsureError  # strings of several lines, and a tuple that gets parentheses
    if _fits(text) and not any(
        token.text == "," and following.bracket in CLOSING for token, following in pairwise(tokens)
    ):
        return [text]
    if ord(max(text)) >= _NARROW:
        raise UnsureError
    lines = _split(tokens, column, comment)
    if len(lines) > 1:
        # What breaks adds commas, and black looks again at what it has changed.
        lines = _split(tokens_of(_words(lines)), column, comment)
    return [str(line) for line in lines]


def _split(tokens: list[Token], column: int, comment: str) -> Sequence[Line]:
    weigh(tokens)
    if comment and any(token.before == STRING for token in tokens):
        raise UnsureError
    every = parenthesized(tokens)
    single = len(every) > 2 and every[-1].kind == "optional" and every[-3].kind == "optional"
    every[-2 if single else -1].comment = comment
    line = Line(column // 4)
    line.extend(every)
    lines = split(line)
    if comment and not any(token.comment for token in lines[-1].tokens):
        raise UnsureError  # it has moved into parentheses, and belongs to another word from now on
    return lines


def _words(lines: Sequence[Line]) -> list[Word]:
    """What is written on lines, but for parentheses that black takes away before it looks again."""
    return [
        Word("sign" if token.bracket else token.kind, token.text)
        for line in lines
        for token in line.tokens
        if token.text and token.kind != "optional"
    ]


def _joined(tokens: list[Token]) -> str:
    return "".join([f" {token.text}" if token.space else token.text for token in tokens])


def _import(words: Sequence[Word]) -> list[str]:
    """An import with absolute or relative names, and no others."""
    at = next(index for index, word in enumerate(words) if word.text == "import")
    module = "".join(word.text for word in words[1:at])
    names = [word.text for word in words[at + 1 :] if word.text not in ("(", ")")]
    if names[-1] == ",":
        names.pop()
    if any(word.kind == "other" for word in words) or not all(map(str.isidentifier, names[::2])):
        raise UnsureError
    if any(name != ("," if at else ".") for name in names[1::2]):
        raise UnsureError
    if not at:
        return ["import " + "".join(names)]
    line = f"from {module} import {', '.join(names[::2])}"
    trailing = words[-1].text == ")" and words[-2].text == ","
    if trailing or not _fits(line):
        return [f"from {module} import (", *(f"    {name}," for name in names[::2]), ")"]
    return [line]


def _comment(text: str) -> str:
    """A comment that black leaves alone."""
    if not _COMMENT.fullmatch(text) or text != text.rstrip() or "\xa0" in text or "fmt:" in text:
        raise UnsureError
    return text


def _fits(text: str) -> bool:
    if text.isascii():
        return len(text) <= WIDTH
    if ord(max(text)) >= _NARROW and len(text.encode("utf-16-le")) > WIDTH:
        raise UnsureError
    return len(text) <= WIDTH
