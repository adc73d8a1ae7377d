"""Two ways to carry out a workflow with scripted outcomes: over its graph, and by its statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzoc.flow.tree import (
    Again,
    Block,
    Break,
    Capture,
    Choose,
    Continue,
    Fail,
    Judge,
    Jump,
    Loop,
    Machine,
    Perform,
    ResetCounter,
    Return,
    Statement,
)
from arazzoc.ir.graph import Edge, End, GoTo, Graph, Retry, Stop, Transfer

LONGEST = 200
"""Performed steps after which a walk is cut off."""


@dataclass(frozen=True, slots=True)
class Script:
    """What each response is like: bit 0 is the step's success, the others are guards g1, g2 ..."""

    bits: bytes

    def succeeds(self, attempt: int) -> bool:
        return bool(self._at(attempt) & 1)

    def holds(self, attempt: int, edge: Edge) -> bool:
        return all(self._is_met(c.text, attempt) for c in edge.criteria)

    def _is_met(self, guard: str, attempt: int) -> bool:
        bit = self._at(attempt) >> int(guard.removeprefix("not_")[1:]) & 1
        return bool(bit) != guard.startswith("not_")

    def _at(self, attempt: int) -> int:
        return self.bits[attempt % len(self.bits)]


def walk(graph: Graph, script: Script) -> list[str]:
    """What happens, told by the graph: the meaning that statements must have."""
    trace: list[str] = []
    steps = {step.step_id: step for step in graph.steps}
    step, left = graph.steps[0], dict[str, int]()
    for attempt in range(LONGEST):
        trace.append(f"perform {step.step_id}")
        good = script.succeeds(attempt)
        if good:
            trace.append(f"capture {step.step_id}")
        for edge in step.on_success if good else step.on_failure:
            if not script.holds(attempt, edge):
                continue
            match edge.target:
                case Retry(counter, limit):
                    if left.setdefault(counter, limit) == 0:
                        continue
                    left[counter] -= 1
                    trace.append(f"wait {counter}")
                case GoTo(step_id):
                    step, left = steps[step_id], {}
                case End() | Transfer():
                    return [*trace, f"return {step.step_id} {edge.action}"]
                case Stop():
                    return [*trace, f"fail {step.step_id} {edge.action}"]
            break
    return trace


def run(block: Block, script: Script) -> list[str]:
    """What happens, told by the statements."""
    return _Run(script).run(block)


class _CutOff(Exception):  # noqa: N818 - it is no error, but an end
    pass


class _Run:
    def __init__(self, script: Script) -> None:
        self._script = script
        self._attempt = -1
        self._performed: str | None = None
        self._counters: dict[str, int] = {}
        self._trace: list[str] = []

    def run(self, block: Block) -> list[str]:
        try:
            end = self._block(block)
        except _CutOff:
            return self._trace
        match end:
            case Return(step, action):
                return [*self._trace, f"return {step.step_id} {action}"]
            case Fail(step, action):
                return [*self._trace, f"fail {step.step_id} {action}"]
            case _:
                raise AssertionError(f"falls off its end by {end}")

    def _block(self, block: Block) -> Statement | None:
        """The statement by which the block is left; None where it falls through."""
        for position, statement in enumerate(block):
            left = self._statement(statement)
            if left is not None:
                assert position == len(block) - 1 or isinstance(statement, Judge | Choose | Loop)
                return left
        return None

    def _statement(self, statement: Statement) -> Statement | None:
        match statement:
            case Judge(step, success, failure):
                assert self._performed == step.step_id
                return self._block(success if self._script.succeeds(self._attempt) else failure)
            case Choose(step, arms, otherwise):
                assert self._performed == step.step_id
                chosen = next((body for edge, body in arms if self._takes(edge)), otherwise)
                return self._block(chosen)
            case Loop(body):
                return self._loop(body)
            case Machine(start, states):
                return self._machine(start, dict(states))
            case Continue() | Break() | Return() | Fail() | Jump():
                return statement
            case _:
                self._act(statement)
                return None

    def _act(self, statement: Perform | Capture | ResetCounter | Again) -> None:
        match statement:
            case Perform(step):
                if self._attempt == LONGEST - 1:
                    raise _CutOff
                self._attempt += 1
                self._performed = step.step_id
                self._trace.append(f"perform {step.step_id}")
            case Capture(step):
                assert self._performed == step.step_id
                self._trace.append(f"capture {step.step_id}")
            case ResetCounter(counter):
                self._counters[counter] = 0
            case Again(Retry(counter, limit)):
                self._counters[counter] += 1
                assert self._counters[counter] <= limit
                self._trace.append(f"wait {counter}")

    def _loop(self, body: Block) -> Statement | None:
        while True:
            match self._block(body):
                case Continue():
                    pass
                case Break():
                    return None
                case None:
                    raise AssertionError("a loop falls off its end")
                case Jump():
                    raise AssertionError("a jump out of a loop")
                case left:
                    return left

    def _machine(self, state: str, states: dict[str, Block]) -> Statement | None:
        while True:
            match self._block(states[state]):
                case Jump(step_id):
                    state = step_id
                case left:
                    return left

    def _takes(self, edge: Edge) -> bool:
        if (
            isinstance(edge.target, Retry)
            and self._counters[edge.target.counter] >= edge.target.limit
        ):
            return False
        return self._script.holds(self._attempt, edge)


def statements(block: Block) -> Iterator[Statement]:
    """Every statement, at any depth."""
    for statement in block:
        yield statement
        for inner in inner_blocks(statement):
            yield from statements(inner)


def inner_blocks(statement: Statement) -> Iterator[Block]:
    match statement:
        case Judge(_, success, failure):
            yield success
            yield failure
        case Choose(_, arms, otherwise):
            yield from (body for _, body in arms)
            yield otherwise
        case Loop(body):
            yield body
        case Machine(_, states):
            yield from (body for _, body in states)
        case _:
            pass


def depth(block: Block) -> int:
    """How many blocks are in one another."""
    inner = [depth(body) for statement in block for body in inner_blocks(statement)]
    return 1 + max(inner) if inner else 0
