"""A workflow's graph in Graphviz' DOT language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.ir.dump import request_line
from arazzoc.ir.graph import (
    Edge,
    End,
    GoTo,
    Graph,
    Retry,
    StepNode,
    Stop,
    Transfer,
    WorkflowCall,
)

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
    onward = dict.fromkeys(call.workflow_id for step in graph.steps for call in _transfers(step))
    lines = [f"digraph {_quoted(graph.workflow_id)} {{", "  node [shape=box];"]
    lines += [f"  {_quoted(step.step_id)} [label={_label(step)}];" for step in graph.steps]
    lines += [
        f"  {shape};"
        for name, shape in _SHAPES.items()
        if any(f'-> "({name})"' in line for line in edges)
    ]
    lines += [
        f"  {_workflow(name)} [label={_quoted(f'workflow {name}')}, shape=box3d];"
        for name in onward
    ]
    return "\n".join([*lines, *edges, "}"]) + "\n"


def _transfers(step: StepNode) -> Iterator[WorkflowCall]:
    for edge in (*step.on_success, *step.on_failure):
        if isinstance(edge.target, Transfer):
            yield edge.target.call


def _workflow(workflow_id: str) -> str:
    """The name of a workflow's node, which no step has."""
    return _quoted(f"(workflow) {workflow_id}")


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
        case Transfer(call):
            to = _workflow(call.workflow_id)
        case Retry(limit=limit, first=first):
            to = _quoted(step.step_id)
            way = first.workflow_id if isinstance(first, WorkflowCall) else first
            label = f"{label} (retry {limit}x{f' after {way}' if way else ''})".lstrip()
    shown = f"label={_quoted(label)}, " if label else ""
    return f"  {_quoted(step.step_id)} -> {to} [{shown}style={style}];"


def _label(step: StepNode) -> str:
    """The step's id, and its request on a second line."""
    if isinstance(step.call, WorkflowCall):
        return _quoted(f"{step.step_id}\n{request_line(step.call)}")
    path = "".join(part if isinstance(part, str) else "{}" for part in step.call.path)
    return _quoted(f"{step.step_id}\n{step.call.method} {path}")


def _quoted(text: str) -> str:
    r"""`text` as a DOT string; a line break becomes the escape `\n`, which DOT centres."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
