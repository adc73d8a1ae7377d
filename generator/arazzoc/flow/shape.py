"""What is known of a graph's structure before it is written: loops, their exits, and where ways meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.flow.dominators import Dominators, dominators
from arazzoc.flow.exits import breaks
from arazzoc.flow.loops import loops_around
from arazzoc.flow.ways import Attempt, Elsewhere, Ways
from arazzoc.frozen import dataclass

__all__ = ["Shape", "shape"]

_DEEPEST_LOOPS: Final = 8
"""Python allows twenty blocks in one another (CO_MAXBLOCKS); readers fewer."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A reducible graph's structure.

    Attributes:
        tree: Its dominators.
        weight: How many steps each node dominates, itself included.
        meetings: The nodes where ways meet that each node immediately dominates, in order.
        loops: The headers of the loops around each node, from the inside out.
        onward: Where each loop's `break` leads, by header; missing where nothing is left by `break`.
        alone: The headers of loops that have one step only.
        tangled: Those of `alone` whose loop has more exits than Python can express.
    """

    tree: Dominators
    weight: tuple[int, ...]
    meetings: tuple[tuple[int, ...], ...]
    loops: tuple[tuple[int, ...], ...]
    onward: Mapping[int, int]
    alone: frozenset[int]
    tangled: frozenset[int]

    def is_header(self, node: int) -> bool:
        """Whether `node` begins a loop."""
        return bool(self.tree.back[node])


def shape(graph: Ways) -> Shape | None:
    """The structure of a graph; None where it has none, or loops too deep in one another."""
    tree = dominators(graph.successors())
    if tree is None:
        return None
    loops = loops_around(tree)
    if max(map(len, loops)) > _DEEPEST_LOOPS:
        return None
    elsewhere = frozenset(
        number for number, node in enumerate(graph.nodes) if isinstance(node, Elsewhere)
    )
    weight = _weights(graph, tree)
    meetings = tuple(
        tuple(
            child for child in children if len(tree.forward[child]) > 1 and child not in elsewhere
        )
        for children in tree.children
    )
    alone = _alone(graph, tree, loops)
    onward, crowded = breaks(graph, tree, loops, weight, elsewhere, alone=alone)
    return Shape(tree, weight, meetings, loops, onward, alone, crowded & alone)


def _weights(graph: Ways, tree: Dominators) -> tuple[int, ...]:
    weight = [int(isinstance(node, Attempt)) for node in graph.nodes]
    for node in reversed(tree.order[1:]):
        weight[tree.parent[node]] += weight[node]
    return tuple(weight)


def _alone(graph: Ways, tree: Dominators, loops: tuple[tuple[int, ...], ...]) -> frozenset[int]:
    """The headers of loops that have no other step."""
    crowded = {
        header
        for node in tree.order
        if isinstance(graph.nodes[node], Attempt)
        for header in loops[node]
        if header != node
    }
    return frozenset(node for node in tree.order if tree.back[node] and node not in crowded)
