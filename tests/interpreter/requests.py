"""The request that a step makes of an OpenAPI operation: JSON bodies, parameters of default style."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.interpreter.ends import AbsentError, BrokenPromiseError, Request, UnsendableError
from tests.interpreter.values import Lookup, as_text, evaluate, is_array, is_object

__all__ = ["Operation", "find_operation", "promises", "request_of"]

_COOKIE_OCTETS = "!#$%&'()*+-./:<=>?@[]^_`{|}~"
"""Of RFC 6265, 4.1.1, without letters and digits."""


@dataclass(frozen=True)
class Operation:
    """An operation and where it stands in its description."""

    method: str
    path: str
    stated: Mapping[str, Any]
    description: Mapping[str, Any]

    def parameter(self, name: str, location: str) -> Mapping[str, Any]:
        """What the description declares under that name; empty where it declares nothing."""
        for declared in self.stated.get("parameters", ()):
            if (declared["name"], declared["in"]) == (name, location):
                return dict(declared)
        return {}

    def resolved(self, value: Any) -> Any:
        """`value`, or what its `$ref` leads to."""
        while is_object(value) and "$ref" in value:
            target: Any = self.description
            for token in value["$ref"].split("/")[1:]:
                target = target[token]
            value = target
        return value


def find_operation(description: Mapping[str, Any], operation_id: str) -> Operation:
    """The operation of that id."""
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if operation["operationId"] == operation_id:
                return Operation(method.upper(), path, operation, description)
    raise KeyError(operation_id)


def request_of(
    operation: Operation,
    parameters: list[Any],
    payload: Mapping[str, Any] | None,
    lookup: Lookup,
    given: dict[str, Any],
) -> Request:
    """The request with these Parameter Objects and this Request Body Object.

    What was given to it is kept in `given`, as `query.limit` and `body`.

    Raises:
        AbsentError: A value is absent that it cannot do without.
        UnsendableError: A segment of the path would be an object or a list.
    """
    path = operation.path
    query: list[str] = []
    headers: dict[str, str] = {}
    cookies: list[str] = []
    sent = list(_given(operation, parameters, lookup))
    for parameter, value in sent:
        name = parameter["name"]
        given[f"{parameter['in']}.{name.lower() if parameter['in'] == 'header' else name}"] = value
        match parameter["in"]:
            case "path":
                path = path.replace(f"{{{name}}}", _segment(as_text(value)))
            case "query":
                items = value if is_array(value) else [value]
                query += [f"{quote(name, safe='')}={_quoted(i)}" for i in items if i is not None]
            case "header":
                headers[name] = as_text(value)
            case _:
                cookies.append(f"{name}={quote(as_text(value), safe=_COOKIE_OCTETS)}")
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    body = None
    if payload is not None:
        content = evaluate(payload["payload"], lookup)
        if content is None and payload["payload"] is not None:
            raise AbsentError(payload["payload"])
        given["body"] = content
        given["header.content-type"] = "application/json"
        body = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
        headers["Content-Type"] = "application/json"
    if any(each["in"] == "path" and isinstance(value, dict | list) for each, value in sent):
        raise UnsendableError
    server = operation.description["servers"][0]["url"]
    url = server + path + ("?" + "&".join(query) if query else "")
    return Request(operation.method, url, headers, None if body is None else body.encode())


def _given(
    operation: Operation, parameters: list[Any], lookup: Lookup
) -> Iterator[tuple[Any, Any]]:
    """The parameters that have a value."""
    for parameter in parameters:
        declared = operation.parameter(parameter["name"], parameter["in"])
        is_needed = parameter["in"] == "path" or declared.get("required", False)
        try:
            value = evaluate(parameter["value"], lookup)
            if value is None and is_needed:
                raise AbsentError(parameter["value"])
            if parameter["in"] == "path" and value in ("", [], {}):
                raise AbsentError(parameter["value"])
        except AbsentError as missing:
            if is_needed or isinstance(missing, BrokenPromiseError):
                raise
            continue
        if value is not None:
            yield parameter, value


def _quoted(value: Any) -> str:
    return quote(as_text(value), safe="")


def _segment(text: str) -> str:
    return text.replace(".", "%2E") if text in (".", "..") else quote(text, safe="")


def promises(
    operation: Operation, pointer: str, allowed: set[int] | None, *, judged: bool, null: bool
) -> bool:
    """Whether the schemas promise what was not found at `pointer` in the body of a success.

    Args:
        operation: What was called.
        pointer: A JSON Pointer (RFC 6901).
        allowed: The statuses that the step's success criteria name; None where they name none.
        judged: Whether the step has success criteria.
        null: Whether null was found: a schema without a type has promised no more.
    """
    described = operation.stated["responses"]
    if allowed is not None:
        keys = [str(status) if str(status) in described else "default" for status in allowed]
    else:
        keys = [key for key in described if key.startswith("2")]
        keys = list(described) if judged or not keys else keys
    if not keys or any(key not in described for key in keys):
        return False
    return all(_promised_by(operation, described[key], pointer, null) for key in keys)


def _promised_by(operation: Operation, response: Any, pointer: str, null: bool) -> bool:
    schema = operation.resolved(response).get("content", {}).get("application/json", {})
    schema = operation.resolved(schema.get("schema"))
    if schema is None:
        return False
    for token in pointer.split("/")[1:]:
        if schema.get("type") != "object" or token not in schema.get("required", ()):
            return False
        schema = operation.resolved(schema.get("properties", {}).get(token))
        if schema is None:
            return False
    return "type" in schema or not null
