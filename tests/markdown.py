"""Markdown documents as the tests see them: fenced blocks, the comments that say what they are, and links."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "Block", "Link", "anchors", "blocks", "documents", "links", "pieces", "quotes"]

ROOT: Final = Path(__file__).parents[1]
"""The checkout."""

_FENCE: Final = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
_CODE: Final = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
_LINK: Final = re.compile(
    r"\[(?P<label>[^\]\[]+)\](?:\((?P<target>[^)\s]+)\)|\[(?P<name>[^\]]*)\])"
)
_DEFINITION: Final = re.compile(r"^\[(?P<name>[^\]]+)\]: (?P<target>\S+)$", re.M)
_ANCHOR: Final = re.compile(r'<a id="([^"]+)"></a>')
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


@dataclass(frozen=True, slots=True)
class Link:
    """A link; its target may end in a fragment, or be a web address."""

    label: str
    target: str


def documents() -> Sequence[Path]:
    """All Markdown documents of the project."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks, in order."""
    for found in _FENCE.finditer(text):
        yield Block(found["mark"] or "", found["language"], found["text"])


def links(text: str) -> Iterator[Link]:
    """The links outside of code, with the targets that the document defines for names."""
    prose = _CODE.sub("", _FENCE.sub("", text))
    defined = {found["name"]: found["target"] for found in _DEFINITION.finditer(prose)}
    for found in _LINK.finditer(prose):
        yield Link(found["label"], found["target"] or _named(found, defined))


def _named(found: re.Match[str], defined: Mapping[str, str]) -> str:
    name = found["name"] or found["label"]
    assert name in defined, f"nothing defines [{name}]"
    return defined[name]


def anchors(text: str) -> frozenset[str]:
    """The fragments that lead to the headings, and to what has an anchor of its own."""
    titles = (found["title"] for found in _HEADING.finditer(_FENCE.sub("", text)))
    headings = (
        re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles
    )
    return frozenset([*headings, *_ANCHOR.findall(text)])


def pieces(excerpt: str) -> Sequence[str]:
    """What an excerpt quotes; lines of just `...` stand for what it leaves out."""
    return [piece.strip("\n") for piece in re.split(r"^ *\.\.\.$", excerpt, flags=re.M)]


def quotes(excerpt: str, text: str) -> bool:
    """Whether every piece of `excerpt` is lines in a row of `text`, one after the other.

    How far a piece is indented does not matter.
    """
    lines = text.splitlines()
    position = 0
    for piece in pieces(excerpt):
        wanted = textwrap.dedent(piece).splitlines()
        starts = (
            start
            for start in range(position, len(lines) - len(wanted) + 1)
            if textwrap.dedent("\n".join(lines[start : start + len(wanted)])).splitlines() == wanted
        )
        start = next(starts, None)
        if start is None:
            return False
        position = start + len(wanted)
    return True
