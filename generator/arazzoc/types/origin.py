"""Whether a value comes from the caller as it is, or from a response."""

from __future__ import annotations

from arazzoc.types.value import Argument, Chosen, Member, Picked, Returned, Sent, StepOutput, Value

__all__ = ["is_given"]


def is_given(value: Value) -> bool:
    """Whether a value is what the caller gave, or a part of it.

    Callers may give any sequence and any mapping; what a response holds are lists and dictionaries.
    """
    match value:
        case Argument():
            return True
        case StepOutput() | Returned():
            return value.given
        case Member(base) | Picked(base) | Chosen(value=base) | Sent(base=base):
            return is_given(base)
        case _:
            return False
