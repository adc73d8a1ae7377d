"""Reads Parameter Objects, and checks what depends on where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.model import Related
from arazzoc.diagnostics.registry import document as rules
from arazzoc.diagnostics.registry.unsupported import ASYNCAPI_STEP
from arazzoc.model.arazzo import Location, Parameter
from arazzoc.model.field_names import field_of
from arazzoc.model.read_scalar import Choice, text
from arazzoc.model.read_selector import value
from arazzoc.model.shape import Reading, open_object
from arazzoc.source.node import Node

__all__ = [
    "parameter",
    "placed_parameter",
    "stated_parameter",
    "to_operation",
    "to_workflow",
    "unique_parameters",
]

_COMPONENT: Final = re.compile(r"(?:\$components\.|#/components/)parameters[./](.+)", re.DOTALL)
_LOCATION: Final[Choice[Location]] = Choice(
    ("path", "query", "header", "cookie"),
    later=("querystring",),
    hints={
        "body": "pass a body in the step's `requestBody`",
        "formData": "pass form fields in the step's `requestBody`",
    },
)


def parameter(node: Node, reading: Reading) -> Parameter | None:
    """Reads a Parameter Object; its location is None where it has no valid `in`."""
    fields = open_object(node, "parameter", reading)
    if fields is None:
        return None
    name = fields.required("name", text)
    location: Location | None = fields.optional("in", _location)
    given = fields.required("value", value)
    fields.finish()
    if name is None or given is None:
        return None
    return Parameter(node, name, location, given)


def placed_parameter(component: Parameter, node: Node, override: Node | None) -> Parameter:
    """A parameter of the components where a Reusable Object at `node` refers to it."""
    return replace(component, node=node, value=component.value if override is None else override)


def to_operation(parameters: Iterable[Parameter], reading: Reading) -> tuple[Parameter, ...]:
    """Parameters that are passed to an operation: each must say where it goes."""
    kept = tuple(parameters)
    for given in kept:
        if given.value.value is None:
            reading.wrong_type(given.value, "a value", "give it a value, or remove the parameter")
        # A location that is written but wrong was reported where it stands.
        if given.location is None:
            _check_location(given, reading)
    return kept


def to_workflow(
    parameters: Iterable[Parameter], where: str, reading: Reading
) -> tuple[Parameter, ...]:
    """Parameters that become the inputs of a workflow: a location means nothing to them.

    `where` says what passes them, such as "a step that calls a workflow".
    """
    return tuple(_without_location(given, where, reading) for given in parameters)


def unique_parameters(
    parameters: tuple[Parameter, ...] | None, reading: Reading
) -> tuple[Parameter, ...]:
    """The parameters of one list without later ones of the same name and location, which it reports."""
    first: dict[tuple[str, str | None], Parameter] = {}
    for given in parameters or ():
        name = given.name.lower() if given.location == "header" else given.name
        other = first.setdefault((name, given.location), given)
        if other is given:
            continue
        place = f" in `{given.location}`" if given.location else ""
        reading.report(
            rules.DUPLICATE_PARAMETER,
            given.node.span,
            f"parameter `{given.name}`{place} is given twice",
            hint="remove one of the two",
            related=(Related(other.node.span, "it is given here first"),),
        )
    return tuple(first.values())


def _location(node: Node, reading: Reading) -> Location | None:
    if node.value == "channel" and reading.minor:
        reading.report(ASYNCAPI_STEP, node.span, "parameters of channels are not supported yet")
        return None
    return _LOCATION(node, reading)


def _check_location(given: Parameter, reading: Reading) -> None:
    owner = stated_parameter(given.node)
    if field_of(owner, "in") is not None:
        return
    reading.report(
        rules.MISSING_LOCATION,
        owner.span,
        f"parameter `{given.name}` does not say where it goes",
        hint="add `in`, such as `in: query`",
    )


def stated_parameter(node: Node) -> Node:
    """The parameter itself: the component, where a Reusable Object at `node` refers to one."""
    reference = field_of(node, "reference") or node.get("$ref")
    named = _COMPONENT.fullmatch((reference.text or "") if reference is not None else "")
    if named is None:
        return node
    return node.document.node.at(("components", "parameters", named[1])) or node


def _without_location(given: Parameter, where: str, reading: Reading) -> Parameter:
    stated = field_of(given.node, "in")
    if stated is not None:
        reading.report(
            rules.MISPLACED_FIELD,
            stated.key_span,
            f"`in` has no effect on parameter `{given.name}` of {where}",
            hint="remove `in`: the parameter becomes an input of the workflow",
        )
    return replace(given, location=None)
