"""What is valid Arazzo but not compiled yet."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import expression
from arazzoc.diagnostics.registry import unsupported as rules
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import ApiKey
from arazzoc.types.bodies import BodyKind, body_kind, content_type
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.forms import encodings_of, is_text_value, members_of
from arazzoc.types.payload import payload_of, selector_of, target_pointer
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.shapes import shape_of
from arazzoc.types.value import ListValue, Value

__all__ = ["check_supported"]

_AS_OBJECT = "write the payload as an object"
_OTHER_BODY = "send it in your own code, or as JSON, a form, text or bytes where the API takes that"


def check_supported(context: Context) -> Iterator[Diagnostic]:
    """Everything that the workflow uses can be compiled."""
    for step in context.steps():
        if step.step.asyncapi:
            continue
        yield from _body(step, context.before(step))
        for parameter in step.parameters:
            yield from _parameter(step, parameter)


def _body(step: StepFacts, view: Viewpoint) -> Iterator[Diagnostic]:
    body = step.step.request_body
    if body is None:
        return
    name = content_type(step)
    for replacement in body.replacements:
        if selector_of(replacement, name) == "xpath":
            continue
        pointer = target_pointer(replacement)
        if isinstance(pointer, SyntaxProblem):
            span = replacement.target.part(pointer.start, pointer.end)
            yield found(expression.INVALID_JSONPATH, span, pointer.message, pointer.hint)
        elif pointer is None:
            message = "a JSONPath that only a run knows cannot be compiled"
            yield found(rules.BODY, replacement.target.span, message, "write a JSON Pointer")
    kind = body_kind(name)
    if body.payload is not None:
        payload = payload_of(step, view)
        value = payload.value if payload is not None else None
        types = view.facts.types
        reason = _refused_payload(step, kind, value, types) if value is not None else None
        if reason is not None:
            yield found(rules.BODY, body.payload.span, *reason)


def _refused_payload(
    step: StepFacts, kind: BodyKind, value: Value, types: SchemaTypes
) -> tuple[str, str] | None:
    """Why a payload cannot be sent as a body of that kind, and what to do; None where it can."""
    name, members, shape = content_type(step), members_of(value), shape_of(value, types)
    is_text = is_text_value(value)
    if kind in ("text", "binary") and (members is not None or isinstance(value, ListValue)):
        noun = "text" if kind == "text" else "bytes or text"
        return f"a body of type `{name}` has to be {noun}", "write the payload as text"
    if kind == "multipart" and shape not in ("object", "any"):
        return f"a body of type `{name}` has to be an object", "write a member for each part"
    if kind == "form" and shape not in ("object", "any") and not is_text:
        return f"a body of type `{name}` has to be an object or text", _AS_OBJECT
    if kind not in ("form", "multipart") or is_text:
        return None
    for member, encoding in encodings_of(step).items():
        if kind == "multipart" and encoding.style == "deepObject":
            return f"`{member}` cannot be a part of style `deepObject` yet", _OTHER_BODY
    return None


def _parameter(step: StepFacts, parameter: Parameter) -> Iterator[Diagnostic]:
    reason = _refusal(step, parameter)
    if reason is not None:
        message = f"{reason}, which cannot be compiled yet"
        yield found(rules.PARAMETER, parameter.node.span, message)


def _refusal(step: StepFacts, parameter: Parameter) -> str | None:
    """Why a parameter cannot be compiled; None where it can."""
    location = parameter.location
    if step.operation is None or location is None:
        return None
    declared = step.operation.parameter(parameter.name, location)
    media = declared.content.name if declared is not None and declared.content is not None else None
    name = f"parameter `{parameter.name}`"
    if (
        media is not None
        and body_kind(media) in ("multipart", "binary")
        and location != "querystring"
    ):
        return f"{name} is of type `{media}`"
    if location == "querystring" and _has_other_query(step, media):
        return f"{name} is the whole query, and there is more in it"
    return None


def _has_other_query(step: StepFacts, media: str | None) -> bool:
    """Whether something else goes into the query beside one that is no form."""
    keys = [
        scheme
        for alternative in (
            (*step.operation.security, step.operation.keys) if step.operation is not None else ()
        )
        for scheme in alternative
        if isinstance(scheme, ApiKey) and scheme.location == "query"
    ]
    others = [parameter for parameter in step.parameters if parameter.location == "query"]
    return body_kind(media or "text/plain") != "form" and bool(keys or others)
