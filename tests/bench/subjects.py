"""What the commands are measured on: documents in specs/, and made-up ones of several sizes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.documents import Syntax, write_chain, write_description, write_workflows

__all__ = ["Subject", "of_chained_steps", "of_unused_operations", "of_workflows", "subjects"]

OPERATIONS: Final = 500
A_DOCUMENT: Final = 50
"""Workflows of each document where there are many; all documents use one description."""
OF_SMALL: Final = 150
"""Operations of the description that they use: each is called by one workflow of a document."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Documents, and how often they are measured.

    Attributes:
        paths: What the command is given.
        files: The Arazzo documents that this means.
        rounds: The median of so many rounds is told.
    """

    name: str
    paths: Sequence[str]
    files: Sequence[str]
    rounds: int


def subjects(specs: Sequence[str], folder: Path) -> Iterator[Subject]:
    """Everything that tables have a row of.

    Args:
        specs: Files and folders of real documents.
        folder: Where the made-up documents are written.
    """
    real = [str(each) for path in specs for each in sorted(Path(path).rglob("*.arazzo.*"))]
    yield Subject("documents of IBM Quantum and others", specs, real, 5)
    for syntax in ("yaml", "json"):
        name = f"1 workflow, {OPERATIONS} operations in {syntax.upper()}"
        yield of_unused_operations(folder, OPERATIONS, syntax, name)
    for workflows in (50, 500, 5000):
        yield of_workflows(folder, workflows)


def of_unused_operations(
    folder: Path, operations: int, syntax: Syntax, name: str = "", rounds: int = 5
) -> Subject:
    """One workflow that calls three operations of a description that has more."""
    own = folder / f"{syntax}-{operations}"
    own.mkdir()
    description = write_description(own, operations, syntax)
    document = str(write_workflows(own, 1, description, 3))
    return Subject(name, [document], [document], rounds)


def of_chained_steps(folder: Path, steps: int) -> Subject:
    """One workflow whose steps each read an output of the step before."""
    own = folder / f"steps-{steps}"
    own.mkdir()
    document = str(write_chain(own, steps, write_description(own, 1, "json")))
    return Subject(f"{steps:,} steps in a chain", [document], [document], 1)


def of_workflows(folder: Path, workflows: int) -> Subject:
    """Workflows in documents of fifty, or in one document where they are fewer."""
    own = folder / f"workflows-{workflows}"
    own.mkdir()
    description = write_description(own, OF_SMALL, "yaml")
    first = write_workflows(own, min(workflows, A_DOCUMENT), description, OF_SMALL)
    files = [first]
    for number in range(1, workflows // A_DOCUMENT):
        files.append(own / f"rounds-{number}.arazzo.yaml")
        shutil.copy(first, files[-1])
    rounds = 3 if workflows <= A_DOCUMENT else 1
    return Subject(f"{workflows:,} workflows", [str(own)], [str(each) for each in files], rounds)
