"""What is known of a graph's structure before it is written: loops, their exits, and where ways meet."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from arazzoc.flow.dominators import Dominators, dominators
from arazzoc.flow.loops import loops_around
from arazzoc.flow.ways import Attempt, Choice, Elsewhere, Way, Ways

__all__ = ["Shape", "shape"]

_DEEPEST_LOOPS: Final = 8
"""Python allows twenty blocks in one another (CO_MAXBLOCKS); readers fewer."""

_MOST_WAYS_OUT: Final = 4
"""A region with more ways out than this is never put into a loop that it is not part of."""


_HEAVIEST: Final = 3
"""More steps than these are not put into a loop that they are not part of where there is another way."""


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
    leads_to = _ways_out(graph, tree)
    judge = _Exits(tree, leads_to, weight, elsewhere)
    alone = _alone(graph, tree, loops)
    onward: dict[int, int] = {}
    tangled: list[int] = []
    whole = _exits(graph, tree, loops, whole=True)
    for header, exits in _exits(graph, tree, loops, whole=False).items():
        chosen, fits = judge.onward(header, whole.get(header, {}))
        if not fits:
            chosen, fits = judge.onward(header, exits)
        if chosen is not None:
            onward[header] = chosen
        if not fits and header in alone:
            tangled.append(header)
    return Shape(tree, weight, meetings, loops, onward, alone, frozenset(tangled))


def _weights(graph: Ways, tree: Dominators) -> tuple[int, ...]:
    weight = [int(isinstance(node, Attempt)) for node in graph.nodes]
    for node in reversed(tree.order[1:]):
        weight[tree.parent[node]] += weight[node]
    return tuple(weight)


def _exits(
    graph: Ways, tree: Dominators, loops: tuple[tuple[int, ...], ...], *, whole: bool
) -> dict[int, dict[int, bool]]:
    """The nodes that each loop is left for, by header, with whether some way there is after success.

    Args:
        graph: The nodes.
        tree: Their dominators.
        loops: The loops around each.
        whole: A choice that begins in a loop, or after a failure in it, counts as part of it up to its end.
    """
    found: dict[int, dict[int, bool]] = {}
    for node in tree.order:
        for way in graph.out_of(node):
            if not isinstance(way.to, int):
                continue
            left = itertools.takewhile(partial(_is_left, loops[way.to]), loops[node])
            ends = _to_the_end(graph, way) if whole and _goes_on(graph, node, way) else (way,)
            for header, end in itertools.product(left, ends):
                if isinstance(end.to, int):
                    exits = found.setdefault(header, {})
                    exits[end.to] = exits.get(end.to, False) or end.succeeded
    return found


def _is_left(stays: tuple[int, ...], header: int) -> bool:
    return header not in stays


def _goes_on(graph: Ways, node: int, way: Way) -> bool:
    """Whether a way from a node goes on with the same choice, or begins one after failure."""
    return (
        isinstance(way.to, int)
        and isinstance(graph.nodes[way.to], Choice)
        and (isinstance(graph.nodes[node], Choice) or not way.succeeded)
    )


def _to_the_end(graph: Ways, way: Way) -> Iterator[Way]:
    """Where the rest of a choice leads."""
    node = graph.nodes[way.to] if isinstance(way.to, int) else None
    while isinstance(node, Choice):
        yield node.chosen
        way = node.otherwise
        node = graph.nodes[way.to] if isinstance(way.to, int) else None
    yield way


def _ways_out(graph: Ways, tree: Dominators) -> tuple[frozenset[int] | None, ...]:
    """What the region that each node dominates leads to outside of it; None where that is too much."""
    sets: list[set[int] | None] = [set() for _ in graph.nodes]
    for node in reversed(tree.order):
        inner = {node, *tree.children[node]}
        leads_to: set[int] | None = {
            way.to for way in graph.out_of(node) if isinstance(way.to, int)
        }
        for child in tree.children[node]:
            below = sets[child]
            leads_to = None if leads_to is None or below is None else leads_to | below
        if leads_to is not None:
            leads_to -= inner
            if len(leads_to) > _MOST_WAYS_OUT:
                leads_to = None
        sets[node] = leads_to
    return tuple(None if found is None else frozenset(found) for found in sets)


@dataclass(frozen=True, slots=True)
class _Exits:
    """What decides which exit of a loop its `break` leads to."""

    tree: Dominators
    leads_to: tuple[frozenset[int] | None, ...]
    weight: tuple[int, ...]
    elsewhere: frozenset[int]

    def onward(self, header: int, exits: Mapping[int, bool]) -> tuple[int | None, bool]:
        """The best exit for the `break`, and whether all others can be written in the loop.

        They can where they end the workflow, or lead to the `break` in turn. Of several that are possible,
        the one that follows success is taken, then the one with most steps.
        """
        exits = {node: succeeded for node, succeeded in exits.items() if not self._just_ends(node)}
        if len(exits) < 2:
            return next(iter(exits), None), True
        owned = [
            node
            for node in exits
            if self.tree.dominates(header, node) and node not in self.elsewhere
        ]
        beyond = [after for node in owned for after in sorted(self.leads_to[node] or ())]
        misfits = {
            node: self._misfits(node, exits, owned) for node in dict.fromkeys([*exits, *beyond])
        }
        best = min(
            misfits,
            key=lambda node: (
                misfits[node],
                node not in exits,
                not exits.get(node, False),
                -self.weight[node],
                self.tree.rank[node],
            ),
        )
        return best, misfits[best] == 0 and self._burden(best, exits) <= _HEAVIEST

    def _just_ends(self, node: int) -> bool:
        """Whether a node does nothing but decide how the workflow ends."""
        return self.weight[node] == 0 and not (
            self.leads_to[node] is None or self.leads_to[node] or node in self.elsewhere
        )

    def _burden(self, chosen: int, exits: Iterable[int]) -> int:
        """How many steps would be written in the loop without being part of it."""
        return sum(
            self.weight[node] - (self.weight[chosen] if self.tree.dominates(node, chosen) else 0)
            for node in exits
            if node != chosen and node not in self.elsewhere
        )

    def _misfits(self, chosen: int, exits: Iterable[int], owned: Collection[int]) -> int:
        """How many of the other exits could not be written in the loop if `chosen` were the `break`."""
        after = self.leads_to[chosen] if chosen in owned else frozenset[int]()
        return sum(
            not (node in owned and self._ends_at(node, chosen) and self._starts_before(node, after))
            for node in exits
            if node != chosen
        )

    def _ends_at(self, node: int, chosen: int) -> bool:
        beyond = self.leads_to[node]
        return beyond is not None and beyond <= {chosen}

    def _starts_before(self, node: int, after: frozenset[int] | None) -> bool:
        """Whether no way leads to `node` from behind the loop."""
        return len(self.tree.forward[node]) == 1 or (after is not None and node not in after)


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
