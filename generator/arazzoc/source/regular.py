"""Reading files that are files: a pipe could keep the compiler waiting, and a device fill its memory."""

from __future__ import annotations

from pathlib import Path as FilePath

__all__ = ["NoRegularFileError", "is_special", "read_regular"]


class NoRegularFileError(OSError):
    """A pipe or a device, which could keep the compiler waiting for ever."""

    def __init__(self) -> None:
        super().__init__("it is no regular file")


def is_special(path: FilePath) -> bool:
    """Whether there is a pipe or a device, or a link to one."""
    return path.exists() and not (path.is_file() or path.is_dir())


def read_regular(path: FilePath, most: int) -> bytes:
    """What a file holds, up to `most` bytes.

    Raises:
        NoRegularFileError: It is a pipe or a device, or a link to one.
        OSError: It cannot be read.
    """
    if is_special(path):
        raise NoRegularFileError
    with path.open("rb") as file:
        return file.read(most)
