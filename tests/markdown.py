"""Markdown documents as the tests see them: fenced blocks, the comments that say what they are, and links."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "Block", "anchors", "blocks", "documents", "links", "pieces", "stands_in"]

ROOT: Final = Path(__file__).parents[1]
"""The checkout."""

_FENCE: Final = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
_LINK: Final = re.compile(r"(?<!!)\[(?P<label>[^\]\[]+)\]\((?P<target>[^)\s]+)\)")
_HEADING: Final = re.compile(r"^#+ (?P<title>.*)$", re.M)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        mark: What the comment on the line before it says; empty where there is none.
        language: What stands behind the opening fence.
    """

    mark: str
    language: str
    text: str


def documents() -> Sequence[Path]:
    """All Markdown documents of the project."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks, in order."""
    for found in _FENCE.finditer(text):
        yield Block(found["mark"] or "", found["language"], found["text"])


def links(text: str) -> Iterator[tuple[str, str]]:
    """Label and target of every inline link outside of fenced blocks."""
    for found in _LINK.finditer(_FENCE.sub("", text)):
        yield found["label"], found["target"]


def anchors(text: str) -> frozenset[str]:
    """The fragments that lead to the headings."""
    titles = (found["title"] for found in _HEADING.finditer(_FENCE.sub("", text)))
    return frozenset(
        re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles
    )


def pieces(excerpt: str) -> Sequence[str]:
    """What an excerpt quotes; lines of just `...` stand for what it leaves out."""
    return [piece.strip("\n") for piece in re.split(r"^ *\.\.\.$", excerpt, flags=re.M)]


def stands_in(piece: str, text: str) -> bool:
    """Whether the lines of `piece` are lines in a row of `text`, however far indented."""
    wanted = textwrap.dedent(piece).splitlines()
    lines = text.splitlines()
    return any(
        textwrap.dedent("\n".join(lines[start : start + len(wanted)])).splitlines() == wanted
        for start in range(len(lines) - len(wanted) + 1)
        if lines[start].strip() == wanted[0].strip()
    )
