"""The documents of one call."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arazzoc.result import Outcome
from arazzoc.source.files import Files, is_fault
from arazzoc.source.location import base_folder
from arazzoc.source.network.address import url_of
from arazzoc.source.network.lock import LOCK_FILE, Lock, LockError
from arazzoc.source.network.network import Network
from arazzoc.source.shelf import Shelf, Texts
from arazzoc.task import Remote, Task
from arazzoc.text import LineIndex

if TYPE_CHECKING:
    from arazzoc.analysis import Analysis
    from arazzoc.compilation import Compilation
    from arazzoc.ir.graph import Graph

__all__ = ["Run"]


class Run:
    """Documents that are looked at together: what one of them reads, the others need not read again.

    Attributes:
        paths: The documents, as they were named.
        task: What is wanted of each.
        files: What is asked of the file system.
        bases: The folders that documents may name files in.
        unsaved: Whether some file holds something else than the disk says.
        shelf: Documents that have been read already.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        task: Task,
        contents: Mapping[Path, bytes] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Reads nothing yet.

        Args:
            paths: Arazzo documents.
            task: What is wanted of each.
            contents: What files hold that are not read from the disk, by their absolute paths.
            shelf: Documents of an earlier run; those that have changed since are read again.
        """
        absolute = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 -- links stay
        self.paths = tuple(paths)
        self.task = task
        self.unsaved = bool(contents)
        self.bases = tuple(sorted({base_folder(each) for each in _one_a_folder(absolute)}))
        folders = {path.parent for path in absolute}
        self.files = Files(contents, folders, _network(task.remote, self.bases))
        self.shelf = Shelf() if shelf is None else shelf.renewed(self.files)

    def outcome(self, path: Path) -> Outcome:
        """What becomes of one of the documents."""
        compilation = self._compilation(path)
        with compilation.guarding():
            compilation.compile()
        return compilation.outcome()

    def analysis(self, path: Path) -> tuple[Analysis | None, Outcome]:
        """What is known of one of the documents, and what was found; None where it cannot be read."""
        compilation = self._compilation(path)
        analysis: Analysis | None = None
        with compilation.guarding():
            analysis = compilation.analyse()
        return analysis, compilation.outcome()

    def graphs(self, path: Path) -> tuple[tuple[Graph, ...], Outcome]:
        """The graphs of one of the documents, and what was found."""
        compilation = self._compilation(path)
        graphs: tuple[Graph, ...] = ()
        with compilation.guarding():
            graphs = compilation.graphs()
        return graphs, compilation.outcome()

    def texts(self, outcomes: Sequence[Outcome]) -> Mapping[str, LineIndex]:
        """The texts that findings point into, by the names that users are shown."""
        paths = {
            Path(about)
            for outcome in outcomes
            for (kind, about), answer in outcome.answers.items()
            if kind == "content" and not is_fault(answer)
        }
        return Texts(paths, self.shelf, self.files)

    def locks(self, outcomes: Sequence[Outcome]) -> Mapping[Path, str]:
        """The lock files as they should be, by their paths: of each project that uses the network.

        What is locked and was not asked for stays. Where something could not be fetched, there are none.
        """
        found: dict[Path, dict[str, str]] = {}
        for path, outcome in zip(self.paths, outcomes, strict=True):
            digests = _fetched(outcome)
            if any(map(is_fault, digests.values())):
                return {}
            if digests:
                folder = base_folder(Path(os.path.abspath(path)))  # noqa: PTH100 -- links stay
                found.setdefault(folder / LOCK_FILE, {}).update(digests)
        return {path: _renewed(path, digests) for path, digests in found.items()}

    def _compilation(self, path: Path) -> Compilation:
        # Where nothing has changed since an earlier run, nothing of the compiler is imported.
        from arazzoc.compilation import Compilation

        return Compilation(path, self.task, self.files.anew(), self.shelf, self.bases)


def _network(remote: Remote | None, bases: Sequence[Path]) -> Network | None:
    if remote is None:
        return None
    locks = [base / LOCK_FILE for base in bases]
    return Network(locks, updates=remote.update, cache=remote.cache)


def _fetched(outcome: Outcome) -> Mapping[str, str]:
    """What an outcome depends on of the network: digests, and faults, by address."""
    return {
        url: answer
        for (kind, about), answer in outcome.answers.items()
        if kind == "content" and (url := url_of(Path(about))) is not None
    }


def _renewed(path: Path, digests: Mapping[str, str]) -> str:
    try:
        before = Lock.read(path)
    except LockError:
        before = None
    return Lock({**({} if before is None else before.digests), **digests}).written()


def _one_a_folder(paths: Sequence[Path]) -> Iterator[Path]:
    """One of the paths of each folder: the base folder is the same for all of them, but for links."""
    yield from {(path.parent, path if path.is_symlink() else None): path for path in paths}.values()
