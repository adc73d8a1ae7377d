"""What may be had of the network in one run, and what was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path as FilePath
from typing import Final, TypeAlias

from arazzoc.diagnostics.registry.network import NOT_AS_LOCKED, NOT_FETCHED
from arazzoc.source.fault import Problem
from arazzoc.source.limits import DEFAULT_LIMITS
from arazzoc.source.network.lock import LOCK_FILE, Lock, LockError
from arazzoc.source.store import Store

__all__ = ["Network", "NotFetchedError", "RemoteError", "fetched"]

Fetch: TypeAlias = Callable[[str], bytes]
"""What is at an address; raises NotFetchedError."""

_FOLDER: Final = "remote"
_MOST_DOCUMENTS: Final = 100
"""How many documents are fetched in one run: a stranger may name any number."""


class NotFetchedError(Exception):
    """Nothing was fetched; the message says why, as the end of a sentence."""


def fetched(url: str) -> bytes:
    """What is at an address of the network.

    Raises:
        NotFetchedError: It cannot or may not be fetched.
    """
    # TLS and HTTP take long to import, and hardly any run needs them.
    from arazzoc.source.network.fetching import Fetcher

    return Fetcher(DEFAULT_LIMITS.file_size).fetch(url)


class RemoteError(OSError):
    """A document of the network cannot be used.

    Attributes:
        problem: The finding.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Network:
    """The documents of the network, each fetched once a run and held against the locks.

    Where a lock exists, all that is fetched has to be in it. What it pins is kept by its digest: it is
    fetched once, and found without the network from then on.
    """

    def __init__(
        self,
        locks: Iterable[FilePath],
        *,
        updates: bool = False,
        cache: FilePath | None = None,
        fetch: Fetch | None = None,
    ) -> None:
        """Fetches nothing yet.

        Args:
            locks: Where lock files may be.
            updates: Whether everything is fetched anew, whatever is locked.
            cache: The folder in which what is locked is kept; None where nothing is.
            fetch: What fetches; the network itself, if nothing else is given.
        """
        self._updates = updates
        self._store = None if cache is None else Store(cache / _FOLDER)
        self._fetch = fetch or fetched
        self._had: dict[str, bytes | RemoteError] = {}
        self._broken: str | None = None
        self._locked = None if updates else self._read(locks)

    def _read(self, paths: Iterable[FilePath]) -> Mapping[str, str] | None:
        """What the lock files say together; None where there is none."""
        found: dict[str, str] | None = None
        for path in paths:
            try:
                lock = Lock.read(path)
            except LockError as error:
                self._broken = str(error)
                continue
            if lock is not None:
                found = {**lock.digests, **(found or {})}
        return found

    def digest(self, url: str) -> str:
        """SHA-256 of what is at an address, in hex; of what is locked without a look at the network.

        Raises:
            RemoteError: It cannot be used.
        """
        if self._locked is not None and self._broken is None and url in self._locked:
            return self._locked[url]
        return hashlib.sha256(self.content(url)).hexdigest()

    def content(self, url: str) -> bytes:
        """What is at an address.

        Raises:
            RemoteError: It cannot be fetched, or is not what is locked.
        """
        if url not in self._had:
            try:
                self._had[url] = self._found(url)
            except RemoteError as error:
                self._had[url] = error
        found = self._had[url]
        if isinstance(found, RemoteError):
            raise found.with_traceback(None)
        return found

    def _found(self, url: str) -> bytes:
        if self._broken is not None:
            raise _not_locked(f"`{LOCK_FILE}` cannot be used: {self._broken}", "writes it anew")
        if self._locked is None:
            data = self._fetched(url)
            if self._updates:
                self._keep(hashlib.sha256(data).hexdigest(), data)
            return data
        digest = self._locked.get(url)
        if digest is None:
            raise _not_locked(f"`{url}` is not in `{LOCK_FILE}`", "adds it")
        kept = self._kept(digest)
        data = self._fetched(url) if kept is None else kept
        if hashlib.sha256(data).hexdigest() != digest:
            message = f"`{url}` has changed: it is not what `{LOCK_FILE}` pins"
            raise _not_locked(message, "takes what is there now")
        if kept is None:
            self._keep(digest, data)
        return data

    def _fetched(self, url: str) -> bytes:
        if sum(isinstance(each, bytes) for each in self._had.values()) >= _MOST_DOCUMENTS:
            reason = f"{_MOST_DOCUMENTS} documents were fetched, the limit"
            raise RemoteError(_not_fetched(url, reason))
        try:
            return self._fetch(url)
        except NotFetchedError as error:
            raise RemoteError(_not_fetched(url, str(error))) from error

    def _kept(self, digest: str) -> bytes | None:
        """What was kept; None where it is damaged or not there."""
        found = None if self._store is None else self._store.get(digest)
        try:
            data = found.encode("latin-1") if isinstance(found, str) else None
        except UnicodeEncodeError:
            return None
        return data if data is not None and hashlib.sha256(data).hexdigest() == digest else None

    def _keep(self, digest: str, data: bytes) -> None:
        if self._store is not None:
            self._store.keep(digest, data.decode("latin-1"))


def _not_fetched(url: str, reason: str) -> Problem:
    hint = (
        "look at the address, or keep the document beside this one and name it by a relative path"
    )
    return Problem(NOT_FETCHED, f"`{url}` cannot be fetched: {reason}", hint)


def _not_locked(message: str, does: str) -> RemoteError:
    hint = f"look at what it holds; `--allow-remote --update-lock` {does}"
    return RemoteError(Problem(NOT_AS_LOCKED, message, hint))
