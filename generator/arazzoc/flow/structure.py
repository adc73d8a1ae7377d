"""From a workflow's graph to structured statements; to a state machine where there is no structure."""

from __future__ import annotations

from typing import Final

from arazzoc.flow.shape import Shape, shape
from arazzoc.flow.tree import Block, Machine
from arazzoc.flow.ways import ways
from arazzoc.flow.writer import Unstructured, write
from arazzoc.ir.graph import GoTo, Graph, StepNode

__all__ = ["structure"]

_COMFORTABLE: Final = 5
_DEEPEST: Final = 16
"""Blocks in one another: what is read with ease, and what black and Python put up with."""

_ATTEMPTS: Final = 12


def structure(graph: Graph) -> Block:
    """The statements of a workflow.

    Every step that can be reached is performed by one statement. A `Machine` is the only statement where
    ways cross such that `if`, `while`, `break` and `continue` cannot express them.
    """
    steps = _reachable(graph)
    return _structured(steps) or (_machine(steps),)


def _structured(steps: tuple[StepNode, ...]) -> Block | None:
    """The statements of a graph without a machine, if there are such.

    Where a way cannot be expressed, there are two means: a step with a loop of its own is left before it is
    decided where to go, and a loop that is run once gives a `break` something to lead out of. They are
    taken as they are found to be needed.
    """
    spun: set[int] = set()
    blocks: set[int] = set()
    deepest = _COMFORTABLE
    for _ in range(_ATTEMPTS):
        found = ways(steps, spun)
        known = shape(found)
        if known is None:
            return None
        if known.tangled:
            spun |= known.tangled
            continue
        try:
            return write(found, known, blocks, deepest)
        except Unstructured as reason:
            if not _mend(reason, known, spun, blocks):
                if reason.target is not None or deepest == _DEEPEST:
                    return None
                deepest = _DEEPEST
    return None


def _mend(reason: Unstructured, known: Shape, spun: set[int], blocks: set[int]) -> bool:
    """Takes note of what may help; returns whether anything does."""
    if reason.target is not None and reason.header in known.alone - spun:
        spun.add(reason.header)
        return True
    if reason.retries and reason.target is not None and reason.target not in spun:
        spun.add(reason.target)
        return True
    target = reason.follows if reason.target is None else reason.target
    if target is None or target in blocks or len(known.tree.forward[target]) < 2:
        return False
    blocks.add(target)
    return True


def _machine(steps: tuple[StepNode, ...]) -> Machine:
    return Machine(steps[0].step_id, tuple((step.step_id, _state(step)) for step in steps))


def _state(step: StepNode) -> Block:
    """The block of one step, which retries in a loop of its own."""
    for spun in ((), (0,)):
        found = ways((step,), spun)
        known = shape(found)
        if known is None or known.tangled:
            continue
        try:
            return write(found, known, (), _DEEPEST)
        except Unstructured:
            continue
    raise AssertionError(f"step {step.step_id} has no structure of its own")


def _reachable(graph: Graph) -> tuple[StepNode, ...]:
    """The steps that can be reached, the first one first, in the order written."""
    steps = {step.step_id: step for step in graph.steps}
    start = graph.steps[0].step_id
    found = {start}
    waiting = [start]
    while waiting:
        step = steps[waiting.pop()]
        for edge in (*step.on_success, *step.on_failure):
            if isinstance(edge.target, GoTo) and edge.target.step_id not in found:
                found.add(edge.target.step_id)
                waiting.append(edge.target.step_id)
    return tuple(step for step in graph.steps if step.step_id in found)
