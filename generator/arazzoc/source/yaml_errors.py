"""What libyaml's syntax errors mean to someone who wrote an Arazzo or OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

import yaml
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from arazzoc.diagnostics.registry import source as rules
from arazzoc.source.fault import Fault
from arazzoc.source.yaml_slips import slip_before

__all__ = ["syntax_fault"]

_NOT_ALLOWED: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_LINE_START: Final = re.compile(r"[^\r\n]*\Z")
_BRACES_IN_LINE: Final = re.compile(r"(?:^|[:\-?]\s)\s*[{\[]")
_QUOTES_IN_LINE: Final = re.compile(r"(?:^|[:\-?]\s)\s*[\"']")
_SECOND_COLON: Final = re.compile(r"\S:\s+\S.*\Z")

_QUOTE_BRACES: Final = (
    "a value that starts with `{` or `[` is a mapping or list in braces; put quotes around the whole value"
)
_QUOTE_ALL: Final = "put quotes around the whole value"

_Hint: TypeAlias = "str | Callable[[str, int], str | None] | None"


def _first_character(text: str, offset: int) -> str | None:
    character = text[offset : offset + 1]
    if character == "\t":
        return "indent with spaces; YAML does not allow tabs there"
    if text.startswith("```", offset):
        return "remove the line: it belongs to Markdown around the document, as the one at its end does"
    shown = "a backtick" if character == "`" else f"`{character}`"
    return f"put quotes around a value that starts with {shown}" if character else None


def _unclosed(text: str, offset: int) -> str:
    if not text[offset:].strip():
        return "the text ends too early: close each `{` and `[`"
    return "put commas between what stands in braces; " + _QUOTE_BRACES


def _second_colon(text: str, offset: int) -> str | None:
    if _SECOND_COLON.search(_line_before(text, offset)):
        return "put quotes around a value that holds a colon followed by a space"
    return "indent the line like its neighbours, and check that the line before is complete"


def _after_value(text: str, offset: int) -> str | None:
    line = _line_before(text, offset)
    if _BRACES_IN_LINE.search(line):
        return _QUOTE_BRACES
    if _QUOTES_IN_LINE.search(line):
        return "nothing may follow the closing quote; " + _QUOTE_ALL
    return "indent the line like its neighbours; each member is `key: value`"


def _line_before(text: str, offset: int) -> str:
    found = _LINE_START.search(text, max(0, offset - 1000), offset)
    return found[0] if found else ""


# Where libyaml reports a problem far from its cause, the place it started from helps more.
_AT_CONTEXT: Final = ("unexpected end of stream", "could not find expected ':'")

_HINTS: Final[tuple[tuple[str, _Hint], ...]] = (
    ("cannot start any token", _first_character),
    ("unexpected end of stream", "close the quote that opens here"),
    ("unexpected document indicator", "close the quote that opens before it"),
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", "write `key: value`, with a colon and a space"),
    ("did not find expected key", _after_value),
    ("did not find expected ',' or", _unclosed),
    ("did not find expected '-'", "start each item of the list with `- `, all in the same column"),
    ("block sequence entries are not", "start a list on a line of its own"),
    ("did not find expected alphabetic", "put quotes around a value that starts with `*` or `&`"),
    ("tag", "put quotes around a value that starts with `!`"),
    ("escape", "in double quotes `\\` starts an escape: use single quotes, or write `\\\\`"),
    ("expected hexdecimal number", "in double quotes `\\` starts an escape: write `\\\\`"),
    ("<document start>", "indent the line like its neighbours"),
    ("while scanning a block scalar", "nothing but a comment may follow `|` or `>`"),
    ("tab character", "indent with spaces; YAML does not allow tabs there"),
)


def syntax_fault(text: str, error: yaml.YAMLError) -> Fault:
    """The fault that libyaml found in `text`, at the place that helps most."""
    if isinstance(error, MarkedYAMLError):
        return _marked(text, error)
    if isinstance(error, ReaderError):
        found = _NOT_ALLOWED.search(text)
        offset = found.start() if found else 0
        code = ord(text[offset]) if text else 0
        return Fault(
            rules.INVALID_YAML,
            offset,
            offset + 1,
            f"the control character U+{code:04X} is not allowed in YAML",
            f'remove it, or write it as the escape `"\\u{code:04x}"` in double quotes',
        )
    return Fault(rules.INVALID_YAML, 0, 0, f"the text is not valid YAML: {error}")


def _marked(text: str, error: MarkedYAMLError) -> Fault:
    problem = error.problem or "it cannot be read"
    mark = error.problem_mark
    if error.context_mark is not None and any(piece in problem for piece in _AT_CONTEXT):
        mark = error.context_mark
    offset = min(mark.index, len(text)) if mark is not None else 0
    slip = slip_before(text, offset)
    if slip is not None:
        message = f"the text is not valid YAML: {slip.problem}"
        return Fault(rules.INVALID_YAML, slip.start, slip.end, message, slip.hint)
    whole = f"{error.context or ''} {problem}"
    hint = next((hint for piece, hint in _HINTS if piece in whole), None)
    if callable(hint):
        hint = hint(text, offset)
    end = min(offset + 1, len(text))
    return Fault(rules.INVALID_YAML, offset, end, f"the text is not valid YAML: {problem}", hint)
