"""Which workflows a workflow runs, and an order in which these come first.

Steps run workflows (`workflowId`), actions go on with one or retry after one, and `dependsOn` names those
that run before (Arazzo 1.1.0, Workflow Object, Step Object, Success Action Object, Failure Action Object).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzoc.model.arazzo import Arazzo, FailureAction, SuccessAction, Workflow
from arazzoc.source.node import Node

__all__ = ["CallOrder", "Recursion", "call_order", "references"]


@dataclass(frozen=True, slots=True)
class Recursion:
    """A reference by which a workflow runs itself again.

    Attributes:
        workflow_id: The workflow that has the reference.
        node: The reference.
        path: The workflows on the way, from the one that is run again to the one that runs it.
    """

    workflow_id: str
    node: Node
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallOrder:
    """The workflows of a document, each behind those that it runs but for recursions."""

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


def call_order(arazzo: Arazzo) -> CallOrder:
    """The workflows of a document, those that others run before these."""
    known: dict[str, Workflow] = {}
    for workflow in arazzo.workflows:
        known.setdefault(workflow.workflow_id, workflow)
    ordered: list[Workflow] = []
    recursions: list[Recursion] = []
    done: set[str] = set()
    for start in known.values():
        path: dict[str, Iterator[Node]] = {}
        if start.workflow_id not in done:
            path[start.workflow_id] = references(start)
        while path:
            current = next(reversed(path))
            node = next(path[current], None)
            if node is None:
                del path[current]
                done.add(current)
                ordered.append(known[current])
                continue
            name = node.text or ""
            if name in path:
                way = list(path)
                recursions.append(Recursion(current, node, tuple(way[way.index(name) :])))
            elif name in known and name not in done:
                path[name] = references(known[name])
    again = [each for each in arazzo.workflows if known[each.workflow_id] is not each]
    return CallOrder((*ordered, *again), tuple(recursions))
