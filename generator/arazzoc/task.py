"""What is wanted of documents."""

from __future__ import annotations

from pathlib import Path

from arazzoc.edition import Edition
from arazzoc.frozen import dataclass

__all__ = ["Remote", "Task"]


@dataclass(frozen=True, slots=True)
class Remote:
    """That documents of the network are fetched.

    Attributes:
        update: Whether they are fetched whatever is locked, so that the lock can be written anew.
        cache: The folder in which what is locked is kept; None where nothing is.
    """

    update: bool = False
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted of every document of a run.

    Attributes:
        strict: Whether tolerated forms are errors.
        edition: The shape of the modules; None where there are to be none.
        allow_outside: Whether documents may name files outside of their project's folder.
        remote: How documents of the network are fetched; None where nothing is.
    """

    strict: bool = False
    edition: Edition | None = None
    allow_outside: bool = False
    remote: Remote | None = None
