"""What a step passes to its operation, with what the document leaves out or misplaces though it is clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from arazzoc.model.arazzo import Location, Parameter
from arazzoc.model.openapi import PLACEHOLDER, Operation, OperationParameter
from arazzoc.model.read_parameter import stated_parameter
from arazzoc.source.node import Node
from arazzoc.suggestion import alike

__all__ = ["is_given", "is_misplaced", "passed_parameters"]

_Follow: TypeAlias = Callable[[Node], "Node | None"]


def passed_parameters(
    stated: Sequence[Parameter], operation: Operation | None, follow: _Follow
) -> tuple[Parameter, ...]:
    """The parameters that are sent.

    - One that cannot be sent where the step has it, or that is missing where the operation declares it, goes
      there, if it is declared at one place alone and no other one would go there too.
    - One that is missing and can have one value only, or has a default, is sent with that.

    Args:
        stated: Those of the step and its workflow.
        operation: What the step calls; None where that is not known.
        follow: Follows the `$ref` of a schema.
    """
    if operation is None:
        return tuple(stated)
    places = [_place(each, stated, operation) for each in stated]
    moved = Counter(
        _key(each.name, place) for each, place in zip(stated, places, strict=True) if place
    )
    placed = [
        replace(each, location=place) if place and moved[_key(each.name, place)] == 1 else each
        for each, place in zip(stated, places, strict=True)
    ]
    if any(each.location is None for each in placed):
        return tuple(placed)
    return (*placed, *_given(placed, operation, follow))


def is_misplaced(parameter: Parameter) -> bool:
    """Whether a parameter is sent in another place than the step says."""
    stated = stated_parameter(parameter.node).get("in")
    location = parameter.location
    return stated is not None and location is not None and not alike(str(stated.value), location)


def is_given(parameter: Parameter, operation: Operation) -> bool:
    """Whether a parameter is none of the step's: its value is the one that the description allows."""
    return any(parameter.node is declared.node for declared in operation.parameters)


def _place(
    parameter: Parameter, stated: Sequence[Parameter], operation: Operation
) -> Location | None:
    """The place where a misplaced parameter belongs; None for any other."""
    name, location = parameter.name, parameter.location
    if location is None or parameter.node.get("in") is None:
        return None
    if operation.parameter(name, location) is not None:
        return None
    declared = [
        each
        for each in operation.parameters
        if _key(each.name, each.location) == _key(name, each.location)
    ]
    if len(declared) != 1 or declared[0].location == "querystring":
        return None
    place = declared[0].location
    if any(_key(other.name, other.location or "") == _key(name, place) for other in stated):
        return None
    unsendable = location == "path" and name not in PLACEHOLDER.findall(operation.path)
    return place if unsendable or declared[0].required else None


def _given(
    placed: Sequence[Parameter], operation: Operation, follow: _Follow
) -> Iterator[Parameter]:
    there = {_key(each.name, each.location or "") for each in placed}
    there |= {(name, "query") for name, _ in operation.query}
    for declared in operation.parameters:
        if not declared.required or _key(declared.name, declared.location) in there:
            continue
        value = _only_value(declared, follow)
        if value is not None and _fits(value, declared.location):
            yield Parameter(declared.node, declared.name, declared.location, value)


def _fits(value: Node, location: str) -> bool:
    """Whether a place can hold a value: a query as a whole is no parameter, and no path is empty."""
    return location != "querystring" and (location != "path" or value.value not in ("", [], {}))


def _key(name: str, location: str) -> tuple[str, str]:
    return name.lower() if location == "header" else name, location


def _only_value(declared: OperationParameter, follow: _Follow) -> Node | None:
    """The value that a schema leaves no choice about, or proposes; of a list of one such item, the list."""
    schema = follow(declared.schema) if declared.schema is not None else None
    found = _stated(schema) if schema is not None else None
    items = schema.get("items") if schema is not None else None
    if found is None and items is not None:
        item = follow(items)
        found = item.get("enum") if item is not None and _stated(item) is not None else None
    # Text with a `$` could be taken for an expression.
    return found if found is not None and "$" not in str(found.value) else None


def _stated(schema: Node) -> Node | None:
    constant, listed, default = schema.get("const"), schema.get("enum"), schema.get("default")
    if constant is None and listed is not None and isinstance(listed.value, list):
        constant = next(listed.items()) if len(listed.value) == 1 else None
    found = constant if constant is not None else default
    return None if found is None or found.value is None else found
