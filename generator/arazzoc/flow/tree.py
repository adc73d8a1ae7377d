"""Structured control flow: what a workflow's graph becomes before it is written down.

A block is a tuple of statements. The last statement of a block may leave it (`leaves()`); any other block
falls through to what stands after the statement that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Edge, Retry, StepNode, WorkflowCall
from arazzoc.names import Identifier

__all__ = [
    "Again",
    "Block",
    "Break",
    "Capture",
    "Choose",
    "Continue",
    "Fail",
    "Judge",
    "Jump",
    "Loop",
    "Machine",
    "Perform",
    "ResetCounter",
    "Return",
    "Statement",
    "leaves",
    "repeats",
    "statements",
]


@dataclass(frozen=True, slots=True)
class Perform:
    """Builds the step's request, sends it and has the response."""

    step: StepNode


@dataclass(frozen=True, slots=True)
class Judge:
    """Tests the step's success criteria. At most one of the two blocks falls through, or both do.

    A step that retries may be judged once more behind its loop, where it is decided where to go.
    """

    step: StepNode
    success: Block
    failure: Block


@dataclass(frozen=True, slots=True)
class Capture:
    """Assigns the step's outputs."""

    step: StepNode


@dataclass(frozen=True, slots=True)
class Choose:
    """Takes the first arm whose edge's criteria hold (for a retry: and retries are left), else `otherwise`.

    Attributes:
        step: The step whose response the criteria look at.
    """

    step: StepNode
    arms: tuple[tuple[Edge, Block], ...]
    otherwise: Block


@dataclass(frozen=True, slots=True)
class Loop:
    """`while True:`; left by `Break`, `Return` or `Fail` alone, and its body never falls through.

    One without a `Continue` is run once: it is there for its `Break`, over steps that are skipped.
    """

    body: Block


@dataclass(frozen=True, slots=True)
class ResetCounter:
    """Sets a retry counter to zero, where its step is entered."""

    counter: Identifier


@dataclass(frozen=True, slots=True)
class Again:
    """Counts a retry, waits, and runs what runs before the retry; a `Continue` or `Jump` follows.

    Attributes:
        step: The step that runs again.
    """

    retry: Retry
    step: StepNode


@dataclass(frozen=True, slots=True)
class Continue:
    """`continue` of the innermost loop."""


@dataclass(frozen=True, slots=True)
class Break:
    """`break` of the innermost loop."""


@dataclass(frozen=True, slots=True)
class Return:
    """The workflow ends well.

    Attributes:
        step: The last step.
        action: The action that ends it; None where the last step simply was the last.
        onward: The workflow that goes on.
    """

    step: StepNode
    action: str | None
    onward: WorkflowCall | None = None


@dataclass(frozen=True, slots=True)
class Fail:
    """`StepFailed` is raised.

    Attributes:
        action: The `end` action's name; None where no action matched.
    """

    step: StepNode
    action: str | None


@dataclass(frozen=True, slots=True)
class Machine:
    """A `match` over the step to go on with, in a loop: for graphs without structure.

    Attributes:
        start: The first step.
        states: A block a step; each leaves by `Jump`, `Return` or `Fail`.
    """

    start: str
    states: tuple[tuple[str, Block], ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """On to another state of the machine; never out of a `Loop` in the state."""

    step_id: str


Statement: TypeAlias = (
    Perform
    | Judge
    | Capture
    | Choose
    | Loop
    | ResetCounter
    | Again
    | Continue
    | Break
    | Return
    | Fail
    | Machine
    | Jump
)
Block: TypeAlias = "tuple[Statement, ...]"


def statements(block: Block) -> Iterator[Statement]:
    """Every statement of `block`, those inside of others included, in the order written."""
    for statement in block:
        yield statement
        match statement:
            case Judge(_, success, failure):
                yield from statements(success)
                yield from statements(failure)
            case Choose(_, arms, otherwise):
                for _, body in arms:
                    yield from statements(body)
                yield from statements(otherwise)
            case Loop(body):
                yield from statements(body)
            case Machine(_, states):
                for _, body in states:
                    yield from statements(body)
            case _:
                pass


def repeats(choice: Choose) -> bool:
    """Whether the last action goes round the loop again for one criterion, and all that is left leaves."""
    edge, body = choice.arms[-1]
    again = body == (Continue(),) and len(edge.criteria) == 1
    return again and choice.otherwise == (Break(),)


def leaves(block: Block) -> bool:
    """Whether control never falls through the end of `block`."""
    if not block:
        return False
    match block[-1]:
        case Continue() | Break() | Return() | Fail() | Jump() | Machine():
            return True
        case Judge(_, success, failure):
            return leaves(success) and leaves(failure)
        case Choose(_, arms, otherwise):
            return leaves(otherwise) and all(leaves(body) for _, body in arms)
        case Loop(body):
            return not _breaks(body)
        case _:
            return False


def _breaks(block: Block) -> bool:
    """Whether a `Break` of the loop around `block` stands in it."""
    for statement in block:
        match statement:
            case Break():
                return True
            case Judge(_, success, failure):
                if _breaks(success) or _breaks(failure):
                    return True
            case Choose(_, arms, otherwise):
                if _breaks(otherwise) or any(_breaks(body) for _, body in arms):
                    return True
            case _:
                pass
    return False
