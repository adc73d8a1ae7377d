"""From a value in a YAML document to its place in the text."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.limits import Limits
from arazzoc.source.node import JsonValue, Path
from arazzoc.source.spelling import Spelling, end_of_properties, spelled
from arazzoc.source.yaml_events import YamlReading, read_yaml

__all__ = ["YamlPlaces"]

_REST_OF_LINE: Final = re.compile(r"[^\r\n]*")
_CLOSER: Final = re.compile(r"[ \t,]*[\]}]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A value, where it starts, and the key that leads to it."""

    value: JsonValue
    start: int
    key: str | None = None
    key_start: int = 0


class YamlPlaces:
    """Finds places by the offsets that are noted when the text is read (see `YamlReading.places`)."""

    __slots__ = ("_limits", "_reading", "_text")

    def __init__(self, text: str, limits: Limits, reading: YamlReading | None = None) -> None:
        """Takes a text that can be read.

        Args:
            text: The text.
            limits: How much of it is read.
            reading: What it holds; None where it was read without offsets. It is read again when a place is
                asked for.
        """
        self._text = text
        self._limits = limits
        self._reading = reading

    @property
    def _read(self) -> YamlReading:
        if self._reading is None:
            self._reading = read_yaml(self._text, self._limits)
        return self._reading

    def value(self, path: Path) -> tuple[int, int]:
        """Start and end of the value; a mapping's or sequence's on its first line.

        Raises:
            KeyError: There is no such path.
        """
        found = self._find(path)
        if isinstance(found.value, dict | list):
            return self._first_line(found.value, found.start)
        spelling = spelled(self._text, found.start, found.value)
        return spelling.start, spelling.end

    def key(self, path: Path) -> tuple[int, int]:
        """Start and end of the key that leads to the value; the value's own for items and the root.

        Raises:
            KeyError: There is no such path.
        """
        found = self._find(path)
        if found.key is None:
            return self.value(path)
        spelling = spelled(self._text, found.key_start, found.key)
        return spelling.start, spelling.end

    def part(self, path: Path, start: int, end: int) -> tuple[int, int]:
        """Start and end of what stands for characters `start` to `end` of a scalar's text.

        Raises:
            KeyError: There is no such path.
        """
        found = self._find(path)
        if isinstance(found.value, dict | list):
            return self._first_line(found.value, found.start)
        return spelled(self._text, found.start, found.value).part(start, end)

    def spelling(self, path: Path) -> Spelling | None:
        """How the scalar at `path` is spelled; None where there is no scalar.

        Raises:
            KeyError: There is no such path.
        """
        found = self._find(path)
        if isinstance(found.value, dict | list):
            return None
        return spelled(self._text, found.start, found.value)

    def is_flow(self, path: Path) -> bool:
        """Whether the value at `path` stands between braces or brackets.

        Raises:
            KeyError: There is no such path.
        """
        if not path:
            return False
        start = end_of_properties(self._text, self._read.places[id(self._find(path[:-1]).value)][0])
        return self._text[start : start + 1] in ("{", "[")

    def _find(self, path: Path) -> _Found:
        found = _Found(self._read.value, self._read.start)
        for token in path:
            container = found.value
            if isinstance(container, dict) and token in container:
                places = self._read.places[id(container)]
                at = 2 * list(container).index(token) + 1
                found = _Found(container[token], places[at + 1], token, places[at])
            elif isinstance(container, list) and isinstance(token, int) and token < len(container):
                found = _Found(container[token], self._read.places[id(container)][token + 1])
            else:
                raise KeyError(path)
        return found

    def _first_line(
        self, container: dict[str, JsonValue] | list[JsonValue], start: int
    ) -> tuple[int, int]:
        text = self._text
        start = end_of_properties(text, start)
        line = _REST_OF_LINE.match(text, start)
        end = start + len(line[0].rstrip()) if line else start
        if text[start : start + 1] in ("{", "["):
            end = min(end, self._end_of_braces(container, start, end))
        return start, end

    def _end_of_braces(
        self, container: dict[str, JsonValue] | list[JsonValue], start: int, limit: int
    ) -> int:
        """Where `{...}` or `[...]` ends, or `limit` where that is not on its first line.

        The last members are followed inwards to a scalar, then one bracket is closed for each level.
        """
        depth, at = 0, start
        value: JsonValue = container
        while isinstance(value, dict | list):
            at = end_of_properties(self._text, at)
            if not start <= at < limit or self._text[at] not in "{[":
                return limit
            depth += 1
            if not value:
                at += 1
                break
            at = self._read.places[id(value)][-1]
            value = next(reversed(value.values())) if isinstance(value, dict) else value[-1]
        else:
            at = spelled(self._text, at, value).end
        for _ in range(depth):
            closer = _CLOSER.match(self._text, at, limit) if start < at else None
            if closer is None:
                return limit
            at = closer.end()
        return at
