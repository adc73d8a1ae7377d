"""Rules that say nothing new of a workflow that could not be read as it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import criterion as criterion_rules
from arazzoc.diagnostics.registry import flow as flow_rules
from arazzoc.diagnostics.registry import reference as reference_rules
from arazzoc.model.arazzo import Workflow
from arazzoc.model.field_names import field_of

__all__ = ["unsure_rules"]

_OF_THE_WAY: Final = (
    criterion_rules.ENDLESS_LOOP,
    criterion_rules.SHADOWED_ACTION,
    flow_rules.IDLE_CRITERIA,
    flow_rules.UNREACHABLE_STEP,
    reference_rules.OPTIONAL_INPUT_NEEDED,
)
"""Rules on the way through a workflow, which is not known where an action or a criterion is not."""


def unsure_rules(workflow: Workflow, *, lost: bool) -> Iterator[Rule]:
    """The rules that would only repeat what was found when the workflow was read.

    Args:
        workflow: The workflow.
        lost: Whether a reference in its inputs leads nowhere.
    """
    inputs, steps = field_of(workflow.node, "inputs"), field_of(workflow.node, "steps")
    if lost or (inputs is not None and workflow.inputs is None):
        yield reference_rules.UNKNOWN_INPUT
    stated = None if steps is None else steps.value
    named = [step for step in workflow.steps if field_of(step.node, "stepId") is not None]
    if not isinstance(stated, list) or not stated or len(named) < len(stated):
        yield reference_rules.UNKNOWN_STEP
    ids = [field_of(step.node, "stepId") for step in workflow.steps]
    texts = [each.text for each in ids if each is not None]
    if len(set(texts)) < len(texts):
        yield from (reference_rules.UNKNOWN_STEP, reference_rules.UNKNOWN_OUTPUT)
    if not workflow.sound:
        yield from _OF_THE_WAY
