"""Waiting until files change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["State", "state_of", "wait_for_change"]

_PAUSE: Final = 0.3
"""Seconds between two looks: shorter than what people notice, and little work for a machine."""

State: TypeAlias = dict[Path, tuple[int, int]]
"""When each file or folder was changed last, in nanoseconds, and its size in bytes; without missing ones."""


def state_of(paths: Iterable[Path]) -> State:
    """How files, and the folders that they lie in, are now: a folder changes when a file comes or goes."""
    state: State = {}
    for path in {each for file in paths for each in (file, file.parent)}:
        try:
            found = path.stat()
        except OSError:
            continue
        state[path] = (found.st_mtime_ns, found.st_size)
    return state


def wait_for_change(paths: Iterable[Path], since: State) -> None:
    """Returns when one of the files is not as it was; Ctrl-C ends it as `KeyboardInterrupt`."""
    watched = list(paths)
    while state_of(watched) == since:
        time.sleep(_PAUSE)
