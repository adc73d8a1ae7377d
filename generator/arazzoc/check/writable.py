"""What media types can state: payloads, fields of forms, parameters with `content`, and whole queries."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import operation as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import ApiKey
from arazzoc.model.unfilled import unfilled
from arazzoc.runtime.styles import as_cookie
from arazzoc.types.bodies import content_type
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.forms import encodings_of, is_file_type, is_text_value, members_of
from arazzoc.types.media_kinds import body_kind, is_xml, takes_json
from arazzoc.types.payload import payload_of
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.shapes import shape_of
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Constant, Embedded, Value

__all__ = ["check_whole_queries", "check_writable", "other_types", "refused_body"]

_AS_TEXT = (
    "write it as text with expressions in it, or send JSON or a form where the API takes that"
)
_AS_XML = "write the XML as text with expressions in it, such as `<id>{$inputs.id}</id>`"


def check_writable(context: Context) -> Iterator[Diagnostic]:
    """Every payload and every parameter can be written in its media type."""
    for step in context.steps():
        if step.step.asyncapi:
            continue
        view = context.before(step)
        for parameter in step.parameters:
            yield from _parameter(step, parameter, view)
        body, reason = step.step.request_body, refused_body(step, view)
        if body is None or body.payload is None or reason is None or other_types(step):
            continue  # where the operation does not take the type, that is what is told
        yield found(rules.UNWRITABLE_VALUE, body.payload.span, *reason)


def refused_body(step: StepFacts, view: Viewpoint) -> tuple[str, str] | None:
    """Why a step's payload cannot be sent as a body of its type, and what to do; None where it can."""
    payload = payload_of(step, view)
    if payload is None or payload.value is None:
        return None
    return _refused_body(step, payload.value, view.facts.types)


def other_types(step: StepFacts) -> tuple[str, ...]:
    """The media types that the operation takes, where that of the step's body is none of them."""
    operation, body = step.operation, step.step.request_body
    if operation is None or operation.body is None or body is None:
        return ()
    names = tuple(media.name for media in operation.body.content)
    sent = content_type(step).partition(";")[0].strip().lower()
    known = sent in names or any("*" in name for name in (*names, body.content_type or ""))
    return () if known else names


def _refused_body(step: StepFacts, value: Value, types: SchemaTypes) -> tuple[str, str] | None:
    """Why a payload cannot be sent as a body of its type, and what to do; None where it can."""
    name, shape = content_type(step), shape_of(value, types)
    what, kind = f"a body of type `{name}`", body_kind(name)
    is_text = is_text_value(value)
    if kind == "multipart" and shape not in ("object", "any"):
        return f"{what} has to be an object", "write a member for each part"
    if kind == "form" and shape not in ("object", "any") and not is_text:
        return f"{what} has to be an object or text", "write the payload as an object"
    if kind in ("form", "multipart"):
        return None if is_text else _refused_member(step, value, types)
    return _refused(what, name, value, types)


def _refused_member(step: StepFacts, value: Value, types: SchemaTypes) -> tuple[str, str] | None:
    """Why a member of a form cannot be written as its `encoding` says."""
    encodings = encodings_of(step)
    for name, member in members_of(value) or ():
        encoding = encodings.get(name)
        media = encoding.content_type if encoding is not None and encoding.style is None else None
        if media is not None and shape_of(member, types) == "object":
            reason = _refused(f"`{name}`, which is of type `{media}`,", media, member, types)
            if reason is not None:
                return reason
    return None


def _parameter(step: StepFacts, parameter: Parameter, view: Viewpoint) -> Iterator[Diagnostic]:
    location = parameter.location
    if step.operation is None or location is None:
        return
    declared = step.operation.parameter(parameter.name, location)
    value = value_of(parameter.value, view).value
    has_content = declared is not None and declared.content is not None
    if location == "header" and not has_content and not _is_header(value):
        message = f"header `{parameter.name}` holds what no header can: it is not printable ASCII"
        hint = "write it as the API wants it encoded, such as `%C3%A9` for `é`"
        yield found(rules.UNWRITABLE_VALUE, parameter.value.span, message, hint)
    if declared is None or value is None:
        return
    if declared.style == "cookie" and not _is_cookie(value):
        message = (
            f"cookie `{parameter.name}` holds what a cookie cannot, and its style escapes nothing"
        )
        hint = "write it percent-encoded, such as `%3B` for a semicolon"
        yield found(rules.UNWRITABLE_VALUE, parameter.value.span, message, hint)
    if declared.content is None:
        return
    media = declared.content.name
    what = f"parameter `{parameter.name}`, which is of type `{media}`,"
    reason = _refused(what, media, value, view.facts.types)
    if is_file_type(value.type) and takes_json(media):
        reason = f"{what} cannot be made of a file", "pass the text that the file holds"
    if reason is not None:
        yield found(rules.UNWRITABLE_VALUE, parameter.value.span, *reason)


def _is_header(value: Value | None) -> bool:
    """Whether a header can hold the value, as far as the document states it."""
    parts = value.parts if isinstance(value, Embedded) else (value,)
    stated = [part.value if isinstance(part, Constant) else part for part in parts]
    return all(part.isascii() and part.isprintable() for part in stated if isinstance(part, str))


def _is_cookie(value: Value) -> bool:
    """Whether a cookie of style `cookie` can hold the value, as far as the document states it."""
    try:
        as_cookie(value.value if isinstance(value, Constant) else None)
    except ValueError:
        return False
    return True


def _refused(what: str, media: str, value: Value, types: SchemaTypes) -> tuple[str, str] | None:
    """Why a value is no text of a media type: surely an object or a list, which it has no form for."""
    shape = shape_of(value, types)
    if body_kind(media) == "form":
        is_list = shape == "list"
        return (f"{what} cannot be made of a list", "write an object") if is_list else None
    if takes_json(media):
        return None
    if shape not in ("object", "list"):
        return None
    noun = "an object" if shape == "object" else "a list"
    return f"{what} cannot be made of {noun}", _AS_XML if is_xml(media) else _AS_TEXT


def check_whole_queries(context: Context) -> Iterator[Diagnostic]:
    """Nothing stands in the query beside a parameter that is the whole of it."""
    for step in context.steps():
        whole = next((each for each in step.parameters if each.location == "querystring"), None)
        if whole is None or step.operation is None:
            continue
        name = f"parameter `{whole.name}` is the whole query"
        for other in step.parameters:
            if other.location == "query":
                message = f"{name}, and `{other.name}` cannot stand beside it"
                hint = "make it a part of the value that is the whole query"
                yield found(rules.CROWDED_QUERY, other.node.span, message, hint)
        declared = step.operation.parameter(whole.name, "querystring")
        media = declared.content.name if declared is not None and declared.content else "text/plain"
        key = _key(step)
        if key is not None and body_kind(media) != "form":
            message = f"{name}, and the key `{key.parameter}` of `{key.name}` has no place in it"
            hint = "let the description put the key into a header, or the query be a form"
            yield found(rules.CROWDED_QUERY, whole.node.span, message, hint)


def _key(step: StepFacts) -> ApiKey | None:
    """The key that the operation wants in the query beside what the step passes; None where it wants none."""
    asked = unfilled(step.operation, step.parameters) if step.operation is not None else ()
    keys = (scheme for scheme in asked if isinstance(scheme, ApiKey))
    return next((scheme for scheme in keys if scheme.location == "query"), None)
