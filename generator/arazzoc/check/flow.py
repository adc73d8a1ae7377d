"""Where actions lead, and what nothing leads to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import flow as rules
from arazzoc.diagnostics.registry import reference
from arazzoc.model.field_names import field_of
from arazzoc.source.edits import replaced
from arazzoc.suggestion import closest, surely

__all__ = ["check_deciding", "check_reachable", "check_targets"]


def check_targets(context: Context) -> Iterator[Diagnostic]:
    """The steps that actions go to exist."""
    steps = list(context.facts.steps)
    for step in context.steps():
        for action in step.actions:
            node = action.step_id
            if node is None or node.text is None or node.text in steps:
                continue
            near = closest(node.text, steps)
            listed = ", ".join(f"`{name}`" for name in steps[:8])
            hint = f"did you mean `{near}`?" if near else f"there is {listed}"
            workflow = context.facts.workflow.workflow_id
            message = f"workflow `{workflow}` has no step `{node.text}`"
            sure = surely(node.text, steps)
            fix = replaced(node, sure) if sure is not None else None
            yield found(reference.UNKNOWN_STEP, node.span, message, hint, fix=fix)


def check_reachable(context: Context) -> Iterator[Diagnostic]:
    """Some way through the workflow leads to every step."""
    for step in context.steps():
        if step.step.step_id not in context.facts.available:
            node = field_of(step.step.node, "stepId") or step.step.node
            message = f"nothing leads to step `{step.step.step_id}`"
            hint = (
                "no code is generated for it: give an earlier action criteria, or remove the step"
            )
            yield found(rules.UNREACHABLE_STEP, node.span, message, hint)


def check_deciding(context: Context) -> Iterator[Diagnostic]:
    """Criteria of success actions decide something: not all lead to the step that follows anyway."""
    for step, following in pairwise(context.steps()):
        next_id = following.step.step_id
        if not all(
            action.type == "goto" and action.step_id is not None and action.step_id.text == next_id
            for action in step.success_actions
        ):
            continue
        for action in step.success_actions:
            if action.criteria:
                name = f"action `{action.name}`"
                message = f"step `{next_id}` follows whether the criteria of {name} hold or not"
                hint = "add an action for when they do not hold, such as `end`, or remove them"
                node = field_of(action.node, "name") or action.node
                yield found(rules.IDLE_CRITERIA, node.span, message, hint)
