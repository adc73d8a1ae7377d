"""Which values are known to be there when a step begins, because an earlier step has tested them."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from typing import cast

from arazzoc.ir.graph import GoTo, Graph, StepNode
from arazzoc.types.value import Argument, Member, StepOutput, Value

__all__ = ["assured", "identity", "tested"]


def identity(value: Value) -> Hashable:
    """Equal for values that read the same thing: a variable, or what a pointer leads to in one."""
    match value:
        case Argument(name):
            return str(name)
        case StepOutput():
            return str(value.name)
        case Member(base, tokens):
            return (identity(base), tokens)
        case _:
            return None


def assured(graph: Graph) -> Mapping[str, frozenset[Hashable]]:
    """The identities of the values that every way to a step has tested, by step id.

    A test is forgotten where its variable is assigned anew.
    """
    found: dict[str, frozenset[Hashable]] = {graph.steps[0].step_id: frozenset()}
    waiting = deque(found)
    while waiting:
        step = graph.step(waiting.popleft())
        for to, arriving in _leaving(step, found[step.step_id]):
            known = found.get(to)
            joined = arriving if known is None else known & arriving
            if joined != known:
                found[to] = joined
                waiting.append(to)
    return found


def tested(step: StepNode, before: frozenset[Hashable], *, succeeded: bool) -> frozenset[Hashable]:
    """The identities of what is known to be there once a step's request was sent, or the step has succeeded.

    Args:
        step: The step.
        before: What was known when it began.
        succeeded: Whether its outputs have been assigned since: a test of their old values says nothing.
    """
    known = (before | {identity(need.value) for need in step.call.needs}) - {None}
    if not succeeded:
        return known
    assigned = {str(output.variable.name) for output in step.outputs}
    return frozenset(each for each in known if _root(each) not in assigned)


def _leaving(
    step: StepNode, before: frozenset[Hashable]
) -> Iterator[tuple[str, frozenset[Hashable]]]:
    for edges, succeeded in ((step.on_success, True), (step.on_failure, False)):
        after = tested(step, before, succeeded=succeeded)
        for edge in edges:
            if isinstance(edge.target, GoTo):
                yield edge.target.step_id, after


def _root(key: Hashable) -> Hashable:
    return _root(cast("tuple[Hashable, ...]", key)[0]) if isinstance(key, tuple) else key
