"""Reads the parameters of an operation, with the defaults of their locations (OpenAPI 2.0 to 3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from arazzoc.model.openapi import OperationParameter, ParameterLocation, Style
from arazzoc.model.operation_reading import OperationReading, flag, text_of
from arazzoc.model.read_content import content_of
from arazzoc.model.read_encoding import COLLECTION_STYLES
from arazzoc.source.node import Node

__all__ = ["declared_parameters", "read_parameters"]

_Key: TypeAlias = tuple[str, str]

_LOCATIONS: Final[dict[str, ParameterLocation]] = {
    "path": "path",
    "query": "query",
    "header": "header",
    "cookie": "cookie",
    "querystring": "querystring",
}
_DEFAULT_STYLES: Final[dict[ParameterLocation, Style]] = {
    "path": "simple",
    "query": "form",
    "header": "simple",
    "cookie": "form",
    "querystring": "form",
}
_STYLES: Final[dict[ParameterLocation, dict[str, Style]]] = {
    "path": {"matrix": "matrix", "label": "label", "simple": "simple"},
    "query": {
        "form": "form",
        "spaceDelimited": "spaceDelimited",
        "pipeDelimited": "pipeDelimited",
        "deepObject": "deepObject",
    },
    "header": {"simple": "simple"},
    "cookie": {"form": "form", "cookie": "cookie"},
    "querystring": {"form": "form"},
}
# Such parameters are to be ignored (OpenAPI 3.1.0, Parameter Object): the body, the responses and the
# security schemes say what is sent. They stay declared, so that a step may pass them, but never required.
_IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})


def declared_parameters(
    operation: Node, items: Iterable[Node], reading: OperationReading
) -> tuple[Node, ...]:
    """The Parameter Objects of the path and of the operation, which overrides by name and location.

    Those in `body` and `formData` of OpenAPI 2.0 are among them.
    """
    found: dict[_Key, Node] = {}
    for holder in (*reversed(tuple(items)), operation):
        for item in reading.items(holder, "parameters"):
            node = reading.follow(item)
            key = None if node is None else _key_of(node, reading)
            if node is not None and key is not None:
                found[key] = node
    return tuple(found.values())


def read_parameters(
    nodes: Iterable[Node], reading: OperationReading
) -> tuple[OperationParameter, ...]:
    """Reads Parameter Objects; what belongs to the body in OpenAPI 2.0 is left to it."""
    read = (_read(node, reading) for node in nodes)
    return tuple(parameter for parameter in read if parameter is not None)


def _key_of(node: Node, reading: OperationReading) -> _Key | None:
    name, location = text_of(node, "name"), text_of(node, "in")
    if name is None or location is None:
        missing = "`name`" if name is None else "`in`"
        reading.malformed(node, f"the parameter has no {missing}", hint="it is left out")
        return None
    return (name.lower() if location == "header" else name, location)


def _read(node: Node, reading: OperationReading) -> OperationParameter | None:
    name, stated = text_of(node, "name") or "", text_of(node, "in") or ""
    if reading.dialect == "2.0" and stated in {"body", "formData"}:
        return None
    location = _LOCATIONS.get(stated)
    if location is None:
        reading.malformed(
            node.get("in") or node,
            f"parameter `{name}` is in `{stated}`, which is no place for a parameter",
            hint="it is left out",
        )
        return None
    required = location == "path" or flag(node, "required")
    if location == "header" and name.lower() in _IGNORED_HEADERS:
        required = False
    if reading.dialect == "2.0":
        return _legacy(node, name, location, required, reading)
    style = _style(node, name, location, reading)
    # It is of queries alone until OpenAPI 3.2; in a cookie, reserved characters would end the value.
    is_encoded = location == "query" or (location == "path" and reading.dialect == "3.2")
    explode = node.get("explode")
    content = content_of(node, reading)
    return OperationParameter(
        node,
        name,
        location,
        required,
        node.get("schema"),
        style,
        (
            explode.value
            if explode is not None and isinstance(explode.value, bool)
            else style in ("form", "cookie")
        ),
        is_encoded and flag(node, "allowReserved"),
        content[0] if content else None,
        flag(node, "deprecated"),
    )


def _style(node: Node, name: str, location: ParameterLocation, reading: OperationReading) -> Style:
    default = _DEFAULT_STYLES[location]
    stated = node.get("style")
    if stated is None:
        return default
    style = _STYLES[location].get(str(stated.value))
    if style is None:
        reading.malformed(
            stated,
            f"parameter `{name}` in `{location}` cannot have the style `{stated.value}`",
            hint=f"it is sent in the style `{default}`",
        )
    return style or default


def _legacy(
    node: Node,
    name: str,
    location: ParameterLocation,
    required: bool,
    reading: OperationReading,
) -> OperationParameter:
    """A parameter of OpenAPI 2.0, which is its own schema."""
    stated = node.get("collectionFormat")
    form = "csv" if stated is None else str(stated.value)
    style = COLLECTION_STYLES.get(form)
    if style is None:
        reading.malformed(
            stated or node,
            f"`collectionFormat` of parameter `{name}` cannot be `{form}`",
            hint="it is sent as `csv`",
        )
        style = "form"
    if style == "form":
        style = _DEFAULT_STYLES[location]
    return OperationParameter(node, name, location, required, node, style, explode=form == "multi")
