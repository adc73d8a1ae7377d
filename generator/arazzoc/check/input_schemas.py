"""The schemas of inputs: names and types that are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import request as rules
from arazzoc.source.edits import replaced
from arazzoc.source.node import Node
from arazzoc.suggestion import closest, surely
from arazzoc.types.schema import SchemaTypes

__all__ = ["check_input_schemas"]

_TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")
_ELSEWHERE: Final = {
    "bool": "boolean",
    "date": "string",
    "dict": "object",
    "double": "number",
    "float": "number",
    "int": "integer",
    "list": "array",
    "long": "integer",
    "map": "object",
    "str": "string",
    "text": "string",
    "uuid": "string",
}
"""What other languages call a type."""

_OTHERS: Final = ("$ref", "allOf", "anyOf", "oneOf", "patternProperties", "additionalProperties")
"""Where these stand beside `properties`, a name may be declared there."""

_INSIDE: Final = ("properties", "$defs", "patternProperties")
_BELOW: Final = ("items", "additionalProperties", "allOf", "anyOf", "oneOf", "prefixItems")
_DEEPEST: Final = 30


def check_input_schemas(context: Context) -> Iterator[Diagnostic]:
    """Every `type` is one of JSON Schema, and everything that is required is declared."""
    inputs, types = context.facts.workflow.inputs, context.facts.types
    seen: set[tuple[str, tuple[str | int, ...]]] = set()
    for schema in _schemas(inputs, types, _DEEPEST) if inputs is not None else ():
        place = schema.document.name, schema.path
        if place not in seen:
            seen.add(place)
            yield from _types(schema)
            yield from _required(schema)


def _schemas(node: Node, types: SchemaTypes, depth: int) -> Iterator[Node]:
    schema = types.schema(node)
    if schema is None or depth < 0 or not isinstance(schema.value, dict):
        return
    yield schema
    for key in _INSIDE:
        held = schema.get(key)
        for _, member in held.members() if held is not None else ():
            yield from _schemas(member, types, depth - 1)
    for key in _BELOW:
        held = schema.get(key)
        for each in (held, *held.items()) if held is not None else ():
            yield from _schemas(each, types, depth - 1)


def _types(schema: Node) -> Iterator[Diagnostic]:
    stated = schema.get("type")
    for node in (stated, *stated.items()) if stated is not None else ():
        name = node.text
        if name is None or name in _TYPES or name == "file":
            continue
        sure = _ELSEWHERE.get(name.lower()) or surely(name, _TYPES)
        near = sure or closest(name, _TYPES)
        listed = ", ".join(f"`{each}`" for each in _TYPES)
        yield found(
            rules.UNKNOWN_TYPE,
            node.span,
            f"`{name}` is not a type of JSON Schema",
            f"did you mean `{near}`?" if near is not None else f"there is {listed}",
            fix=replaced(node, sure) if sure is not None else None,
        )


def _required(schema: Node) -> Iterator[Diagnostic]:
    properties, required = schema.get("properties"), schema.get("required")
    open_ended = any(schema.get(key) is not None for key in _OTHERS)
    if properties is None or not isinstance(properties.value, dict) or required is None:
        return
    for node in required.items() if not open_ended else ():
        name = node.text
        if name is None or name in properties.value:
            continue
        listed = {each.text for each in required.items()}
        free = [each for each in properties.value if each not in listed]
        near, sure = closest(name, free), surely(name, free)
        yield found(
            rules.UNDECLARED_REQUIRED,
            node.span,
            f"`{name}` is required, but `properties` does not declare it",
            f"did you mean `{near}`?" if near is not None else "declare it, or remove it here",
            fix=replaced(node, sure) if sure is not None else None,
        )
