"""The inputs that the schema of a workflow's `inputs` declares (Arazzo 1.0.1, Workflow Object)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.source.node import Node, Path
from arazzoc.suggestion import surely
from arazzoc.types.model import ANY, Record, Type
from arazzoc.types.schema import Follow, SchemaTypes, union

__all__ = ["DeclaredInput", "declared_inputs"]

_DEEPEST: Final = 20
_BRANCHES: Final = ("oneOf", "anyOf")
_CONDITIONAL: Final = ("then", "else")
_Places: TypeAlias = "set[tuple[int, Path]]"


@dataclass(frozen=True, slots=True)
class DeclaredInput:
    """One input as the schema has it.

    Attributes:
        node: Its schema or a reference to it; the entry of `required` where that is all there is.
        required: Whether it has to be given in any case.
    """

    name: str
    node: Node
    type: Type
    required: bool


def declared_inputs(
    schema: Node, title: str, follow: Follow, types: SchemaTypes
) -> Iterator[DeclaredInput]:
    """The properties of an object schema; those of its alternatives; what it requires without a word more.

    Args:
        schema: The schema, references followed.
        title: What types that need a name are called by, such as `cancel inputs`.
        follow: Follows references.
        types: What schemas mean.
    """
    known = types.content(types.of(schema, title))
    record = known if isinstance(known, Record) else Record(())
    nodes = _properties(schema, follow, _DEEPEST, set())
    told = {field.name for field in record.fields if field.name in nodes}
    for field in record.fields:
        if field.name in nodes:
            yield DeclaredInput(field.name, nodes[field.name], field.type, field.required)
    others: dict[str, list[Node]] = {}
    for name, node in _alternatives(schema, follow, _DEEPEST, set()):
        if name not in told:
            others.setdefault(name, []).append(node)
    for name, found in others.items():
        type_ = union(types.of(node, f"{title} {name}") for node in found)
        yield DeclaredInput(name, found[0], type_, required=False)
    stated = schema.get("required")
    for item in stated.items() if stated is not None else ():
        name, declared = item.text or "", {*told, *others}
        if name and name not in declared and surely(name, declared) is None:
            others[name] = [item]
            yield DeclaredInput(name, item, ANY, required=True)


def _properties(schema: Node, follow: Follow, depth: int, seen: _Places) -> dict[str, Node]:
    """The properties of an object schema, those of its `allOf` included."""
    found: dict[str, Node] = {}
    if depth == 0 or not _is_new(schema, seen):
        return found
    for target in _parts(schema, "allOf", follow):
        found.update(_properties(target, follow, depth - 1, seen))
    properties = schema.get("properties")
    found.update(properties.members() if properties is not None else ())
    return found


def _alternatives(
    schema: Node, follow: Follow, depth: int, seen: _Places
) -> Iterator[tuple[str, Node]]:
    """The properties that only some of the branches of a schema have."""
    if depth == 0 or not _is_new(schema, seen):
        return
    for target in _parts(schema, "allOf", follow):
        yield from _alternatives(target, follow, depth - 1, seen)
        yield from _properties(target, follow, depth - 1, set()).items()
    branches = [each for key in _BRANCHES for each in _parts(schema, key, follow)]
    stated = [member for key in _CONDITIONAL if (member := schema.get(key)) is not None]
    for branch in (*branches, *(each for node in stated if (each := follow(node)) is not None)):
        yield from _properties(branch, follow, depth - 1, set()).items()
        yield from _alternatives(branch, follow, depth - 1, seen)


def _is_new(schema: Node, seen: _Places) -> bool:
    """Whether a schema is seen for the first time: those that hold themselves would be read without end."""
    place = id(schema.document), schema.path
    is_new = place not in seen
    seen.add(place)
    return is_new


def _parts(schema: Node, keyword: str, follow: Follow) -> list[Node]:
    parts = schema.get(keyword)
    targets = [follow(part) for part in parts.items()] if parts is not None else []
    return [target for target in targets if target is not None]
