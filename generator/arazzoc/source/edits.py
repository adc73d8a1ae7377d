"""Edits that put other text into a scalar, written as the scalar itself is: plain, quoted or in a block."""

from __future__ import annotations

import json
import re
from typing import Final

from arazzoc.diagnostics.model import Edit, Fix
from arazzoc.source.node import Node
from arazzoc.source.scalar import plain_scalar

__all__ = ["in_place", "quoted", "renamed", "replaced", "respelled", "unquoted"]

_QUOTES: Final = ("'", '"')
_NEVER_FIRST: Final = frozenset(",[]{}#&*!|>'\"%@`-?:")
_ENDS_PLAIN: Final = re.compile(r":(?:\s|\Z)|\s#")
_FLOW_ONLY: Final = re.compile(r"[,\[\]{}]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_JSON_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?").fullmatch


def in_place(node: Node, start: int, end: int, text: str) -> Fix | None:
    """The fix that writes `text` in the place of characters `start` to `end` of the text at `node`."""
    edit = respelled(node, start, end, text)
    return None if edit is None else Fix(f"write `{text}`", (edit,))


def replaced(node: Node, text: str) -> Fix | None:
    """The fix that writes `text` in the place of the whole text at `node`."""
    return in_place(node, 0, len(node.text or ""), text)


def respelled(node: Node, start: int, end: int, text: str) -> Edit | None:
    """What puts `text` in the place of characters `start` to `end` of the text at `node`.

    An unquoted scalar gets quotes where its new text needs them.

    Returns:
        The edit; None where it is not known which characters of the file stand for which of the text, as
        in an alias, or where `text` holds characters that are not written plainly.
    """
    value = node.text
    spelling = node.document.places.spelling(node.path) if value is not None else None
    if value is None or spelling is None or spelling.ranges is None or _CONTROL.search(text):
        return None
    first, last = spelling.part(start, end)
    source = node.document.text
    style = source[spelling.start : spelling.start + 1]
    if style == '"':
        return Edit(node.document.between(first, last), _escaped(text))
    if style == "'":
        return Edit(node.document.between(first, last), text.replace("'", "''"))
    new = value[:start] + text + value[end:]
    if style in ("|", ">"):
        # A blank at the start would become indentation, and one at a line's start unfold it.
        return None if text[:1].isspace() else Edit(node.document.between(first, last), text)
    if _stays_plain(new, flow=node.document.places.is_flow(node.path)):
        return Edit(node.document.between(first, last), text)
    pieces = source[spelling.start : first] + text + source[last : spelling.end]
    return Edit(node.document.between(spelling.start, spelling.end), _in_quotes(pieces))


def renamed(node: Node, key: str) -> Edit | None:
    """What makes `key` of the key that leads to `node`, in the quotes that it has; None for an alias."""
    span = node.key_span
    written, old = _source(node, span_of_key=True), node.path[-1]
    for quote in ("", *_QUOTES):
        if written == f"{quote}{old}{quote}":
            return Edit(span, f"{quote}{key}{quote}")
    return None


def quoted(node: Node) -> Fix | None:
    """The fix that puts quotes around a number or word at `node`, so that it becomes text."""
    written = _source(node)
    if not written or written.startswith((*_QUOTES, "*", "|", ">")):
        return None
    quote = '"' if node.document.syntax == "json" else "'"
    text = f"{quote}{written}{quote}"
    return Fix(f"write `{text}`", (Edit(node.span, text),))


def unquoted(node: Node) -> Fix | None:
    """The fix that takes the quotes from a number at `node`; None where it would still be text."""
    value, written = node.text or "", _source(node)
    if not written.startswith(_QUOTES) or _JSON_NUMBER(value) is None:
        return None
    if isinstance(plain_scalar(value), str):
        return None
    return Fix(f"write `{value}`", (Edit(node.span, value),))


def _source(node: Node, *, span_of_key: bool = False) -> str:
    lines, span = node.document.lines, node.key_span if span_of_key else node.span
    return lines.text[lines.offset(span.start) : lines.offset(span.end)]


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_quotes(text: str) -> str:
    """Plain text in the quotes that change least of it; line breaks fold in quotes as they do without."""
    if "'" in text and not re.search(r'["\\]', text):
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _stays_plain(text: str, *, flow: bool) -> bool:
    """Whether YAML reads the unquoted text as this very text (YAML 1.2.2, section 7.3.3)."""
    return (
        text != ""
        and text == text.strip()
        and text[0] not in _NEVER_FIRST
        and _ENDS_PLAIN.search(text) is None
        and not (flow and _FLOW_ONLY.search(text))
        and isinstance(plain_scalar(text), str)
    )
