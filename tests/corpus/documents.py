"""Arazzo and OpenAPI documents as plain values, and the operations that steps call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeGuard
from urllib.parse import unquote, urlsplit

from arazzoc.source.limits import Limits
from arazzoc.source.reading import read_document
from tests.corpus.modern import modern

__all__ = [
    "METHODS",
    "Description",
    "Operation",
    "Workflows",
    "declared",
    "is_list",
    "is_object",
    "read",
]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value of a document is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a value of a document is a list."""
    return isinstance(value, list)


def read(path: Path) -> Any:
    """The value of a YAML or JSON document; None where it cannot be read."""
    if not path.is_file():
        return None
    document, _ = read_document(path.read_bytes(), path, path.name, Limits())
    return None if document is None else document.root


def _part(part: str) -> str:
    """The pattern for a part of a path template; `{+name}` is several segments."""
    if not part.startswith("{"):
        return re.escape(part)
    return "[^?]+" if part.startswith("{+") else "[^/?]+"


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One operation of a description.

    Attributes:
        source: The name of its source description.
        method: In upper case.
        template: Its path, such as `/jobs/{id}`.
        members: The Operation Object.
        parameters: Its parameters, those of its path item too, without references.
        pattern: Matches the paths that it answers.
    """

    source: str
    method: str
    template: str
    members: Mapping[str, Any]
    parameters: tuple[Mapping[str, Any], ...]
    pattern: re.Pattern[str] = field(repr=False)

    @property
    def key(self) -> str:
        """`jobs GET /jobs/{id}`."""
        return f"{self.source} {self.method} {self.template}"


class Description:
    """An OpenAPI description.

    Args:
        name: The name of its source description.
        root: Its value.
    """

    def __init__(self, name: str, root: Mapping[str, Any]) -> None:
        self.name = name
        self.root = root
        self.root = modern(root, self.follow)

    def follow(self, value: Any) -> Any:
        """What a Reference Object leads to; anything else as it is. A reference that leads nowhere is `{}`."""
        for _ in range(20):
            reference = value.get("$ref") if is_object(value) else None
            if not isinstance(reference, str):
                return value
            value = self.at(reference) if reference.startswith("#") else None
            if value is None:
                return {}
        return {}

    def at(self, fragment: str) -> Any:
        """What a fragment such as `#/paths/~1jobs/get` leads to; None where that is nothing."""
        value: Any = self.root
        for token in unquote(fragment).lstrip("#").split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            if is_object(value) and name in value:
                value = value[name]
            elif is_list(value) and name.isdecimal() and int(name) < len(value):
                value = value[int(name)]
            else:
                return None
        return value

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """All operations, those with the most literal paths first."""
        found = [*self._operations()]
        return tuple(sorted(found, key=lambda each: each.template.count("{")))

    def _operations(self) -> Iterator[Operation]:
        for template, stated in self.root.get("paths", {}).items():
            item = self.follow(stated)
            for method in METHODS:
                members = item.get(method) if is_object(item) else None
                if is_object(members):
                    yield self._operation(template, method, item, members)
            others = item.get("additionalOperations") if is_object(item) else None
            for method, members in others.items() if is_object(others) else ():
                yield self._operation(template, method, item, members)

    def _operation(
        self, template: str, method: str, item: Mapping[str, Any], members: Mapping[str, Any]
    ) -> Operation:
        stated = [*item.get("parameters", ()), *members.get("parameters", ())]
        parameters = {
            (each.get("name"), each.get("in")): each
            for each in map(self.follow, stated)
            if is_object(each)
        }
        parts = re.split(r"(\{[^}]*\})", re.split("[?#]", template)[0])
        pattern = "".join(map(_part, parts))
        return Operation(
            self.name,
            method.upper(),
            template,
            members,
            tuple(parameters.values()),
            re.compile(pattern),
        )

    def by_id(self, operation_id: str) -> Operation | None:
        """The operation of that id."""
        for operation in self.operations:
            if operation.members.get("operationId") == operation_id:
                return operation
        return None

    def by_pointer(self, fragment: str) -> Operation | None:
        """The operation that `#/paths/~1jobs/get` leads to."""
        members = self.at(fragment)
        return next((each for each in self.operations if each.members is members), None)

    def answering(self, method: str, path: str) -> Operation | None:
        """The operation that a request is for."""
        for operation in self.operations:
            if operation.method == method and operation.pattern.fullmatch(path):
                return operation
        return None


def declared(
    description: Description, operation: Operation, parameter: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """The schema that an operation declares for a parameter of a step, with the parameter's example."""
    for each in operation.parameters:
        if (each.get("name"), each.get("in")) == (parameter["name"], parameter.get("in")):
            schema = description.follow(each.get("schema"))
            if is_object(schema):
                stated = {"example": each["example"]} if "example" in each else {}
                return {**stated, **schema}
    return None


class Workflows:
    """One Arazzo document with its descriptions, and the documents whose workflows it runs.

    Args:
        path: The document.
        elsewhere: Files that stand for descriptions by their URL.
        known: Documents that are read already, by their path.
    """

    def __init__(
        self,
        path: Path,
        elsewhere: Mapping[str, Path] | None = None,
        known: dict[Path, Workflows] | None = None,
    ) -> None:
        self.path = path.resolve()
        self._elsewhere = elsewhere or {}
        self.root: Any = read(path)
        self.descriptions: dict[str, Description] = {}
        self._known = {} if known is None else known
        self._known[self.path] = self
        for source in self.root["sourceDescriptions"]:
            self._read(source["name"], source["url"])

    def _read(self, name: str, url: str) -> None:
        parts = urlsplit(url)
        place = (self.path.parent / unquote(parts.path)).resolve()
        place = self._elsewhere.get(url, place)
        root = None if parts.scheme and url not in self._elsewhere else read(place)
        if is_object(root) and ("openapi" in root or "swagger" in root):
            self.descriptions[name] = Description(name, root)
        elif is_object(root) and "arazzo" in root:
            other = self._known.get(place) or Workflows(place, self._elsewhere, self._known)
            for each, description in other.descriptions.items():
                self.descriptions.setdefault(each, description)

    @property
    def documents(self) -> tuple[Workflows, ...]:
        """This document and those that it leads to."""
        return tuple(self._known.values())

    @cached_property
    def workflows(self) -> Mapping[str, Mapping[str, Any]]:
        """The workflows by their ids."""
        return {each["workflowId"]: each for each in self.root["workflows"]}

    def component(self, value: Any) -> Any:
        """A parameter, action or schema, references followed."""
        if is_object(value) and isinstance(value.get("reference"), str):
            found: Any = self.root.get("components", {})
            for token in value["reference"].removeprefix("$components.").split(".", 1):
                found = found.get(token, {})
            return {**found, **{key: value[key] for key in value if key != "reference"}}
        if is_object(value) and isinstance(value.get("$ref"), str):
            return Description("", self.root).follow(value)
        return value

    def called(self, step: Mapping[str, Any]) -> Operation | None:
        """The operation that a step calls, as far as its text tells."""
        by_id, by_path = step.get("operationId"), step.get("operationPath")
        if isinstance(by_path, str):
            place, _, pointer = by_path.partition("#")
            source = next((name for name in self.descriptions if name in place), None)
            return self.descriptions[source].by_pointer(f"#{pointer}") if source else None
        if not isinstance(by_id, str):
            return None
        parts = by_id.strip("{}").removeprefix("$sourceDescriptions.").split(".", 1)
        if len(parts) == 2 and parts[0] in self.descriptions:
            return self.descriptions[parts[0]].by_id(parts[1])
        found = (each.by_id(by_id) for each in self.descriptions.values())
        return next((each for each in found if each is not None), None)
