"""Where a way into a response's body surely or probably leads nowhere, by the schema of the response.

Objects are open in JSON Schema: a member that `properties` does not name is probably a slip, no more. What
`oneOf`, `anyOf`, `not`, `if` and patterns of names allow is not looked at: silence is the answer to a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.model.openapi import MediaType
from arazzoc.source.node import Node
from arazzoc.types.facts import StepFacts
from arazzoc.types.responses import is_any, is_json
from arazzoc.types.schema import SchemaTypes

__all__ = ["EACH", "Gap", "Way", "gap_in", "gap_in_body", "parts_at"]

_Reason: TypeAlias = Literal["unlisted", "closed", "list", "text", "a number", "a truth value"]

EACH: Final = None
"""The step of a way that leads to any child."""

Way: TypeAlias = tuple[str | None, ...]
"""The tokens of a JSON Pointer, with `EACH` between them where a query leads to several children."""

_DEEPEST: Final = 20
_SCALARS: Final[dict[str, _Reason]] = {
    "string": "text",
    "integer": "a number",
    "number": "a number",
    "boolean": "a truth value",
}
_UNSURE: Final = (
    "oneOf",
    "anyOf",
    "not",
    "if",
    "patternProperties",
    "unevaluatedProperties",
    "dependentSchemas",
    "discriminator",
    "prefixItems",
    "contentMediaType",
    "contentSchema",
    "$dynamicRef",
)
"""Keywords by which a value may have members that `properties` and `items` do not tell of."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a pointer leads nowhere, and why.

    Attributes:
        depth: How many tokens lead to a value that does not have the next one.
        reason: `unlisted`: an object whose schema does not name the member; `closed`: one that rules it out;
            `list`: a list, which has no names; else the scalar that stands there.
        members: What the object has, in the order written.
    """

    depth: int
    reason: _Reason
    members: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether a response that fits its schema cannot have it."""
        return self.reason != "unlisted"


def gap_in_body(step: StepFacts, tokens: Sequence[str | None], types: SchemaTypes) -> Gap | None:
    """Where `tokens` leads nowhere in the body of every response that the step can succeed with.

    None where one of them may have it, or none is described as JSON with a schema.
    """
    gaps: list[Gap] = []
    described = [response for response in step.expected.responses if response.content]
    if not any(response.status.startswith("2") for response in described):
        return None  # errors alone have a body that is described
    for response in described:
        # A pointer leads nowhere in a body that is no JSON, whatever its schema says.
        for media in response.content:
            if not is_json(media.name) and not is_any(media.name):
                continue
            gap = None if _is_shown(media, tokens) else gap_in(media.schema, tokens, types)
            if gap is None:
                return None
            gaps.append(gap)
    unsure = [gap for gap in gaps if not gap.is_sure]
    return next(iter((*unsure, *gaps)), None)


def gap_in(schema: Node | None, tokens: Sequence[str | None], types: SchemaTypes) -> Gap | None:
    """Where `tokens` leads nowhere in values of `schema`; None where it may lead somewhere."""
    for depth, name in enumerate(tokens):
        parts = _parts(schema, types)
        if parts is None or depth > _DEEPEST:
            return None
        kinds = {kind for part in parts for kind in _kinds(part)}
        if len(kinds) != 1:
            return None
        (kind,) = kinds
        if kind in _SCALARS:
            # A body that is described as text is often JSON that nobody has described.
            return Gap(depth, _SCALARS[kind]) if depth else None
        if kind == "array":
            if name is not None and not name.isdecimal() and name != "-":
                return Gap(depth, "list")
            schema = parts[0].get("items")
        elif name is None:
            return None
        else:
            found = _member(parts, name, depth)
            if not isinstance(found, Node):
                return found
            schema = found
    return None


def parts_at(
    schema: Node | None, tokens: Sequence[str], types: SchemaTypes
) -> Sequence[Node] | None:
    """The schema of what `tokens` lead to in values of `schema`, with the parts of its `allOf`.

    None where it is not known for sure.
    """
    for depth, name in enumerate(tokens):
        parts = _parts(schema, types)
        if parts is None or depth > _DEEPEST:
            return None
        items = parts[0].get("items")
        found = items if name.isdecimal() and items is not None else _member(parts, name, depth)
        if not isinstance(found, Node):
            return None
        schema = found
    return _parts(schema, types)


def _parts(schema: Node | None, types: SchemaTypes, depth: int = 0) -> list[Node] | None:
    """A schema and what its `allOf` adds to it; None where other keywords have a say."""
    target = types.schema(_sole(types.schema(schema)))
    if target is None or depth > _DEEPEST or any(target.get(word) is not None for word in _UNSURE):
        return None
    found = [target]
    together = target.get("allOf")
    for each in together.items() if together is not None else ():
        inner = _parts(each, types, depth + 1)
        if inner is None:
            return None
        found += inner
    return found


def _sole(schema: Node | None) -> Node | None:
    """The one alternative that is not null, where a schema says no more; else the schema."""
    if schema is None or not isinstance(schema.value, dict) or "properties" in schema.value:
        return schema
    branches = schema.get("oneOf") or schema.get("anyOf")
    if branches is None:
        return schema
    alternatives = [
        branch
        for branch in branches.items()
        if (stated := branch.get("type")) is None or stated.value != "null"
    ]
    return alternatives[0] if len(alternatives) == 1 else schema


def _kinds(schema: Node) -> Iterator[str]:
    """The JSON types of a schema's values but null."""
    stated = schema.get("type")
    if stated is None:
        if schema.get("properties") is not None:
            yield "object"
        return
    names = [stated.text] if stated.text is not None else [item.text for item in stated.items()]
    for name in names:
        if name != "null":
            yield name or ""


def _member(parts: list[Node], token: str, depth: int) -> Node | Gap | None:
    """The schema of a member of an object, or why it has none; None where it may have it."""
    known: dict[str, Node] = {}
    for part in parts:
        properties = part.get("properties")
        for name, member in properties.members() if properties is not None else ():
            known.setdefault(name, member)
    if token in known:
        return known[token]
    additional = [part.get("additionalProperties") for part in parts]
    stated = [each.value for each in additional if each is not None]
    if not known or any(value is not False for value in stated):
        return None
    closed = bool(stated) and len(parts) == 1
    return Gap(depth, "closed" if closed else "unlisted", tuple(known))


def _is_shown(media: MediaType, tokens: Sequence[str | None]) -> bool:
    """Whether an example has what the schema does not tell of."""
    one, several = media.node.get("example"), media.node.get("examples")
    shown = [one] if one is not None else []
    if several is not None:
        shown += [value for _, each in several.members() if (value := each.get("value"))]
    if media.schema is not None and (own := media.schema.get("example")) is not None:
        shown.append(own)
    return any(_has(example, tokens) for example in shown)


def _has(value: Node, tokens: Sequence[str | None]) -> bool:
    """Whether a way leads somewhere in a value that is stated."""
    if EACH not in tokens:
        return value.at([token or "" for token in tokens]) is not None
    depth = tokens.index(EACH)
    holder = value.at([token or "" for token in tokens[:depth]])
    if holder is None:
        return False
    children = (*holder.items(), *(member for _, member in holder.members()))
    return any(_has(child, tokens[depth + 1 :]) for child in children)
