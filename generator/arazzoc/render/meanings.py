"""What outputs mean: what the descriptions say of the members that they hold."""

from __future__ import annotations

from collections.abc import Iterable

from arazzoc.ir.graph import Graph, WorkflowCall
from arazzoc.ir.walk import step_calls
from arazzoc.model.prose import brief
from arazzoc.names import Identifier
from arazzoc.types.model import ListType, MapType, Named, Record, Type, Union
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Argument, Member, ResponseBody, Returned, StepOutput, Value

__all__ = ["Meanings"]


class Meanings:
    """What is said of the values of one module."""

    def __init__(self, graphs: Iterable[Graph], types: SchemaTypes) -> None:
        self._graphs = {graph.function: graph for graph in graphs}
        self._types = types

    def of(self, value: Value, graph: Graph) -> str:
        """A sentence or two about a value; empty where nothing is said of it.

        What a workflow gives back means what it means there.
        """
        tokens: tuple[str, ...] = ()
        passed: set[tuple[Identifier, Identifier]] = set()
        while True:
            root, more = _source(value, graph)
            tokens = (*more, *tokens)
            match root:
                case Returned() if (graph.function, root.attribute) not in passed:
                    passed.add((graph.function, root.attribute))
                    found = self._given_back(root, graph)
                    if found is None:
                        return ""
                    value, graph = found
                case ResponseBody(type_):
                    return brief(_said(type_, tokens, self._types))
                case Argument(name) if not tokens:
                    told = (p.description for p in graph.parameters if p.argument.name == name)
                    return next(told, None) or ""
                case _:
                    return ""

    def _given_back(self, returned: Returned, graph: Graph) -> tuple[Value, Graph] | None:
        """The value in the workflow that gives it back; None where that goes on with another one."""
        calls = [*graph.before, *(call for step in graph.steps for call in step_calls(step))]
        functions = (
            call.function
            for call in calls
            if isinstance(call, WorkflowCall) and call.result == returned.result
        )
        callee = self._graphs.get(next(functions, Identifier("")))
        outputs = callee.outputs if callee is not None and len(callee.results) == 1 else ()
        found = (each.value for each in outputs if each.attribute == returned.attribute)
        value = next(found, None)
        return (value, callee) if value is not None and callee is not None else None


def _source(value: Value, graph: Graph) -> tuple[Value, tuple[str, ...]]:
    """What a value is read from, and the JSON Pointer that leads to it there.

    Outputs may go round in a circle, of steps that send each other what they have sent: then it is one of
    these.
    """
    tokens: tuple[str, ...] = ()
    passed: set[tuple[str, str]] = set()
    while True:
        match value:
            case Member(base, more):
                value, tokens = base, (*more, *tokens)
            case StepOutput(step_id, output) if (step_id, output) not in passed:
                passed.add((step_id, output))
                known = (
                    each for each in graph.step(step_id).outputs if each.variable.output == output
                )
                value = next((each.value for each in known), value)
            case _:
                return value, tokens


def _said(type_: Type, tokens: tuple[str, ...], types: SchemaTypes) -> str:
    """The description of what tokens lead to in a type: of the member there, else of its schema."""
    said = _of_type(type_, types)
    for token in tokens:
        said, type_ = _into(type_, token, types)
    return said


def _into(type_: Type, token: str, types: SchemaTypes) -> tuple[str, Type]:
    content = types.content(type_)
    inner, _ = types.step_into(type_, token)
    match content:
        case Record():
            field = content.field(token)
            said = field.description if field is not None else None
            return said or _of_type(inner, types), inner
        case Union(members):
            found = [_into(member, token, types)[0] for member in members]
            return next(filter(None, found), ""), inner
        case ListType() | MapType():
            return _of_type(inner, types), inner
        case _:
            return "", inner


def _of_type(type_: Type, types: SchemaTypes) -> str:
    members = type_.members if isinstance(type_, Union) else (type_,)
    found = [types.described.get(each.key, "") for each in members if isinstance(each, Named)]
    return found[0] if len(found) == 1 else ""
