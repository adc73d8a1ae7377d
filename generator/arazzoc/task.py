"""What is wanted of documents."""

from __future__ import annotations

from arazzoc.edition import Edition
from arazzoc.frozen import dataclass

__all__ = ["Task"]


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted of every document of a run.

    Attributes:
        strict: Whether tolerated forms are errors.
        edition: The shape of the modules; None where there are to be none.
        allow_outside: Whether documents may name files outside of their project's folder.
    """

    strict: bool = False
    edition: Edition | None = None
    allow_outside: bool = False
