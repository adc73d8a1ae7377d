"""The words of a module, and the statements that they make up."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

__all__ = ["KEYWORDS", "Kind", "Statement", "Word", "statements"]

Kind = str
"""`name`, `number`, `string`, `sign` (an operator or bracket), `comment`, or `other`, which only black knows.

Parentheses that are not in the text are `optional` around what a statement works on, and `conditional` around
a conditional expression.
"""


class Word(NamedTuple):
    """A word as it stands in the text."""

    kind: Kind
    text: str


class Statement(NamedTuple):
    """A logical line: up to a line's end outside of brackets and strings.

    Attributes:
        blank: Blank lines before it.
        column: Where it starts.
        words: What it is made of, without the space between words; a comment may end it, or be all of it.
        start: Where its first line starts in the text, blank lines left out.
        end: Where it ends in the text, line break included.
    """

    blank: int
    column: int
    words: Sequence[Word]
    start: int
    end: int


KEYWORDS: Final = frozenset({*keyword.kwlist} - {"True", "False", "None"})
"""Names behind which a bracket opens an expression of its own, and a sign has no left side."""

_WORD: Final = re.compile(
    r"""[ ]*(?:
    (?P<string>(?:[rRfFbBuU]{1,2})?(?:
        \"{3}[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*\"{3}
      | '{3}[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'{3}
      | "[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"
      | '[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'
    ))
  | (?P<name>[^\W\d]\w*)
  | (?P<break>\n)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<number>\d+(?:\.\d+)?(?:e-\d+)?(?![\w.]))
  | (?P<sign>->|:=|\.\.\.|\*\*|//|<<|>>|[-+*/%&|^=!<>]=|[-+*/%&|^~=<>.,:@])
  | (?P<comment>\#[^\n]*)
  | (?P<other>\\\n|[\s\S])
    )""",
    re.VERBOSE,
)


def statements(text: str) -> Iterator[Statement]:
    """The statements of a module that Python takes, in order.

    Args:
        text: The module; its last line ends in a line break.
    """
    words: list[Word] = []
    blank = column = open_brackets = start = at = 0
    for match in _WORD.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "break":
            at = match.end()
            if open_brackets:
                continue
            if words:
                yield Statement(blank, column, words, start, at)
                words = []
                blank = 0
            else:
                blank += 1
            start = at
            continue
        said = match[kind]
        if not words:
            column = match.end() - len(said) - start
        if kind == "open":
            open_brackets += 1
            kind = "sign"
        elif kind == "close":
            open_brackets -= 1
            kind = "sign"
        words.append(Word(kind, said))
    if words:
        words.append(Word("other", ""))
        yield Statement(blank, column, words, start, len(text))
