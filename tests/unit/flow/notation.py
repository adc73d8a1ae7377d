"""Small graphs as text.

A line a step: its id, a colon, and its edges in order, separated by semicolons. An edge is `ok` or `fail`,
`when GUARD` if it has a criterion, and `-> TARGET` (a step, `end` or `stop`) or `retry LIMIT`. Where no edge
is without a guard, a success goes on with the next line and ends after the last, and a failure stops.
The guard is the action's name, or `always`; `not_GUARD` holds where GUARD does not.
"""

from __future__ import annotations

import re

from arazzoc.ir.graph import Call, Edge, End, GoTo, Graph, Retry, Server, StepNode, Stop, Target
from arazzoc.names import Identifier
from arazzoc.types.condition import Criterion, Holds, Not
from arazzoc.types.model import BOOL
from arazzoc.types.value import Argument

_EDGE = re.compile(
    r"(?P<side>ok|fail)(?: when (?P<guard>\w+))?(?: -> (?P<to>\w+)| retry (?P<limit>\d+))"
)
_SERVER = Server("api", Identifier("api_url"), None, None)


def parse(text: str) -> Graph:
    """The graph that a text describes."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    ids = [line.partition(":")[0].strip() for line in lines]
    return graph(
        [
            _step(step_id, line.partition(":")[2], following)
            for step_id, line, following in zip(ids, lines, [*ids[1:], None], strict=True)
        ]
    )


def graph(steps: list[StepNode]) -> Graph:
    return Graph("w", Identifier("w"), None, None, None, (), (), tuple(steps), (), {})


def step(step_id: str, success: list[Edge], failure: list[Edge]) -> StepNode:
    call = Call("GET", _SERVER, ("/",))
    return StepNode(step_id, None, call, (), (), tuple(success), tuple(failure))


def guard(name: str | None) -> tuple[Criterion, ...]:
    if name is None:
        return ()
    holds = Holds(Argument(Identifier(name.removeprefix("not_")), BOOL))
    return (Criterion(name, Not(holds) if name.startswith("not_") else holds),)


def retry(step_id: str, number: int, limit: int) -> Retry:
    suffix = f"_{number}" if number > 1 else ""
    return Retry(Identifier(f"{step_id}_retries{suffix}"), limit, 1.0)


def _step(step_id: str, text: str, following: str | None) -> StepNode:
    sides: dict[str, list[Edge]] = {"ok": [], "fail": []}
    retries = 0
    for item in filter(None, map(str.strip, text.split(";"))):
        found = _EDGE.fullmatch(item)
        assert found, item
        target: Target
        if found["limit"]:
            retries += 1
            target = retry(step_id, retries, int(found["limit"]))
        else:
            target = _target(found["to"])
        action = found["guard"] or "always"
        sides[found["side"]].append(Edge(action, guard(found["guard"]), target))
    last: dict[str, Target] = {"ok": GoTo(following) if following else End(), "fail": Stop()}
    for side, edges in sides.items():
        if not edges or edges[-1].criteria or isinstance(edges[-1].target, Retry):
            edges.append(Edge(None, (), last[side]))
    return step(step_id, sides["ok"], sides["fail"])


def _target(text: str) -> Target:
    match text:
        case "end":
            return End()
        case "stop":
            return Stop()
        case _:
            return GoTo(text)
