"""Statements put together so that they read well: guards first, nothing nested that need not be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

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
    Perform,
    ResetCounter,
    Return,
    Statement,
    leaves,
)
from arazzoc.flow.ways import resets, turns
from arazzoc.ir.graph import Edge, Retry, StepNode

__all__ = ["Arm", "chosen", "judged", "spin"]

Arm: TypeAlias = "tuple[Edge, Block]"


def judged(step: StepNode, success: Block, failure: Block) -> Block:
    """Judges a step; success stands after the judgement where failure leaves and is a guard to it."""
    if leaves(failure) and (not leaves(success) or _is_plain(failure)):
        return (Judge(step, (), failure), *success)
    return (Judge(step, success, failure),)


def chosen(step: StepNode, arms: Sequence[Arm], otherwise: Block) -> Block:
    """Chooses between blocks, without arms that make no difference or are never reached.

    Where one block alone goes on, it stands after the choice.
    """
    kept = list(arms)
    if len(otherwise) == 1 and isinstance(otherwise[0], Choose) and otherwise[0].step is step:
        kept, otherwise = [*kept, *otherwise[0].arms], otherwise[0].otherwise
    while kept and kept[-1][1] == otherwise:
        kept.pop()
    if not kept:
        return otherwise
    going_on = [block for block in (*(block for _, block in kept), otherwise) if not leaves(block)]
    after: Block = ()
    if len(going_on) == 1:
        (after,) = going_on
        kept = [(edge, block if leaves(block) else ()) for edge, block in kept]
        otherwise = otherwise if leaves(otherwise) else ()
    return (Choose(step, tuple(kept), otherwise), *after)


def spin(step: StepNode) -> Block:
    """Performs a step until it neither retries nor goes to itself; its outputs are assigned on success."""
    success = _turning(step, step.on_success)
    failure = _turning(step, step.on_failure)
    turn = (Perform(step), *judged(step, (Capture(step), *success), failure))
    return (*resets(step), Loop(turn))


def _turning(step: StepNode, edges: Sequence[Edge]) -> Block:
    """Along the first edge that holds: once more where it leads to the step itself, else out of the loop."""
    arms = [(edge, _turn(step, edge) if turns(step, edge) else (Break(),)) for edge in edges]
    return chosen(step, arms[:-1], arms[-1][1])


def _turn(step: StepNode, edge: Edge) -> Block:
    if isinstance(edge.target, Retry):
        return (Again(edge.target, step), Continue())
    return (*resets(step), Continue())


def _is_plain(block: Block) -> bool:
    """Whether a block does nothing but leave."""
    leaving: tuple[type[Statement], ...] = (ResetCounter, Break, Continue, Fail, Jump, Return)
    return all(isinstance(statement, leaving) for statement in block)
