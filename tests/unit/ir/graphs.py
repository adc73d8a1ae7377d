"""Graphs made by hand."""

from __future__ import annotations

from arazzoc.ir.graph import Call, Edge, End, GoTo, Graph, Retry, Server, StepNode, Stop
from arazzoc.names import ConstantName, Identifier

SERVER = Server("api", Identifier("api_url"), ConstantName("API_URL"), "https://localhost")


def step(
    step_id: str, on_success: tuple[Edge, ...], on_failure: tuple[Edge, ...] | None = None
) -> StepNode:
    failure = on_failure or (Edge(None, (), Stop()),)
    return StepNode(step_id, None, Call("GET", SERVER, ("/jobs",)), (), (), on_success, failure)


def graph(workflow_id: str, *steps: StepNode) -> Graph:
    return Graph(
        workflow_id, Identifier("flow"), None, None, None, (), (SERVER,), steps, (), available={}
    )


POLL = graph(
    "poll",
    step("submit", (Edge(None, (), GoTo("wait")),)),
    step(
        "wait",
        (Edge("done", (), End()), Edge("again", (), Retry(Identifier("retries"), 60, 5.0))),
        (Edge("giveUp", (), GoTo("submit")),),
    ),
)
