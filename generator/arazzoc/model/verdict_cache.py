"""Keeps what the OpenAPI validator said from run to run, in a folder that may be deleted at any time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath

from arazzoc.frozen import dataclass
from arazzoc.source.node import JsonValue, Path
from arazzoc.source.store import Store

__all__ = ["Verdict", "VerdictCache", "cache_folder"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the validator said of one slice.

    Attributes:
        faults: A path in the slice and a message for each fault.
        gave_up: Why the validator could not finish; None where it did.
    """

    faults: tuple[tuple[Path, str], ...]
    gave_up: str | None = None


class VerdictCache:
    """Verdicts in files, by digest. A folder that cannot be used is the same as an empty one."""

    def __init__(self, folder: FilePath) -> None:
        """Takes the folder, which need not exist."""
        self._store = Store(folder / "openapi")

    def get(self, digest: str) -> Verdict | None:
        """The verdict that was kept under `digest`, or None."""
        match self._store.get(digest):
            case {"faults": list(faults), "gave_up": str() | None as gave_up}:
                read = tuple(map(_fault, faults))
            case _:
                return None
        known = tuple(fault for fault in read if fault is not None)
        return Verdict(known, gave_up) if len(known) == len(read) else None

    def keep(self, digest: str, verdict: Verdict) -> None:
        """Keeps `verdict`; other processes see all of it or nothing."""
        faults: list[JsonValue] = [[list(path), message] for path, message in verdict.faults]
        self._store.keep(digest, {"faults": faults, "gave_up": verdict.gave_up})


def cache_folder(environment: Mapping[str, str]) -> FilePath | None:
    """`$ARAZZOC_CACHE`, else `$XDG_CACHE_HOME/arazzoc`, else `~/.cache/arazzoc`; None without a home."""
    own = environment.get("ARAZZOC_CACHE")
    if own:
        return FilePath(own)
    shared = environment.get("XDG_CACHE_HOME")
    if shared:
        return FilePath(shared) / "arazzoc"
    try:
        return FilePath.home() / ".cache" / "arazzoc"
    except RuntimeError:
        return None


def _fault(fault: JsonValue) -> tuple[Path, str] | None:
    match fault:
        case [list(tokens), str(message)]:
            path = tuple(each if isinstance(each, int) else str(each) for each in tokens)
            return path, message
        case _:
            return None
