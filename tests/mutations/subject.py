"""A valid document whose text can be changed by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import yaml

__all__ = ["Edit", "Place", "Subject", "Token", "misspelt"]

Route: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead to a value."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text: what stands from `start` to `end`, in characters, becomes `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """Some characters of a scalar, such as one name in an expression."""

    place: Place
    start: int
    end: int

    @property
    def text(self) -> str:
        """What the file says there."""
        return self.place.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The line that it is on, from 1."""
        return self.place.text.count("\n", 0, self.start) + 1

    def replaced(self, text: str) -> Edit:
        """Other characters in its place."""
        return Edit(self.start, self.end, text)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A value of a document, with where it and its key stand.

    Attributes:
        text: The whole text of the document.
        parent: What it stands in; None for the root.
    """

    text: str
    route: Route
    node: yaml.Node
    key: yaml.Node | None = None
    parent: Place | None = None

    @property
    def start(self) -> int:
        """The offset of the value's first character."""
        return self.node.start_mark.index

    @property
    def end(self) -> int:
        """The offset behind the value's last character."""
        inside = self.text[self.start : self.node.end_mark.index]
        return self.start + len(inside.rstrip())

    @property
    def raw(self) -> str:
        """The value as the file spells it."""
        return self.text[self.start : self.end]

    @property
    def scalar(self) -> str:
        """The text of a scalar; empty for mappings and lists."""
        return self.node.value if isinstance(self.node, yaml.ScalarNode) else ""

    @property
    def line(self) -> int:
        """The line on which the value begins, from 1."""
        return self.node.start_mark.line + 1

    @property
    def key_line(self) -> int:
        """The line of the key; of the value, where there is no key."""
        return self.line if self.key is None else self.key.start_mark.line + 1

    @property
    def flow(self) -> bool:
        """Whether it stands in braces or brackets."""
        owner = self.parent.node if self.parent else None
        return bool(owner.flow_style) if isinstance(owner, yaml.CollectionNode) else False

    @property
    def name(self) -> str:
        """The key that leads to it."""
        return str(self.route[-1])

    def children(self) -> Iterator[Place]:
        """What stands directly in it."""
        if isinstance(self.node, yaml.MappingNode):
            for key, value in self.node.value:
                yield Place(self.text, (*self.route, key.value), value, key, self)
        elif isinstance(self.node, yaml.SequenceNode):
            for index, value in enumerate(self.node.value):
                yield Place(self.text, (*self.route, index), value, None, self)

    def get(self, *route: str | int) -> Place | None:
        """What a way from here leads to; None where it leads nowhere."""
        found: Place | None = self
        for token in route:
            children = found.children() if found is not None else ()
            found = next((each for each in children if each.route[-1] == token), None)
        return found

    def members(self, *route: str | int) -> Iterator[Place]:
        """What stands in the value that a way from here leads to; nothing where it leads nowhere."""
        found = self.get(*route)
        yield from found.children() if found else ()

    def value_of(self, *route: str | int) -> str:
        """The text that a way from here leads to; empty where it leads to none."""
        found = self.get(*route)
        return found.scalar if found else ""

    def tokens(self, pattern: str) -> Iterator[Token]:
        """Where a pattern is found in a scalar: its first group, or all of it where there is none."""
        for match in re.compile(pattern).finditer(self.text, self.start, self.end):
            yield Token(self, *match.span(1 if match.re.groups else 0))

    def replaced(self, text: str) -> Edit:
        """Another value; as many lines as it had before."""
        start = self.start
        if isinstance(self.node, yaml.CollectionNode) and not self.node.flow_style and self.key:
            start = self.key.end_mark.index
            text = f": {text}"
        breaks = self.text.count("\n", start, self.end) - text.count("\n")
        return Edit(start, self.end, text + "\n" * max(breaks, 0))

    def renamed(self, text: str) -> Edit:
        """Another key."""
        assert self.key is not None
        return Edit(self.key.start_mark.index, self.key.end_mark.index, text)

    def removed(self) -> Edit:
        """Neither key nor value; empty lines are left of a block."""
        assert self.parent is not None
        siblings = list(self.parent.children())
        at = next(n for n, each in enumerate(siblings) if each.route == self.route)
        if len(siblings) == 1:
            empty = "{}" if self.key is not None else "[]"
            return self.parent.replaced(empty)
        if self.flow:
            if at + 1 < len(siblings):
                return Edit(self._begin, siblings[at + 1]._begin, "")
            return Edit(siblings[at - 1].end, self.end, "")
        if at == 0 and self.key is not None and self.parent.key is None and self.parent.route:
            return Edit(self._begin, siblings[1]._begin, "")  # it shares its line with the dash
        line = self.text.rindex("\n", 0, self._begin) + 1
        return Edit(line, self.end, "\n" * self.text.count("\n", line, self.end))

    def repeated(self) -> Edit:
        """A copy behind an item of a list, or behind a member."""
        begin = self._begin
        if self.flow:
            return Edit(self.end, self.end, ", " + self.text[begin : self.end])
        line = self.text.rindex("\n", 0, begin) + 1
        head = self.text[line:begin]
        if self.key is not None:
            head = " " * len(head)
        return Edit(self.end, self.end, "\n" + head + self.text[begin : self.end])

    def followed(self, text: str) -> Edit:
        """Another member behind this one."""
        if self.flow:
            return Edit(self.end, self.end, f", {text}")
        assert self.key is not None
        return Edit(self.end, self.end, "\n" + " " * self.key.start_mark.column + text)

    @property
    def last_line(self) -> int:
        """The line on which the value ends."""
        return self.text.count("\n", 0, self.end) + 1

    @property
    def _begin(self) -> int:
        return self.start if self.key is None else self.key.start_mark.index


@dataclass(frozen=True, slots=False, eq=False)
class Subject:
    """A document in which lint finds nothing that is not tolerated.

    Attributes:
        path: Absolute.
        text: What it holds.
    """

    path: Path
    text: str
    descriptions: Mapping[str, Subject] = field(default_factory=dict[str, "Subject"])

    @cached_property
    def root(self) -> Place:
        """The whole document."""
        node = yaml.compose(self.text, Loader=yaml.SafeLoader)
        assert node is not None
        return Place(self.text, (), node)

    @cached_property
    def all(self) -> tuple[Place, ...]:
        """Every value, in the order written."""
        return tuple(_below(self.root))

    def places(self, *patterns: str) -> Iterator[Place]:
        """The values whose routes match: `*` is any key or index, a leading `**` any way."""
        wanted = [pattern.split("/") for pattern in patterns]
        for place in self.all:
            if any(_matches(place.route, pattern) for pattern in wanted):
                yield place

    def tokens(self, pattern: str, *patterns: str) -> Iterator[Token]:
        """Where a pattern is found in scalars: in all that may hold expressions, or in those named."""
        for place in self.places(*patterns) if patterns else self.all:
            prose = place.route and place.route[-1] in ("description", "summary", "title")
            if isinstance(place.node, yaml.ScalarNode) and not prose:
                yield from place.tokens(pattern)

    def step(self, place: Place) -> Place | None:
        """The step that a value belongs to."""
        return self.root.get(*place.route[:4]) if place.route[2:3] == ("steps",) else None

    def workflow(self, place: Place) -> Place | None:
        """The workflow that a value belongs to."""
        return self.root.get(*place.route[:2]) if place.route[:1] == ("workflows",) else None


def misspelt(word: str) -> str:
    """The word with two letters in the middle exchanged, or one doubled."""
    middle = len(word) // 2
    for at in (*range(middle, len(word)), *range(middle, 0, -1)):
        if 0 < at < len(word) and word[at - 1] != word[at] and word[at - 1 : at + 1].isalnum():
            return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return word + word[-1:]


def _below(place: Place) -> Iterator[Place]:
    for child in place.children():
        yield child
        yield from _below(child)


def _matches(route: Route, pattern: list[str]) -> bool:
    if pattern[0] == "**":
        pattern = pattern[1:]
        route = route[len(route) - len(pattern) :] if len(route) >= len(pattern) else ()
    return len(route) == len(pattern) and all(
        wanted in ("*", str(token)) for token, wanted in zip(route, pattern, strict=True)
    )
