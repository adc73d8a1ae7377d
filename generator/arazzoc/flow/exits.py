"""The exits of loops: which one a loop's `break` leads to."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from arazzoc.flow.dominators import Dominators
from arazzoc.flow.ways import Choice, Way, Ways
from arazzoc.frozen import dataclass

__all__ = ["breaks"]

_MOST_WAYS_OUT: Final = 4
"""A region with more ways out than this is never put into a loop that it is not part of."""


_HEAVIEST: Final = 3
"""More steps than these are not put into a loop of one step that they are not part of."""


def breaks(
    graph: Ways,
    tree: Dominators,
    loops: Sequence[tuple[int, ...]],
    weight: Sequence[int],
    elsewhere: frozenset[int],
    *,
    alone: frozenset[int],
) -> tuple[dict[int, int], frozenset[int]]:
    """Where each loop's `break` shall lead, and which loops have more exits than can be expressed.

    Args:
        graph: The nodes.
        tree: Their dominators.
        loops: The headers of the loops around each, from the inside out.
        weight: How many steps each dominates.
        elsewhere: The nodes that are not part of the graph.
        alone: The headers of loops that have one step only.

    Returns:
        By header, missing where nothing is left by `break`; and headers.
    """
    leads_to = _ways_out(graph, tree, elsewhere)
    judge = _Exits(tree, leads_to, weight, elsewhere)
    onward: dict[int, int] = {}
    crowded: list[int] = []
    written: set[int] = set()
    whole = _exits(graph, tree, loops, whole=True)
    some = _exits(graph, tree, loops, whole=False)
    for header in sorted(some, key=lambda node: -tree.rank[node]):  # from the inside out
        chosen: int | None = None
        for exits in (whole.get(header, {}), some[header]):
            left = _still_to_write(exits, written, leads_to, header, loops)
            chosen, inlined = judge.onward(header, left, light=header in alone)
            if inlined is not None:
                written |= inlined
                break
        else:
            crowded.append(header)
        if chosen is not None:
            onward[header] = chosen
    return onward, frozenset(crowded)


def _exits(
    graph: Ways, tree: Dominators, loops: Sequence[tuple[int, ...]], *, whole: bool
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


def _still_to_write(
    exits: Mapping[int, bool],
    written: Collection[int],
    leads_to: Sequence[frozenset[int] | None],
    header: int,
    loops: Sequence[tuple[int, ...]],
) -> dict[int, bool]:
    """Exits without those that are written in an inner loop already; where these lead to instead."""
    left: dict[int, bool] = {}
    for node, succeeded in exits.items():
        beyond = sorted(leads_to[node] or ()) if node in written else (node,)
        for other in beyond:
            if header not in loops[other]:
                left[other] = left.get(other, False) or succeeded
    return left


def _ways_out(
    graph: Ways, tree: Dominators, elsewhere: frozenset[int]
) -> tuple[frozenset[int] | None, ...]:
    """What the region that each node dominates leads to outside of it; None where that is too much."""
    sets: list[set[int] | None] = [set() for _ in graph.nodes]
    for node in reversed(tree.order):
        inner = {node, *tree.children[node]} - elsewhere
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
    leads_to: Sequence[frozenset[int] | None]
    weight: Sequence[int]
    elsewhere: frozenset[int]

    def onward(
        self, header: int, exits: Mapping[int, bool], *, light: bool
    ) -> tuple[int | None, frozenset[int] | None]:
        """The best exit for the `break`, and the others if all can be written in the loop.

        They can where they end the workflow, or lead to the `break` in turn. Of several that are possible,
        the one that follows success is taken, then the one with most steps. Where they must be `light`, few
        steps are to be written in the loop.
        """
        exits = {node: succeeded for node, succeeded in exits.items() if not self._just_ends(node)}
        if len(exits) < 2:
            return next(iter(exits), None), frozenset()
        owned = [
            node
            for node in exits
            if node not in self.elsewhere and self.tree.dominates(header, node)
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
        others = [node for node in exits if node != best]
        if misfits[best] or (light and not self._are_light(others, best)):
            return best, None
        return best, frozenset(exits) - {best}

    def _just_ends(self, node: int) -> bool:
        """Whether a node does nothing but decide how the workflow ends."""
        return not (
            self.weight[node] or self.leads_to[node] != frozenset() or node in self.elsewhere
        )

    def _are_light(self, nodes: Iterable[int], chosen: int) -> bool:
        """Whether few steps follow `nodes`, all of them to the end of the workflow."""
        steps = {
            node: self.weight[node]
            - (self.weight[chosen] if self.tree.dominates(node, chosen) else 0)
            for node in nodes
            if node not in self.elsewhere
        }
        return sum(steps.values()) <= _HEAVIEST and not any(
            steps[node] and self.leads_to[node] for node in steps
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
