"""Writes files at the end and whole: every one of them, or none that was there is touched."""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.regular import read_regular

__all__ = ["Stale", "Written", "replace_files", "stale_files", "write_files"]


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_files` did.

    Attributes:
        changed: Files that were written, in the order given.
        unchanged: Files that already held the text; they were not touched.
    """

    changed: tuple[Path, ...]
    unchanged: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A file that does not hold the text it should.

    Attributes:
        before: Its text; None where there is no such file.
        after: What it should hold.
    """

    path: Path
    before: str | None
    after: str

    def diff(self) -> str:
        """A unified diff from what is there to what should be; a line of its own for an empty new file."""
        name = self.path.as_posix()
        lines = difflib.unified_diff(
            [] if self.before is None else self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            "/dev/null" if self.before is None else name,
            name,
        )
        text = "".join(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in lines)
        return text or f"--- /dev/null\n+++ {name}\n"


_MOST_BYTES: Final = 1 << 30
"""No file that is written here is as large: of a larger one it is enough to know that it is another."""
_NO_NEWLINE = "\\ No newline at end of file\n"


def stale_files(files: Mapping[Path, str]) -> tuple[Stale, ...]:
    """Those of `files` (path to text) that are missing or hold something else. Writes nothing.

    Raises:
        OSError: A file is there but cannot be read.
    """
    stale: list[Stale] = []
    for path, text in files.items():
        before = _read(path)
        if before != text.encode():
            shown = None if before is None else before.decode(errors="replace")
            stale.append(Stale(path, shown, text))
    return tuple(stale)


def write_files(files: Mapping[Path, str]) -> Written:
    """Writes `files` (path to text), making folders that are missing.

    All texts are first written to temporary files beside their targets, which then replace the targets one
    by one. A full disk, a missing permission or an interrupt while the texts are written therefore leaves
    every old file as it was. Files that hold their text already are left alone, so that build tools
    see no change.

    Raises:
        OSError: A folder or file cannot be made, read or replaced.
    """
    stale = stale_files(files)
    replace_files({each.path: each.after.encode() for each in stale})
    changed = {each.path for each in stale}
    return Written(
        tuple(path for path in files if path in changed),
        tuple(path for path in files if path not in changed),
    )


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Writes `files` (path to bytes) in the same way, whatever they held.

    Raises:
        OSError: A folder or file cannot be made or replaced.
    """
    with _staged() as staging:
        for path, data in files.items():
            staging.add(path, data)
        staging.commit()


class _Staging:
    """Temporary files that wait to replace their targets."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path]] = []

    def add(self, path: Path, data: bytes) -> None:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(f"there is a folder of that name: {target}")
        # No other process has the name, not even one of the same number in another container.
        temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(8)}.tmp")
        temporary.touch(exist_ok=False)
        self._waiting.append((temporary, target))
        temporary.write_bytes(data)
        if target.exists():
            temporary.chmod(target.stat().st_mode)

    def commit(self) -> None:
        while self._waiting:
            temporary, target = self._waiting[0]
            temporary.replace(target)
            del self._waiting[0]

    def discard(self) -> None:
        for temporary, _ in self._waiting:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def _staged() -> Generator[_Staging]:
    staging = _Staging()
    try:
        yield staging
    finally:
        staging.discard()


def _read(path: Path) -> bytes | None:
    """What `path` holds; None where there is no such file."""
    try:
        return read_regular(path, _MOST_BYTES)
    except FileNotFoundError:
        return None
