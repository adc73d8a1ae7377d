"""Patterns of Python's `re` as trees, read by `re`'s own parser."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib import import_module
from typing import Final, Literal, TypeAlias, cast

from arazzoc.frozen import dataclass

__all__ = [
    "Alternatives",
    "Boundary",
    "Character",
    "Look",
    "Pattern",
    "Repetition",
    "Row",
    "UnknownPatternError",
    "pattern_of",
]

_Item: TypeAlias = "tuple[object, object]"
"""What `re`'s parser makes: an operation, whose name is its text, and what it is about."""

_parse: Final = cast("Callable[[str], Iterable[_Item]]", import_module("re._parser").parse)
"""The parser has no public name since Python 3.11."""

_UNLIMITED: Final = cast("int", import_module("re._constants").MAXREPEAT)
_LAST: Final = 0x10FFFF
_OTHERS: Final = tuple(map(ord, "aZ0_ -\n\t!é名\u2028"))
"""Characters of all kinds, for classes that name none."""

_CATEGORIES: Final[dict[str, Callable[[str], bool]]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda character: character.isalnum() or character == "_",
}


class UnknownPatternError(Exception):
    """A pattern holds something that has no place in a tree, such as a reference to a group."""


@dataclass(frozen=True)
class Character:
    """One character of some.

    Attributes:
        ranges: First and last code point of each range.
        categories: Names of `re`'s, each with whether it is meant, or all that is not of it.
        is_negated: Any character but those is meant.
        ignores_case: A character is of them if its other case is.
    """

    ranges: tuple[tuple[int, int], ...]
    categories: tuple[tuple[str, bool], ...] = ()
    is_negated: bool = False
    ignores_case: bool = False

    def takes(self, code: int) -> bool:
        """Whether the character with that code point is one of them."""
        character = chr(code)
        codes = {code}
        if self.ignores_case:
            cases = (character.lower(), character.upper())
            codes.update(ord(each) for each in cases if len(each) == 1)
        found = any(first <= each <= last for first, last in self.ranges for each in codes)
        found = found or any(
            _CATEGORIES[name](character) is meant for name, meant in self.categories
        )
        return found is not self.is_negated

    @cached_property
    def samples(self) -> frozenset[int]:
        """Code points of which some are of the same characters as any others are."""
        edges = {
            edge
            for first, last in self.ranges
            for edge in (first - 1, first, last, last + 1)
            if 0 <= edge <= _LAST
        }
        return frozenset({*edges, *_OTHERS})


@dataclass(frozen=True)
class Row:
    """Patterns one after another."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True)
class Alternatives:
    """One of some patterns."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True)
class Repetition:
    """A pattern several times; `most` is None where there is no limit."""

    inner: Pattern
    least: int
    most: int | None


@dataclass(frozen=True)
class Boundary:
    """A place: the start or the end of the text, or any other."""

    place: Literal["start", "end", "other"]


@dataclass(frozen=True)
class Look:
    """A pattern that has to match from here on without taking anything, or must not."""

    inner: Pattern
    is_wanted: bool
    is_ahead: bool


Pattern: TypeAlias = Character | Row | Alternatives | Repetition | Boundary | Look
"""Any part of a pattern."""


def pattern_of(text: str) -> Pattern:
    """The tree of a pattern that compiles.

    Raises:
        UnknownPatternError: It holds something that has no place in a tree, or does not compile.
        RecursionError: It nests too deep.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = re.compile(text).flags
            parsed = _parse(text)
    except (re.error, OverflowError) as error:
        raise UnknownPatternError from error
    if flags & (re.ASCII | re.MULTILINE | re.LOCALE | re.VERBOSE):
        raise UnknownPatternError
    return _Reader(flags).row(parsed)


class _Reader:
    """Makes the trees of one pattern."""

    def __init__(self, flags: int) -> None:
        self._flags = flags

    def row(self, items: Iterable[_Item]) -> Pattern:
        """Patterns one after another."""
        parts = tuple(self._part(str(operation), about) for operation, about in items)
        return parts[0] if len(parts) == 1 else Row(parts)

    def _part(self, operation: str, about: object) -> Pattern:
        match operation:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                return self._character(operation, about)
            case "BRANCH":
                _, branches = cast("tuple[None, list[Iterable[_Item]]]", about)
                return Alternatives(tuple(map(self.row, branches)))
            case "SUBPATTERN":
                _, added, taken, inner = cast("tuple[object, int, int, Iterable[_Item]]", about)
                return _Reader((self._flags | added) & ~taken).row(inner)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, inner = cast("tuple[int, int, Iterable[_Item]]", about)
                return Repetition(self.row(inner), least, None if most == _UNLIMITED else most)
            case "AT":
                return Boundary(_PLACES.get(str(about), "other"))
            case "ASSERT" | "ASSERT_NOT":
                direction, inner = cast("tuple[int, Iterable[_Item]]", about)
                return Look(self.row(inner), operation == "ASSERT", direction > 0)
            case _:
                raise UnknownPatternError

    def _character(self, operation: str, about: object) -> Character:
        case = bool(self._flags & re.IGNORECASE)
        match operation, about:
            case "LITERAL", int():
                return Character(((about, about),), ignores_case=case)
            case "NOT_LITERAL", int():
                return Character(((about, about),), is_negated=True, ignores_case=case)
            case "ANY", _:
                breaks = () if self._flags & re.DOTALL else ((10, 10),)
                return Character(breaks, is_negated=True)
            case _:
                return _class_of(cast("list[_Item]", about), ignores_case=case)


_PLACES: Final[dict[str, Literal["start", "end"]]] = {
    "AT_BEGINNING": "start",
    "AT_BEGINNING_STRING": "start",
    "AT_END": "end",
}


def _class_of(items: list[_Item], *, ignores_case: bool) -> Character:
    ranges: list[tuple[int, int]] = []
    categories: list[tuple[str, bool]] = []
    is_negated = False
    for operation, about in items:
        match str(operation), about:
            case "NEGATE", _:
                is_negated = True
            case "LITERAL", int():
                ranges.append((about, about))
            case "RANGE", (int(first), int(last)):
                ranges.append((first, last))
            case "CATEGORY", _:
                name = str(about).replace("_NOT_", "_")
                categories.append((name, name == str(about)))
            case _:
                raise UnknownPatternError
    return Character(tuple(ranges), tuple(categories), is_negated, ignores_case)
