"""`arazzoc.lock`: which documents of the network a project was built from, by their digests."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.limits import DEFAULT_LIMITS
from arazzoc.source.node import JsonValue
from arazzoc.source.regular import read_regular

__all__ = ["LOCK_FILE", "Lock", "LockError"]

LOCK_FILE: Final = "arazzoc.lock"
"""The file's name; it lies in a project's folder, beside its `pyproject.toml`."""

_VERSION: Final = 1
_PREFIX: Final = "sha256:"
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}").fullmatch


class LockError(Exception):
    """A file is no lock; the message says why."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What a lock file says.

    Attributes:
        digests: SHA-256 of each document in hex, by its address.
    """

    digests: Mapping[str, str]

    @classmethod
    def read(cls, path: FilePath) -> Lock | None:
        """The lock at `path`; None where there is none.

        Raises:
            LockError: The file cannot be read, or is no lock.
        """
        try:
            stated: JsonValue = json.loads(read_regular(path, DEFAULT_LIMITS.file_size))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LockError((error.strerror or str(error)).lower()) from error
        except (ValueError, RecursionError) as error:
            raise LockError("it is not JSON") from error
        match stated:
            case {"version": int(version), "documents": dict(documents)} if version == _VERSION:
                return cls({url: _digest_of(url, entry) for url, entry in documents.items()})
            case _:
                raise LockError(f"it is no lock of version {_VERSION}")

    def written(self) -> str:
        """The file's text: the same for the same documents, an address a line."""
        documents = {url: f"{_PREFIX}{self.digests[url]}" for url in sorted(self.digests)}
        return json.dumps({"version": _VERSION, "documents": documents}, indent=2) + "\n"


def _digest_of(url: str, entry: JsonValue) -> str:
    if not isinstance(entry, str) or not _DIGEST(entry):
        raise LockError(f"it has no digest of `{url}`")
    return entry.removeprefix(_PREFIX)
