"""What the schema of an object says of its members, the parts of its `allOf` taken together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.node import Node, Path
from arazzoc.types.schema import SchemaTypes

__all__ = ["ObjectSchema", "alternatives", "object_schema"]

_DEEPEST: Final = 20
_MORE: Final = (
    "oneOf",
    "anyOf",
    "not",
    "if",
    "patternProperties",
    "unevaluatedProperties",
    "dependentSchemas",
    "discriminator",
)
"""Keywords by which an object may have members that `properties` does not name."""


@dataclass(slots=True)
class ObjectSchema:
    """The members that a schema knows.

    Attributes:
        properties: The schemas of each member; every one of them holds.
        required: The members that have to be there, in the order written.
        additional: The schema of all other members, where there is one.
        closed: There surely must not be other members.
        complete: No keyword tells of further members, though there may be some.
    """

    properties: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    required: dict[str, None] = field(default_factory=dict[str, None])
    additional: Node | None = None
    closed: bool = False
    complete: bool = True

    def required_of_requests(self, types: SchemaTypes) -> Iterator[str]:
        """The members that a request has to have: those that only responses have are no part of it."""
        for name in self.required:
            schemas = self.properties.get(name, [])
            if not any(is_set(schema, word, types) for schema in schemas for word in _EXCUSES):
                yield name


_EXCUSES: Final = ("readOnly", "default")


def is_set(schema: Node, keyword: str, types: SchemaTypes) -> bool:
    """Whether a keyword other than `false` stands beside a reference or in the schema it leads to."""
    places = (schema, types.schema(schema))
    stated = [each.get(keyword) for each in places if each is not None]
    return any(each is not None and each.value is not False for each in stated)


def object_schema(schema: Node, types: SchemaTypes) -> ObjectSchema:
    """What `schema`, which is no reference, says of an object's members."""
    known = ObjectSchema()
    _gather(schema, types, known, _DEEPEST, set())
    parts = schema.get("allOf")
    stated = schema.get("additionalProperties")
    if parts is None and stated is not None:
        known.closed = stated.value is False and known.complete
        known.additional = stated if isinstance(stated.value, dict) else None
    return known


def alternatives(schema: Node) -> list[Node]:
    """The branches of `oneOf` or `anyOf`, without one that is only null."""
    branches = schema.get("oneOf") or schema.get("anyOf")
    return [
        branch
        for branch in (branches.items() if branches is not None else ())
        if (stated := branch.get("type")) is None or stated.value != "null"
    ]


def _gather(
    schema: Node,
    types: SchemaTypes,
    known: ObjectSchema,
    depth: int,
    seen: set[tuple[int, Path]],
) -> None:
    """Adds what a schema and its parts say, each once: a part may hold the schema itself."""
    place = id(schema.document), schema.path
    if place in seen:
        return
    seen.add(place)
    if depth == 0:
        known.complete = False
        return
    properties, required = schema.get("properties"), schema.get("required")
    for name, member in properties.members() if properties is not None else ():
        known.properties.setdefault(name, []).append(member)
    for item in required.items() if required is not None else ():
        if item.text is not None:
            known.required[item.text] = None
    parts, additional = schema.get("allOf"), schema.get("additionalProperties")
    if additional is not None and additional.value is not False:
        known.complete = False
    if any(schema.get(keyword) is not None for keyword in _MORE):
        known.complete = False
    for part in parts.items() if parts is not None else ():
        target = types.schema(part)
        if target is None:
            known.complete = False
        else:
            _gather(target, types, known, depth - 1, seen)
