"""OpenAPI 2.0 descriptions in the shape of later ones, as far as a server and its judge look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias, cast

__all__ = ["modern"]

_Follow: TypeAlias = Callable[[Any], Any]

_SCHEMA: Final = (
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
)
_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")


def modern(root: Mapping[str, Any], follow: _Follow) -> dict[str, Any]:
    """The description with bodies and responses as of 3.0; one of a later version as it is."""
    if "swagger" not in root:
        return dict(root)
    paths = {path: _item(follow(item), root, follow) for path, item in root["paths"].items()}
    return {**root, "paths": paths}


def _item(stated: Any, root: Mapping[str, Any], follow: _Follow) -> Any:
    if not isinstance(stated, dict):
        return stated
    item = cast("dict[str, Any]", stated)
    shared = [follow(each) for each in item.get("parameters", ())]
    return {
        key: (
            _operation(cast("dict[str, Any]", member), shared, root, follow)
            if key != "parameters" and isinstance(member, dict)
            else [*_parameters(shared)]
        )
        for key, member in item.items()
    }


def _operation(
    operation: Mapping[str, Any], shared: list[Any], root: Mapping[str, Any], follow: _Follow
) -> dict[str, Any]:
    own = [follow(each) for each in operation.get("parameters", ())]
    takes = operation.get("consumes", root.get("consumes", ["application/json"]))
    gives = operation.get("produces", root.get("produces", ["application/json"]))
    found = {**operation, "parameters": [*_parameters(own)]}
    content = dict(_content([*shared, *own], takes))
    if content:
        found["requestBody"] = {"content": content}
    responses: dict[Any, Any] = {}
    for status, stated in operation.get("responses", {}).items():
        response = follow(stated)
        schema = response.get("schema")
        described = {} if schema is None else {media: {"schema": schema} for media in gives}
        headers = {name: {"schema": header} for name, header in response.get("headers", {}).items()}
        responses[str(status)] = {**response, "content": described, "headers": headers}
    return {**found, "responses": responses}


def _parameters(stated: list[Any]) -> Iterator[dict[str, Any]]:
    for each in stated:
        if each.get("in") in ("path", "query", "header"):
            yield {**each, "schema": {key: each[key] for key in _SCHEMA if key in each}}


def _content(stated: list[Any], takes: list[str]) -> Iterator[tuple[str, Any]]:
    fields = {each["name"]: each for each in stated if each.get("in") == "formData"}
    for each in stated:
        if each.get("in") == "body":
            yield from ((media, {"schema": each.get("schema", {})}) for media in takes)
    if fields:
        for media in [each for each in takes if each in _FORMS] or _FORMS[1:]:
            yield media, {"schema": {"type": "object", "properties": fields}}
