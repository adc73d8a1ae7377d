"""What is valid Arazzo but not compiled yet."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import unsupported as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.source.node import Node
from arazzoc.types.bodies import body_kind, content_type
from arazzoc.types.facts import StepFacts
from arazzoc.types.model import ListType, MapType, Record
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.valuation import is_unquoted

__all__ = ["check_supported"]

_CALL_IN_ORDER = "generate the workflows without it, and call their functions in that order"
_OTHER_BODY = (
    "send it in your own code, or as JSON, a URL-encoded form or text where the API takes that"
)
_OTHER_PARAMETER = "write it as text, as it is to stand in the request"

_STYLES = {"path": ("simple",), "header": ("simple",), "cookie": ("form",)}


def check_supported(context: Context) -> Iterator[Diagnostic]:
    """Everything that the workflow uses can be compiled."""
    for node in context.facts.workflow.depends_on:
        message = "`dependsOn` cannot be compiled yet"
        yield found(rules.WORKFLOW_ORDER, node.span, message, _CALL_IN_ORDER)
    for node in context.facts.workflow.outputs.values():
        yield from _selector(node)
    for step in context.steps():
        yield from _step(step)
        yield from _actions(step)
        yield from _body(step)
        for parameter in step.parameters:
            yield from _parameter(step, parameter, context.facts.types)


def _step(step: StepFacts) -> Iterator[Diagnostic]:
    stated = step.step
    if stated.workflow_id is not None:
        message = "a step that runs a workflow cannot be compiled yet"
        hint = "put that workflow's steps here, or call the two functions one after the other"
        yield found(rules.WORKFLOW_CALL, stated.workflow_id.span, message, hint)
    for node in stated.depends_on:
        yield found(rules.WORKFLOW_ORDER, node.span, "`dependsOn` cannot be compiled yet")
    if stated.timeout is not None:
        node = stated.node.get("timeout") or stated.node
        yield found(rules.WORKFLOW_ORDER, node.span, "`timeout` cannot be compiled yet")
    for node in stated.outputs.values():
        yield from _selector(node)


def _actions(step: StepFacts) -> Iterator[Diagnostic]:
    for action in step.actions:
        if action.workflow_id is not None:
            message = f"action `{action.name}` runs a workflow, which cannot be compiled yet"
            yield found(rules.WORKFLOW_CALL, action.workflow_id.span, message)
        if action.type == "retry" and action.step_id is not None:
            message = (
                f"action `{action.name}` retries after another step, which cannot be compiled yet"
            )
            yield found(rules.WORKFLOW_ORDER, action.step_id.span, message)


def _body(step: StepFacts) -> Iterator[Diagnostic]:
    body = step.step.request_body
    if body is None:
        return
    for replacement in body.replacements:
        yield found(rules.BODY, replacement.node.span, "`replacements` cannot be compiled yet")
    name = content_type(step)
    kind = body_kind(name)
    if kind == "unsupported":
        message = f"a body of type `{name}` cannot be compiled yet"
        node = body.node.get("contentType") or body.node
        yield found(rules.BODY, node.span, message, _OTHER_BODY)
    elif kind == "text" and body.payload is not None and body.payload.text is None:
        message = f"a body of type `{name}` has to be text"
        yield found(rules.BODY, body.payload.span, message, "write the payload as text")
    elif kind == "json" and body.payload is not None and _is_template(body.payload):
        message = "a JSON payload written as text cannot be compiled yet"
        yield found(rules.BODY, body.payload.span, message, "write the payload as an object")


def _is_template(payload: Node) -> bool:
    return (
        payload.text is not None
        and payload.text.lstrip()[:1] in ("{", "[")
        and not (payload.text.startswith("{$"))
    )


def _parameter(step: StepFacts, parameter: Parameter, types: SchemaTypes) -> Iterator[Diagnostic]:
    yield from _selector(parameter.value)
    location = parameter.location
    span = parameter.node.span
    if location == "querystring":
        yield found(rules.PARAMETER, span, "`in: querystring` cannot be compiled yet")
        return
    declared = (
        step.operation.parameter(parameter.name, location)
        if step.operation is not None and location is not None
        else None
    )
    if isinstance(parameter.value.value, dict):
        if not is_unquoted(parameter.value):
            message = "an object as a parameter cannot be compiled yet"
            yield found(rules.PARAMETER, parameter.value.span, message, _OTHER_PARAMETER)
        return
    if declared is None:
        return
    shape = types.content(types.of(declared.schema, "")) if declared.schema is not None else None
    name = f"parameter `{parameter.name}`"
    if declared.content is not None:
        yield found(rules.PARAMETER, span, f"{name} with `content` cannot be compiled yet")
    elif isinstance(shape, MapType | Record):
        yield found(rules.PARAMETER, span, f"{name} is an object, which cannot be compiled yet")
    elif declared.location in _STYLES and declared.style not in _STYLES[declared.location]:
        message = f"{name} of style `{declared.style}` cannot be compiled yet"
        yield found(rules.PARAMETER, span, message)
    elif declared.location != "query" and isinstance(shape, ListType):
        message = f"{name} is a list in the {declared.location}, which cannot be compiled yet"
        yield found(rules.PARAMETER, span, message)
    elif declared.location == "query" and declared.allow_reserved:
        message = f"{name} with `allowReserved` cannot be compiled yet"
        yield found(rules.PARAMETER, span, message)
    elif declared.location == "query" and declared.style == "deepObject":
        yield found(rules.PARAMETER, span, f"{name} of style `deepObject` cannot be compiled yet")


def _selector(node: Node) -> Iterator[Diagnostic]:
    if isinstance(node.value, dict) and {"context", "selector", "type"} <= node.value.keys():
        message = "a Selector Object cannot be compiled yet"
        hint = "write an expression with a JSON Pointer, such as `$response.body#/jobs/0/id`"
        yield found(rules.SELECTOR, node.span, message, hint)
