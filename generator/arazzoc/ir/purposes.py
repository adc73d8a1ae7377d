"""What inputs are for, where the document does not say: what the descriptions say of what they fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Call, Graph, StepNode, WorkflowCall
from arazzoc.ir.walk import step_calls
from arazzoc.model.openapi import MediaType, Operation, OperationParameter
from arazzoc.model.prose import brief
from arazzoc.names import Identifier
from arazzoc.source.node import Node
from arazzoc.types.bodies import media_of
from arazzoc.types.facts import StepFacts
from arazzoc.types.object_schema import object_schema
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Argument, ListValue, ObjectValue, Value

__all__ = ["Purpose", "purposes"]

_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an argument is for.

    Attributes:
        said: What a description says of the parameter or member that it fills; None where none does.
        place: That parameter or member, and the step that has it.
    """

    said: str | None
    place: str


@dataclass(frozen=True, slots=True)
class _Filling:
    """What a value fills.

    Attributes:
        said: What its description says; empty where it says nothing.
        place: What it is, in a few words.
    """

    value: Value
    said: str
    place: str


def purposes(
    steps: Iterable[tuple[StepFacts, StepNode]], called: Iterable[Graph], types: SchemaTypes
) -> Mapping[Identifier, Purpose]:
    """What the arguments are for that fill a parameter or member as they are; the first one counts.

    Args:
        steps: With what is known of them.
        called: The workflows that they run: their inputs are filled too.
        types: Finds the schemas of bodies.
    """
    functions = {graph.function: graph for graph in called}
    found: dict[Identifier, Purpose] = {}
    for facts, node in steps:
        for call in step_calls(node):
            if isinstance(call, WorkflowCall):
                fillings = _of_workflow(call, functions.get(call.function))
            else:
                fillings = _of_request(call, facts, types)
            for filling in fillings:
                if isinstance(filling.value, Argument):
                    name, place = filling.value.name, f"{filling.place} of step `{node.step_id}`"
                    known = found.setdefault(name, Purpose(None, place))
                    found[name] = Purpose(known.said or filling.said or None, known.place)
    return found


def _of_workflow(call: WorkflowCall, graph: Graph | None) -> Iterator[_Filling]:
    for parameter in graph.parameters if graph is not None else ():
        for passed in call.arguments:
            if passed.keyword == parameter.argument.name:
                place = f"Input `{parameter.json_name}`"
                yield _Filling(passed.value, parameter.description or "", place)


def _of_request(call: Call, facts: StepFacts, types: SchemaTypes) -> Iterator[_Filling]:
    operation = facts.operation
    assert operation is not None
    for location, place, items in (
        ("path", "Path parameter", [part for part in call.path if not isinstance(part, str)]),
        ("query", "Query parameter", call.query),
        ("header", "Header", call.headers),
        ("cookie", "Cookie", call.cookies),
    ):
        for item in items:
            said = _of_parameter(operation.parameter(item.name, location), types)
            yield _Filling(item.value, said, f"{place} `{item.name}`")
    if call.body is not None:
        yield from _of_body(call.body.value, operation, media_of(facts), types)


def _of_parameter(declared: OperationParameter | None, types: SchemaTypes) -> str:
    if declared is None:
        return ""
    return _said(declared.node) or _said(types.schema(declared.schema))


def _of_body(
    value: Value, operation: Operation, media: MediaType | None, types: SchemaTypes
) -> Iterator[_Filling]:
    yield _Filling(value, _said(operation.body.node if operation.body else None), "Body")
    if isinstance(value, ObjectValue) and media is not None and media.fields:
        for name, member in value.members:
            yield _Filling(member, _said(media.fields.get(name)), f"`{name}` in the body")
    yield from _of_members(value, media.schema if media is not None else None, types, _DEEPEST)


def _of_members(
    value: Value, schema: Node | None, types: SchemaTypes, depth: int
) -> Iterator[_Filling]:
    """The members of the objects of a body that are written out, with what its schema says of them."""
    target = types.schema(schema)
    if depth == 0:
        return
    match value:
        case ObjectValue(members):
            known = object_schema(target, types).properties if target is not None else {}
            for name, member in members:
                inner = next(iter(known.get(name, ())), None)
                said = _said(inner) or _said(types.schema(inner))
                yield _Filling(member, said, f"`{name}` in the body")
                yield from _of_members(member, inner, types, depth - 1)
        case ListValue(items):
            inner = target.get("items") if target is not None else None
            for item in items:
                yield from _of_members(item, inner, types, depth - 1)
        case _:
            pass


def _said(node: Node | None) -> str:
    stated = node.get("description") if node is not None else None
    return brief(stated.text) if stated is not None else ""
