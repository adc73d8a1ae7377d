"""Kinds of mistake, and the documents that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.mutations.subject import Edit, Subject

__all__ = ["KINDS", "Kind", "Mutant", "fault", "kind"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with one fault.

    Attributes:
        edits: What makes the fault, in the order in which it stands.
        lines: Where the finding is wanted, as lines are counted in the text with the fault; any of them.
        source: The description that has the fault, by its file's name; None for the document itself.
        codes: What should be found there, where it is not what the kind says.
    """

    edits: tuple[Edit, ...]
    lines: tuple[int, ...]
    source: str | None = None
    codes: frozenset[str] | None = None


def fault(
    edits: tuple[Edit, ...],
    *lines: int,
    source: str | None = None,
    codes: frozenset[str] | None = None,
) -> Mutant:
    """A fault that is wanted to be found on one of some lines."""
    return Mutant(edits, lines, source, codes)


Maker: TypeAlias = Callable[[Subject], Iterator[Mutant]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A mistake that people make.

    Attributes:
        name: What one does, in a few words.
        codes: What should be found at the place; one of them is enough.
        also: What else may be found, for it is true as well and mended by itself.
        make: The documents that have the mistake, one for every place where it can be made.
        json: Whether it is made in the documents that are written as JSON.
    """

    name: str
    codes: frozenset[str]
    also: frozenset[str]
    make: Maker
    json: bool


KINDS: Final[dict[str, Kind]] = {}
"""All kinds by name, in the order in which they are told of."""


def kind(
    name: str, *codes: str, also: tuple[str, ...] = (), json: bool = False
) -> Callable[[Maker], Maker]:
    """Registers a function as what makes the mistake `name`."""

    def register(make: Maker) -> Maker:
        assert name not in KINDS, name
        KINDS[name] = Kind(name, frozenset(codes), frozenset(also), make, json)
        return make

    return register
