"""Where an editor's cursor stands in a document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from arazzoc.analysis import Analysis
from arazzoc.lsp.mentions import Mention, leaves, mentions
from arazzoc.source.document import Document
from arazzoc.source.node import Node
from arazzoc.text import Span

__all__ = ["leaf_at", "mention_at", "mentions_of"]


@lru_cache(maxsize=16)
def _leaves(document: Document) -> tuple[tuple[int, int, Node], ...]:
    return tuple(sorted(_placed(document), key=lambda each: each[:2]))


def _placed(document: Document) -> Iterable[tuple[int, int, Node]]:
    for leaf in leaves(document.node):
        yield (*_offsets(leaf.span, document), leaf)


@lru_cache(maxsize=16)
def _mentions(analysis: Analysis) -> tuple[tuple[int, int, Mention], ...]:
    document = analysis.document
    return tuple((*_offsets(each.span, document), each) for each in mentions(analysis))


def mentions_of(analysis: Analysis) -> tuple[Mention, ...]:
    """All names of the document that mean something."""
    return tuple(each for _, _, each in _mentions(analysis))


def leaf_at(document: Document, offset: int) -> Node | None:
    """The text that the character at `offset`, or the one before it, belongs to."""
    around = [each for each in _leaves(document) if each[0] <= offset <= each[1]]
    return around[-1][2] if around else None


def mention_at(analysis: Analysis, offset: int) -> Mention | None:
    """The name that stands at `offset`, the shortest where several do."""
    around = [
        (end - start, index, mention)
        for index, (start, end, mention) in enumerate(_mentions(analysis))
        if start <= offset <= end
    ]
    return min(around)[2] if around else None


def _offsets(span: Span, document: Document) -> tuple[int, int]:
    return document.lines.offset(span.start), document.lines.offset(span.end)
