"""A document's workflows with their inputs, steps and outputs, for an editor's outline."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as lsp

from arazzoc.analysis import Analysis
from arazzoc.lsp.encoding import Places
from arazzoc.source.node import Node

__all__ = ["outline"]


def outline(analysis: Analysis, places: Places) -> list[lsp.DocumentSymbol]:
    """The source descriptions and the workflows of a document, in the order written."""
    found: list[lsp.DocumentSymbol] = []
    if analysis.arazzo is None:
        return found
    for source in analysis.arazzo.source_descriptions:
        name = source.node.get("name")
        if name is not None:
            found.append(_symbol(source.name, lsp.SymbolKind.File, source.node, name, places))
    for facts in analysis.workflows:
        workflow = facts.workflow
        name = workflow.node.get("workflowId")
        if name is None:
            continue
        below = [
            *_members(
                (fact.node for fact in facts.inputs.values()), lsp.SymbolKind.Variable, places
            ),
            *(
                _symbol(
                    step.step_id,
                    lsp.SymbolKind.Function,
                    step.node,
                    step.node.get("stepId") or step.node,
                    places,
                    _members(step.outputs.values(), lsp.SymbolKind.Field, places),
                    step.operation_id.text if step.operation_id is not None else None,
                )
                for step in workflow.steps
            ),
            *_members(workflow.outputs.values(), lsp.SymbolKind.Field, places),
        ]
        inside = [each for each in below if _covers(workflow.node, each, places)]
        kind = lsp.SymbolKind.Module
        found.append(
            _symbol(
                workflow.workflow_id, kind, workflow.node, name, places, inside, workflow.summary
            )
        )
    return found


def _members(
    nodes: Iterable[Node], kind: lsp.SymbolKind, places: Places
) -> list[lsp.DocumentSymbol]:
    found: list[lsp.DocumentSymbol] = []
    for node in nodes:
        span = places.range(node.key_span)
        found.append(lsp.DocumentSymbol(str(node.path[-1]), kind, span, span))
    return found


def _symbol(
    name: str,
    kind: lsp.SymbolKind,
    node: Node,
    stated: Node,
    places: Places,
    children: list[lsp.DocumentSymbol] | None = None,
    detail: str | None = None,
) -> lsp.DocumentSymbol:
    whole = lsp.Range(places.range(node.span).start, _end(node, places))
    return lsp.DocumentSymbol(
        name or "?", kind, whole, places.range(stated.span), detail, children=children
    )


def _end(node: Node, places: Places) -> lsp.Position:
    """Where the last value below a node ends."""
    last = node
    while isinstance(last.value, dict | list) and last.value:
        *_, last = last.items() if isinstance(last.value, list) else _values(last)
    return places.range(last.span).end


def _values(node: Node) -> list[Node]:
    return [member for _, member in node.members()]


def _covers(node: Node, symbol: lsp.DocumentSymbol, places: Places) -> bool:
    """Whether a symbol stands below a node: an input may be a component's."""
    start, end = places.range(node.span).start, _end(node, places)
    return start.line <= symbol.range.start.line <= end.line
