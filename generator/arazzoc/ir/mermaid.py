"""A workflow's graph as a Mermaid flowchart.

Texts of a document stand in labels only, and there escaped; what names the nodes is made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias, assert_never

from arazzoc.frozen import dataclass
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
from arazzoc.ir.wording import criterion_words

__all__ = ["mermaid"]

_Kind: TypeAlias = Literal["step", "start", "end", "fail", "workflow"]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A node; `lines` is its text."""

    key: str
    kind: _Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Arrow:
    """An arrow; dashed after a failure."""

    tail: str
    head: str
    lines: tuple[str, ...]
    dashed: bool = False


def mermaid(graph: Graph) -> str:
    """A workflow as a Mermaid flowchart; ways after a failure are dotted. Ends with a line break."""
    lines = [
        "flowchart TD",
        *map(_shape_line, _shapes(graph)),
        *map(_arrow_line, _arrows(graph)),
    ]
    return "\n".join(lines) + "\n"


def _keys(graph: Graph) -> dict[str, str]:
    return {step.step_id: f"step{number}" for number, step in enumerate(graph.steps, start=1)}


def _shapes(graph: Graph) -> Iterator[_Shape]:
    keys = _keys(graph)
    yield _Shape("start", "start", (graph.workflow_id,))
    for step in graph.steps:
        yield _Shape(keys[step.step_id], "step", (step.step_id, request_line(step.call)))
    heads = {arrow.head for arrow in _arrows(graph)}
    if "done" in heads:
        yield _Shape("done", "end", ("end",))
    if "failure" in heads:
        yield _Shape("failure", "fail", ("StepFailed",))
    for workflow_id, key in _onward(graph).items():
        yield _Shape(key, "workflow", (f"workflow {workflow_id}",))


def _onward(graph: Graph) -> dict[str, str]:
    """The nodes of the workflows that go on where this one ends, by their ids."""
    targets = [edge.target for step in graph.steps for edge in (*step.on_success, *step.on_failure)]
    found = dict.fromkeys(
        target.call.workflow_id for target in targets if isinstance(target, Transfer)
    )
    return {name: f"workflow{number}" for number, name in enumerate(found, start=1)}


def _arrows(graph: Graph) -> Iterator[_Arrow]:
    keys, onward = _keys(graph), _onward(graph)
    if graph.steps:
        yield _Arrow("start", keys[graph.steps[0].step_id], ())
    for step in graph.steps:
        for edge in step.on_success:
            yield _arrow(step, edge, keys, onward, dashed=False)
        if step.decides_on_failure:
            for edge in step.on_failure:
                yield _arrow(step, edge, keys, onward, dashed=True)


def _arrow(
    step: StepNode, edge: Edge, keys: dict[str, str], onward: dict[str, str], *, dashed: bool
) -> _Arrow:
    words = [] if edge.action is None else [edge.action]
    match edge.target:
        case GoTo(step_id):
            head = keys[step_id]
        case End():
            head = "done"
        case Stop():
            head = "failure"
        case Transfer(call):
            head = onward[call.workflow_id]
        case Retry(_, limit, delay, first):
            head = keys[step.step_id]
            words.append(f"retry {limit} x after {delay:g} s")
            if first is not None:
                way = f"workflow {first.workflow_id}" if isinstance(first, WorkflowCall) else first
                words.append(f"by way of {way}")
        case _:
            assert_never(edge.target)
    words += map(criterion_words, edge.criteria)
    return _Arrow(keys[step.step_id], head, tuple(words), dashed)


_HARMLESS: Final = frozenset(" .,:/_-=+")

_BRACKETS: Final[Mapping[_Kind, tuple[str, str]]] = {
    "start": ("([", "])"),
    "step": ("[", "]"),
    "end": ("([", "])"),
    "fail": ("{{", "}}"),
    "workflow": ("[[", "]]"),
}


def _shape_line(shape: _Shape) -> str:
    opening, closing = _BRACKETS[shape.kind]
    return f"  {shape.key}{opening}{_label(shape.lines)}{closing}"


def _arrow_line(arrow: _Arrow) -> str:
    line = "-.->" if arrow.dashed else "-->"
    label = f"|{_label(arrow.lines)}|" if arrow.lines else ""
    return f"  {arrow.tail} {line}{label} {arrow.head}"


def _label(lines: tuple[str, ...]) -> str:
    return '"' + "<br/>".join(map(_entities, lines)) + '"'


def _entities(text: str) -> str:
    """Text on one line; all but letters, digits and harmless marks as Mermaid's codes (`#34;`)."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return "".join(
        char if char.isalnum() or char in _HARMLESS else f"#{ord(char)};" for char in line
    )
