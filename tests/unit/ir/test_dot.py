"""A workflow drawn by Graphviz."""

from __future__ import annotations

from arazzoc.ir.dot import dot
from arazzoc.ir.graph import Edge, End
from tests.unit.ir.graphs import POLL, graph, step


def test_steps_are_boxes_and_outcomes_edges() -> None:
    assert dot(POLL) == (
        'digraph "poll" {\n'
        "  node [shape=box];\n"
        '  "submit" [label="submit\\nGET /jobs"];\n'
        '  "wait" [label="wait\\nGET /jobs"];\n'
        '  "(end)" [label="end", shape=doublecircle];\n'
        '  "(failed)" [label="failed", shape=octagon];\n'
        '  "submit" -> "wait" [style=solid];\n'
        '  "submit" -> "(failed)" [style=dashed];\n'
        '  "wait" -> "(end)" [label="done", style=solid];\n'
        '  "wait" -> "wait" [label="again (retry 60x)", style=solid];\n'
        '  "wait" -> "submit" [label="giveUp", style=dashed];\n'
        "}\n"
    )


def test_names_cannot_leave_their_quotes() -> None:
    text = dot(graph('a"]; b [', step("c\\", (Edge('"x', (), End()),))))
    assert 'digraph "a\\"]; b [" {' in text
    assert '"c\\\\" -> "(end)" [label="\\"x", style=solid];' in text
