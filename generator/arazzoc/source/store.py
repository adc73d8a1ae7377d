"""A folder of results, by key: safe to delete, and safe to share with other processes."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from arazzoc.source.node import JsonValue

__all__ = ["Store"]

_MOST_BYTES: Final = 256 * 1024 * 1024
_SWEPT_ONCE_IN: Final = 64
"""How many entries are written between two looks at the folder's size."""


class Store:
    """JSON values in files of their own.

    A folder that cannot be read or written is the same as an empty one. An entry is written to a file of its
    own that then takes its name, so that other processes see all of it or nothing. Its first line is a digest
    of the rest: an entry that is damaged counts as missing. A folder that others can write to, or that is
    another's, counts as empty: what is kept becomes modules, and those are run.
    """

    def __init__(self, folder: Path, *, most_bytes: int = _MOST_BYTES) -> None:
        """Takes the folder, which need not exist.

        Args:
            folder: Where entries lie.
            most_bytes: How large it may grow; the entries that have not been used for longest go first.
        """
        self._folder = folder
        self._most_bytes = most_bytes
        self._written = 0

    def get(self, key: str) -> JsonValue:
        """What was kept under `key`, a text of letters and digits; None where there is nothing."""
        path = self._folder / f"{key}.json"
        try:
            if not _is_own(self._folder) or not _is_own(path):
                return None
            digest, _, data = path.read_bytes().partition(b"\n")
            if digest != _digest(data):
                return None
            value: JsonValue = json.loads(data)
        except (OSError, ValueError, RecursionError):
            return None
        with suppress(OSError):
            os.utime(path)
        return value

    def keep(self, key: str, value: JsonValue) -> None:
        """Keeps `value` under `key`."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError, UnicodeEncodeError):
            data = text.encode()
            self._write(f"{key}.json", _digest(data) + b"\n" + data)
            self._written += 1
            if self._written % _SWEPT_ONCE_IN == 1:
                self._sweep()

    def _write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(self._folder):
            return
        handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(self._folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _sweep(self) -> None:
        """Removes the entries that have not been used for longest, where there are too many."""
        entries: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self._most_bytes:
                return
            with suppress(OSError):
                path.unlink()
                total -= size


def _is_own(path: Path) -> bool:
    """Whether nobody but the user, and the system's administrator, can have written that."""
    if (
        sys.platform == "win32"
    ):  # its files have other rights, and its caches lie in the user's folder
        return True
    status = path.stat()
    return status.st_uid in (os.getuid(), 0) and not status.st_mode & stat.S_IWOTH


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).hexdigest().encode()
