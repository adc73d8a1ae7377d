"""Short ways to read a text and to say what was found."""

from __future__ import annotations

from pathlib import Path

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.source.document import Document
from arazzoc.source.limits import Limits
from arazzoc.source.reading import read_document
from arazzoc.text import Span


def read(text: str | bytes, name: str = "a.yaml", limits: Limits | None = None) -> Document:
    """The document, which has no fault."""
    document, found = attempt(text, name, limits)
    assert document is not None
    assert not found, found
    return document


def attempt(
    text: str | bytes, name: str = "a.yaml", limits: Limits | None = None
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document, if it can be used, and its faults."""
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, Path("/folder") / name, name, limits or Limits())


def faults(text: str | bytes, name: str = "a.yaml", limits: Limits | None = None) -> list[str]:
    """`line:column code message`, and the hint, of each fault."""
    return [told(found) for found in attempt(text, name, limits)[1]]


def told(found: Diagnostic) -> str:
    """The finding as `line:column code message => hint`."""
    hint = f" => {found.hint}" if found.hint else ""
    return f"{found.span.start} {found.rule.code} {found.message}{hint}"


def text_at(document: Document, span: Span) -> str:
    """The source text that a span covers."""
    lines = document.lines
    return document.text[lines.offset(span.start) : lines.offset(span.end)]
