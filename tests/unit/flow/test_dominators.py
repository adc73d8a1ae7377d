"""Dominators and loops, compared with their definitions on small random graphs."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from arazzoc.flow.dominators import dominators
from arazzoc.flow.loops import loops_around

Graph = tuple[tuple[int, ...], ...]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(2, 7))
    nodes = st.integers(0, size - 1)
    return tuple(tuple(draw(st.lists(nodes, max_size=3))) for _ in range(size))


def reached(graph: Graph, start: int = 0, without: int | None = None) -> set[int]:
    found: set[int] = set()
    waiting = [start] if start != without else []
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += (other for other in graph[node] if other != without)
    return found


def dominates(graph: Graph, node: int, other: int) -> bool:
    """By definition: without `node` there is no way to `other`."""
    return node == other or other not in reached(graph, without=node)


def is_reducible(graph: Graph) -> bool:
    """By definition: without the edges to dominators no cycle is left."""
    ahead: Graph = tuple(
        tuple(other for other in following if not dominates(graph, other, node))
        for node, following in enumerate(graph)
    )
    return not any(
        node in reached(ahead, other) for node in reached(graph) for other in ahead[node]
    )


@settings(max_examples=400, deadline=None)
@given(graphs())
def test_dominators_are_what_their_definition_says(graph: Graph) -> None:
    tree = dominators(graph)
    assert (tree is not None) == is_reducible(graph)
    if tree is None:
        return
    nodes = reached(graph)
    assert set(tree.order) == nodes
    for node in nodes:
        for other in nodes:
            assert tree.dominates(node, other) == dominates(graph, node, other)
        if node:
            assert dominates(graph, tree.parent[node], node)
            assert node in tree.children[tree.parent[node]]


@settings(max_examples=400, deadline=None)
@given(graphs())
def test_a_loop_is_what_can_return_to_its_header(graph: Graph) -> None:
    tree = dominators(graph)
    if tree is None:
        return
    around = loops_around(tree)
    for header in tree.order:
        members = {node for node in tree.order if header in around[node]}
        assert members == natural_loop(graph, header, tree.back[header])


def natural_loop(graph: Graph, header: int, tails: Sequence[int]) -> set[int]:
    """The nodes from which a tail is reached without the header, and the header."""
    if not tails:
        return set()
    inner = {
        node
        for node in reached(graph) - {header}
        if reached(graph, node, without=header) & set(tails)
    }
    return inner | {header}


def test_loops_come_from_the_inside_out() -> None:
    nested = ((1,), (2,), (1, 3), (0, 4), ())
    tree = dominators(nested)
    assert tree is not None
    assert loops_around(tree) == ((0,), (1, 0), (1, 0), (0,), ())


def test_a_long_chain_is_no_trouble() -> None:
    chain: Graph = (*((number + 1, 20_000) for number in range(20_000)), ())
    tree = dominators(chain)
    assert tree is not None
    assert tree.dominates(19_000, 19_999)
    assert tree.parent[20_000] == 0
