"""Comments that were not meant as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Edit, Fix
from arazzoc.diagnostics.registry.source import POINTER_IN_COMMENT
from arazzoc.source.document import Document
from arazzoc.text import Span

__all__ = ["pointers_in_comments"]

_CUT: Final = re.compile(
    r"^[ \t]*(?:- +)*[\w$.\-]+:[ \t]+(?![\"'|>])(?:[^#\n]|(?<![ \t])#)*?"
    r"(?P<expression>\$(?:request|response|inputs|steps|outputs)[\w.\-]*)(?P<blank>[ \t]+)(?P<pointer>#/\S*)",
    re.MULTILINE,
)


def pointers_in_comments(document: Document) -> Iterator[Diagnostic]:
    """JSON Pointers that a blank cuts off from their expression, in a YAML text."""
    for cut in _CUT.finditer(document.text) if document.syntax == "yaml" else ():
        whole = f"{cut['expression']}{cut['pointer']}"
        start, end = (document.lines.position(at) for at in cut.span("blank"))
        blank = Span(document.name, start, end)
        place = Span(document.name, end, document.lines.position(cut.end("pointer")))
        yield Diagnostic(
            POINTER_IN_COMMENT,
            POINTER_IN_COMMENT.severity,
            place,
            f"`{cut['pointer']}` is a comment, so the value ends with `{cut['expression']}`",
            f"write `{whole}`",
            fix=Fix(f"write `{whole}`", (Edit(blank, ""),)),
        )
