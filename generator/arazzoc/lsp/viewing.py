"""What expressions can see where the cursor stands."""

from __future__ import annotations

from arazzoc.analysis import Analysis
from arazzoc.check.context import Context
from arazzoc.lsp.mentions import place_of
from arazzoc.source.node import Node
from arazzoc.types.facts import Viewpoint

__all__ = ["view_of"]


def view_of(node: Node, analysis: Analysis) -> Viewpoint | None:
    """The point of view of an expression at `node`; None where no workflow surrounds it."""
    facts, step = place_of(node, analysis)
    if facts is None:
        return None
    context = Context(facts)
    if step is None:
        return context.at_the_end()
    field = node.path[4] if len(node.path) > 4 else ""
    if field in ("outputs", "onSuccess"):
        return context.succeeded(step)
    if field == "successCriteria":
        return context.answered(step)
    if field == "onFailure":
        return context.failed(step)
    return context.before(step)
