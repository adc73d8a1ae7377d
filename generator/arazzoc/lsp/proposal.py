"""One of the things that may stand where the cursor is."""

from __future__ import annotations

from typing import Literal, TypeAlias

from arazzoc.frozen import dataclass

__all__ = ["Noun", "Proposal"]

Noun: TypeAlias = Literal[
    "workflow",
    "step",
    "input",
    "output",
    "source",
    "component",
    "operation",
    "parameter",
    "member",
    "value",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may stand where the cursor is.

    Attributes:
        label: What is shown, and written where `text` says nothing else.
        noun: What it is.
        detail: A few words beside it, such as a type.
        description: What the documents say of it.
        text: What is written instead of the label.
        below: A line that belongs below the one with the cursor, in the same column as its key.
        first: Whether it stands before others.
    """

    label: str
    noun: Noun
    detail: str | None = None
    description: str | None = None
    text: str | None = None
    below: str | None = None
    first: bool = False
