"""Statements do what the graph says, whatever the responses are."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzoc.flow.structure import structure
from arazzoc.flow.tree import Machine, Perform
from arazzoc.ir.graph import GoTo, Graph
from tests.unit.flow.drawing import drawn_graph
from tests.unit.flow.walking import Script, run, statements, walk

graphs = st.binary(min_size=8, max_size=90).map(drawn_graph)
scripts = st.lists(st.binary(min_size=1, max_size=24).map(Script), min_size=2, max_size=4)


@settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=graphs, responses=scripts)
def test_statements_do_what_the_graph_says(graph: Graph, responses: list[Script]) -> None:
    block = structure(graph)
    for script in responses:
        assert run(block, script) == walk(graph, script)
    performed = [found.step.step_id for found in statements(block) if isinstance(found, Perform)]
    assert len(performed) == len(set(performed))
    assert set(performed) == reached(graph)
    assert len(block) == 1 or not any(isinstance(found, Machine) for found in statements(block))


def reached(graph: Graph) -> set[str]:
    """The steps that some edges lead to."""
    found: set[str] = set()
    waiting = [graph.steps[0].step_id]
    while waiting:
        step_id = waiting.pop()
        if step_id not in found:
            found.add(step_id)
            step = graph.step(step_id)
            targets = (edge.target for edge in (*step.on_success, *step.on_failure))
            waiting += (target.step_id for target in targets if isinstance(target, GoTo))
    return found
