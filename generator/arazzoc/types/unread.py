"""Outputs that are stated and yet have no value to read: a finding elsewhere says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.model.field_names import field_of
from arazzoc.source.node import Node
from arazzoc.types.facts import StepFacts, WorkflowFacts
from arazzoc.types.value import Constant, Member

__all__ = ["UNREAD", "going_on_without", "has_unread_output", "is_unread"]


UNREAD: Final = Member(Constant(None), (), absent=False)
"""What is not known, for a finding says that it could not be read: of any type, so that nothing follows."""


def is_unread(step: StepFacts, output: str) -> bool:
    """Whether a step states an output that could not be read."""
    return _states(step.step.node, output)


def has_unread_output(callee: WorkflowFacts, output: str) -> bool:
    """Whether a workflow states an output that could not be read, or that has no meaning there."""
    if not any(True for _ in _goes_on(callee)):
        return _states(callee.workflow.node, output) or not callee.workflow.steps
    return False


def going_on_without(callee: WorkflowFacts, output: str) -> tuple[str, str] | None:
    """What to say where a workflow has an output, but one that goes on in its place has not."""
    if not _states(callee.workflow.node, output):
        return None
    workflow_id = callee.workflow.workflow_id
    for other in _goes_on(callee):
        if output not in other.returns:
            name = other.workflow.workflow_id
            message = f"workflow `{workflow_id}` does not always have the output `{output}`"
            hint = f"an action lets workflow `{name}` go on in its place: give that the output too"
            return message, hint
    return None


def _goes_on(facts: WorkflowFacts) -> Iterator[WorkflowFacts]:
    for step in facts.steps.values():
        for action in step.actions:
            if action.type == "goto" and action.workflow_id is not None:
                callee = facts.callees.get(action.workflow_id.text or "")
                if callee is not None:
                    yield callee


def _states(owner: Node, output: str) -> bool:
    outputs = field_of(owner, "outputs")
    if outputs is None:
        return False
    return not isinstance(outputs.value, dict) or outputs.get(output) is not None
