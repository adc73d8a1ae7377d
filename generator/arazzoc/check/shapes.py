"""The shapes of values against those that parameters take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from arazzoc.check.context import Context, found
from arazzoc.check.leading import way_to
from arazzoc.check.misfits import is_whole_input
from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import operation as rules
from arazzoc.expr.ast import StepReference
from arazzoc.expr.expression import parse_expression
from arazzoc.model.arazzo import Parameter
from arazzoc.source.node import pointer_of
from arazzoc.types.facts import StepFacts
from arazzoc.types.model import NONE, AnyType, ListType, MapType, Record, Type, Union
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.valuation import value_of
from arazzoc.types.value import StepOutput

__all__ = ["check_shapes", "misfit"]

_Shape: TypeAlias = Literal["a list", "an object", "a single value", "anything"]


def check_shapes(context: Context) -> Iterator[Diagnostic]:
    """No parameter that takes one value is given what is surely a list or an object."""
    for step in context.steps():
        for parameter in step.parameters:
            given = misfit(context, step, parameter)
            if given is None:
                continue
            place = f"{parameter.location} parameter `{parameter.name}`"
            message = f"`{parameter.value.text}` is {given}, and {place} takes a single value"
            yield found(
                rules.UNFIT_VALUE,
                parameter.value.span,
                message,
                _hint(context, step, parameter, given),
                tuple(_origin(context, parameter)),
            )


def _hint(context: Context, step: StepFacts, parameter: Parameter, given: str) -> str:
    """How to lead on: to the member that the parameter's or the output's name means, if there is one."""
    text, value = parameter.value.text or "", value_of(parameter.value, context.before(step)).value
    wanted = [parameter.name]
    if isinstance(value, StepOutput):
        wanted.append(value.output)
    way = way_to(value.type, wanted, context.facts.types) if value is not None else None
    if way is not None and not text.endswith("}"):
        return f"did you mean `{text}{'' if '#' in text else '#'}{pointer_of(way)}`?"
    pointer = "#/0/id" if "a list" in given else "#/id"
    if is_whole_input(text):
        lead = f"lead on to one with a JSON Pointer such as `{pointer}`"
        return f"declare the input as a single value, or {lead}"
    return f"lead on to the value that is meant, with a JSON Pointer such as `{pointer}`"


def _origin(context: Context, parameter: Parameter) -> Iterator[Related]:
    """Where the step's output is stated that is passed on."""
    parsed = parse_expression(parameter.value.text or "")
    if isinstance(parsed, StepReference) and parsed.step_id in context.facts.steps:
        output = context.facts.steps[parsed.step_id].step.outputs.get(parsed.output)
        if output is not None:
            yield Related(output.span, "the output is made here")


def misfit(context: Context, step: StepFacts, parameter: Parameter) -> str | None:
    """What an expression gives to a parameter that takes a single value: a list or an object; else None.

    A list of single values fits a query all the same: there each item gets a pair of its own.
    """
    types = context.facts.types
    value = value_of(parameter.value, context.before(step)).value
    if value is None or parameter.value.text is None:
        return None
    given = _shapes(value.type, types)
    if not given <= {"a list", "an object"} or _taken(step, parameter, types) != {"a single value"}:
        return None
    content = types.content(value.type)
    if parameter.location == "query" and isinstance(content, ListType):
        return "a list" if _shapes(content.item, types) <= {"a list", "an object"} else None
    return " or ".join(sorted(given))


def _taken(step: StepFacts, parameter: Parameter, types: SchemaTypes) -> set[_Shape]:
    """The shapes that a parameter takes."""
    declared = None
    if step.operation is not None and parameter.location is not None:
        declared = step.operation.parameter(parameter.name, parameter.location)
    if declared is None or declared.schema is None:
        return {"anything"}
    return _shapes(types.of(declared.schema, ""), types)


def _shapes(type_: Type, types: SchemaTypes) -> set[_Shape]:
    """The shapes of a type's values; null, which is none, apart."""
    match types.content(type_):
        case Union(members):
            return {
                shape for each in members if each != NONE for shape in _shapes(each, types)
            } or {"a single value"}
        case AnyType():
            return {"anything"}
        case ListType():
            return {"a list"}
        case MapType() | Record():
            return {"an object"}
        case _:
            return {"a single value"}
