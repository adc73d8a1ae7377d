"""A value inside a document, together with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.text import Span

if TYPE_CHECKING:
    from arazzoc.source.document import Document

__all__ = ["JsonValue", "Node", "Path", "pointer_of", "tokens_of"]

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
"""What YAML and JSON documents hold; mapping keys are always text."""

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead from a document's root to a value."""

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}").fullmatch
"""An array index of RFC 6901: ASCII digits without leading zeros, as many as any list has."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value inside a document.

    Positions are computed when asked for: a node costs three references.

    Attributes:
        document: Where it stands.
        path: How to get there from the root, as written (never through a `$ref`).
        value: The value itself; not to be changed.
    """

    document: Document
    path: Path
    value: JsonValue

    @property
    def span(self) -> Span:
        """Where the value stands; a mapping's or sequence's span is the first line it occupies."""
        return self.document.span(self.path)

    @property
    def key_span(self) -> Span:
        """Where the key stands that leads to this value; the value's own span for list items."""
        return self.document.key_span(self.path)

    def part(self, start: int, end: int) -> Span:
        """Where characters `start` to `end` of this node's text stand in the document.

        Exact for plain and quoted scalars on one line and for block scalars; the whole value's span where
        folding or escapes make the way back ambiguous.
        """
        return self.document.part(self.path, start, end)

    @property
    def pointer(self) -> str:
        """The JSON Pointer to this value (RFC 6901)."""
        return pointer_of(self.path)

    @property
    def text(self) -> str | None:
        """The value where it is text, else None."""
        return self.value if isinstance(self.value, str) else None

    def get(self, key: str) -> Node | None:
        """The member `key`; None where there is none or the value is not a mapping."""
        if isinstance(self.value, dict) and key in self.value:
            return Node(self.document, (*self.path, key), self.value[key])
        return None

    def members(self) -> Iterator[tuple[str, Node]]:
        """The members of a mapping in the order written; none for other values."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(self.document, (*self.path, key), value)

    def items(self) -> Iterator[Node]:
        """The items of a sequence; none for other values."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.document, (*self.path, index), value)

    def at(self, tokens: Sequence[str]) -> Node | None:
        """The value that the JSON Pointer tokens lead to from here, or None."""
        node: Node | None = self
        for token in tokens:
            if node is None:
                return None
            if isinstance(node.value, list):
                index = int(token) if _INDEX(token) else -1
                inside = 0 <= index < len(node.value)
                node = (
                    Node(node.document, (*node.path, index), node.value[index]) if inside else None
                )
            else:
                node = node.get(token)
        return node


def pointer_of(path: Path) -> str:
    """The JSON Pointer that `path` spells, with `~` and `/` escaped."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


def tokens_of(pointer: str) -> tuple[str, ...]:
    """The unescaped tokens of a JSON Pointer; the empty pointer has none.

    Raises:
        ValueError: The pointer is not empty and does not start with `/`.
    """
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON Pointer starts with '/': {pointer!r}")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))
