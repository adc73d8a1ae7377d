"""Choices that drawn documents are made of."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

__all__ = ["once_in", "some"]

ItemT = TypeVar("ItemT")


def once_in(random: Random, count: int) -> bool:
    """True once in so many times."""
    return random.randrange(count) == 0


def some(random: Random, items: Sequence[ItemT], most: int) -> list[ItemT]:
    """At most so many of the items, none of them twice."""
    return random.sample(items, random.randint(0, min(most, len(items))))
