"""Reads Step Objects."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.model import Related
from arazzoc.diagnostics.registry import document as rules
from arazzoc.diagnostics.registry.unsupported import ASYNCAPI_STEP
from arazzoc.model.arazzo import Parameter, Replacement, RequestBody, Step
from arazzoc.model.field_names import field_of
from arazzoc.model.parts import Parts
from arazzoc.model.read_action import unique_actions
from arazzoc.model.read_criterion import criterion
from arazzoc.model.read_parameter import to_operation, to_workflow, unique_parameters
from arazzoc.model.read_scalar import Choice, identifier, text, text_node, whole_number
from arazzoc.model.read_selector import output, selector_type, value
from arazzoc.model.shape import Fields, Reading, anything, listed, mapped, open_object
from arazzoc.source.node import Node

__all__ = ["OPERATION_FIELDS", "StepReader", "depends_on"]

OPERATION_FIELDS: Final = ("operationId", "operationPath", "channelPath")
"""Fields by which a step names an operation; parameters of such a step need a location."""

_TARGETS: Final = (*OPERATION_FIELDS, "workflowId")
_ASYNCAPI_FIELDS: Final = ("channelPath", "action", "correlationId")

_STEP_REFERENCE: Final = re.compile(
    r"[^$].*|\$workflows\.[^.]+\.steps\.[^.]+|\$sourceDescriptions\.[^.]+\.[^.]+\.steps\.[^.]+"
)
_SOURCE_OPERATION: Final = re.compile(r"\{?\$sourceDescriptions\.([^.#}]+)")

_ACTION: Final = Choice(("send", "receive"))
_CRITERIA: Final = listed(
    criterion, empty="remove it to accept every 2xx status, or add a criterion"
)
_OUTPUTS: Final = mapped(output, "output")


class StepReader:
    """Reads the steps of one document."""

    def __init__(self, parts: Parts) -> None:
        """Takes the readers of parts that may be references to components."""
        self._parts = parts

    def __call__(self, node: Node, reading: Reading) -> Step | None:
        """Reads a Step Object; one without an id gets the empty one."""
        fields = open_object(node, "step", reading)
        if fields is None:
            return None
        parts = self._parts
        step = Step(
            node,
            fields.required("stepId", identifier) or "",
            fields.optional("description", text),
            fields.optional("operationId", text_node),
            fields.optional("operationPath", text_node),
            fields.optional("workflowId", text_node),
            _placed(fields.optional("parameters", parts.parameters), node, reading),
            fields.optional("requestBody", request_body),
            fields.optional("successCriteria", _CRITERIA) or (),
            unique_actions(fields.optional("onSuccess", parts.success_actions), reading),
            unique_actions(fields.optional("onFailure", parts.failure_actions), reading),
            fields.optional("outputs", _OUTPUTS) or {},
            fields.optional("timeout", _milliseconds, since=1),
            fields.optional("dependsOn", _STEP_DEPENDS_ON, since=1) or (),
        )
        asyncapi = _read_asyncapi(fields, step, reading)
        fields.finish()
        _check_targets(step, reading)
        return _with_one_target(replace(step, asyncapi=asyncapi), reading)


def _with_one_target(step: Step, reading: Reading) -> Step:
    """The step with the first thing alone that it says it calls: what excludes what has been reported."""
    first = next(iter(_targets(step.node, reading)), None)

    def kept(node: Node | None) -> Node | None:
        return node if node is not None and first is not None and node.path == first.path else None

    return replace(
        step,
        operation_id=kept(step.operation_id),
        operation_path=kept(step.operation_path),
        workflow_id=kept(step.workflow_id),
    )


def request_body(node: Node, reading: Reading) -> RequestBody | None:
    """Reads a Request Body Object."""
    fields = open_object(node, "request body", reading)
    if fields is None:
        return None
    body = RequestBody(
        node,
        fields.optional("contentType", text),
        fields.optional("payload", anything),
        fields.optional("replacements", _REPLACEMENTS) or (),
    )
    fields.finish()
    return body


def depends_on(node: Node, reading: Reading) -> tuple[Node, ...] | None:
    """Reads a `dependsOn`: a list that names each thing once."""
    first: dict[str, Node] = {}
    for item in _TEXTS(node, reading) or ():
        other = first.setdefault(item.text or "", item)
        if other is not item:
            reading.report(
                rules.DUPLICATE_ID,
                item.span,
                f"`{item.text}` is listed twice",
                hint="remove one of the two",
                related=(Related(other.span, "the first one is here"),),
            )
    return tuple(first.values())


def _milliseconds(node: Node, reading: Reading) -> int | None:
    value = whole_number(node, reading)
    if value == 0:
        hint = "state the milliseconds that the step may take, or remove the field"
        message = "`timeout` must be a whole number above 0"
        reading.report(rules.WRONG_TYPE, node.span, message, hint=hint)
        return None
    return value


def _step_depends_on(node: Node, reading: Reading) -> tuple[Node, ...] | None:
    if node.value == []:
        reading.report(
            rules.EMPTY_LIST, node.span, "`dependsOn` has no entry", hint="remove the field"
        )
    items = depends_on(node, reading) or ()
    for item in items:
        if not _STEP_REFERENCE.fullmatch(item.text or ""):
            reading.report(
                rules.WRONG_VALUE,
                item.span,
                f"`{item.text}` does not name a step",
                hint="write the `stepId`, or `$workflows.WORKFLOW.steps.STEP`",
            )
    return items


def _replacement(node: Node, reading: Reading) -> Replacement | None:
    fields = open_object(node, "payload replacement", reading)
    if fields is None:
        return None
    target = fields.required("target", text_node)
    selector = fields.optional("targetSelectorType", selector_type, since=1)
    given = fields.required("value", value)
    fields.finish()
    if target is None or given is None:
        return None
    kind = None if selector is None else selector.type
    return Replacement(node, target, given, kind, None if selector is None else selector.version)


_TEXTS: Final = listed(text_node)
_STEP_DEPENDS_ON: Final = _step_depends_on
_REPLACEMENTS: Final = listed(_replacement)


def _placed(
    parameters: tuple[Parameter, ...] | None, node: Node, reading: Reading
) -> tuple[Parameter, ...]:
    """The step's parameters, checked for what the step calls."""
    if any(field_of(node, key) for key in OPERATION_FIELDS):
        return unique_parameters(to_operation(parameters or (), reading), reading)
    if field_of(node, "workflowId") is not None:
        where = "a step that calls a workflow"
        return unique_parameters(to_workflow(parameters or (), where, reading), reading)
    return unique_parameters(parameters, reading)


def _read_asyncapi(fields: Fields, step: Step, reading: Reading) -> bool:
    """Reads the fields of AsyncAPI steps, which are not compiled: one finding a step says so."""
    channel = fields.optional("channelPath", text_node, since=1)
    action = fields.optional("action", _ACTION, since=1)
    fields.optional("correlationId", anything, since=1)
    if not reading.minor:
        return False
    _check_asyncapi(step, channel, action, reading)
    stated = next((key for key in _ASYNCAPI_FIELDS if fields.has(key)), None)
    if stated is None and not _calls_asyncapi(step, reading):
        return False
    if step.workflow_id is not None and channel is None:
        return False
    key = stated or "operationId"
    member = field_of(step.node, key)
    reading.report(
        ASYNCAPI_STEP,
        member.key_span if member else step.node.span,
        f"step `{step.step_id}` sends or receives AsyncAPI messages, which is not supported yet",
        hint="the workflow is left out; the document's other workflows are generated",
    )
    return True


def _check_asyncapi(step: Step, channel: Node | None, action: str | None, reading: Reading) -> None:
    """Holds the fields of AsyncAPI steps against each other (Arazzo 1.1.0, Step Object)."""
    stated = field_of(step.node, "action")
    waits = field_of(step.node, "correlationId")
    for member in (stated, waits):
        if member is not None and step.workflow_id is not None:
            _exclude(field_of(step.node, "workflowId") or step.node, member, reading)
    if stated is None and (needs := channel or waits) is not None and step.workflow_id is None:
        reading.report(
            rules.MISSING_FIELD,
            needs.key_span,
            f"step `{step.step_id}` has no `action`, which is required with `{needs.path[-1]}`",
            hint="add `action: send` or `action: receive`" if channel else "add `action: receive`",
        )
    if stated is not None and waits is not None and action == "send":
        reading.report(
            rules.CONFLICTING_FIELDS,
            waits.key_span,
            "`correlationId` and `action: send` exclude each other",
            hint="remove it: only a step that receives waits for a message with an id",
            related=(Related(stated.key_span, "the message is sent here"),),
        )
    kinds = set(reading.source_types.values())
    if channel is not None and kinds and not kinds & {"asyncapi", None}:
        reading.report(
            rules.WRONG_VALUE,
            channel.span,
            f"`{channel.text}` cannot be a channel: no source description is of type `asyncapi`",
            hint="name an operation of OpenAPI by `operationId` or `operationPath`",
        )


def _calls_asyncapi(step: Step, reading: Reading) -> bool:
    """Whether the step's operation is one of an AsyncAPI source, as far as its name tells."""
    target = step.operation_id or step.operation_path
    if target is None:
        return False
    named = _SOURCE_OPERATION.match(target.text or "")
    if named:
        return reading.source_types.get(named[1]) == "asyncapi"
    kinds = {kind for kind in reading.source_types.values() if kind != "arazzo"}
    return kinds == {"asyncapi"}


def _check_targets(step: Step, reading: Reading) -> None:
    stated = _targets(step.node, reading)
    if not stated:
        reading.report(
            rules.MISSING_TARGET,
            step.node.span,
            f"step `{step.step_id}` calls nothing",
            hint="add one of `operationId`, `operationPath` and `workflowId`",
        )
    for other in stated[1:]:
        _exclude(stated[0], other, reading)
    body = field_of(step.node, "requestBody")
    if body is not None and step.workflow_id is not None and len(stated) == 1:
        reading.report(
            rules.MISPLACED_FIELD,
            body.key_span,
            "`requestBody` has no effect on a step that calls a workflow",
            hint="pass the workflow's inputs as `parameters`",
        )


def _targets(node: Node, reading: Reading) -> list[Node]:
    """What the step at `node` says that it calls, in the order written."""
    known = [key for key in _TARGETS if reading.minor or key != "channelPath"]
    found = (field_of(node, key) for key in known)
    stated = {member.path[-1]: member for member in found if member is not None}
    return [stated[key] for key, _ in node.members() if key in stated]


def _exclude(first: Node, other: Node, reading: Reading) -> None:
    reading.report(
        rules.CONFLICTING_FIELDS,
        other.key_span,
        f"`{other.path[-1]}` and `{first.path[-1]}` exclude each other",
        hint="keep the one that is meant",
        related=(Related(first.key_span, "the other one is here"),),
    )
