"""The ways through a workflow as a graph of nodes that decide between two: what dominators are found of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from arazzoc.flow.tree import Fail, ResetCounter, Return
from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Edge, End, GoTo, Retry, StepNode, Stop, Transfer

__all__ = ["Attempt", "Choice", "Elsewhere", "Node", "Way", "Ways", "resets", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """A way on.

    Attributes:
        to: The number of the node it leads to, or how the workflow ends.
        retry: The retry that it is, if it is one.
        succeeded: Whether the step succeeded.
    """

    to: int | Return | Fail
    retry: Retry | None = None
    succeeded: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """Performs a step and judges it.

    Attributes:
        success: None where it never goes on after success (`spun` only).
        failure: None where it never goes on after failure (`spun` only).
        spun: The step turns in a loop of its own until it neither retries nor goes to itself; only then it
            is judged where to go.
    """

    step: StepNode
    success: Way | None
    failure: Way | None
    spun: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Looks at one edge after success or failure."""

    step: StepNode
    edge: Edge
    chosen: Way
    otherwise: Way


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A step that is not part of the graph: another state of the machine."""

    step_id: str


Node: TypeAlias = "Attempt | Choice | Elsewhere"


@dataclass(frozen=True, slots=True)
class Ways:
    """The graph; node 0 is the start, and the first nodes are the steps in the order given."""

    nodes: tuple[Node, ...]

    def out_of(self, node: int) -> Iterator[Way]:
        """The ways out of a node, the one after success or to the chosen edge first."""
        match self.nodes[node]:
            case Attempt(_, success, failure):
                yield from (way for way in (success, failure) if way is not None)
            case Choice(_, _, chosen, otherwise):
                yield chosen
                yield otherwise
            case Elsewhere():
                pass

    def successors(self) -> tuple[tuple[int, ...], ...]:
        """The nodes that each node leads to, in order, with repetitions."""
        return tuple(
            tuple(way.to for way in self.out_of(node) if isinstance(way.to, int))
            for node in range(len(self.nodes))
        )


def resets(step: StepNode) -> tuple[ResetCounter, ...]:
    """What entering a step anew sets to zero."""
    targets = (edge.target for edge in (*step.on_success, *step.on_failure))
    counters = dict.fromkeys(target.counter for target in targets if isinstance(target, Retry))
    return tuple(ResetCounter(counter) for counter in counters)


def turns(step: StepNode, edge: Edge) -> bool:
    """Whether an edge of a step leads back to the step itself."""
    return isinstance(edge.target, Retry) or edge.target == GoTo(step.step_id)


def ways(steps: Sequence[StepNode], spun: Collection[int] = ()) -> Ways:
    """The ways through `steps`, the first of which is the start.

    Args:
        steps: Edges to other steps than these lead to an `Elsewhere`.
        spun: The places of the steps to be `spun`.
    """
    return _Maker(steps, spun).make()


class _Maker:
    def __init__(self, steps: Sequence[StepNode], spun: Collection[int]) -> None:
        self._steps = steps
        self._spun = spun
        self._places = {step.step_id: place for place, step in enumerate(steps)}
        self._attempts: list[Node] = []
        self._others: list[Node] = []

    def make(self) -> Ways:
        for place, step in enumerate(self._steps):
            spun = place in self._spun
            success = self._side(step, step.on_success, succeeded=True, spun=spun)
            failure = self._side(step, step.on_failure, succeeded=False, spun=spun)
            self._attempts.append(Attempt(step, success, failure, spun))
        return Ways((*self._attempts, *self._others))

    def _side(
        self, step: StepNode, edges: Sequence[Edge], *, succeeded: bool, spun: bool
    ) -> Way | None:
        """The way into the choice between edges, or along the only one.

        The last edge needs no choice: it is without criteria, or where it is the last that leaves a step
        that is spun, what came to leave it must be this.
        """
        edges = [edge for edge in edges if not (spun and turns(step, edge))]
        if not edges:
            return None
        onward = self._along(step, edges[-1], succeeded)
        for edge in reversed(edges[:-1]):
            chosen = self._along(step, edge, succeeded)
            if chosen == onward:
                continue  # no choice: both go on the same way
            onward = Way(self._add(Choice(step, edge, chosen, onward)), succeeded=succeeded)
        return onward

    def _along(self, step: StepNode, edge: Edge, succeeded: bool) -> Way:
        match edge.target:
            case GoTo(step_id):
                return Way(self._place(step_id), succeeded=succeeded)
            case Retry() as retry:
                return Way(self._places[step.step_id], retry, succeeded)
            case End():
                return Way(Return(step, edge.action), succeeded=succeeded)
            case Transfer(call):
                return Way(Return(step, edge.action, call), succeeded=succeeded)
            case Stop():
                return Way(Fail(step, edge.action), succeeded=succeeded)

    def _place(self, step_id: str) -> int:
        if step_id not in self._places:
            self._places[step_id] = self._add(Elsewhere(step_id))
        return self._places[step_id]

    def _add(self, node: Node) -> int:
        self._others.append(node)
        return len(self._steps) + len(self._others) - 1
