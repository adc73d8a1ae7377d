"""Steps that depend on others: these have succeeded whenever the step begins.

`dependsOn` of a step starts nothing (Arazzo 1.1.0, Step Object). Steps run one after another, in the order
that they have since they were read and as actions lead: whether it is kept to is known before anything runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import flow as rules
from arazzoc.diagnostics.registry import reference
from arazzoc.source.node import Node
from arazzoc.suggestion import closest
from arazzoc.types.facts import StepFacts, WorkflowFacts
from arazzoc.types.returns import at_the_end

__all__ = ["check_prerequisites"]

_ELSEWHERE: Final = re.compile(
    r"(?P<owner>\$workflows\.[^.]+|\$sourceDescriptions\.[^.]+\.[^.]+)\.steps\.(?P<step>.+)"
)
_MOST_LISTED: Final = 8


def check_prerequisites(context: Context) -> Iterator[Diagnostic]:
    """No way leads to a step before all that it depends on has succeeded."""
    own = f"$workflows.{context.facts.workflow.workflow_id}"
    for step in context.steps():
        # Messages come when they come: steps that wait for them are refused anyway.
        for node in () if step.step.asyncapi else step.step.depends_on:
            elsewhere = _ELSEWHERE.fullmatch(node.text or "")
            if elsewhere is None:
                yield from _local(context, step, node, node.text or "")
            elif elsewhere["owner"] == own:
                yield from _local(context, step, node, elsewhere["step"])
            else:
                yield from _of_other(context, step, node, elsewhere)


def _local(context: Context, step: StepFacts, node: Node, needed: str) -> Iterator[Diagnostic]:
    step_id, available = step.step.step_id, context.before(step).available
    if needed == step_id:
        message = f"step `{step_id}` depends on itself"
        yield found(rules.UNMET_PREREQUISITE, node.span, message, "remove the entry")
    elif needed not in context.facts.steps:
        yield _unknown(node, needed, context.facts)
    elif needed not in available.possibly:
        message = f"step `{step_id}` depends on `{needed}`, which never runs before it"
        hint = f"let step `{needed}` run before it: `dependsOn` runs nothing by itself"
        yield found(rules.UNMET_PREREQUISITE, node.span, message, hint)
    elif needed not in available.surely:
        message = f"some way leads to step `{step_id}` without `{needed}`, which it depends on"
        hint = "change the actions that lead past it, or remove the entry"
        yield found(rules.UNMET_PREREQUISITE, node.span, message, hint)


def _of_other(
    context: Context, step: StepFacts, node: Node, needed: re.Match[str]
) -> Iterator[Diagnostic]:
    callee = _run_before(context, step, needed["owner"])
    if callee is None:
        message = f"`{needed['owner']}` does not surely run before step `{step.step.step_id}`"
        hint = (
            "run that workflow with an earlier step, or name it in the `dependsOn` of the workflow"
        )
        yield found(rules.UNMET_PREREQUISITE, node.span, message, hint)
    elif needed["step"] not in callee.steps:
        yield _unknown(node, needed["step"], callee)
    elif needed["step"] not in at_the_end(callee).surely:
        message = f"`{needed['owner']}` may end without step `{needed['step']}`"
        hint = "change its actions so that it always runs, or remove the entry"
        yield found(rules.UNMET_PREREQUISITE, node.span, message, hint)


def _run_before(context: Context, step: StepFacts, owner: str) -> WorkflowFacts | None:
    """The workflow which expressions call `owner`, if it has surely run when the step begins."""
    surely = context.before(step).available.surely
    for dependency in context.facts.dependencies:
        if dependency.owner == owner:
            return dependency.workflow
    for other in context.steps():
        if other.owner == owner and other.step.step_id in surely:
            return other.callee
    return None


def _unknown(node: Node, step_id: str, facts: WorkflowFacts) -> Diagnostic:
    near = closest(step_id, facts.steps)
    hint = f"did you mean `{near}`?" if near else f"there is {_listed(facts.steps)}"
    message = f"workflow `{facts.workflow.workflow_id}` has no step `{step_id}`"
    return found(reference.UNKNOWN_STEP, node.span, message, hint)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in list(names)[:_MOST_LISTED])
