"""The natural loops of a reducible graph."""

from __future__ import annotations

from arazzoc.flow.dominators import Dominators

__all__ = ["loops_around"]


def loops_around(graph: Dominators) -> tuple[tuple[int, ...], ...]:
    """The headers of the loops that each node is in, from the inside out; a header is in its own loop.

    Loops with the same header are one. Inner loops are found first and then stand for their nodes
    (Tarjan, "Testing flow graph reducibility"), so that no node is looked at twice.
    """
    stands_for = list(range(len(graph.rank)))
    inside: list[int | None] = [None] * len(graph.rank)
    for header in reversed(graph.order):
        waiting = [_outermost(stands_for, node) for node in graph.back[header]]
        while waiting:
            node = waiting.pop()
            if node == header or inside[node] is not None:
                continue
            inside[node] = header
            stands_for[node] = header
            waiting += (_outermost(stands_for, before) for before in graph.forward[node])
    around: list[tuple[int, ...]] = [()] * len(graph.rank)
    for node in graph.order:
        innermost = inside[node]
        outer = around[innermost] if innermost is not None else ()
        around[node] = (node, *outer) if graph.back[node] else outer
    return tuple(around)


def _outermost(stands_for: list[int], node: int) -> int:
    """What stands for `node` now; shortens the way there for the next time."""
    found = node
    while stands_for[found] != found:
        found = stands_for[found]
    while stands_for[node] != found:
        stands_for[node], node = found, stands_for[node]
    return found
