"""The graph as a diagram, in Mermaid's and in Graphviz's language.

Texts of a document stand in labels only, and there escaped; what names the nodes is made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from arazzoc.ir.dump import request_line
from arazzoc.ir.graph import Edge, End, GoTo, Graph, Retry, StepNode, Stop
from arazzoc.ir.wording import criterion_words

__all__ = ["dot", "mermaid"]

_Kind: TypeAlias = Literal["step", "start", "end", "fail"]


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
        *map(_mermaid_shape, _shapes(graph)),
        *map(_mermaid_arrow, _arrows(graph)),
    ]
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """A workflow in DOT; ways after a failure are dashed. Ends with a line break."""
    name = _quoted((graph.workflow_id,))
    lines = [
        f"digraph {name} {{",
        "  node [shape=box];",
        *map(_dot_shape, _shapes(graph)),
        *map(_dot_arrow, _arrows(graph)),
        "}",
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
    if "end" in heads:
        yield _Shape("end", "end", ("end",))
    if "failure" in heads:
        yield _Shape("failure", "fail", ("StepFailed",))


def _arrows(graph: Graph) -> Iterator[_Arrow]:
    keys = _keys(graph)
    if graph.steps:
        yield _Arrow("start", keys[graph.steps[0].step_id], ())
    for step in graph.steps:
        for edge in step.on_success:
            yield _arrow(step, edge, keys, dashed=False)
        if step.decides_on_failure:
            for edge in step.on_failure:
                yield _arrow(step, edge, keys, dashed=True)


def _arrow(step: StepNode, edge: Edge, keys: dict[str, str], *, dashed: bool) -> _Arrow:
    words = [] if edge.action is None else [edge.action]
    match edge.target:
        case GoTo(step_id):
            head = keys[step_id]
        case End():
            head = "end"
        case Stop():
            head = "failure"
        case Retry(_, limit, delay):
            head = keys[step.step_id]
            words.append(f"retry {limit} x after {delay:g} s")
        case _:
            assert_never(edge.target)
    words += map(criterion_words, edge.criteria)
    return _Arrow(keys[step.step_id], head, tuple(words), dashed)


_MERMAID_BRACKETS: dict[_Kind, tuple[str, str]] = {
    "start": ("([", "])"),
    "step": ("[", "]"),
    "end": ("([", "])"),
    "fail": ("{{", "}}"),
}
_DOT_SHAPES: dict[_Kind, str] = {
    "start": "oval",
    "step": "box",
    "end": "oval",
    "fail": "hexagon",
}


def _mermaid_shape(shape: _Shape) -> str:
    opening, closing = _MERMAID_BRACKETS[shape.kind]
    return f"  {_mermaid_key(shape.key)}{opening}{_mermaid_label(shape.lines)}{closing}"


def _mermaid_arrow(arrow: _Arrow) -> str:
    line = "-.->" if arrow.dashed else "-->"
    label = f"|{_mermaid_label(arrow.lines)}|" if arrow.lines else ""
    return f"  {_mermaid_key(arrow.tail)} {line}{label} {_mermaid_key(arrow.head)}"


def _mermaid_key(key: str) -> str:
    """A node's name; `end` is a word of Mermaid's."""
    return "done" if key == "end" else key


def _mermaid_label(lines: tuple[str, ...]) -> str:
    return '"' + "<br/>".join(map(_entities, lines)) + '"'


def _entities(text: str) -> str:
    """Text with all but letters, digits and harmless marks as Mermaid's entity codes (`#34;`)."""
    return "".join(
        char if char.isalnum() or char in " .,:/_-=+" else f"#{ord(char)};" for char in _line(text)
    )


def _dot_shape(shape: _Shape) -> str:
    return f"  {shape.key} [shape={_DOT_SHAPES[shape.kind]}, label={_quoted(shape.lines)}];"


def _dot_arrow(arrow: _Arrow) -> str:
    attributes = [
        *([f"label={_quoted(arrow.lines)}"] if arrow.lines else []),
        *(["style=dashed"] if arrow.dashed else []),
    ]
    suffix = f" [{', '.join(attributes)}]" if attributes else ""
    return f"  {arrow.tail} -> {arrow.head}{suffix};"


def _quoted(lines: tuple[str, ...]) -> str:
    r"""A quoted string of DOT, in which a backslash and a quote are escaped and `\n` breaks the line."""
    escaped = (_line(text).replace("\\", "\\\\").replace('"', '\\"') for text in lines)
    return '"' + "\\n".join(escaped) + '"'


def _line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
