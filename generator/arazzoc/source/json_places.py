"""From a value in a JSON document to its place in the text, found when asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.node import Path
from arazzoc.source.spelling import Spelling, spelled_json

__all__ = ["JsonPlaces"]

_SPACE: Final = re.compile(r"[\s,:]*")
_STRING: Final = re.compile(r'"(?:[^"\\]+|\\.)*"', re.DOTALL)
_WORD: Final = re.compile(r"[^\s,\]}]+")
_STRUCTURE: Final = re.compile(r'"(?:[^"\\]+|\\.)*"|[{\[]|([}\]])', re.DOTALL)
_LINE_END: Final = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a member or item starts; an item's key starts where its value does."""

    key_start: int
    start: int


@dataclass(slots=True)
class _Container:
    """What is known of an object or array: it is read only as far as someone asked."""

    known: dict[str | int, _Entry] = field(default_factory=dict["str | int", _Entry])
    rest: Iterator[tuple[str | int, _Entry]] = field(default_factory=lambda: iter(()))


class JsonPlaces:
    """Finds places by walking the text along a path; the text is known to be valid JSON.

    Each object and array on the way is scanned up to the member in question, once.
    """

    __slots__ = ("_containers", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: dict[int, _Container] = {}

    def value(self, path: Path) -> tuple[int, int]:
        """Start and end of the value; an object's or array's on its first line.

        Raises:
            KeyError: There is no such path.
        """
        start = self._find(path).start
        if self._text[start] in "{[":
            return start, self._first_line_end(start)
        return start, self._scalar_end(start)

    def key(self, path: Path) -> tuple[int, int]:
        """Start and end of the key that leads to the value; the value's own for items and the root.

        Raises:
            KeyError: There is no such path.
        """
        entry = self._find(path)
        if entry.key_start == entry.start:
            return self.value(path)
        return entry.key_start, self._scalar_end(entry.key_start)

    def part(self, path: Path, start: int, end: int) -> tuple[int, int]:
        """Start and end of what stands for characters `start` to `end` of a string.

        Raises:
            KeyError: There is no such path.
        """
        at = self._find(path).start
        if self._text[at] != '"':
            return self.value(path)
        value: str = json.loads(self._text[at : self._scalar_end(at)])
        return spelled_json(self._text, at, value).part(start, end)

    def spelling(self, path: Path) -> Spelling | None:
        """How the scalar at `path` is spelled; None where there is no scalar.

        Raises:
            KeyError: There is no such path.
        """
        start = self._find(path).start
        if self._text[start] in "{[":
            return None
        end = self._scalar_end(start)
        if self._text[start] != '"':
            return Spelling(start, end, None)
        return spelled_json(self._text, start, json.loads(self._text[start:end]))

    def is_flow(self, path: Path) -> bool:
        """Whether the value at `path` stands between braces or brackets: all but the root do."""
        return bool(path)

    def _find(self, path: Path) -> _Entry:
        start = self._skip_space(0)
        entry = _Entry(start, start)
        for token in path:
            found = self._member(entry.start, token)
            if found is None:
                raise KeyError(path)
            entry = found
        return entry

    def _member(self, start: int, token: str | int) -> _Entry | None:
        container = self._containers.get(start)
        if container is None:
            container = self._containers[start] = _Container(rest=self._entries(start))
        if token in container.known:
            return container.known[token]
        for key, entry in container.rest:
            container.known.setdefault(key, entry)
            if key == token:
                return container.known[key]
        return None

    def _entries(self, start: int) -> Iterator[tuple[str | int, _Entry]]:
        """The members of the object, or items of the array, that starts at `start`; none for scalars."""
        opening = self._text[start]
        if opening not in "{[":
            return
        at = self._skip_space(start + 1)
        index = 0
        while self._text[at] not in "}]":
            if opening == "{":
                key_end = self._scalar_end(at)
                value_start = self._skip_space(key_end)
                yield json.loads(self._text[at:key_end]), _Entry(at, value_start)
                at = value_start
            else:
                yield index, _Entry(at, at)
                index += 1
            at = self._skip_space(self._end(at, len(self._text)))

    def _skip_space(self, offset: int) -> int:
        found = _SPACE.match(self._text, offset)
        return found.end() if found else offset

    def _scalar_end(self, start: int) -> int:
        pattern = _STRING if self._text[start] == '"' else _WORD
        found = pattern.match(self._text, start)
        return found.end() if found else start

    def _first_line_end(self, start: int) -> int:
        line = _LINE_END.match(self._text, start)
        end = start + len(line[0].rstrip()) if line else start
        return self._end(start, end)

    def _end(self, start: int, limit: int) -> int:
        """Where the value ends that starts at `start`; `limit` where that is further on."""
        if self._text[start] not in "{[":
            return self._scalar_end(start)
        depth = 0
        for found in _STRUCTURE.finditer(self._text, start, limit):
            if found[0] in ("{", "["):
                depth += 1
            elif found[1]:
                depth -= 1
                if not depth:
                    return found.end()
        return limit
