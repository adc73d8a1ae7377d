"""Schemas of inputs that are none, and what a document states in vain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import expression, structure
from arazzoc.model.arazzo import Replacement
from arazzoc.source.edits import replaced
from arazzoc.source.node import JsonValue, Node
from arazzoc.suggestion import closest, surely
from arazzoc.text import Span
from arazzoc.types.schema import SchemaTypes

__all__ = ["check_input_schemas", "check_outputs", "check_repeated_replacements"]

_TYPES: Final = ("string", "number", "integer", "boolean", "array", "object", "null")
_OF_OTHERS: Final = {
    "bool": "boolean",
    "dict": "object",
    "double": "number",
    "float": "number",
    "int": "integer",
    "list": "array",
    "long": "integer",
    "map": "object",
    "str": "string",
    "text": "string",
}
"""What other languages call a type."""

_PYTHON: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
_SHAPES: Final[dict[str, tuple[type, str]]] = {
    "properties": (dict, "a mapping from names to schemas"),
    "required": (list, "a list of names"),
    "enum": (list, "a list of values"),
}
_ELSEWHERE: Final = ("$ref", "allOf", "anyOf", "oneOf", "if", "patternProperties", "$dynamicRef")
"""Keywords by which a schema may declare what `properties` does not."""
_MOST_SCHEMAS: Final = 10_000


def check_input_schemas(context: Context) -> Iterator[Diagnostic]:
    """The inputs of a workflow are described by a JSON Schema that says what it seems to say."""
    schema = context.facts.workflow.inputs
    if schema is not None:
        for stated in _schemas(schema, context.facts.types):
            yield from _schema(stated)


def _schemas(schema: Node, types: SchemaTypes) -> Iterator[Node]:
    """A schema and those in it, each once, however they refer to one another."""
    waiting, seen = [schema], set[Span]()
    while waiting and len(seen) < _MOST_SCHEMAS:
        node = waiting.pop()
        stated = node if node.get("$ref") is None else types.schema(node)
        if stated is None or stated.span in seen:
            continue
        if stated.document is not node.document and _is_description(stated):
            continue  # what stands in a description is told of there
        seen.add(stated.span)
        yield stated
        properties, items = stated.get("properties"), stated.get("items")
        inner = [member for _, member in properties.members()] if properties is not None else []
        waiting += [*([] if items is None else [items]), *reversed(inner)]


def _schema(stated: Node) -> Iterator[Diagnostic]:
    for word, (shape, noun) in _SHAPES.items():
        member = stated.get(word)
        if member is not None and not isinstance(member.value, shape):
            message = f"`{word}` must be {noun}"
            yield found(structure.INVALID_SCHEMA, member.span, message)
    yield from _types(stated)
    yield from _required(stated)


def _is_description(node: Node) -> bool:
    """Whether the node's document is one of OpenAPI or Arazzo, not a schema alone."""
    root = node.document.root
    return isinstance(root, dict) and not {"openapi", "swagger", "arazzo"}.isdisjoint(root)


def _types(schema: Node) -> Iterator[Diagnostic]:
    stated, choices = schema.get("type"), schema.get("enum")
    if stated is None:
        return
    names = [*stated.items()] if isinstance(stated.value, list) else [stated]
    for each in names:
        if each.text not in _TYPES:
            yield _no_type(each)
            return
    values = choices.value if choices is not None else None
    if choices is not None and isinstance(values, list) and values:
        allowed = [each.text or "" for each in names]
        if not any(_is_of(value, name) for value in values for name in allowed):
            listed = " or ".join(f"`{name}`" for name in allowed)
            message = f"no value of the `enum` is of type {listed}"
            hint = (
                "mend the type, or the values: in YAML, text that looks like a number needs quotes"
            )
            yield found(structure.INVALID_SCHEMA, choices.span, message, hint)


def _no_type(node: Node) -> Diagnostic:
    text = node.text if node.text is not None else str(node.value)
    sure = _OF_OTHERS.get(text.lower()) or surely(text, _TYPES)
    near = sure or closest(text, _TYPES)
    listed = ", ".join(f"`{name}`" for name in _TYPES)
    hint = f"did you mean `{near}`?" if near else f"there are {listed}"
    fix = replaced(node, sure) if sure is not None and node.text is not None else None
    message = f"`{text}` is no type of JSON Schema"
    return found(structure.INVALID_SCHEMA, node.span, message, hint, fix=fix)


def _is_of(value: JsonValue, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if isinstance(value, float) and name == "integer":
        return value.is_integer()
    return isinstance(value, _PYTHON[name])


def _required(schema: Node) -> Iterator[Diagnostic]:
    required, properties = schema.get("required"), schema.get("properties")
    if required is None or properties is None or any(schema.get(word) for word in _ELSEWHERE):
        return
    declared = [name for name, _ in properties.members()]
    for each in required.items():
        if each.text is None or each.text in declared or not declared:
            continue
        near = closest(each.text, declared)
        sure = surely(each.text, declared)
        fix = replaced(each, sure) if sure is not None else None
        hint = f"did you mean `{near}`?" if near else "declare it under `properties`, or remove it"
        message = f"`{each.text}` is required, but `properties` does not declare it"
        yield found(structure.UNDECLARED_REQUIRED, each.span, message, hint, fix=fix)


def check_repeated_replacements(context: Context) -> Iterator[Diagnostic]:
    """No two replacements of a payload have the same target."""
    for step in context.steps():
        body = step.step.request_body
        seen: dict[tuple[str | None, str], Replacement] = {}
        for each in body.replacements if body is not None else ():
            key = each.selector, each.target.text or ""
            first = seen.setdefault(key, each)
            if first is not each and each.target.text is not None:
                message = f"`{each.target.text}` is replaced twice"
                related = (Related(first.target.span, "this value is replaced again"),)
                hint = "remove one of the two, or mend the target"
                span = each.target.span
                yield found(structure.DUPLICATE_REPLACEMENT, span, message, hint, related)


def check_outputs(context: Context) -> Iterator[Diagnostic]:
    """Every output is an expression, or text with expressions in it."""
    facts = context.facts
    holders = [step.step.outputs for step in context.steps()]
    for outputs in (*holders, facts.workflow.outputs):
        for name, node in outputs.items():
            if node.text is not None and "$" not in node.text:
                message = f"output `{name}` is always the text `{node.text}`"
                hint = "write an expression, such as `$response.body#/id`"
                yield found(expression.LITERAL_OUTPUT, node.span, message, hint)
