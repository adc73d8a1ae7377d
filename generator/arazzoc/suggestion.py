"""What someone probably meant who wrote a name that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["alike", "closest", "surely"]

_SEPARATORS: Final = str.maketrans("", "", "-_. ")
_SHORTEST: Final = 3
_LONG: Final = 9
_DIGITS: Final = re.compile(r"[0-9]+")


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` was probably meant to be, or None.

    A candidate that differs in case or separators alone (`operationid`, `operation-id`) comes first; then
    the one with the fewest slips (a letter too many, too few, wrong, or two swapped), of which a third of
    the longer name's letters may be affected. Equal ones are told apart by the alphabet, never by the
    order of `candidates`. Of two letters, only the order may be wrong.
    """
    others = {candidate for candidate in candidates if candidate and candidate != name}
    plain = _plain(name)
    same = [candidate for candidate in others if _plain(candidate) == plain]
    if same:
        return min(same)
    if len(name) < _SHORTEST:
        return name[::-1] if name[::-1] in others else None
    return _nearest(name, others, len(name))


def surely(name: str, candidates: Iterable[str], *, slips: int = 2) -> str | None:
    """The candidate that `name` was meant to be beyond doubt, or None: good enough to write it instead.

    Args:
        name: What is written.
        candidates: What may be meant.
        slips: How many there may be at most, in however long a name.

    No other candidate is close (see `closest`). It differs in case and separators alone, or has one slip
    (two where it has nine letters or more), the same first letter and the same digits: `getJob` is not taken
    for `setJob`, nor `step1` for `step2`.
    """
    others = {candidate for candidate in candidates if candidate and candidate != name}
    plain = _plain(name)
    same = [candidate for candidate in others if _plain(candidate) == plain]
    if same:
        return None if len(same) > 1 else same[0]
    if len(name) < _SHORTEST:
        return None  # two letters in the other order have another first letter
    near = _nearest(name, others, min(slips, 2 if len(name) >= _LONG else 1))
    if near is None:
        return None
    if near[:1].casefold() != name[:1].casefold() or _digits(near) != _digits(name):
        return None
    lowered = name.casefold()
    rivals = (other for other in others if other != near)
    close = (_slips(lowered, other.casefold(), _allowed(name, other)) for other in rivals)
    return near if all(slips is None for slips in close) else None


def _nearest(name: str, others: Iterable[str], most: int) -> str | None:
    """The candidate with the fewest slips, `most` or a third of the letters; the first of equal ones."""
    lowered, best, fewest = name.casefold(), "", most + 1
    for other in others:
        left = fewest - 1 if not best or other > best else fewest
        slips = (
            _slips(lowered, other.casefold(), min(left, _allowed(name, other))) if left else None
        )
        if slips is not None:
            best, fewest = other, slips
    return best or None


def _allowed(name: str, other: str) -> int:
    """How many slips there may be where one of two names is meant for the other."""
    return max(len(name), len(other)) // 3


def alike(name: str, other: str) -> bool:
    """Whether two names differ in case and separators alone."""
    return _plain(name) == _plain(other)


def _digits(name: str) -> list[str]:
    return _DIGITS.findall(name)


def _plain(name: str) -> str:
    return name.casefold().translate(_SEPARATORS)


def _slips(left: str, right: str, most: int) -> int | None:
    """The optimal string alignment distance, or None where it is over `most`.

    A thousand slips among a thousand names are a million pairs: most are told apart before they are aligned.
    """
    if most < 1 or abs(len(left) - len(right)) > most:
        return None
    start, end = _common(left, right), 0
    left, right = left[start:], right[start:]
    if left and right:
        end = _common(left[::-1], right[::-1])
        left, right = left[: len(left) - end], right[: len(right) - end]
    if not left or not right:
        return len(left) + len(right)
    if len(set(left).difference(right)) > most or len(set(right).difference(left)) > most:
        return None  # a slip brings or takes one letter at most
    return _aligned(left, right, most)


def _common(left: str, right: str) -> int:
    """The letters that two texts begin with in common."""
    for place, (letter, other) in enumerate(zip(left, right, strict=False)):
        if letter != other:
            return place
    return min(len(left), len(right))


def _aligned(left: str, right: str, most: int) -> int | None:
    """The same, by a table of which only what is `most` off the diagonal is looked at."""
    over = most + 1
    before: list[int] = []
    above = [min(column, over) for column in range(len(right) + 1)]
    for row, letter in enumerate(left, 1):
        first, last = max(1, row - most), min(len(right), row + most)
        current = [over] * (len(right) + 1)
        current[0] = min(row, over)
        for column in range(first, last + 1):
            other = right[column - 1]
            cost = above[column - 1] + (letter != other)
            cost = min(cost, above[column] + 1, current[column - 1] + 1)
            if row > 1 < column and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current[column] = min(cost, over)
        if min(current) > most:
            return None
        before, above = above, current
    return above[-1] if above[-1] <= most else None
