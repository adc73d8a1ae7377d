"""Sets of the steps of one workflow that take a bit a step: there are two of them for every step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

__all__ = ["StepSet"]


class StepSet(Set[str]):
    """Some steps of a workflow, by id.

    Before the last of 20,000 steps as many have run, and so on for each: as hash tables they would
    take 20 GB together, as the bits of integers they take 100 MB.
    """

    __slots__ = ("_bits", "_places")

    def __init__(self, places: Mapping[str, int], bits: int) -> None:
        """The steps whose bits are set.

        Args:
            places: The bit of each step, by id, from 0 on in the order of the mapping.
            bits: The bits.
        """
        self._places = places
        self._bits = bits

    def __contains__(self, step_id: object) -> bool:
        place = self._places.get(step_id) if isinstance(step_id, str) else None
        return place is not None and bool(self._bits >> place & 1)

    def __iter__(self) -> Iterator[str]:
        digits = reversed(f"{self._bits:b}")
        return (
            step_id for step_id, digit in zip(self._places, digits, strict=False) if digit == "1"
        )

    def __len__(self) -> int:
        return self._bits.bit_count()

    def __le__(self, other: Set[object]) -> bool:
        if isinstance(other, StepSet) and other._places is self._places:
            return not self._bits & ~other._bits
        return super().__le__(other)

    def __and__(self, other: Set[object]) -> Set[str]:
        if isinstance(other, StepSet) and other._places is self._places:
            return StepSet(self._places, self._bits & other._bits)
        return super().__and__(other)

    def plus(self, step_id: str) -> Set[str]:
        """The same with one step more."""
        if step_id not in self._places:
            return self | {step_id}
        return StepSet(self._places, self._bits | 1 << self._places[step_id])

    def __repr__(self) -> str:
        return f"{set(self)!r}"

    @classmethod
    def _from_iterable(cls, it: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(it)
