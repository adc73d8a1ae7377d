"""The members of forms, and how the operation wants them written."""

from __future__ import annotations

from collections.abc import Mapping

from arazzoc.model.openapi import Encoding, MediaType
from arazzoc.types.bodies import content_type, media_of
from arazzoc.types.facts import StepFacts
from arazzoc.types.media_kinds import body_kind
from arazzoc.types.model import BYTES, STR, ListType, Type
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.value import Constant, Embedded, ObjectValue, Value

__all__ = ["encodings_of", "is_file_type", "is_text_value", "member_type", "members_of"]


def members_of(value: Value) -> tuple[tuple[str, Value], ...] | None:
    """The members of an object that the document writes out; None for any other value."""
    if isinstance(value, ObjectValue):
        return value.members
    if isinstance(value, Constant) and isinstance(value.value, dict):
        return tuple((name, Constant(member)) for name, member in value.value.items())
    return None


def is_text_value(value: Value) -> bool:
    """Whether the value is surely text: a form that is written out already."""
    if isinstance(value, Constant):
        return isinstance(value.value, str)
    return isinstance(value, Embedded) or value.type == STR


def encodings_of(step: StepFacts) -> Mapping[str, Encoding]:
    """By member, what the operation says of it beside its schema."""
    media = _media_of(step)
    if media is None:
        return {}
    return {
        name: encoding
        for name, encoding in media.encoding.items()
        if encoding.style is not None or encoding.content_type is not None or encoding.headers
    }


def member_type(step: StepFacts, name: str, types: SchemaTypes) -> Type | None:
    """The type that the operation declares for a member of its form; None where it declares none."""
    media = _media_of(step)
    if media is None:
        return None
    if media.schema is not None:
        return types.step_into(types.of(media.schema, ""), name)[0]
    stated = media.encoding.get(name)
    return types.of(stated.schema, "") if stated is not None and stated.schema is not None else None


def is_file_type(type_: Type | None) -> bool:
    """Whether values of the type are bytes, or lists of bytes."""
    if type_ is None:
        return False
    plain = without_none(type_)
    return plain == BYTES or (isinstance(plain, ListType) and without_none(plain.item) == BYTES)


def _media_of(step: StepFacts) -> MediaType | None:
    return media_of(step) if body_kind(content_type(step)) in ("form", "multipart") else None
