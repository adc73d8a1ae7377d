"""Document text and values as Python source: the only way by which they get into a module.

Every function gives text that Python reads back as the same value, whatever characters it holds.
"""

from __future__ import annotations

import math
import re
import textwrap
from typing import Final

from arazzoc.source.node import JsonValue

__all__ = [
    "comment",
    "docstring",
    "embedded_text",
    "literal",
    "one_line",
    "pattern_literal",
    "remark",
    "wrapped",
]

_WIDTH: Final = 88
_DIRECTIVE: Final = re.compile(
    r"(?P<mark>^|\#)(?P<gap>\s*)"
    r"(?P<word>(?:type|mypy|pyright|pyre|ruff|flake8|fmt|yapf|isort|pylint|pragma)(?=\s*:)|no(?:qa|sec)\b)",
    re.IGNORECASE,
)
"""What a tool that reads Python would take for words to itself, at the start of a comment or behind a `#`."""
_CODING: Final = re.compile(r"(coding)(?=[:=])")
"""What Python takes for the encoding of a file, in a comment of its first two lines (PEP 263)."""
_ENDS_DOCSTRING: Final = re.compile(r'"(?=""|"?\Z)')


def literal(value: JsonValue) -> str:
    """A literal of a JSON value; characters that do not print are escaped."""
    if isinstance(value, dict):
        members = ", ".join(f"{literal(key)}: {literal(member)}" for key, member in value.items())
        return f"{{{members}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return repr(value)


def pattern_literal(pattern: str) -> str:
    """A literal of a regular expression: a raw string where backslashes stand in it and one can hold it."""
    raw = "\\" in pattern and pattern.isprintable() and not pattern.endswith("\\")
    quote = "'" if '"' in pattern else '"'
    if not raw or quote in pattern:
        return _quoted(pattern)
    return f"r{quote}{pattern}{quote}"


def embedded_text(text: str) -> str:
    """`text` as it stands inside a double-quoted f-string."""
    return _quoted(text)[1:-1].replace("{", "{{").replace("}", "}}")


def comment(text: str, indent: int) -> tuple[str, ...]:
    """`text` as comment lines that fit the line width at `indent` columns."""
    return tuple(
        f"# {_undirected(line)}"
        for line in textwrap.wrap(one_line(text), _WIDTH - indent - 2, break_long_words=False)
    ) or ("#",)


def one_line(text: str) -> str:
    """`text` on one line of a comment, in which no tool finds words to itself."""
    return _undirected(" ".join(_printable(text).split()))


def remark(text: str | None) -> str:
    """`text` as a comment behind code; nothing where there is none."""
    plain = one_line(text or "")
    return f"  # {plain}" if plain else ""


def docstring(text: str) -> str:
    """`text` as it stands between triple double quotes."""
    return _ENDS_DOCSTRING.sub(r"\"", _printable(text).replace("\\", "\\\\"))


def wrapped(text: str, indent: int, *, hanging: int = 0, prefix: str = "") -> str:
    """Paragraphs of `text` filled to the line width at `indent` columns.

    Args:
        text: Paragraphs, separated by blank lines.
        indent: The columns that the lines will be indented by.
        hanging: Further columns for all lines but the first.
        prefix: What the first line starts with.
    """
    paragraphs = [" ".join(paragraph.split()) for paragraph in _printable(text).split("\n\n")]
    filled = [
        textwrap.fill(
            paragraph,
            _WIDTH - indent,
            initial_indent=prefix if index == 0 else " " * hanging,
            subsequent_indent=" " * hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for index, paragraph in enumerate(filter(None, paragraphs))
    ]
    return "\n\n".join(filled) or prefix.rstrip()


def _undirected(line: str) -> str:
    """A line of a comment, with what would steer Python or a tool in backquotes."""
    return _CODING.sub(r"`\1`", _DIRECTIVE.sub(r"\g<mark>\g<gap>`\g<word>`", line))


def _quoted(text: str) -> str:
    body = repr(text + "'\"")[1:-1]  # with both quotes inside, repr quotes with ' and escapes '
    body = body[: -len("\\'\"")].replace("\\'", "'")
    return '"' + body.replace('"', '\\"') + '"'


def _printable(text: str) -> str:
    """Text for comments and docstrings: no control, bidi or other invisible characters but line breaks."""
    return "".join(
        character if character.isprintable() or character in "\n" else " " for character in text
    )
