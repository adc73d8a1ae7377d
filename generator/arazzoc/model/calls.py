"""Which workflows a workflow runs, and an order in which these come first.

Steps run workflows (`workflowId`), actions go on with one or retry after one, and `dependsOn` names those
that run before (Arazzo 1.1.0, Workflow Object, Step Object, Success Action Object, Failure Action Object).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import FailureAction, SuccessAction, Workflow
from arazzoc.source.node import Node

__all__ = ["CallOrder", "Recursion", "call_order", "references"]


@dataclass(frozen=True, slots=True)
class Recursion:
    """A reference by which a workflow runs itself again.

    Attributes:
        workflow: The workflow that has the reference.
        node: The reference.
        path: The ids of the workflows on the way, from the one that is run again to the one that runs it.
    """

    workflow: Workflow
    node: Node
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallOrder:
    """Workflows, each behind those that it runs but for recursions."""

    workflows: tuple[Workflow, ...]
    recursions: tuple[Recursion, ...]


def references(workflow: Workflow) -> Iterator[Node]:
    """Where a workflow names others, in the order written: `dependsOn`, steps, actions."""
    yield from workflow.depends_on
    for step in workflow.steps:
        if step.workflow_id is not None:
            yield step.workflow_id
        yield from _targets((*step.on_success, *step.on_failure))
    yield from _targets((*workflow.success_actions, *workflow.failure_actions))


def _targets(actions: tuple[SuccessAction | FailureAction, ...]) -> Iterator[Node]:
    for action in actions:
        if action.workflow_id is not None:
            yield action.workflow_id


def call_order(starts: Sequence[Workflow], find: Callable[[Node], Workflow | None]) -> CallOrder:
    """`starts` and all that they run, those that others run before these.

    Args:
        starts: The workflows of a document.
        find: What a reference leads to, in whichever document; None where it leads nowhere.
    """
    ordered: dict[int, Workflow] = {}
    recursions: list[Recursion] = []
    for start in starts:
        path: dict[int, tuple[Workflow, Iterator[Node]]] = {}
        if id(start) not in ordered:
            path[id(start)] = start, references(start)
        while path:
            current, left = path[next(reversed(path))]
            node = next(left, None)
            if node is None:
                del path[id(current)]
                ordered[id(current)] = current
                continue
            target = find(node)
            if target is None:
                continue
            if id(target) in path:
                keys = list(path)
                way = keys[keys.index(id(target)) :]
                names = tuple(path[key][0].workflow_id for key in way)
                recursions.append(Recursion(current, node, names))
            elif id(target) not in ordered:
                path[id(target)] = target, references(target)
    return CallOrder(tuple(ordered.values()), tuple(recursions))
