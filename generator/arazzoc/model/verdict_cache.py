"""Keeps what the OpenAPI validator said from run to run, in a folder that may be deleted at any time."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import cast

from arazzoc.source.node import Path

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
        self._folder = folder / "openapi"

    def get(self, digest: str) -> Verdict | None:
        """The verdict that was kept under `digest`, or None."""
        try:
            kept = json.loads((self._folder / f"{digest}.json").read_text("utf-8"))
            faults = tuple((_path(path), str(message)) for path, message in kept["faults"])
            gave_up = kept["gave_up"]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return Verdict(faults, None if gave_up is None else str(gave_up))

    def keep(self, digest: str, verdict: Verdict) -> None:
        """Keeps `verdict`; other processes see all of it or nothing."""
        text = json.dumps(
            {
                "faults": [[list(path), message] for path, message in verdict.faults],
                "gave_up": verdict.gave_up,
            }
        )
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                FilePath(name).replace(self._folder / f"{digest}.json")
            except OSError:
                FilePath(name).unlink(missing_ok=True)


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


def _path(tokens: object) -> Path:
    if not isinstance(tokens, list):
        raise TypeError("a path is a list")
    known = cast("list[object]", tokens)
    return tuple(token if isinstance(token, int) else str(token) for token in known)
