"""What is asked of the file system, and what was answered.

A result depends on nothing else but the compiler and its options: while the answers stay the same,
so does it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Final, Literal, TypeAlias, get_args

from arazzoc.source.identity import stated_addresses
from arazzoc.source.limits import DEFAULT_LIMITS
from arazzoc.source.network.address import url_of
from arazzoc.source.network.network import Network, RemoteError
from arazzoc.source.regular import read_regular

__all__ = ["QUESTIONS", "Answers", "Files", "Kind", "is_fault", "is_passing"]

Kind: TypeAlias = Literal["content", "exists", "real", "addresses"]
"""What a file holds, whether it is there, where its links lead, and what addresses are stated beside it."""

Answers: TypeAlias = Mapping[tuple[Kind, str], str]
"""By the kind of the question and the path that it is about; what is long is told by its digest."""

QUESTIONS: Final[tuple[Kind, ...]] = get_args(Kind)


class Files:
    """The file system, with what an editor holds before it. It remembers what it was asked.

    Attributes:
        answers: What has been answered so far.
        network: What may be had of the network; None where nothing may.
    """

    def __init__(
        self,
        contents: Mapping[FilePath, bytes] | None = None,
        offered: Iterable[FilePath] = (),
        network: Network | None = None,
    ) -> None:
        """Asks nothing yet.

        Args:
            contents: What files hold that are not read from the disk, by their absolute paths.
            offered: Folders in which documents may be found by their `$self`.
            network: What may be had of the network; None where nothing may.
        """
        self.network = network
        self._contents = contents or {}
        self._offered = frozenset(offered)
        self._addresses: dict[FilePath, Mapping[FilePath, str]] = {}
        self.answers: dict[tuple[Kind, str], str] = {}

    def anew(self) -> Files:
        """The same files, of which nothing has been asked."""
        other = Files(self._contents, self._offered, self.network)
        other._addresses = self._addresses
        return other

    def read(self, path: FilePath, most: int) -> bytes:
        """What a file holds, up to `most` bytes.

        Raises:
            OSError: It cannot be read. A pipe or device is not waited for.
        """
        try:
            data = self._read(path, most)
        except OSError as error:
            self.answers["content", str(path)] = _fault_of(error)
            raise
        self.answers["content", str(path)] = hashlib.sha256(data).hexdigest()
        return data

    def exists(self, path: FilePath) -> bool:
        """Whether there is something at a path."""
        # Unlike `Path.exists`, this takes names that no file can have.
        found = path in self._contents or os.path.exists(path)  # noqa: PTH110
        self.answers["exists", str(path)] = str(found)
        return found

    def real(self, path: FilePath) -> FilePath:
        """Where a path leads without links."""
        found = os.path.realpath(path)
        self.answers["real", str(path)] = found
        return FilePath(found)

    def addresses(self, folder: FilePath) -> Mapping[FilePath, str]:
        """The files in a folder and in those on offer that seem to have a `$self`, with that address."""
        found: dict[FilePath, str] = {}
        for each in sorted({*self._offered, folder}):
            if each not in self._addresses:
                self._addresses[each] = dict(stated_addresses(each))
            found.update(self._addresses[each])
        told = repr([(str(path), stated) for path, stated in found.items()])
        self.answers["addresses", str(folder)] = hashlib.sha256(told.encode()).hexdigest()
        return found

    def answer(self, kind: Kind, about: str) -> str:
        """What is answered to a question now. What is locked need not be fetched for that."""
        url = url_of(FilePath(about)) if kind == "content" else None
        try:
            if url is not None and self.network is not None:
                return self.network.digest(url)
        except RemoteError as error:
            return _fault_of(error)
        with suppress(OSError):
            _ASKING[kind](self, FilePath(about))
        return self.answers[kind, about]

    def _read(self, path: FilePath, most: int) -> bytes:
        if path in self._contents:
            return self._contents[path][:most]
        url = url_of(path)
        if url is not None and self.network is not None:
            return self.network.content(url)
        return read_regular(path, most)


_ASKING: Final[Mapping[Kind, Callable[[Files, FilePath], object]]] = {
    "content": lambda files, path: files.read(path, DEFAULT_LIMITS.file_size + 1),
    "exists": Files.exists,
    "real": Files.real,
    "addresses": Files.addresses,
}


def is_fault(answer: str) -> bool:
    """Whether an answer about a file's content says why it cannot be read."""
    return ":" in answer


def is_passing(answer: str) -> bool:
    """Whether an answer may be another one soon while nothing changes here: the network's faults pass."""
    return answer.startswith(RemoteError.__name__)


def _fault_of(error: OSError) -> str:
    """Why a file could not be read, as an answer."""
    return f"{type(error).__name__}: {error.strerror or error}"
