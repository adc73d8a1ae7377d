"""Files that a caller gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeAlias

__all__ = ["File", "Upload", "loaded"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file's content, and the name under which it is sent; None leaves the name to the request."""

    content: bytes = field(repr=False)
    name: str | None = None


File: TypeAlias = bytes | BinaryIO | PathLike[str] | Upload
"""A file to send: its content, an open file, a path, or content with a name."""


def loaded(file: File) -> Upload:
    """`file` with its content, read once: a request that is sent again sends the same.

    Raises:
        OSError: It cannot be read.
    """
    if isinstance(file, Upload):
        return file
    if isinstance(file, bytes):
        return Upload(file)
    if isinstance(file, PathLike):
        return Upload(Path(file).read_bytes(), Path(file).name)
    name: object = getattr(file, "name", None)
    return Upload(file.read(), Path(name).name if isinstance(name, str) else None)
