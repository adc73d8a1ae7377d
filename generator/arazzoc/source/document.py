"""A document as it was read: its text, its value, and the way from a value to its place."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path as FilePath
from typing import Literal, Protocol

from arazzoc.frozen import dataclass
from arazzoc.source.node import JsonValue, Node, Path
from arazzoc.source.spelling import Spelling
from arazzoc.text import LineIndex, Span

__all__ = ["Document", "Places"]


class Places(Protocol):
    """Knows where the values of one text stand, as offsets in code points; see `Document` for what each is.

    A path that the document does not have raises `KeyError`.
    """

    def value(self, path: Path) -> tuple[int, int]:
        """Start and end of the value at `path`."""
        ...

    def key(self, path: Path) -> tuple[int, int]:
        """Start and end of the key that leads to the value at `path`."""
        ...

    def part(self, path: Path, start: int, end: int) -> tuple[int, int]:
        """Start and end of what stands for characters `start` to `end` of the text at `path`."""
        ...

    def spelling(self, path: Path) -> Spelling | None:
        """How the scalar at `path` is spelled; None where there is no scalar."""
        ...

    def is_flow(self, path: Path) -> bool:
        """Whether the value at `path` stands between braces or brackets."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A YAML or JSON document.

    Attributes:
        path: The absolute path it was read from.
        name: The path as users are shown it.
        text: Its text, without a byte order mark.
        root: Its value.
        syntax: How it was read.
        digest: SHA-256 of its bytes, in hex.
        lines: The text's lines.
        places: Where its values stand.
    """

    path: FilePath
    name: str
    text: str = field(repr=False)
    root: JsonValue = field(repr=False)
    syntax: Literal["yaml", "json"]
    digest: str
    lines: LineIndex = field(repr=False)
    places: Places = field(repr=False)

    @property
    def node(self) -> Node:
        """The root as a node."""
        return Node(self, (), self.root)

    def span(self, path: Path) -> Span:
        """Where the value at `path` stands.

        A scalar's span covers its source text with its quotes, a block scalar's from `|` or `>` on, without
        anchor and tag; a mapping's or sequence's covers the first line it occupies. An alias stands where
        it is written; what is inside its value stands at the anchor.

        Raises:
            KeyError: The document has no such path.
        """
        return self._span(*self.places.value(path))

    def key_span(self, path: Path) -> Span:
        """Where the key stands that leads to `path`; the value's own span for list items and the root.

        Raises:
            KeyError: The document has no such path.
        """
        return self._span(*self.places.key(path))

    def part(self, path: Path, start: int, end: int) -> Span:
        """Where characters `start` to `end` of the text at `path` stand; see `Node.part`.

        Raises:
            KeyError: The document has no such path.
        """
        return self._span(*self.places.part(path, start, end))

    def between(self, start: int, end: int) -> Span:
        """The span from offset `start` to offset `end`, in code points."""
        return self._span(start, end)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.name, self.lines.position(start), self.lines.position(end))
