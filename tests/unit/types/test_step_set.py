"""Sets of steps as bits: the same as any other set."""

from __future__ import annotations

from collections.abc import Set

from hypothesis import given
from hypothesis import strategies as st

from arazzoc.types.availability import Available
from arazzoc.types.step_set import StepSet

NAMES = ("login", "submit", "wait", "read", "close")
PLACES = {name: place for place, name in enumerate(NAMES)}
_SETS = st.frozensets(st.sampled_from(NAMES))


def of(names: frozenset[str]) -> Set[str]:
    return StepSet(PLACES, sum(1 << PLACES[name] for name in names))


@given(_SETS, _SETS)
def test_they_compare_and_meet_as_sets_do(one: frozenset[str], other: frozenset[str]) -> None:
    assert set(of(one)) == one
    assert len(of(one)) == len(one)
    assert one == of(one)
    assert (of(one) <= of(other)) == (one <= other)
    assert (one <= of(other)) == (one <= other)
    assert of(one) & of(other) == one & other
    assert of(one) | of(other) == one | other
    assert of(one) - other == one - other


@given(_SETS, st.sampled_from((*NAMES, "elsewhere")))
def test_they_grow_by_a_step(one: frozenset[str], step_id: str) -> None:
    assert (step_id in of(one)) == (step_id in one)
    assert Available(of(one)).after(step_id).surely == one | {step_id}
