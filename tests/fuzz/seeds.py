"""The sound documents that are broken: those of the project, and of a folder that the environment names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["MORE_SEEDS", "Seed", "seeds"]

MORE_SEEDS: Final = "FUZZ_SEEDS"
"""The environment variable that names a folder of more documents."""
_SPECS: Final = Path(__file__).parents[2] / "specs"
_LARGEST: Final = 200_000
"""Bytes of a document: larger ones take so long that fewer faults are found."""


@dataclass(frozen=True, slots=True)
class Seed:
    """An Arazzo document, and one that is changed: itself or one of those beside it.

    Attributes:
        path: The Arazzo document.
        changed: The document that is changed.
        data: What that one holds.
    """

    path: Path
    changed: Path
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """All seeds, in an order that does not change."""
    folders = [_SPECS]
    if MORE_SEEDS in os.environ:
        folders.append(Path(os.environ[MORE_SEEDS]).resolve())
    return tuple(
        Seed(path, changed, changed.read_bytes())
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if _is_arazzo(path)
        for changed in (path, *_described_by(path))
        if changed.stat().st_size <= _LARGEST
    )


def _is_arazzo(path: Path) -> bool:
    if path.suffix not in (".yaml", ".yml", ".json") or not path.is_file():
        return False
    return path.stat().st_size <= _LARGEST and b"arazzo" in path.read_bytes()[:400]


def _described_by(path: Path) -> list[Path]:
    """The files beside a document that its text names."""
    text = path.read_text("utf-8", "replace")
    beside = (*path.parent.glob("*"), *path.parent.glob("openapi/*"))
    return [
        each for each in sorted(beside) if each.is_file() and each != path and each.name in text
    ]
