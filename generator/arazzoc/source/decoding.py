"""A scalar's value as it is decoded from its source, character by character."""

from __future__ import annotations

__all__ = ["Decoded"]


class Decoded:
    """Characters decoded so far, and where each comes from.

    Attributes:
        characters: The value's characters.
        ranges: For each of them, start and end of the source that stands for it, as offsets.
        end: Where decoding goes on, and at last the end of the source text.
    """

    __slots__ = ("characters", "end", "ranges")

    def __init__(self, start: int) -> None:
        self.characters: list[str] = []
        self.ranges: list[tuple[int, int]] = []
        self.end = start

    def add(self, decoded: str, length: int) -> None:
        """Adds characters for which the next `length` characters of the source stand together."""
        place = (self.end, self.end + length)
        self.characters.extend(decoded)
        self.ranges.extend([place] * len(decoded))
        self.end += length

    def copy(self, source: str, start: int) -> None:
        """Adds characters that stand for themselves from `start` on."""
        self.characters.extend(source)
        self.ranges.extend((at, at + 1) for at in range(start, start + len(source)))
        self.end = start + len(source)

    def matches(self, value: str) -> bool:
        """Whether the value starts what has been decoded; block scalars drop line breaks at their end."""
        found = "".join(self.characters)
        return found == value or (found.startswith(value) and not found[len(value) :].strip("\n"))
