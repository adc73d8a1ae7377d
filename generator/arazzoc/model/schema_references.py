"""The references inside a schema that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry.wild import INNER_REFERENCE
from arazzoc.source.edits import replaced
from arazzoc.source.node import Node, Path
from arazzoc.source.reference import inner_definitions, reference_of

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
        reference = reference_of(node)
        if reference is None:
            waiting.extend(_below(node))
            continue
        target = follow(node)
        if isinstance(target, Diagnostic):
            yield target
        else:
            waiting.append(target)
            yield from _inner(reference)


def _inner(reference: Node) -> Iterator[Diagnostic]:
    """That a reference begins at the schema around it, which `#` does not mean without an `$id`."""
    schema = inner_definitions(reference)
    if schema is None or schema.get("$id") is not None:
        return
    instead = f"#{schema.pointer}{(reference.text or '')[1:]}"
    rule = INNER_REFERENCE
    yield Diagnostic(
        rule,
        rule.severity,
        reference.span,
        f"`{reference.text}` begins at the document, which has no such definitions",
        f"write `{instead}`, or give the schema an `$id`",
        fix=replaced(reference, instead),
    )


def _below(node: Node) -> Iterator[Node]:
    yield from node.items()
    for key, member in node.members():
        if key in _NAME_MAPS:
            yield from (named for _, named in member.members())
        elif key not in _DATA and not key.startswith("x-"):
            yield member
