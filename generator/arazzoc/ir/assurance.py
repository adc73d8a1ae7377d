"""Which values are known to be there when a step begins, because an earlier step has tested them."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from typing import cast

from arazzoc.ir.graph import Call, GoTo, Graph, Retry, StepNode, WorkflowCall
from arazzoc.types.value import (
    Argument,
    Chosen,
    Member,
    Picked,
    Queried,
    Returned,
    Sent,
    StepOutput,
    Value,
    XPathFound,
)

__all__ = ["assured", "filled", "identity", "needed", "tested"]


def identity(value: Value) -> Hashable:
    """Equal for values that read the same thing: a variable, or what a pointer leads to in one."""
    match value:
        case Argument(name):
            return str(name)
        case StepOutput():
            return str(value.name)
        case Returned(result=result, attribute=attribute):
            return (str(result), str(attribute))
        case Sent(step_id, stated):
            return f"{stated} of {step_id}"
        case Member(base, tokens):
            return (identity(base), tokens)
        case Picked(base, steps):
            return (identity(base), "picked", steps)
        case XPathFound(base, query):
            return (identity(base), "xpath", query)
        case Queried(base, query):
            return (identity(base), query)
        case Chosen(tests, chosen):
            return (identity(chosen), "chosen", tests)
        case _:
            return None


def filled(value: Value) -> Hashable:
    """Equal for values that read the same thing, of which it is known that it is not empty either."""
    key = identity(value)
    return None if key is None else (key, "filled")


def assured(graph: Graph) -> Mapping[str, frozenset[Hashable]]:
    """The identities of the values that every way to a step has tested, by step id.

    A test is forgotten where its variable is assigned anew, by a step that runs before a retry too.
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
    return {step_id: _kept(known, graph.step(step_id), graph) for step_id, known in found.items()}


def _kept(known: frozenset[Hashable], step: StepNode, graph: Graph) -> frozenset[Hashable]:
    """What is known each time that the step runs, after what runs before its retries too."""
    anew = _assigned_before_retries(step, graph)
    return known if not anew else frozenset(each for each in known if _root(each) not in anew)


def _assigned_before_retries(step: StepNode, graph: Graph) -> frozenset[str]:
    """The variables that are assigned anew before the step runs again."""
    return frozenset(
        name
        for edge in step.on_failure
        if isinstance(edge.target, Retry) and isinstance(edge.target.first, str)
        for name in _assigned(graph.step(edge.target.first), succeeded=True)
    )


def needed(call: Call | WorkflowCall, before: frozenset[Hashable]) -> frozenset[Hashable]:
    """The identities of what is known to be there behind the tests of what a call needs."""
    found = {identity(need.value) for need in call.needs}
    found |= {filled(need.value) for need in call.needs if need.filled}
    return (before | found) - {None}


def tested(step: StepNode, before: frozenset[Hashable], *, succeeded: bool) -> frozenset[Hashable]:
    """The identities of what is known to be there once a step has made its call, or has succeeded.

    Args:
        step: The step.
        before: What was known when it began.
        succeeded: Whether its outputs have been assigned since: a test of their old values says nothing.
    """
    assigned = _assigned(step, succeeded=succeeded)
    return frozenset(each for each in needed(step.call, before) if _root(each) not in assigned)


def _assigned(step: StepNode, *, succeeded: bool) -> frozenset[str]:
    """The variables that a step assigns by its call, and by its success."""
    names = [output.variable.name for output in step.outputs] if succeeded else []
    if isinstance(step.call, WorkflowCall):
        names.append(step.call.result)
    return frozenset(map(str, names))


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
