"""What a function does with its arguments: what reads them, and what cannot do without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Call, Graph, WorkflowCall
from arazzoc.ir.walk import call_values, graph_values, parts_of, step_calls
from arazzoc.names import Identifier
from arazzoc.types.value import Argument, Value

__all__ = ["Uses", "uses_in"]


@dataclass(frozen=True, slots=True)
class Uses:
    """What is done with the arguments of a function, by their names.

    Attributes:
        read: Those that anything is made of.
        needed: The first step that cannot do without it.
        sent: Those that requests are made of.
        passed: The first workflow that is passed it.
    """

    read: Set[Identifier]
    needed: Mapping[Identifier, str]
    sent: Set[Identifier]
    passed: Mapping[Identifier, str]


def uses_in(graph: Graph) -> Uses:
    """What is done with the arguments of the function of `graph`."""
    needed: dict[Identifier, str] = {}
    sent: set[Identifier] = set()
    passed: dict[Identifier, str] = {}
    for step in graph.steps:
        for need in (need for call in step_calls(step) for need in call.needs):
            for argument in _arguments(need.value):
                needed.setdefault(argument, step.step_id)
    for call in (*graph.before, *(call for step in graph.steps for call in step_calls(step))):
        for argument in (each for value in call_values(call) for each in _arguments(value)):
            match call:
                case Call():
                    sent.add(argument)
                case WorkflowCall():
                    passed.setdefault(argument, call.workflow_id)
    read = {argument for value in graph_values(graph) for argument in _arguments(value)}
    return Uses(read, needed, sent, passed)


def _arguments(value: Value) -> Iterator[Identifier]:
    return (part.name for part in parts_of(value) if isinstance(part, Argument))
