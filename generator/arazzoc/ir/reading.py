"""Steps that read a body fail where it cannot be read: what it lacks would be taken for null."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from arazzoc.ir.graph import Call, Graph, StepNode
from arazzoc.ir.walk import criteria_values, parts_of
from arazzoc.types.condition import Criterion, Readable
from arazzoc.types.model import BYTES
from arazzoc.types.value import Member, Picked, ResponseBody, Value

__all__ = ["with_readable_bodies"]

_TEXT: Final = "the body is JSON"


def with_readable_bodies(graph: Graph) -> Graph:
    """The graph with a criterion more for each step that reads its response's body, where nothing else tells.

    An output that the response's schema promises is an error where it is not there, before more is read.
    """
    return replace(graph, steps=tuple(map(_with_readable_body, graph.steps)))


def _with_readable_body(step: StepNode) -> StepNode:
    found = [reading for value in _read(step) for reading in _readings(value)]
    if not found or not isinstance(step.call, Call):
        return step
    criterion = Criterion(_TEXT, Readable(structured=any(found)))
    position = next(
        (
            index
            for index, each in enumerate(step.criteria)
            if any(True for value in criteria_values((each,)) for _ in _readings(value))
        ),
        len(step.criteria),
    )
    criteria = (*step.criteria[:position], criterion, *step.criteria[position:])
    return replace(step, criteria=criteria)


def _read(step: StepNode) -> Iterator[Value]:
    """What a step that succeeds reads of its response."""
    yield from criteria_values(step.criteria)
    if any(output.promised for output in step.outputs):
        return
    yield from (output.value for output in step.outputs if output.read)
    for edge in step.on_success:
        yield from criteria_values(edge.criteria)


def _readings(value: Value) -> Iterator[bool]:
    """For each time that the value reads the body, whether it reads a part of it."""
    for part in parts_of(value):
        if isinstance(part, Member | Picked) and isinstance(part.base, ResponseBody):
            yield True
        elif isinstance(part, ResponseBody) and part.type != BYTES:
            yield False
