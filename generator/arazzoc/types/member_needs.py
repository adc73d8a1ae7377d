"""Members of a request body that its schema requires, though they may be absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.model.openapi import MediaType
from arazzoc.source.node import Node
from arazzoc.types.bodies import content_type, media_of
from arazzoc.types.facts import StepFacts
from arazzoc.types.media_kinds import body_kind
from arazzoc.types.needs import Need, label, payload_needs
from arazzoc.types.object_schema import object_schema
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Constant, Embedded, ListValue, ObjectValue, Value

__all__ = ["body_needs"]

_DEEPEST: Final = 40
_PATCH: Final = "application/merge-patch+json"
"""Its payload is a part of what the schema describes (RFC 7396)."""


def body_needs(step: StepFacts, value: Value, types: SchemaTypes) -> Iterator[Need]:
    """What the body of a step cannot do without: what its text embeds, and what its schema requires.

    A member that is absent is left out, but where the schema requires it the request would be another one.
    """
    yield from payload_needs(value)
    media = _media_of(step)
    if media is not None:
        for member in _required(value, media.schema, types, _DEEPEST):
            yield Need(member, label(member), "the request body")


def _media_of(step: StepFacts) -> MediaType | None:
    """The media type that is sent, where the operation describes its members."""
    sent = content_type(step).partition(";")[0].strip().lower()
    if sent == _PATCH or body_kind(sent) not in ("json", "form", "multipart"):
        return None
    return media_of(step)


def _required(value: Value, schema: Node | None, types: SchemaTypes, depth: int) -> Iterator[Value]:
    """The members of objects that are written out which may be absent and are required."""
    target = types.schema(schema)
    if target is None or depth == 0:
        return
    match value:
        case ObjectValue(members):
            known = object_schema(target, types)
            required = frozenset(known.required_of_requests(types))
            for name, member in members:
                if (
                    name in required
                    and member.absent
                    and not isinstance(member, Constant | Embedded)
                ):
                    yield member
                for inner in known.properties.get(name, ()):
                    yield from _required(member, inner, types, depth - 1)
        case ListValue(items):
            for item in items:
                yield from _required(item, target.get("items"), types, depth - 1)
        case _:
            pass
