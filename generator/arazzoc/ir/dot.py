"""A workflow's graph in Graphviz' DOT language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.ir.graph import Edge, End, GoTo, Graph, Retry, StepNode, Stop

__all__ = ["dot"]

_END: Final = "end"
_FAILED: Final = "failed"
_SHAPES: Final = {
    _END: '"(end)" [label="end", shape=doublecircle]',
    _FAILED: '"(failed)" [label="failed", shape=octagon]',
}


def dot(graph: Graph) -> str:
    """The graph as a `digraph`: steps are boxes, success actions solid and failure actions dashed edges.

    Args:
        graph: A workflow.

    Returns:
        Text that ends in a line break; the same for the same graph.
    """
    edges = [line for step in graph.steps for line in _edges(step)]
    lines = [f"digraph {_quoted(graph.workflow_id)} {{", "  node [shape=box];"]
    lines += [f"  {_quoted(step.step_id)} [label={_label(step)}];" for step in graph.steps]
    lines += [
        f"  {shape};"
        for name, shape in _SHAPES.items()
        if any(f'-> "({name})"' in line for line in edges)
    ]
    return "\n".join([*lines, *edges, "}"]) + "\n"


def _edges(step: StepNode) -> Iterator[str]:
    for edge in step.on_success:
        yield _edge(step, edge, "solid")
    for edge in step.on_failure:
        yield _edge(step, edge, "dashed")


def _edge(step: StepNode, edge: Edge, style: str) -> str:
    label, target = edge.action or "", edge.target
    match target:
        case GoTo(step_id):
            to = _quoted(step_id)
        case End():
            to = f'"({_END})"'
        case Stop():
            to = f'"({_FAILED})"'
        case Retry(limit=limit):
            to = _quoted(step.step_id)
            label = f"{label} (retry {limit}x)".lstrip()
    shown = f"label={_quoted(label)}, " if label else ""
    return f"  {_quoted(step.step_id)} -> {to} [{shown}style={style}];"


def _label(step: StepNode) -> str:
    """The step's id, and its request on a second line."""
    path = "".join(part if isinstance(part, str) else "{}" for part in step.call.path)
    return _quoted(f"{step.step_id}\n{step.call.method} {path}")


def _quoted(text: str) -> str:
    r"""`text` as a DOT string; a line break becomes the escape `\n`, which DOT centres."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
