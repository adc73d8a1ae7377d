"""Structured statements as text, for people and for tests."""

from __future__ import annotations

from collections.abc import Iterator

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
from arazzoc.ir.graph import Edge, Retry, WorkflowCall

__all__ = ["dump"]


def dump(block: Block) -> str:
    """A block, a line a statement, what is in it indented; ends with a line break."""
    return "".join(line + "\n" for line in _block(block))


def _block(block: Block) -> Iterator[str]:
    for statement in block:
        yield from _statement(statement)


def _nested(head: str, block: Block) -> Iterator[str]:
    """A head and its block; a block that falls through at once is `pass`."""
    yield head
    yield from ("  " + line for line in _block(block))
    if not block:
        yield "  pass"


def _statement(statement: Statement) -> Iterator[str]:
    match statement:
        case Judge(step, success, failure):
            yield from _judgement(step.step_id, success, failure)
        case Choose(step, arms, otherwise):
            for number, (edge, body) in enumerate(arms):
                word = "elif" if number else "if"
                yield from _nested(f"{word} {step.step_id}: {_guard(edge)}", body)
            if otherwise:
                yield from _nested("else", otherwise)
        case Loop(body):
            yield from _nested("loop", body)
        case Machine(start, states):
            yield f"machine from {start}"
            for step_id, body in states:
                yield from ("  " + line for line in _nested(f"state {step_id}", body))
        case _:
            yield _simple(statement)


def _judgement(step_id: str, success: Block, failure: Block) -> Iterator[str]:
    if success:
        yield from _nested(f"if {step_id} succeeded", success)
        if failure:
            yield from _nested("else", failure)
    else:
        yield from _nested(f"if {step_id} failed", failure)


def _guard(edge: Edge) -> str:
    parts = [criterion.text for criterion in edge.criteria]
    if isinstance(edge.target, Retry):
        parts.insert(0, f"{edge.target.counter} < {edge.target.limit}")
    return " and ".join(parts) or "always"


def _simple(
    statement: Perform | Capture | ResetCounter | Again | Continue | Break | Return | Fail | Jump,
) -> str:
    match statement:
        case Perform(step):
            return f"perform {step.step_id}"
        case Capture(step):
            return f"capture {step.step_id}"
        case ResetCounter(counter):
            return f"{counter} = 0"
        case Again(retry):
            return f"again {retry.counter} after {retry.delay:g} s{_way(retry)}"
        case Continue():
            return "continue"
        case Break():
            return "break"
        case Return(step, action, onward):
            what = f"go on with workflow {onward.workflow_id}" if onward else "return"
            return f"{what} after {step.step_id}" + (f" by {action}" if action else "")
        case Fail(step, action):
            return f"fail at {step.step_id}" + (f" by {action}" if action else "")
        case Jump(step_id):
            return f"jump to {step_id}"


def _way(retry: Retry) -> str:
    if retry.first is None:
        return ""
    if isinstance(retry.first, WorkflowCall):
        return f", by way of workflow {retry.first.workflow_id}"
    return f", by way of {retry.first}"
