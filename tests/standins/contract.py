"""Holds requests and answers against the OpenAPI documents under `specs/`."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.standins.base import Received

SPECS = Path(__file__).parents[2] / "specs"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class ContractError(AssertionError):
    """A request or an answer that the OpenAPI document does not allow."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, with what its path item and its document add.

    Attributes:
        operation_id: Its `operationId`.
        method: Its method, in upper case.
        path: Matches the paths it answers, the server's path included.
        parameters: Its parameters, those of its path item too.
        members: The Operation Object.
        document: The OpenAPI document.
    """

    operation_id: str
    method: str
    path: re.Pattern[str]
    parameters: Sequence[Mapping[str, Any]]
    members: Mapping[str, Any]
    document: Mapping[str, Any]

    @property
    def statuses(self) -> frozenset[int]:
        """The status codes it documents."""
        return frozenset(int(status) for status in self.members["responses"])

    def faults(self, schema: Mapping[str, Any], value: object) -> list[str]:
        """What `schema` finds wrong with `value`; its references are into the document."""
        dialect = str(self.document["openapi"])[:3]
        # The package is typed in part only, and its validators are made at run time.
        package: Any = importlib.import_module("openapi_schema_validator")
        validator, checker = {
            "3.0": (package.OAS30ReadValidator, package.oas30_format_checker),
            "3.1": (package.OAS31Validator, package.oas31_format_checker),
        }[dialect]
        whole = {"allOf": [schema], "components": self.document["components"]}
        judge = validator(whole, format_checker=checker)
        return [f"{fault.json_path}: {fault.message}" for fault in judge.iter_errors(value)]

    def resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """`value`, or what its `$ref` into the document leads to."""
        if "$ref" not in value:
            return value
        target: Any = self.document
        for token in str(value["$ref"]).removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        found: Mapping[str, Any] = target
        return found


class Contract:
    """The operations of some OpenAPI documents that one server answers.

    Args:
        names: The documents, relative to `specs/`.
    """

    def __init__(self, *names: str) -> None:
        self.operations = [
            operation
            for name in names
            for operation in _operations(yaml.safe_load((SPECS / name).read_text("utf-8")))
        ]

    def operation(self, method: str, target: str) -> Operation:
        """The operation that a request is for.

        Raises:
            ContractError: There is none.
        """
        for operation in self.operations:
            if operation.method == method and operation.path.fullmatch(urlsplit(target).path):
                return operation
        raise ContractError(f"no operation is {method} {target}")

    def check_request(self, request: Received) -> Operation:
        """Holds a request against its operation: parameters by name, the body by its schema.

        Raises:
            ContractError: It is none that the operation allows.
        """
        operation = self.operation(request.method, request.target)
        for parameter in operation.parameters:
            name, place = str(parameter["name"]), parameter["in"]
            given = {"query": request.query, "header": request.headers}.get(place)
            spelled = name.lower() if place == "header" else name
            if given is not None and parameter.get("required") and spelled not in given:
                raise ContractError(f"{operation.operation_id}: {place} {name} is missing")
        declared = {str(it["name"]) for it in operation.parameters if it["in"] == "query"}
        if undeclared := sorted(set(request.query) - declared):
            raise ContractError(f"{operation.operation_id}: query {undeclared} is not declared")
        body = operation.members.get("requestBody")
        if body is None:
            if request.body:
                raise ContractError(f"{operation.operation_id}: takes no body")
        elif request.body or operation.resolved(body).get("required"):
            _check_body(
                operation,
                operation.resolved(body)["content"],
                request.headers.get("content-type"),
                request.body,
            )
        return operation

    def check_reply(
        self, method: str, target: str, status: int, content_type: str | None, body: bytes
    ) -> Operation:
        """Holds an answer against its operation: its status, and its body by the schema.

        Raises:
            ContractError: It is none that the operation allows.
        """
        operation = self.operation(method, target)
        responses: Mapping[str, Mapping[str, Any]] = operation.members["responses"]
        if str(status) not in responses:
            raise ContractError(f"{operation.operation_id}: {status} is not documented")
        content = operation.resolved(responses[str(status)]).get("content")
        if content is not None:
            _check_body(operation, content, content_type, body)
        elif body:
            raise ContractError(f"{operation.operation_id}: {status} has no body")
        return operation


def _check_body(
    operation: Operation,
    content: Mapping[str, Mapping[str, Any]],
    content_type: str | None,
    body: bytes,
) -> None:
    if content_type is None or content_type not in content:
        raise ContractError(f"{operation.operation_id}: {content_type} is not documented")
    if faults := operation.faults(content[content_type]["schema"], json.loads(body)):
        raise ContractError(f"{operation.operation_id}: " + "; ".join(faults))


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    base = urlsplit(str(document["servers"][0]["url"])).path
    for template, item in document["paths"].items():
        parts = re.split(r"\{[^}]+\}", f"{base}{template}")
        path = re.compile("[^/]+".join(re.escape(part) for part in parts))
        for method in METHODS:
            if method not in item:
                continue
            members: Mapping[str, Any] = item[method]
            bare = Operation(members["operationId"], method.upper(), path, (), members, document)
            written = [*item.get("parameters", ()), *members.get("parameters", ())]
            parameters = [bare.resolved(parameter) for parameter in written]
            yield Operation(bare.operation_id, bare.method, path, parameters, members, document)
