"""The shapes of values against those that parameters take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import operation as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.types.facts import StepFacts
from arazzoc.types.model import NONE, AnyType, ListType, MapType, Record, Type, Union
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.valuation import value_of

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
            pointer = "#/0/id" if "a list" in given else "#/id"
            hint = f"lead on to the value that is meant, with a JSON Pointer such as `{pointer}`"
            yield found(rules.UNFIT_VALUE, parameter.value.span, message, hint)


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
