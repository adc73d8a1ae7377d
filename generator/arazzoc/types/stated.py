"""What expressions read of the Arazzo document itself: `$self`, `$sourceDescriptions` and `$components`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.diagnostics.registry import reference as rules
from arazzoc.expr import ast
from arazzoc.types.facts import Viewpoint
from arazzoc.types.reaching import Problem, Resolved, unknown
from arazzoc.types.value import Constant

__all__ = ["component", "self_uri", "source_field", "unknown_source"]

_PLACES: Final[Mapping[str, str]] = {
    "parameters": "parameters",
    "successActions": "onSuccess",
    "failureActions": "onFailure",
}
"""Where components of a kind are referred to."""


def self_uri(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The document's own URI."""
    uri = view.facts.arazzo.self_uri
    if uri is not None:
        return Resolved(Constant(uri))
    return Problem(
        rules.NO_SELF, "this document has no `$self`", "add the field `$self`", expression.where
    )


def source_field(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """A field of a source description, extensions included; `type` is null where it is left out.

    An operation or a workflow of the source is no value (Arazzo 1.1.0, "Source Description Expression
    Resolution"): steps call those.
    """
    assert isinstance(expression, ast.SourceDescriptionReference)
    source = view.facts.arazzo.source(expression.source_name)
    if source is None:
        return unknown_source(expression.source_name, expression, view) or Resolved(Constant(None))
    field = source.node.get(expression.reference)
    if field is not None:
        return Resolved(Constant(field.value))
    if expression.reference == "type":
        return Resolved(Constant(None, absent=True))
    return Problem(
        rules.NO_VALUE,
        f"`{expression}` is no value: it names an operation or a workflow, if anything",
        f"call it in a step; `$sourceDescriptions.{source.name}.url` is a value",
        expression.where,
    )


def unknown_source(name: str, expression: ast.Expression, view: Viewpoint) -> Problem | None:
    """That the document has no source description of that name; None where it has."""
    arazzo = view.facts.arazzo
    if arazzo.source(name) is not None or arazzo.has_unread("sourceDescriptions"):
        return None
    return unknown(
        rules.UNKNOWN_SOURCE,
        f"there is no source description `{name}`",
        name,
        [known.name for known in view.facts.arazzo.source_descriptions],
        expression.where,
        instead=lambda meant: str(expression).replace(f".{name}", f".{meant}", 1),
    )


def component(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """That a component is no value: parameters and actions are referred to where they stand."""
    del view
    assert isinstance(expression, ast.ComponentReference)
    return Problem(
        rules.NO_VALUE,
        f"`{expression}` is no value: it names a component",
        f"write `reference: {expression}` in `{_PLACES[expression.kind]}`",
        expression.where,
    )
