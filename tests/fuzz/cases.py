"""Broken documents, drawn at random."""

from __future__ import annotations

from random import Random
from typing import Final

from arazzoc.edition import Edition
from tests.fuzz.breaking import broken
from tests.fuzz.holding import Case
from tests.fuzz.seeds import seeds

__all__ = ["case_of"]

_EDITIONS: Final = (
    *(Edition(), Edition(runtime="shared"), Edition(is_async=True)),
    *(Edition(http="httpx2"), Edition(is_async=True, http="httpx2")),
)


def case_of(random: Random) -> Case:
    """A document after some changes; the same for generators in the same state."""
    every = seeds()
    seed = random.choice(every)
    data = broken(random, seed.data, seed.changed, [each.data for each in every])
    return Case(seed.path, seed.changed, data, random.choice(_EDITIONS))
