"""The references inside a schema that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.source.node import Node, Path
from arazzoc.source.reference import reference_of

__all__ = ["broken_references"]

_NAME_MAPS: Final = frozenset(
    {"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"}
)
"""Keywords whose members are named by the author: a property may be called `$ref`."""

_DATA: Final = frozenset({"const", "default", "enum", "example", "examples"})
"""Keywords whose value is data, in which `$ref` means nothing."""


def broken_references(
    schema: Node, follow: Callable[[Node], Node | Diagnostic]
) -> Iterator[Diagnostic]:
    """Why references in `schema`, or in what it refers to, lead nowhere; each once.

    Args:
        schema: A JSON Schema, such as a workflow's `inputs`.
        follow: Follows a `$ref`, or says why it cannot.
    """
    seen: set[tuple[int, Path]] = set()
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        place = (id(node.document), node.path)
        if place in seen:
            continue
        seen.add(place)
        if reference_of(node) is None:
            waiting.extend(_below(node))
            continue
        target = follow(node)
        if isinstance(target, Diagnostic):
            yield target
        else:
            waiting.append(target)


def _below(node: Node) -> Iterator[Node]:
    yield from node.items()
    for key, member in node.members():
        if key in _NAME_MAPS:
            yield from (named for _, named in member.members())
        elif key not in _DATA and not key.startswith("x-"):
            yield member
