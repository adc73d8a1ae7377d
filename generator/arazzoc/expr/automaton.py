"""Regular expressions as automata: whether one can take exponential time, and what it finds, in bounded time.

Python's `re` tries one way through a pattern after another. Where a loop can take the same text in two ways,
there are twice as many ways with each turn, and a text that does not match in the end has all of them tried.
Whether a pattern is such a one can be decided: its automaton of positions (Glushkov) then leads from a
position back to it on two ways with the same text (Weber and Seidl, "On the degree of ambiguity of finite
automata").

An automaton that is in all its positions at once needs no more steps than text times positions. It finds what
`re` finds, for patterns without look-behind, references and conditions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache, reduce
from typing import Final, TypeVar

from arazzoc.expr.pattern_tree import (
    Alternatives,
    Boundary,
    Character,
    Look,
    Pattern,
    Repetition,
    Row,
    UnknownPatternError,
    pattern_of,
)
from arazzoc.frozen import dataclass

__all__ = ["finds", "takes_exponential_time"]

_Node = TypeVar("_Node", int, tuple[int, int])

_MOST_POSITIONS: Final = 400
_MOST_PAIRS: Final = 60_000
_MOST_ALTERNATIVES: Final = 40
_MOST_STEPS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: positions are characters of the pattern, and numbers.

    Attributes:
        is_nullable: It matches the empty text.
        first: Where it may begin, and on how many ways.
        last: Where it may end, likewise.
    """

    is_nullable: bool
    first: Counter[int] = field(default_factory=Counter[int])
    last: Counter[int] = field(default_factory=Counter[int])


_EMPTY: Final = _Part(is_nullable=True)
_NEVER: Final = _Part(is_nullable=False)


class _Automaton:
    """The positions of a pattern, and which of them may follow each other, on how many ways."""

    def __init__(self, pattern: Pattern) -> None:
        """Builds it.

        Raises:
            UnknownPatternError: It has too many positions.
        """
        self.characters: list[Character] = []
        self.follow: list[Counter[int]] = []
        self.whole = self._part(pattern)

    def _part(self, pattern: Pattern) -> _Part:
        match pattern:
            case Character():
                return self._character(pattern)
            case Row(parts):
                return reduce(self._in_row, map(self._part, parts), _EMPTY)
            case Alternatives(parts):
                return reduce(_either, map(self._part, parts), _NEVER)
            case Repetition(inner, least, most):
                return self._repeated(inner, least, most)
            case Boundary() | Look():
                # Nothing is known of what it lets through: no way leads over it.
                return _NEVER

    def _character(self, character: Character) -> _Part:
        place = len(self.characters)
        if place >= _MOST_POSITIONS:
            raise UnknownPatternError
        self.characters.append(character)
        self.follow.append(Counter())
        return _Part(False, Counter([place]), Counter([place]))

    def _in_row(self, left: _Part, right: _Part) -> _Part:
        self._connect(left.last, right.first)
        return _Part(
            left.is_nullable and right.is_nullable,
            left.first + right.first if left.is_nullable else left.first,
            left.last + right.last if right.is_nullable else right.last,
        )

    def _connect(self, ends: Counter[int], starts: Counter[int]) -> None:
        for end, ways in ends.items():
            for start, more in starts.items():
                self.follow[end][start] += min(2, ways * more)

    def _repeated(self, inner: Pattern, least: int, most: int | None) -> _Part:
        copies = max(least, 1) if most is None else most
        if copies > _MOST_POSITIONS:
            raise UnknownPatternError
        parts = [self._part(inner) for _ in range(copies)]
        if most is None and parts:
            self._connect(parts[-1].last, parts[-1].first)
        whole = _EMPTY
        for number, part in reversed([*enumerate(parts)]):
            whole = self._in_row(part, whole)
            if number >= least:
                whole = _Part(True, whole.first, whole.last)
        return whole


def _either(left: _Part, right: _Part) -> _Part:
    nullable = left.is_nullable or right.is_nullable
    return _Part(nullable, left.first + right.first, left.last + right.last)


def finds(pattern: str, text: str) -> bool | None:
    """Whether `re.search` finds a pattern in a text; None where that is not known in bounded time.

    Looks are understood where a pattern begins, behind `^`.
    """
    try:
        return _finds(pattern_of(pattern), text)
    except (UnknownPatternError, RecursionError):
        return None


def _finds(pattern: Pattern, text: str) -> bool:
    if (spread := _spread(pattern)) is not None:
        return any(_finds(part, text) for part in spread)
    parts = [*_row(pattern)]
    starts = parts[:1] == [Boundary("start")]
    ends = parts[-1:] == [Boundary("end")]
    parts = parts[starts : len(parts) - ends]
    while starts and parts and isinstance(look := parts[0], Look) and look.is_ahead:
        if _matches(look.inner, text) is not look.is_wanted:
            return False
        del parts[0]
    return _leads(Row(tuple(parts)), text, starts=starts, ends=ends)


def _spread(pattern: Pattern) -> Sequence[Pattern] | None:
    """The patterns one of which has to be found, where alternatives hold boundaries of their own."""
    parts = _row(pattern)
    for place, part in enumerate(parts):
        if isinstance(part, Alternatives) and not _is_plain(part):
            if len(part.parts) > _MOST_ALTERNATIVES:
                raise UnknownPatternError
            before, after = parts[:place], parts[place + 1 :]
            if any(isinstance(each, Alternatives) and not _is_plain(each) for each in after):
                raise UnknownPatternError
            return [Row((*before, *_row(each), *after)) for each in part.parts]
    return None


def _row(pattern: Pattern) -> tuple[Pattern, ...]:
    return pattern.parts if isinstance(pattern, Row) else (pattern,)


def _matches(pattern: Pattern, text: str) -> bool:
    """Whether a pattern matches from the start of a text on."""
    inner = _row(pattern)
    ends = inner[-1:] == (Boundary("end"),)
    return _leads(Row(inner[: len(inner) - ends]), text, starts=True, ends=ends)


def _leads(pattern: Pattern, text: str, *, starts: bool, ends: bool) -> bool:
    """Whether the automaton of a pattern gets from its start to its end with some piece of a text.

    Args:
        pattern: It holds neither boundaries nor looks.
        text: The text.
        starts: Whether the piece has to start where the text does.
        ends: Whether it has to end there, or before a line break there.
    """
    if not _is_plain(pattern):
        raise UnknownPatternError
    automaton = _Automaton(pattern)
    whole, follow, characters = automaton.whole, automaton.follow, automaton.characters
    if len(text) * sum(map(len, follow)) > _MOST_STEPS:
        raise UnknownPatternError
    last = {len(text), len(text) - 1} if text.endswith("\n") else {len(text)}
    if whole.is_nullable and (not ends or not starts or 0 in last):
        return True
    reached: set[int] = set()
    for end, character in enumerate(text, 1):
        ahead = {at for place in reached for at in follow[place]}
        if not starts or end == 1:
            ahead.update(whole.first)
        reached = {place for place in ahead if characters[place].takes(ord(character))}
        if (not ends or end in last) and not reached.isdisjoint(whole.last):
            return True
    return False


def _is_plain(pattern: Pattern) -> bool:
    match pattern:
        case Character():
            return True
        case Row(parts) | Alternatives(parts):
            return all(map(_is_plain, parts))
        case Repetition(inner):
            return _is_plain(inner)
        case Boundary() | Look():
            return False


@lru_cache(maxsize=256)
def takes_exponential_time(pattern: str, *, whole: bool = False) -> bool:
    """Whether `re` can take time that doubles with every few characters more, for a text that does not match.

    False where that is not known: for patterns with references, conditions or possessive parts.

    Args:
        pattern: What `re` takes.
        whole: Whether it has to match the whole of a text.
    """
    try:
        parsed = pattern_of(pattern)
        parts = [parsed, *(look.inner for look in _looks(parsed))]
        return any(_doubles(_Automaton(part), whole=whole) for part in parts)
    except (UnknownPatternError, RecursionError):
        return False


def _looks(pattern: Pattern) -> Iterator[Look]:
    match pattern:
        case Look(inner):
            yield pattern
            yield from _looks(inner)
        case Row(parts) | Alternatives(parts):
            for part in parts:
                yield from _looks(part)
        case Repetition(inner):
            yield from _looks(inner)
        case Character() | Boundary():
            pass


def _doubles(automaton: _Automaton, *, whole: bool) -> bool:
    """Whether a loop takes the same text on two ways, and what comes after it may still fail."""
    ways = [tuple(each) for each in automaton.follow]
    accepting = {*()} if whole else {*automaton.whole.last}
    for loop in _components(range(len(ways)), lambda place: ways[place]):
        members = {*loop}
        if members & accepting or not any(each in members for at in loop for each in ways[at]):
            continue  # where the pattern may end, it does, and nothing is tried again
        if _is_ambiguous(automaton, members):
            return True
    return False


def _is_ambiguous(automaton: _Automaton, loop: set[int]) -> bool:
    follow = [
        (
            {at: count for at, count in automaton.follow[place].items() if at in loop}
            if place in loop
            else {}
        )
        for place in range(len(automaton.follow))
    ]
    if any(count > 1 for place in loop for count in follow[place].values()):
        return True
    if len(loop) ** 2 > _MOST_PAIRS:
        raise UnknownPatternError
    common = _common(automaton.characters)

    def beyond(pair: tuple[int, int]) -> Iterable[tuple[int, int]]:
        one, other = pair
        return [
            (left, right)
            for left in follow[one]
            for right in follow[other]
            if left == right or common(left, right)
        ]

    for pairs in _components([(place, place) for place in loop], beyond):
        if any(one == other for one, other in pairs) and any(one != other for one, other in pairs):
            return True
    return False


def _common(characters: Sequence[Character]) -> Callable[[int, int], bool]:
    """Whether two positions take some character both, as far as the ones that the pattern names tell."""
    samples = {sample for each in characters for sample in each.samples}
    taken = [frozenset(sample for sample in samples if each.takes(sample)) for each in characters]
    return lambda one, other: not taken[one].isdisjoint(taken[other])


def _components(
    starts: Iterable[_Node], beyond: Callable[[_Node], Iterable[_Node]]
) -> Iterator[list[_Node]]:
    """The strongly connected components of what can be reached (Tarjan), without recursion."""
    order: dict[_Node, int] = {}
    lowest: dict[_Node, int] = {}
    open_: dict[_Node, None] = {}
    for start in starts:
        if start in order:
            continue
        waiting = [(start, iter(beyond(start)))]
        order[start] = lowest[start] = len(order)
        open_[start] = None
        while waiting:
            node, ahead = waiting[-1]
            for each in ahead:
                if each not in order:
                    order[each] = lowest[each] = len(order)
                    open_[each] = None
                    waiting.append((each, iter(beyond(each))))
                    break
                if each in open_:
                    lowest[node] = min(lowest[node], order[each])
            else:
                waiting.pop()
                if waiting:
                    above = waiting[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == order[node]:
                    members: list[_Node] = []
                    while not members or members[-1] != node:
                        members.append(open_.popitem()[0])
                    yield members
