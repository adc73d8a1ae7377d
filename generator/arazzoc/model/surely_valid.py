"""Accepts what is surely a valid description, so that the full validator need not be asked."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias
from urllib.parse import unquote

from arazzoc.model.openapi_document import Dialect
from arazzoc.model.sure_grammar import Grammar
from arazzoc.source.node import JsonValue

__all__ = ["surely_valid"]

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_COMPONENT_KINDS: Final = {
    "schemas": "schema",
    "parameters": "parameter",
    "responses": "response",
    "requestBodies": "requestBody",
    "headers": "header",
    "securitySchemes": "securityScheme",
}

_Object: TypeAlias = dict[str, JsonValue]


def surely_valid(document: _Object, dialect: Dialect) -> bool:
    """Whether openapi-spec-validator would find nothing in `document`, the used part of a description.

    The validator takes most of a second to be imported, and seconds for large documents. False does not
    mean that something is wrong, but that the validator has to judge: the form is rare, or of OpenAPI 2.0.

    Args:
        document: As `slice_of` makes it: without examples, links, callbacks and extensions.
        dialect: The version of OpenAPI to judge by.
    """
    if dialect == "2.0":
        return False
    try:
        return _Judge(document, dialect).accepts()
    except RecursionError:
        return False


class _Judge:
    """Judges one document."""

    def __init__(self, document: _Object, dialect: Dialect) -> None:
        self._document = document
        self._grammar = Grammar(dialect, self._refers)
        self._judged: dict[tuple[str, str], bool] = {}

    def accepts(self) -> bool:
        return (
            self._grammar.document(self._document)
            and all(map(self._has_parameters, self._calls()))
            and self._ids_differ()
        )

    def _refers(self, pointer: str, kind: str) -> bool:
        """Whether the target of a reference is of that kind; components are judged where they stand."""
        key = (pointer, kind)
        if key not in self._judged:
            self._judged[key] = True  # for references that come round to themselves
            tokens = pointer[2:].split("/")
            if tokens[0] == "components":
                sound = len(tokens) == 3 and _COMPONENT_KINDS.get(tokens[1]) == kind
                self._judged[key] = sound and self._target(pointer) is not None
            else:
                target = self._target(pointer)
                self._judged[key] = target is not None and self._grammar.kind(kind)(target)
        return self._judged[key]

    def _target(self, pointer: str) -> JsonValue:
        value: JsonValue = self._document
        for token in pointer.removeprefix("#/").split("/"):
            name = unquote(token).replace("~1", "/").replace("~0", "~")
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def _calls(self) -> Iterator[tuple[str, _Object, _Object]]:
        """Every path with each of its operations."""
        paths = self._document["paths"]
        for path, item in paths.items() if isinstance(paths, dict) else ():
            if isinstance(item, dict):
                for method in _METHODS:
                    operation = item.get(method)
                    if isinstance(operation, dict):
                        yield path, item, operation

    def _has_parameters(self, call: tuple[str, _Object, _Object]) -> bool:
        """Whether no parameter is declared twice in a list, and those of the path are its placeholders."""
        path, item, operation = call
        lists = [list(self._parameters(each)) for each in (operation, item)]
        if any(len(set(names)) < len(names) for names in lists):
            return False
        declared = {name for names in lists for name, location in names if location == "path"}
        try:
            placeholders = {field for _, field, _, _ in string.Formatter().parse(path) if field}
        except ValueError:
            return False
        return declared == placeholders

    def _ids_differ(self) -> bool:
        ids = [operation.get("operationId") for _, _, operation in self._calls()]
        stated = [each for each in ids if isinstance(each, str)]
        return len(set(stated)) == len(stated)

    def _parameters(self, holder: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
        parameters = holder.get("parameters")
        for each in parameters if isinstance(parameters, list) else ():
            found = self._resolved(each)
            yield str(found["name"]), str(found["in"])

    def _resolved(self, parameter: JsonValue) -> _Object:
        """What is referred to at last; a reference that comes round to itself is a RecursionError."""
        if not isinstance(parameter, dict):
            return {"name": None, "in": None}
        target = parameter.get("$ref")
        return self._resolved(self._target(target)) if isinstance(target, str) else parameter
