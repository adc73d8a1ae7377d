"""A step's parameters, body and credentials as the call that it makes."""

from __future__ import annotations

from dataclasses import replace

from arazzoc.ir.body import body_of
from arazzoc.ir.credentials import Credentials
from arazzoc.ir.graph import (
    Call,
    Cookie,
    Header,
    MultipartBody,
    PathItem,
    QueryItem,
    Server,
)
from arazzoc.ir.notation import notation_of
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import PLACEHOLDER, Operation
from arazzoc.model.unfilled import unfilled
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.member_needs import body_needs
from arazzoc.types.needs import Need, parameter_needs
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.secrets import is_secret, is_secret_name
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Constant, Value

__all__ = ["call_of"]


def call_of(step: StepFacts, view: Viewpoint, server: Server, credentials: Credentials) -> Call:
    """The call of a step whose checks have passed.

    Args:
        step: The step.
        view: What its request can see.
        server: Where the operation's source is.
        credentials: Those of the function; the step's are added.
    """
    operation = step.operation
    assert operation is not None
    placed = _Placed(operation, view.facts.types)
    needs: list[Need] = []
    passed = {each.name for each in step.parameters if each.location == "query"}
    for name, stated in operation.query:
        if name not in passed:
            placed.put(QueryItem(name, Constant(stated)))
    for scheme in unfilled(operation, step.parameters):
        placed.put(credentials.place(server, scheme))
    for parameter in step.parameters:
        value = value_of(parameter.value, view).value
        assert value is not None
        placed.add(parameter, value)
        needs.extend(parameter_needs(operation, parameter, value, view.facts.types))
    accepted = step.expected.accept
    if accepted is not None:
        placed.put(Header("Accept", Constant(accepted)))
    body = body_of(step, view)
    if body is not None:
        if isinstance(body, MultipartBody):
            placed.drop_header("content-type")  # only what writes the body knows its boundary
        elif not placed.has_header("content-type"):
            placed.put(Header("Content-Type", Constant(body.content_type)))
        needs.extend(body_needs(step, body.value, view.facts.types))
    return Call(
        operation.method,
        server,
        _path(operation.path, placed.path),
        tuple(placed.query),
        tuple(placed.headers),
        tuple(placed.cookies),
        body,
        tuple(needs),
        operation.path if placed.has_secret_path() else None,
        step.step.seconds,
    )


class _Placed:
    """Parameters by where they go."""

    def __init__(self, operation: Operation, types: SchemaTypes) -> None:
        self._operation = operation
        self._types = types
        self.path: dict[str, PathItem] = {}
        self.query: list[QueryItem] = []
        self.headers: list[Header] = []
        self.cookies: list[Cookie] = []

    def put(self, item: Header | QueryItem | Cookie) -> None:
        """Adds an item that is made already."""
        match item:
            case Header():
                self.headers.append(item)
            case QueryItem():
                self.query.append(item)
            case Cookie():
                self.cookies.append(item)

    def has_header(self, name: str) -> bool:
        """Whether there is a header of that name, which is in lower case."""
        return any(header.name.lower() == name for header in self.headers)

    def drop_header(self, name: str) -> None:
        """Forgets the header of that name, which is in lower case."""
        self.headers = [header for header in self.headers if header.name.lower() != name]

    def has_secret_path(self) -> bool:
        """Whether a parameter in the path must not be shown."""
        return any(
            is_secret_name(name) or is_secret(item.value) for name, item in self.path.items()
        )

    def add(self, parameter: Parameter, value: Value) -> None:
        """Adds a parameter of the step."""
        name, location = parameter.name, parameter.location or ""
        declared = self._operation.parameter(name, location)
        notation = notation_of(declared, location, value, self._types)
        match location:
            case "path":
                self.path[name] = PathItem(name, value, notation)
            case "query":
                self.query.append(QueryItem(name, value, notation))
            case "querystring":
                self.query.append(QueryItem(name, value, notation, whole=True))
            case "header":
                self.headers.append(Header(name, value, notation))
            case "cookie":
                self.cookies.append(Cookie(name, value, notation))
            case _:
                pass


def _path(template: str, values: dict[str, PathItem]) -> tuple[str | PathItem, ...]:
    parts: list[str | PathItem] = []
    position = 0
    for found in PLACEHOLDER.finditer(template):
        value = values.get(found[1])
        if value is None:
            continue
        parts.append(template[position : found.start()])
        parts.append(replace(value, several=found[0].startswith("{+")))
        position = found.end()
    parts.append(template[position:])
    return tuple(part for part in parts if part != "")
