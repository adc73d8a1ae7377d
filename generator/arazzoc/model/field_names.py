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

__all__ = ["field_of", "meant_by"]

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


def field_of(node: Node, key: str) -> Node | None:
    """The value of a field; where it is left out, that of a member whose name is a slip for it."""
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
