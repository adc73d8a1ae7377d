"""String literals and docstrings as black spells them."""

from __future__ import annotations

import re
import sys
from typing import Final

from arazzoc.layout.unsure import UnsureError

__all__ = ["docstring", "string"]

_CAPITAL_ESCAPE: Final = re.compile(r"\\(?:[uUx][0-9a-f]*[A-F]|N\{)")
_ESCAPED_BREAK: Final = re.compile(r"\\\s*\n")
_LITERAL: Final = re.compile(r"([a-zA-Z]*)(\"{3}|'{3}|\"|')")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_UNUSUAL: Final = re.compile(r"[\t\r\f\v]")
_QUOTES: Final = '"""'
_PREFERRED: Final = ('"', 'f"', 'r"', 'b"')


def string(text: str) -> str:
    """A string literal in the quotes that black prefers: double ones, unless others need fewer backslashes.

    Raises:
        UnsureError: It is spelled in a way that black may change.
    """
    if "\\" not in text and text.startswith(_PREFERRED):
        return text
    found = _LITERAL.match(text)
    prefix, quotes = found.groups() if found is not None else ("", "")
    if prefix not in ("", "r", "f", "b"):
        raise UnsureError
    body = text[len(prefix) + len(quotes) : -len(quotes)]
    if prefix != "r" and _CAPITAL_ESCAPE.search(body):
        raise UnsureError
    if len(quotes) == 3:
        if quotes != _QUOTES:
            raise UnsureError
        return text
    if prefix == "r":
        return _raw(text, quotes, body)
    return _requoted(text, prefix, quotes, body)


def _raw(text: str, quotes: str, body: str) -> str:
    if quotes == '"':
        return text
    if '"' not in body:
        return f'r"{body}"'
    if '\\"' in body:
        raise UnsureError
    return text


def _requoted(text: str, prefix: str, quotes: str, body: str) -> str:
    other = "'" if quotes == '"' else '"'
    escaped = _ESCAPE.findall(body)
    if other in escaped:
        raise UnsureError  # the backslash is not needed
    kept, gone = body.count(other), escaped.count(quotes)
    if kept > gone or (kept == gone and quotes == '"'):
        return text
    if prefix == "f" and (kept or len(escaped) > gone):
        raise UnsureError  # what stands in braces must not get a backslash
    swapped = body.replace(other, "\\" + other)
    return f"{prefix}{other}{_ESCAPE.sub(lambda found: _plain(found, quotes), swapped)}{other}"


def _plain(escape: re.Match[str], quotes: str) -> str:
    """An escape in other quotes than `quotes`."""
    return escape[1] if escape[1] == quotes else escape[0]


def docstring(text: str, column: int, width: int) -> str:
    """The docstring of a module, class or function that stands at `column`.

    Raises:
        UnsureError: It is spelled in a way that black may change beyond its indentation.
    """
    body = text[3:-3]
    if not (text.startswith(_QUOTES) and body) or _UNUSUAL.search(body):
        raise UnsureError
    if "\\" in body and (_CAPITAL_ESCAPE.search(body) or _ESCAPED_BREAK.search(body)):
        raise UnsureError
    body = _indented(body, " " * column) if "\n" in body else body.strip()
    if not body or body[0] == '"' or body[-1] in '"\\':
        raise UnsureError
    lines = body.splitlines()
    last = 0 if body.endswith("\n") else len(lines[-1])
    if len(lines) > 1 and last + 3 > width:
        if text[-4] == "\n":
            raise UnsureError
        return f"{_QUOTES}{body}\n{' ' * column}{_QUOTES}"
    return f"{_QUOTES}{body}{_QUOTES}"


def _indented(body: str, indent: str) -> str:
    """The lines of a docstring, the leftmost of all but the first moved to `indent` (PEP 257)."""
    first, *others = body.split("\n")
    margin = min(
        (len(line) - len(line.lstrip()) for line in others if line.strip()), default=sys.maxsize
    )
    if margin == sys.maxsize:
        return first.strip()
    lines = [first.strip()]
    for index, line in enumerate(others, start=1):
        rest = line[margin:].rstrip()
        lines.append(indent + rest if rest or index == len(others) else "")
    return "\n".join(lines)
