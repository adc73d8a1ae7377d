"""Small tests of JSON values, put together to a grammar: what each object may hold, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from arazzoc.source.node import JsonValue

__all__ = [
    "ANY",
    "COUNT",
    "FLAG",
    "NUMBER",
    "PATTERN",
    "TEXT",
    "Accepts",
    "all_of",
    "any_of",
    "fields",
    "later",
    "list_of",
    "matching",
    "names_of",
    "one_of_texts",
]

Accepts: TypeAlias = Callable[[JsonValue], bool]
"""Whether a value is surely what it has to be. False means that somebody else has to judge."""


def _is_any(_: JsonValue) -> bool:
    return True


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_flag(value: JsonValue) -> bool:
    return isinstance(value, bool)


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_count(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_pattern(value: JsonValue) -> bool:
    if not isinstance(value, str):
        return False
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


ANY: Final[Accepts] = _is_any
TEXT: Final[Accepts] = _is_text
FLAG: Final[Accepts] = _is_flag
NUMBER: Final[Accepts] = _is_number
COUNT: Final[Accepts] = _is_count
PATTERN: Final[Accepts] = _is_pattern


def one_of_texts(*texts: str) -> Accepts:
    """One of these texts."""
    known = frozenset(texts)
    return lambda value: isinstance(value, str) and value in known


def matching(pattern: str) -> Accepts:
    """A text that matches a regular expression from its start on."""
    matches = re.compile(pattern).match
    return lambda value: isinstance(value, str) and matches(value) is not None


def any_of(*alternatives: Accepts) -> Accepts:
    """What one of the alternatives accepts."""
    return lambda value: any(accepts(value) for accepts in alternatives)


def all_of(*conditions: Accepts) -> Accepts:
    """What every one of the conditions accepts."""
    return lambda value: all(accepts(value) for accepts in conditions)


def later(named: Callable[[], Accepts]) -> Accepts:
    """What is only defined later: grammars refer to themselves."""

    def accepts(value: JsonValue) -> bool:
        return named()(value)

    return accepts


def fields(members: Mapping[str, Accepts], *required: str) -> Accepts:
    """An object with these members and no others, of which some have to be there."""

    def accepts(value: JsonValue) -> bool:
        if not isinstance(value, dict) or any(name not in value for name in required):
            return False
        for name, member in value.items():
            test = members.get(name)
            if test is None or not test(member):
                return False
        return True

    return accepts


def names_of(member: Accepts, names: str = "", *, least: int = 0) -> Accepts:
    """An object whose members the author has named.

    Args:
        member: What each of them is.
        names: A regular expression that each name matches from its start on.
        least: How many there have to be.
    """
    matches = re.compile(names).match

    def accepts(value: JsonValue) -> bool:
        return (
            isinstance(value, dict)
            and len(value) >= least
            and all(matches(name) and member(each) for name, each in value.items())
        )

    return accepts


def list_of(item: Accepts, *, least: int = 0, distinct: bool = False) -> Accepts:
    """A list of such items; `distinct` ones are scalars, each of which is there once."""

    def accepts(value: JsonValue) -> bool:
        if not isinstance(value, list) or len(value) < least or not all(map(item, value)):
            return False
        return not distinct or _differ(value)

    return accepts


def _differ(values: list[JsonValue]) -> bool:
    """Whether scalars are all different, as JSON has it: 1 is 1.0, but not true."""
    seen = {
        (isinstance(value, bool), value)
        for value in values
        if value is None or isinstance(value, (bool, int, float, str))
    }
    return len(seen) == len(values)
