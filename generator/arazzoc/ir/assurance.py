"""Which values are known to be there when a step begins, because an earlier step has tested them."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from typing import cast

from arazzoc.ir.graph import GoTo, Graph, StepNode
from arazzoc.types.value import Argument, Member, StepOutput, Value

__all__ = ["assured", "identity"]


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


def _leaving(
    step: StepNode, before: frozenset[Hashable]
) -> Iterator[tuple[str, frozenset[Hashable]]]:
    tested = before | {identity(need.value) for need in step.call.needs}
    assigned = {str(output.variable.name) for output in step.outputs}
    kept = frozenset(each for each in tested if _root(each) not in assigned)
    for edges, after in ((step.on_success, kept), (step.on_failure, tested)):
        for edge in edges:
            if isinstance(edge.target, GoTo):
                yield edge.target.step_id, after


def _root(key: Hashable) -> Hashable:
    return _root(cast("tuple[Hashable, ...]", key)[0]) if isinstance(key, tuple) else key
