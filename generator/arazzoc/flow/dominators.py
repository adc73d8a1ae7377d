"""Order and dominators of a directed graph whose nodes are numbered from 0, the start.

Everything here is iterative, and linear but for a logarithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from arazzoc.frozen import dataclass

__all__ = ["Dominators", "Successors", "dominators", "reverse_postorder"]

Successors: TypeAlias = "Sequence[Sequence[int]]"
"""The successors of each node; one that two edges lead to stands there twice."""


def reverse_postorder(successors: Successors) -> tuple[int, ...]:
    """The nodes that can be reached, each before its successors but for those a cycle leads back to."""
    finished: list[int] = []
    seen = {0}
    path = [(0, iter(successors[0]))]
    while path:
        node, ahead = path[-1]
        following = next((other for other in ahead if other not in seen), None)
        if following is None:
            finished.append(node)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(successors[following])))
    return tuple(reversed(finished))


@dataclass(frozen=True, slots=True)
class Dominators:
    """A reducible graph in order, with its dominator tree.

    Attributes:
        order: Reverse postorder.
        rank: The place of each node in `order`; -1 for one that cannot be reached.
        parent: The immediate dominator of each node; the start's is itself.
        children: The nodes that each node dominates immediately, in order.
        forward: The predecessors of each node by forward edges; twice where two edges lead from there.
        back: The predecessors of each node by edges that close a cycle.
    """

    order: tuple[int, ...]
    rank: tuple[int, ...]
    parent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    forward: tuple[tuple[int, ...], ...]
    back: tuple[tuple[int, ...], ...]
    _first: tuple[int, ...]
    _last: tuple[int, ...]

    def dominates(self, node: int, other: int) -> bool:
        """Whether every way from the start to `other` leads through `node`; true of a node and itself."""
        return self._first[node] <= self._first[other] <= self._last[node]


def dominators(successors: Successors) -> Dominators | None:
    """The dominators of a graph; None where it is irreducible, having a cycle with two ways in.

    In order, the immediate dominator of a node is the nearest common ancestor of its forward predecessors
    (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm"); one pass is enough where all other
    edges lead back to a dominator, which is what a reducible graph is. Ancestors are found over jump
    pointers (Myers, "An applicative random-access stack"), as chains of steps are deep trees.
    """
    order = reverse_postorder(successors)
    rank = [-1] * len(successors)
    for place, node in enumerate(order):
        rank[node] = place
    forward: list[list[int]] = [[] for _ in successors]
    back: list[list[int]] = [[] for _ in successors]
    for node in order:
        for other in successors[node]:
            (forward if rank[node] < rank[other] else back)[other].append(node)
    tree = _Tree(len(successors))
    for node in order[1:]:
        above = forward[node][0]
        for other in forward[node][1:]:
            above = tree.common(above, other)
        tree.add(node, above)
    first, last = _intervals(order, tree.parent)
    if any(not first[to] <= first[node] <= last[to] for to in order for node in back[to]):
        return None
    children: list[list[int]] = [[] for _ in successors]
    for node in order[1:]:
        children[tree.parent[node]].append(node)
    return Dominators(
        order,
        tuple(rank),
        tuple(tree.parent),
        _frozen(children),
        _frozen(forward),
        _frozen(back),
        tuple(first),
        tuple(last),
    )


class _Tree:
    """A tree that grows by leaves, with nearest common ancestors in logarithmic time."""

    def __init__(self, size: int) -> None:
        self.parent = [0] * size
        self._jump = [0] * size
        self._depth = [0] * size

    def add(self, node: int, parent: int) -> None:
        far = self._jump[parent]
        same = (
            self._depth[parent] - self._depth[far]
            == self._depth[far] - self._depth[self._jump[far]]
        )
        self.parent[node] = parent
        self._jump[node] = self._jump[far] if same else parent
        self._depth[node] = self._depth[parent] + 1

    def common(self, one: int, other: int) -> int:
        depth, jump, parent = self._depth, self._jump, self.parent
        if depth[one] < depth[other]:
            one, other = other, one
        while depth[one] > depth[other]:
            one = jump[one] if depth[jump[one]] >= depth[other] else parent[one]
        while one != other:
            pair = (jump, jump) if jump[one] != jump[other] else (parent, parent)
            one, other = pair[0][one], pair[1][other]
        return one


def _intervals(order: Sequence[int], parent: Sequence[int]) -> tuple[list[int], list[int]]:
    """Numbers the nodes so that a subtree is an interval: `first[n]` to `last[n]`."""
    size = [1] * len(parent)
    for node in reversed(order[1:]):
        size[parent[node]] += size[node]
    first, last, free = [-1] * len(parent), [-2] * len(parent), [0] * len(parent)
    for node in order:
        start = 0 if node == order[0] else free[parent[node]]
        first[node], last[node], free[node] = start, start + size[node] - 1, start + 1
        if node != order[0]:
            free[parent[node]] += size[node]
    return first, last


def _frozen(lists: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(inner) for inner in lists)
