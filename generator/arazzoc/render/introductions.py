"""What stands above the code of a step, as a comment."""

from __future__ import annotations

from arazzoc.flow.tree import Block, Loop, Perform, ResetCounter
from arazzoc.ir.graph import StepNode

__all__ = ["entered", "introduction"]


def introduction(step: StepNode) -> str:
    """The step's id, and the first sentence of its description."""
    if not step.description:
        return step.step_id
    return f"{step.step_id}: {_first_sentence(step.description)}"


def entered(block: Block) -> StepNode | None:
    """The step whose code the block begins with, counters and loop included."""
    for statement in block:
        match statement:
            case Perform(step):
                return step
            case Loop(body):
                return entered(body)
            case ResetCounter():
                continue
            case _:
                return None
    return None


def _first_sentence(text: str) -> str:
    """The first sentence, with its first letter small where the word is an ordinary one."""
    plain = " ".join(text.split())
    end = plain.find(". ")
    sentence = plain if end < 0 else plain[: end + 1]
    first = sentence.split(" ", 1)[0]
    if first[:1].isupper() and first[1:].islower():
        sentence = sentence[0].lower() + sentence[1:]
    return sentence
