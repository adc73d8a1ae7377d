"""The payload of a step's request against the schema of its body, member by member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.check.misfits import Place, misfit_found, written_at
from arazzoc.diagnostics.model import Diagnostic, Rule
from arazzoc.diagnostics.registry import request as rules
from arazzoc.model.arazzo import RequestBody
from arazzoc.model.openapi import MediaType
from arazzoc.source.node import tokens_of
from arazzoc.suggestion import closest
from arazzoc.types.bodies import content_type, media_of
from arazzoc.types.described import schemas_of
from arazzoc.types.facts import StepFacts
from arazzoc.types.forms import is_text_value
from arazzoc.types.media_kinds import body_kind
from arazzoc.types.misfits import Described, Fault, Misfit, Steps, misfits
from arazzoc.types.payload import payload_of, target_pointer
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Constant, ObjectValue, Value

__all__ = ["check_payloads", "check_unwanted_bodies"]

_RULES: Final[Mapping[Fault, Rule]] = {
    "literal": rules.UNEXPECTED_MEMBER_VALUE,
    "type": rules.UNEXPECTED_MEMBER_TYPE,
    "missing": rules.MISSING_MEMBER,
    "unknown": rules.UNKNOWN_MEMBER,
    "misspelt": rules.MISSPELT_MEMBER,
    "read-only": rules.READ_ONLY_MEMBER,
}
_STRUCTURED: Final = frozenset({"json", "form", "multipart"})
_PATCH: Final = "application/merge-patch+json"
"""Its payload is a part of what the schema describes (RFC 7396)."""


def check_payloads(context: Context) -> Iterator[Diagnostic]:
    """Every payload is what the body's schema takes, as far as that is known."""
    types = context.facts.types
    for step in context.steps():
        body, media = step.step.request_body, content_type(step)
        kind = body_kind(media)
        if body is None or body.payload is None or kind not in _STRUCTURED:
            continue
        before = context.before(step)
        payload = payload_of(step, before)
        if payload is None or payload.value is None or payload.verbatim:
            continue
        if kind != "json" and is_text_value(payload.value):
            continue
        described = partial(schemas_of, view=before)
        for misfit in _misfits(step, payload.value, types, described):
            told = misfit_found(misfit, _RULES, "the payload", _place(body, misfit.path))
            if told is not None:
                yield told


def _misfits(
    step: StepFacts, value: Value, types: SchemaTypes, described: Described
) -> Iterator[Misfit]:
    """What the schema of the content type does not take.

    Where the step does not state one, and the operation declares several, that is what none of them takes.
    """
    body, known = step.step.request_body, media_of(step)
    operation = step.operation
    content = operation.body.content if operation is not None and operation.body else ()
    unstated = body is not None and body.content_type is None
    others = [
        {(each.fault, each.path) for each in _by(media, value, types, described=described)}
        for media in content
        if unstated and media is not known and body_kind(media.name) in _STRUCTURED
    ]
    filled = frozenset(_filled(body))
    for misfit in _by(known, value, types, filled, described) if known is not None else ():
        if all((misfit.fault, misfit.path) in other for other in others):
            yield misfit


def _filled(body: RequestBody | None) -> Iterator[tuple[str, ...]]:
    """The ways to members that replacements put where the payload has none."""
    for replacement in body.replacements if body is not None else ():
        pointer = target_pointer(replacement)
        if isinstance(pointer, str) and pointer.startswith("/") and body and body.payload:
            tokens = tokens_of(pointer)
            if body.payload.at(tokens) is None:
                yield tokens


def _by(
    media: MediaType,
    value: Value,
    types: SchemaTypes,
    filled: frozenset[tuple[str, ...]] = frozenset(),
    described: Described = lambda _: (),
) -> Iterator[Misfit]:
    """What a schema does not take; a patch of a resource lacks nothing."""
    textual = body_kind(media.name) != "json"
    members = _members(value)
    if media.fields and members is not None:
        yield from _in_form(media, members, types)
    found = misfits(value, media.schema, types, textual=textual, filled=filled, described=described)
    for misfit in found:
        if media.name != _PATCH or misfit.fault != "missing":
            yield misfit


def _members(value: Value) -> Mapping[str, Value] | None:
    """The members of an object; None of anything else, and where they are not known."""
    match value:
        case ObjectValue(members):
            return dict(members)
        case Constant(dict() as stated):
            return {name: Constant(member) for name, member in stated.items()}
        case _:
            return None


def _in_form(media: MediaType, given: Mapping[str, Value], types: SchemaTypes) -> Iterator[Misfit]:
    """What the fields of a form of OpenAPI 2.0 do not take (Parameter Object, `in: formData`)."""
    strangers = [name for name in given if name not in media.fields]
    for name, node in media.fields.items():
        required = node.get("required")
        if name in given:
            for misfit in misfits(given[name], node, types, textual=True):
                yield replace(misfit, path=(name, *misfit.path))
            continue
        near = closest(name, strangers)
        if required is not None and required.value is True:
            hint = f"`{near}` was passed; did you mean `{name}`?" if near is not None else None
            yield Misfit("missing", (), f"`{name}`", "", hint, near=near)
        elif near is not None:
            yield Misfit("misspelt", (near,), "", near, f"did you mean `{name}`?")


def check_unwanted_bodies(context: Context) -> Iterator[Diagnostic]:
    """No body is sent where the operation declares none."""
    for step in context.steps():
        operation, body = step.operation, step.step.request_body
        if operation is None or operation.body is not None or body is None or body.payload is None:
            continue
        if operation.node.get("requestBody") is not None or _is_loose(step):
            continue
        name = operation.operation_id or f"{operation.method} {operation.path}"
        message = f"operation `{name}` declares no request body"
        hint = "leave `requestBody` out, or add it to the description"
        if operation.method in ("GET", "HEAD"):
            hint = f"leave `requestBody` out: {operation.method} requests have none"
        yield found(rules.UNWANTED_BODY, body.node.key_span, message, hint)


def _is_loose(step: StepFacts) -> bool:
    """Whether a description of OpenAPI 2.0 has parameters of the body that could not be read."""
    return step.operation is not None and step.operation.version.startswith("2")


def _place(body: RequestBody, path: Steps) -> Place:
    """Where a part of a payload stands: in a replacement, where that put it there."""
    assert body.payload is not None
    for replacement in reversed(body.replacements):
        pointer = target_pointer(replacement)
        if isinstance(pointer, str) and pointer.startswith("/"):
            tokens = tokens_of(pointer)
            if tuple(map(str, path[: len(tokens)])) == tokens:
                return written_at(replacement.value, path[len(tokens) :])
    return written_at(body.payload, path)
