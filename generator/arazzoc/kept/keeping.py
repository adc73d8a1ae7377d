"""How the documents of a run are gone about: what is taken from earlier runs, and who does the rest."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arazzoc.frozen import dataclass
from arazzoc.kept.outcomes import KeptOutcomes
from arazzoc.result import Outcome
from arazzoc.run import Run
from arazzoc.source.node import JsonValue
from arazzoc.source.store import Store
from arazzoc.task import Task

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["NOTHING_KEPT", "Keeping"]

_FOLDER: Final = "outcomes"
_WORTH_A_PROCESS: Final = 8
"""Documents; for fewer, starting a process takes longer than it saves."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where outcomes are kept, and how many processes make new ones.

    Attributes:
        folder: The folder that holds what is kept; None where nothing is.
        processes: At most so many work at a time.
        progress: Is told how many documents are done, and of how many.
    """

    folder: Path | None = None
    processes: int = 1
    progress: Callable[[int, int], None] | None = None

    def outcomes(self, run: Run) -> Sequence[Outcome]:
        """What becomes of each document of a run, in their order."""
        kept = self._kept(run)
        known: dict[Path, Outcome] = {}
        for path in run.paths:
            outcome = None if kept is None else kept.get(path)
            if outcome is not None:
                known[path] = outcome
        left = [path for path in run.paths if path not in known]
        for path, outcome in self._made(run, left):
            known[path] = outcome
            if kept is not None:
                kept.keep(path, outcome)
            if self.progress is not None:
                self.progress(len(known), len(run.paths))
        return [known[path] for path in run.paths]

    def _kept(self, run: Run) -> KeptOutcomes | None:
        if self.folder is None or run.unsaved:
            return None
        circumstances: Mapping[str, JsonValue] = {
            "strict": run.task.strict,
            "outside": run.task.allow_outside,
            "remote": run.task.remote is not None,
            "edition": None if run.task.edition is None else asdict(run.task.edition),
            "bases": [str(base) for base in run.bases],
            "folder": os.getcwd(),  # noqa: PTH109 -- names that users are shown start from it
        }
        return KeptOutcomes(Store(self.folder / _FOLDER), run.files.anew(), circumstances)

    def _made(self, run: Run, paths: Sequence[Path]) -> Iterator[tuple[Path, Outcome]]:
        processes = min(self.processes, len(paths) // _WORTH_A_PROCESS)
        if processes < 2 or run.unsaved:
            yield from ((path, run.outcome(path)) for path in paths)
            return
        # Most runs are of few documents, and done before this is imported.
        from concurrent.futures import ProcessPoolExecutor

        groups = _grouped(paths)
        with ProcessPoolExecutor(
            processes, initializer=_begin, initargs=(run.paths, run.task)
        ) as pool:
            with _deaf():
                work = [pool.submit(_worked, group) for group in groups]
            try:
                for group, made in zip(groups, work, strict=True):
                    yield from zip(group, _had(made, run, group), strict=True)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


NOTHING_KEPT: Final = Keeping()


_runs: Final[list[Run]] = []
"""In a process that works for another one, the run that its documents belong to: it reads each file once."""


@contextmanager
def _deaf() -> Generator[None, None, None]:
    """Ctrl-C waits while processes start: they have not said yet what it does to them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(named: Sequence[Path], task: Task) -> None:
    """What another process does first."""
    signal.signal(signal.SIGINT, _heard)
    _runs[:] = [Run(named, task)]
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _heard(*_: object) -> None:
    """Ctrl-C: there is no run any more."""
    _runs.clear()


def _worked(paths: Sequence[Path]) -> Sequence[Outcome] | None:
    """What another process does, until Ctrl-C ends it: then it has made nothing.

    It is not interrupted while it hands over what it has made: half an answer would keep the other one
    waiting for ever.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _outcomes(paths) if _runs else None
    except KeyboardInterrupt:
        _heard()
        return None
    finally:
        signal.signal(signal.SIGINT, _heard)


def _outcomes(paths: Sequence[Path]) -> Sequence[Outcome]:
    """The outcomes of some documents of the run."""
    return [_runs[0].outcome(path) for path in paths]


def _had(
    made: Future[Sequence[Outcome] | None], run: Run, paths: Sequence[Path]
) -> Sequence[Outcome]:
    """What another process has made; where that one alone was ended, it is made here."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        found = made.result()
    except BrokenProcessPool:
        found = None
    return [run.outcome(path) for path in paths] if found is None else found


def _grouped(paths: Sequence[Path]) -> list[list[Path]]:
    """The documents by folder, some at a time: those of one folder often use the same descriptions."""
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        groups.setdefault(path.parent, []).append(path)
    return [
        group[start : start + _WORTH_A_PROCESS]
        for group in groups.values()
        for start in range(0, len(group), _WORTH_A_PROCESS)
    ]
