"""A step's payload as the body that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzoc.ir.graph import (
    BinaryBody,
    Body,
    FormBody,
    FormPart,
    JsonBody,
    MultipartBody,
    QueryItem,
    RawBody,
)
from arazzoc.ir.notation import FORM, SEPARATORS, Notation
from arazzoc.model.openapi import Encoding
from arazzoc.types.bodies import content_type
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.forms import encodings_of, is_file_type, is_text_value, member_type, members_of
from arazzoc.types.media_kinds import body_kind, takes_json
from arazzoc.types.payload import payload_of
from arazzoc.types.reaching import member_in
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.shapes import Shape, shape_of, shape_of_type
from arazzoc.types.value import Value

__all__ = ["body_of"]


def body_of(step: StepFacts, view: Viewpoint) -> Body | None:
    """The body of a step whose checks have passed; None where it has none."""
    payload = payload_of(step, view)
    if payload is None or payload.value is None:
        return None
    value, name = payload.value, content_type(step)
    types = view.facts.types
    match body_kind(name):
        case "json" if not payload.verbatim:
            return JsonBody(name, value)
        case "form" if not is_text_value(value):
            is_open = members_of(value) is None
            return FormBody(name, value, tuple(_fields(step, value, types)), is_open)
        case "multipart":
            is_open = members_of(value) is None
            return MultipartBody(name, value, tuple(_parts(step, value, types)), is_open)
        case "text" if takes_json(name) and shape_of(value, types) in ("object", "list"):
            return JsonBody(name, value)
        case "binary":
            return BinaryBody(name, value)
        case _:
            return RawBody(name, value)


def _fields(step: StepFacts, value: Value, types: SchemaTypes) -> Iterator[QueryItem]:
    """The fields of a form one by one, where one of them is not written as all forms are."""
    encodings = encodings_of(step)
    members = members_of(value)
    if members is None:
        members = tuple(_encoded(value, encodings, types))
    if not any(name in encodings for name, _ in members):
        return
    for name, member in members:
        encoding = encodings.get(name)
        notation = FORM if encoding is None else _notation(step, name, encoding, member, types)
        yield QueryItem(name, member, notation)


def _encoded(
    value: Value, encodings: Mapping[str, Encoding], types: SchemaTypes
) -> Iterator[tuple[str, Value]]:
    """The members of a whole value that the description says more of."""
    for name in encodings:
        yield name, member_in(value, (name,), types)


def _notation(
    step: StepFacts, name: str, encoding: Encoding, value: Value, types: SchemaTypes
) -> Notation:
    if encoding.style is None:
        media = encoding.content_type or ""
        return Notation("form", True, media=media) if body_kind(media) == "json" else FORM
    shape = _declared_shape(step, name, value, types)
    return Notation(encoding.style, encoding.explode, shape, encoding.allow_reserved)


def _declared_shape(step: StepFacts, name: str, value: Value, types: SchemaTypes) -> Shape:
    """The shape of a member, which the description of the form tells where the value does not."""
    shape = shape_of(value, types)
    declared = member_type(step, name, types)
    return shape if shape != "any" or declared is None else shape_of_type(declared, types)


def _parts(step: StepFacts, value: Value, types: SchemaTypes) -> Iterator[FormPart]:
    encodings = encodings_of(step)
    members = members_of(value)
    if members is None:
        members = tuple(_encoded(value, encodings, types))
    for name, member in members:
        encoding = encodings.get(name, Encoding())
        if encoding.style is not None:
            shape = _declared_shape(step, name, member, types)
            yield from _styled_parts(name, member, encoding, shape, types)
            continue
        is_file = is_file_type(member_type(step, name, types)) and not is_file_type(member.type)
        yield FormPart(name, member, encoding.content_type, is_file, headers=encoding.headers)


def _styled_parts(
    name: str, value: Value, encoding: Encoding, shape: Shape, types: SchemaTypes
) -> Iterator[FormPart]:
    """A member that has a style: its content type has no say then (OpenAPI 3.1.0, Encoding Object)."""
    style, headers = encoding.style, encoding.headers
    if style != "deepObject" and not encoding.explode:
        separator = SEPARATORS.get(style or "form", ",")
        yield FormPart(name, value, separator=separator, headers=headers)
    elif shape in ("scalar", "list"):
        yield FormPart(name, value, headers=headers)
    elif (members := members_of(value)) is None:
        deep = style == "deepObject"
        yield FormPart(name, value, spread="deepObject" if deep else "form", headers=headers)
    elif style == "deepObject":
        for key, member in members:
            shape = shape_of(member, types)
            yield from _styled_parts(f"{name}[{key}]", member, encoding, shape, types)
    else:
        for key, member in members:
            yield FormPart(key, member, headers=headers)
