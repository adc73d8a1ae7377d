"""Which arguments other workflows' functions fill with what a server sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arazzoc.ir.graph import Graph, WorkflowCall
from arazzoc.ir.walk import step_calls
from arazzoc.names import Identifier
from arazzoc.render.values import is_given
from arazzoc.types.value import Argument, Constant

__all__ = ["doubtful_arguments"]


def doubtful_arguments(graphs: Sequence[Graph]) -> Mapping[Identifier, frozenset[Identifier]]:
    """By function, the arguments that need not be of their type: servers are not held to types.

    A function passes on what it was passed, so this goes on until nothing is new.
    """
    found: dict[Identifier, frozenset[Identifier]] = {}
    while True:
        joined = dict(found)
        for graph in graphs:
            own = found.get(graph.function, frozenset[Identifier]())
            for call in _workflow_calls(graph):
                known = joined.get(call.function, frozenset[Identifier]())
                joined[call.function] = known | frozenset(_doubtful(call, own))
        if joined == found:
            return found
        found = joined


def _doubtful(call: WorkflowCall, own: frozenset[Identifier]) -> Iterator[Identifier]:
    for passed in call.arguments:
        value = passed.value
        sure = is_given(value) or isinstance(value, Constant)
        if isinstance(value, Argument) and value.name in own:
            sure = False
        if not (sure and passed.fits):
            yield passed.keyword


def _workflow_calls(graph: Graph) -> Iterator[WorkflowCall]:
    yield from graph.before
    for step in graph.steps:
        yield from (call for call in step_calls(step) if isinstance(call, WorkflowCall))
