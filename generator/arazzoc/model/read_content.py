"""Reads request bodies and responses of OpenAPI 2.0 to 3.2 into one shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from arazzoc.model.openapi import (
    MediaType,
    OperationBody,
    OperationResponse,
    ResponseHeader,
)
from arazzoc.model.operation_reading import OperationReading, flag, text_of
from arazzoc.model.read_encoding import encoding_of, legacy_encoding_of
from arazzoc.source.node import Node

__all__ = ["body_of", "content_of", "legacy_body_of", "responses_of"]

_PARAMETER: Final = re.compile(
    r"\s*;\s*([\w!#$&^.+-]+)=([\w!#$&^.+-]+|\"[\w!#$&^.+/:=, -]*\")", re.ASCII
)
_PARAMETERS: Final = re.compile(f"(?:{_PARAMETER.pattern})*", re.ASCII)
_UTF_8: Final = ("utf-8", "utf8")
_FORM_TYPES: Final = ("multipart/form-data", "application/x-www-form-urlencoded")


def content_of(holder: Node, reading: OperationReading) -> tuple[MediaType, ...]:
    """The media types of a `content`, in the order written; of one written twice the first."""
    found: dict[str, MediaType] = {}
    for name, member in reading.members(holder, "content"):
        node = reading.follow(member)
        if node is not None:
            plain = _plain_name(name)
            encoding = {
                key: encoding_of(inner, plain, reading)
                for key, inner in reading.members(node, "encoding")
            }
            media = MediaType(
                plain, node.get("schema"), node, encoding, suffix=_parameters_of(name, plain)
            )
            found.setdefault(plain, media)
    return tuple(found.values())


def body_of(operation: Node, reading: OperationReading) -> OperationBody | None:
    """The Request Body Object of an operation (3.x); None where it has none."""
    stated = operation.get("requestBody")
    if stated is None:
        return None
    node = reading.follow(stated, needed=True)
    if node is None:
        return None
    if not isinstance(node.value, dict):
        reading.malformed(node, "`requestBody` must be a mapping", needed=True)
        return None
    return OperationBody(node, flag(node, "required"), content_of(node, reading))


def legacy_body_of(
    operation: Node, parameters: Sequence[Node], reading: OperationReading
) -> OperationBody | None:
    """The body that parameters in `body` and `formData` of OpenAPI 2.0 make; None without any.

    The media types of a form have no schema: its fields are described one by one, as parameters.
    """
    body = next((node for node in parameters if _location(node) == "body"), None)
    if body is not None:
        types = _media_types(operation, "consumes", reading) or ("application/json",)
        schema = body.get("schema")
        content = tuple(MediaType(name, schema, body) for name in types)
        return OperationBody(body, flag(body, "required"), content)
    fields = [node for node in parameters if _location(node) == "formData"]
    if not fields:
        return None
    stated = _media_types(operation, "consumes", reading)
    types = tuple(name for name in stated if name in _FORM_TYPES) or _form_types(fields)
    encoding = {text_of(node, "name") or "": legacy_encoding_of(node) for node in fields}
    named = {text_of(node, "name") or "": node for node in fields}
    content = tuple(MediaType(name, None, fields[0], encoding, named) for name in types)
    required = any(flag(node, "required") for node in fields)
    return OperationBody(fields[0], required, content)


def responses_of(operation: Node, reading: OperationReading) -> tuple[OperationResponse, ...]:
    """The Response Objects of an operation, in the order written; broken ones are left out."""
    found: list[OperationResponse] = []
    for status, member in reading.members(operation, "responses"):
        node = reading.follow(member)
        if node is None:
            continue
        if not isinstance(node.value, dict):
            reading.malformed(node, f"response `{status}` must be a mapping")
            continue
        content = (
            _legacy_content(operation, node, reading)
            if reading.dialect == "2.0"
            else content_of(node, reading)
        )
        name = status if status == "default" else status.upper()
        found.append(OperationResponse(node, name, content, _headers(node, reading)))
    return tuple(found)


def _headers(response: Node, reading: OperationReading) -> tuple[ResponseHeader, ...]:
    found: list[ResponseHeader] = []
    for name, member in reading.members(response, "headers"):
        # "Content-Type" is described by the content (OpenAPI 3.1.0, Response Object).
        if name.lower() == "content-type":
            continue
        node = reading.follow(member)
        if node is not None:
            schema = node if reading.dialect == "2.0" else node.get("schema")
            found.append(ResponseHeader(name, flag(node, "required"), schema))
    return tuple(found)


def _legacy_content(
    operation: Node, response: Node, reading: OperationReading
) -> tuple[MediaType, ...]:
    schema = response.get("schema")
    if schema is None:
        return ()
    types = _media_types(operation, "produces", reading) or ("application/json",)
    return tuple(MediaType(name, schema, response) for name in types)


def _media_types(operation: Node, key: str, reading: OperationReading) -> tuple[str, ...]:
    """The operation's own `consumes` or `produces`, else the document's (OpenAPI 2.0)."""
    holder = operation if operation.get(key) is not None else reading.api.root
    names = (node.text for node in reading.items(holder, key))
    return tuple(dict.fromkeys(_plain_name(name) for name in names if name))


def _form_types(fields: Iterable[Node]) -> tuple[str, ...]:
    """The type that a form has where nothing states one: files need a multipart body."""
    kinds = [node.get("type") for node in fields]
    has_file = any(kind is not None and kind.value == "file" for kind in kinds)
    return (_FORM_TYPES[0],) if has_file else (_FORM_TYPES[1],)


def _location(node: Node) -> object:
    stated = node.get("in")
    return None if stated is None else stated.value


def _parameters_of(name: str, plain: str) -> str:
    """What a request says behind the type's name: nothing where that is no parameter, or not what is sent."""
    stated = name.strip()[len(plain) :]
    parameters = _PARAMETER.findall(stated) if _PARAMETERS.fullmatch(stated) else []
    kept = (
        (key, value)
        for key, value in parameters
        if key.lower() != "boundary"
        and (key.lower() != "charset" or value.strip('"').lower() in _UTF_8)
    )
    return "".join(f"; {key}={value}" for key, value in kept)


def _plain_name(name: str) -> str:
    return name.partition(";")[0].strip().lower()
