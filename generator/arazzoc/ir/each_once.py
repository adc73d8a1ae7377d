"""Workflows that run before others run once, whoever depends on them.

A function runs first what its workflow depends on. Where several of these depend on one workflow, the
function runs that one itself and tells them, by parameters that no other caller needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Given, Graph, Handed, WorkflowCall
from arazzoc.names import Identifier

__all__ = ["each_once"]

_Known: TypeAlias = Mapping[Identifier, Graph]
"""The graphs of a module, by the names of their functions."""


def each_once(graphs: Sequence[Graph]) -> tuple[Graph, ...]:
    """The graphs of a module, each of which has been told all that runs before it (`Graph.before`).

    What is left of that are the workflows that no other one of them runs: those that several depend on among
    them, which are handed on.
    """
    known = {graph.function: graph for graph in graphs}
    near = {graph.function: _nearest(graph, known) for graph in graphs}
    plans = {graph.function: _plan(graph, near) for graph in graphs if graph.before}
    told = _told(plans)
    return tuple(
        _rewritten(graph, plans[graph.function], told, known) if graph.before else graph
        for graph in graphs
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a function comes to all that runs before its workflow.

    Attributes:
        own: What it runs itself.
        ways: For each that runs before: those of `own` that would run it, or the function itself.
    """

    function: Identifier
    own: frozenset[Identifier]
    ways: Mapping[Identifier, frozenset[Identifier]]


def _plan(graph: Graph, near: Mapping[Identifier, frozenset[Identifier]]) -> _Plan:
    own: set[Identifier] = set()
    found: dict[Identifier, set[Identifier]] = defaultdict(set)
    for function in near[graph.function]:
        found[function].add(graph.function)
    for function in (call.function for call in reversed(graph.before)):
        if graph.function in found[function] or len(found[function]) > 1:
            own.add(function)
        for inner in near[function]:
            found[inner] |= {function} if function in own else found[function]
    ways = {call.function: frozenset(found[call.function]) for call in graph.before}
    return _Plan(graph.function, frozenset(own), ways)


def _nearest(graph: Graph, known: _Known) -> frozenset[Identifier]:
    """What it depends on by no way around, and what it reads though another one would run it."""
    inner: set[Identifier] = set()
    for first in reversed(graph.before):
        if first.function not in inner:
            inner.update(call.function for call in known[first.function].before)
    return frozenset(
        call.function for call in graph.before if call.read or call.function not in inner
    )


def _told(plans: Mapping[Identifier, _Plan]) -> Mapping[Identifier, frozenset[Identifier]]:
    """By function, what it can be told to have run already: by whom it runs, or by way of whom."""
    told: dict[Identifier, set[Identifier]] = defaultdict(set)
    waiting = [
        (by, function)
        for plan in plans.values()
        for function in plan.own
        for by in plan.ways[function] - {plan.function}
    ]
    while waiting:
        to, function = waiting.pop()
        if function in told[to]:
            continue
        told[to].add(function)
        if function not in plans[to].own:
            waiting += [(by, function) for by in plans[to].ways[function]]
    return {to: frozenset(functions) for to, functions in told.items()}


def _rewritten(
    graph: Graph, plan: _Plan, told: Mapping[Identifier, frozenset[Identifier]], known: _Known
) -> Graph:
    own_told = told.get(graph.function, frozenset())
    calls = [
        replace(call, handed=tuple(_handed(call, graph, plan, told, known)))
        for call in graph.before
        if call.function in plan.own
    ]
    needed = {each.variable for call in calls for each in call.handed}
    return replace(
        graph,
        before=tuple(replace(call, read=call.read or call.result in needed) for call in calls),
        given=tuple(
            Given(call.result, call.workflow_id, call.told_by)
            for call in graph.before
            if call.function in own_told
        ),
    )


def _handed(
    call: WorkflowCall,
    graph: Graph,
    plan: _Plan,
    told: Mapping[Identifier, frozenset[Identifier]],
    known: _Known,
) -> Iterator[Handed]:
    """What a workflow is told that runs before another one."""
    takes = told.get(call.function, frozenset())
    keywords = {each.function: each.result for each in known[call.function].before}
    here = plan.own | told.get(graph.function, frozenset())
    for each in graph.before:
        if each.function in takes & here and call.function in plan.ways[each.function]:
            is_sure = not each.told_by and each.function in plan.own
            yield Handed(keywords[each.function], None if is_sure else each.result)
