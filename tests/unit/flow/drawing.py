"""Graphs drawn at random."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.ir.graph import Edge, End, GoTo, Graph, Retry, StepNode, Stop, Target
from tests.unit.flow.notation import graph, guard, retry, step

GUARDS = ("g1", "g2", "g3", None, "not_g1", "not_g2")


def drawn_graph(seed: bytes) -> Graph:
    """The graph that some bytes stand for: two to eight steps, mostly going on in order."""
    draws = _draws(seed)
    count = 2 + next(draws) % 7
    return graph([_step(place, count, draws) for place in range(count)])


def _draws(seed: bytes) -> Iterator[int]:
    yield from seed
    while True:
        yield 0


def _step(place: int, count: int, draws: Iterator[int]) -> StepNode:
    step_id = _name(place)
    following: Target = GoTo(_name(place + 1)) if place + 1 < count else End()
    success, failure = list[Edge](), list[Edge]()
    for number in range(next(draws) % 4):
        what = next(draws)
        edges = failure if what & 1 else success
        target = _target(step_id, number, count, what >> 1, next(draws))
        name = GUARDS[next(draws) % len(GUARDS)]
        if name is None and not isinstance(target, Retry):
            name = "g4"
        edges.append(Edge(f"action {number}", guard(name), target))
    ends: tuple[Target, ...] = (End(), Stop())
    for edges, usual in ((success, following), (failure, Stop())):
        what = next(draws)
        odd = what % 4 == 1
        target = GoTo(_name(what // 4 % count)) if odd else ends[what // 4 % 2]
        edges.append(Edge(None, (), target if odd or what % 16 == 2 else usual))
    return step(step_id, success, failure)


def _target(step_id: str, number: int, count: int, kind: int, which: int) -> Target:
    match kind % 8:
        case 0 | 1 | 2:
            return retry(step_id if which & 128 else "shared", number + 1, which % 3)
        case 3:
            return End()
        case 4:
            return Stop()
        case _:
            return GoTo(_name(which % count))


def _name(place: int) -> str:
    return "abcdefgh"[place]
