"""The names of the fields of Arazzo's objects, and what people write in their place.

A field that is misspelt is read as the one that is meant: then its slip is the only thing that is found, and
not once more each time that something needs the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from arazzoc.source.node import Node
from arazzoc.suggestion import closest

__all__ = ["field_of", "is_telling", "meant_by", "written_field"]

_FIELDS: Final = frozenset(
    {
        "$ref",
        "$self",
        "action",
        "arazzo",
        "components",
        "condition",
        "content",
        "context",
        "contentType",
        "correlationId",
        "channelPath",
        "criteria",
        "dependsOn",
        "description",
        "failureActions",
        "in",
        "info",
        "inputs",
        "name",
        "onFailure",
        "onSuccess",
        "operationId",
        "operationPath",
        "outputs",
        "parameters",
        "payload",
        "reference",
        "replacements",
        "requestBody",
        "retryAfter",
        "retryLimit",
        "selector",
        "sourceDescriptions",
        "stepId",
        "steps",
        "successActions",
        "successCriteria",
        "summary",
        "target",
        "targetSelectorType",
        "timeout",
        "title",
        "type",
        "url",
        "value",
        "version",
        "workflowId",
        "workflows",
    }
)
"""Every field of Arazzo 1.0.1 and 1.1.0."""

_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "contentType": ("content-type", "mediaType"),
    "onFailure": ("onError",),
    "operationPath": ("operationRef",),
    "parameters": ("params",),
    "payload": ("body", "data"),
    "requestBody": ("body",),
    "retryAfter": ("delay", "interval"),
    "retryLimit": ("maxRetries", "maxAttempts", "retries"),
    "stepId": ("id",),
    "successCriteria": ("assertions", "criteria"),
}
"""What other formats call a field."""


_NULLABLE: Final = frozenset({"payload", "value"})
"""Fields of which null is a value."""

_TELLING: Final = frozenset(
    {
        "$comment",
        "$schema",
        "author",
        "authors",
        "comment",
        "comments",
        "contact",
        "deprecated",
        "description",
        "displayName",
        "example",
        "examples",
        "externalDocs",
        "label",
        "labels",
        "license",
        "metadata",
        "name",
        "note",
        "notes",
        "summary",
        "tags",
        "termsOfService",
        "title",
    }
)
"""Fields of other formats, and of other objects, that tell readers something and change nothing."""


_REPEATED: Final[Mapping[str, frozenset[str]]] = {
    "parameter": frozenset({"required", "schema"}),
}
"""Fields by which an object says what is known without it: the operation has it."""


def is_telling(key: str, name: str) -> bool:
    """Whether a field that the object `name` does not have can only tell readers something."""
    return key in _TELLING or key in _REPEATED.get(name, ())


def field_of(node: Node, key: str) -> Node | None:
    """The value of a field; None where it is left out, or written without a value."""
    found = written_field(node, key)
    return None if found is None or (found.value is None and key not in _NULLABLE) else found


def written_field(node: Node, key: str) -> Node | None:
    """The value of a field, also null; where it is left out, that of a member whose name is a slip for it."""
    found = node.get(key)
    if found is not None or not isinstance(node.value, dict):
        return found
    for other in node.value:
        if meant_by(other, key):
            return node.get(other)
    return None


@cache
def meant_by(written: str, key: str) -> bool:
    """Whether a member called `written` stands for the field `key`, where that field is left out."""
    if any(written in words for words in _CALLED.values()):
        return written in _CALLED.get(key, ())
    if written in _FIELDS or written.startswith("x-"):
        return False
    return closest(written, _FIELDS) == key
