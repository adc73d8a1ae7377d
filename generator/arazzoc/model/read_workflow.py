"""Reads Workflow Objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.model import Related
from arazzoc.diagnostics.registry import document as rules
from arazzoc.model.arazzo import Step, Workflow
from arazzoc.model.field_names import field_of
from arazzoc.model.order import in_order
from arazzoc.model.parts import Parts
from arazzoc.model.read_action import unique_actions
from arazzoc.model.read_parameter import to_operation, unique_parameters
from arazzoc.model.read_scalar import identifier, text
from arazzoc.model.read_selector import output
from arazzoc.model.read_step import OPERATION_FIELDS, StepReader, depends_on
from arazzoc.model.shape import Reading, found, listed, mapped, open_object
from arazzoc.source.node import Node

__all__ = ["WorkflowReader"]

_OUTPUTS: Final = mapped(output, "output")


class WorkflowReader:
    """Reads the workflows of one document."""

    def __init__(self, parts: Parts) -> None:
        """Takes the readers of parts that may be references to components."""
        self._parts = parts
        self._steps = listed(StepReader(parts), empty="add a step")

    def __call__(self, node: Node, reading: Reading) -> Workflow | None:
        """Reads a Workflow Object; one without an id gets the empty one."""
        before = reading.errors
        fields = open_object(node, "workflow", reading)
        if fields is None:
            return None
        workflow_id = fields.required("workflowId", identifier) or ""
        steps = fields.required("steps", self._steps) or ()
        summary = fields.optional("summary", text)
        description = fields.optional("description", text)
        inputs = fields.optional("inputs", _schema)
        needs = fields.optional("dependsOn", depends_on) or ()
        parameters = unique_parameters(
            fields.optional("parameters", self._parts.parameters), reading
        )
        on_success = fields.optional("successActions", self._parts.success_actions)
        on_failure = fields.optional("failureActions", self._parts.failure_actions)
        outputs = fields.optional("outputs", _OUTPUTS) or {}
        fields.finish()
        steps = tuple(_told_apart(steps, reading))
        steps = in_order(steps, (*(on_success or ()), *(on_failure or ())), workflow_id)
        if any(field_of(step.node, key) for step in steps for key in OPERATION_FIELDS):
            parameters = to_operation(parameters, reading)
        return Workflow(
            node,
            workflow_id,
            steps,
            summary,
            description,
            inputs,
            needs,
            parameters,
            unique_actions(on_success, reading),
            unique_actions(on_failure, reading),
            outputs,
            sound=reading.errors == before,
        )


def _schema(node: Node, reading: Reading) -> Node | None:
    """Reads a JSON Schema 2020-12: a mapping or, rarely, `true` or `false`."""
    if isinstance(node.value, (dict, bool)):
        return node
    reading.report(
        rules.WRONG_TYPE,
        node.span,
        f"`inputs` must be a JSON Schema, not {found(node.value)}",
        hint="write a mapping, such as `type: object` with `properties`",
    )
    return None


def _told_apart(steps: tuple[Step, ...], reading: Reading) -> Iterator[Step]:
    """The steps; those that share an id are reported, and told apart so that all can be looked at."""
    named: dict[str, list[Step]] = {}
    for step in steps:
        others = named.setdefault(step.step_id, [])
        others.append(step)
        if others[0] is step:
            yield step
            continue
        if step.step_id:
            reading.report(
                rules.DUPLICATE_ID,
                (field_of(step.node, "stepId") or step.node).span,
                f"there are two steps `{step.step_id}` in this workflow",
                hint="rename one of the two, and the expressions that mean it",
                related=(
                    Related(
                        (field_of(others[0].node, "stepId") or others[0].node).span,
                        "the first one is here",
                    ),
                ),
            )
        yield replace(step, step_id=f"{step.step_id} ({len(others)})".lstrip())
