"""What is valid Arazzo but not compiled yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.check.shapes import misfit
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import unsupported as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import OperationParameter
from arazzoc.source.node import Node
from arazzoc.types.bodies import body_kind, content_type
from arazzoc.types.facts import StepFacts
from arazzoc.types.model import STR, AnyType, ListType, MapType, Record, Type
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.valuation import is_unquoted, value_of

__all__ = ["check_supported"]

_OTHER_BODY = (
    "send it in your own code, or as JSON, a URL-encoded form or text where the API takes that"
)

_STYLES: Final[Mapping[str, tuple[str, ...]]] = {
    "path": ("simple",),
    "header": ("simple",),
    "cookie": ("form",),
    "query": ("form", "spaceDelimited", "pipeDelimited"),
}


def check_supported(context: Context) -> Iterator[Diagnostic]:
    """Everything that the workflow uses can be compiled."""
    for node in context.facts.workflow.outputs.values():
        yield from _selector(node)
    for step in context.steps():
        yield from _step(step)
        yield from _body(step, context)
        for parameter in step.parameters:
            yield from _parameter(step, parameter, context)


def _step(step: StepFacts) -> Iterator[Diagnostic]:
    stated = step.step
    for node in stated.depends_on:
        yield found(rules.WORKFLOW_ORDER, node.span, "`dependsOn` cannot be compiled yet")
    if stated.timeout is not None:
        node = stated.node.get("timeout") or stated.node
        yield found(rules.WORKFLOW_ORDER, node.span, "`timeout` cannot be compiled yet")
    for node in stated.outputs.values():
        yield from _selector(node)


def _body(step: StepFacts, context: Context) -> Iterator[Diagnostic]:
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
    elif kind == "form" and body.payload is not None:
        value = value_of(body.payload, context.before(step)).value
        if value is not None and not _is_form(value.type, context.facts.types):
            message = f"a body of type `{name}` has to be an object or text"
            yield found(rules.BODY, body.payload.span, message, "write the payload as an object")


def _is_form(given: Type, types: SchemaTypes) -> bool:
    """Whether a value of the type can be a URL-encoded form, as far as is known."""
    content = types.content(given)
    return content == STR or isinstance(content, AnyType | MapType | Record)


def _is_template(payload: Node) -> bool:
    return (
        payload.text is not None
        and payload.text.lstrip()[:1] in ("{", "[")
        and not (payload.text.startswith("{$"))
    )


def _parameter(step: StepFacts, parameter: Parameter, context: Context) -> Iterator[Diagnostic]:
    yield from _selector(parameter.value)
    value = value_of(parameter.value, context.before(step)).value
    types = context.facts.types
    reason = _refusal(step, parameter, types)
    if reason is None and value is not None and misfit(context, step, parameter) is None:
        reason = _refused_type(parameter, types.content(value.type))
    if reason is not None:
        message = f"{reason}, which cannot be compiled yet"
        yield found(rules.PARAMETER, parameter.node.span, message)


def _refusal(step: StepFacts, parameter: Parameter, types: SchemaTypes) -> str | None:
    """Why a parameter cannot be compiled; None where it can."""
    location = parameter.location
    if location == "querystring":
        return "this parameter is a whole query string"
    if isinstance(parameter.value.value, list) and location not in ("query", None):
        return f"parameter `{parameter.name}` is given a list in the {location}"
    if isinstance(parameter.value.value, dict) and location is not None:
        if is_unquoted(parameter.value) or _is_selector(parameter.value):
            return None
        return f"parameter `{parameter.name}` is given an object"
    if step.operation is None or location is None:
        return None
    declared = step.operation.parameter(parameter.name, location)
    return _refused_style(declared, types) if declared is not None else None


def _refused_type(parameter: Parameter, given: Type) -> str | None:
    """Why a parameter cannot be given a value of that type: only lists in queries have a form in URLs."""
    if parameter.location is None:  # an input of a workflow
        return None
    if isinstance(given, MapType | Record):
        return f"parameter `{parameter.name}` is given an object"
    if isinstance(given, ListType) and parameter.location != "query":
        return f"parameter `{parameter.name}` is given a list in the {parameter.location}"
    return None


def _refused_style(declared: OperationParameter, types: SchemaTypes) -> str | None:
    name, location, style = f"parameter `{declared.name}`", declared.location, declared.style
    schema = declared.schema
    shape = types.content(types.of(schema, "")) if schema is not None else None
    reasons = (
        (declared.content is not None, "is described by `content`"),
        (isinstance(shape, MapType | Record), "is an object"),
        (style not in _STYLES.get(location, (style,)), f"has style `{style}`"),
        (location != "query" and isinstance(shape, ListType), f"is a list in the {location}"),
        (declared.allow_reserved, "has `allowReserved`"),
    )
    reason = next((text for applies, text in reasons if applies), None)
    return f"{name} {reason}" if reason is not None else None


def _is_selector(node: Node) -> bool:
    return isinstance(node.value, dict) and {"context", "selector", "type"} <= node.value.keys()


def _selector(node: Node) -> Iterator[Diagnostic]:
    if _is_selector(node):
        message = "a Selector Object cannot be compiled yet"
        hint = "write an expression with a JSON Pointer, such as `$response.body#/jobs/0/id`"
        yield found(rules.SELECTOR, node.span, message, hint)
