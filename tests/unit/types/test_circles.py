"""Steps that lead to one another."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from arazzoc.types.circles import circles

_FLOWS = st.integers(1, 7).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size
    )
)


def reached(start: str, ways: dict[str, list[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for each in ways[waiting.pop()]:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen


@given(_FLOWS)
def test_a_group_is_what_leads_to_one_another_and_stands_behind_what_it_leads_to(
    flow: list[list[int]],
) -> None:
    ways = {f"s{step}": [f"s{to}" for to in onward] for step, onward in enumerate(flow)}
    groups = circles(ways)
    assert sorted(step for group in groups for step in group) == sorted(ways)
    place = {step: number for number, group in enumerate(groups) for step in group}
    for one in ways:
        for other in reached(one, ways):
            assert place[other] <= place[one]
            assert (place[other] == place[one]) == (one in reached(other, ways))


def test_a_flow_may_be_longer_than_python_s_stack() -> None:
    steps = [f"s{number}" for number in range(2 * sys.getrecursionlimit())]
    ways = {step: [after] for step, after in zip(steps, [*steps[1:], steps[0]], strict=True)}
    assert circles(ways) == (frozenset(steps),)
