"""Documents that have been read, for all workspaces of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import source as rules
from arazzoc.frozen import dataclass
from arazzoc.source.document import Document
from arazzoc.source.fault import Problem
from arazzoc.source.files import Files
from arazzoc.source.limits import DEFAULT_LIMITS, Limits
from arazzoc.source.location import missing, shown_name
from arazzoc.source.network.network import RemoteError
from arazzoc.source.reading import read_document, text_of
from arazzoc.source.regular import NoRegularFileError
from arazzoc.text import LineIndex

__all__ = ["Loaded", "Shelf", "Texts"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file.

    Attributes:
        found: The document; why the file cannot be read; None where its text is at fault.
        faults: What is wrong with its text.
        lines: Its text; None where it could not be read.
    """

    found: Document | Problem | None
    faults: tuple[Diagnostic, ...] = ()
    lines: LineIndex | None = None


class Shelf:
    """Keeps every file that was read, and so reads it once."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        """Takes how much of each file is read."""
        self._limits = limits
        self._loaded: dict[FilePath, tuple[Loaded, str]] = {}

    def renewed(self, files: Files) -> Shelf:
        """A shelf that keeps what this one holds of files that have not changed.

        Args:
            files: Where it is looked up whether they have.
        """
        other = Shelf(self._limits)
        for path, (loaded, answer) in self._loaded.items():
            if files.answer("content", str(path)) == answer:
                other._loaded[path] = loaded, answer
        return other

    def load(self, path: FilePath, name: str, files: Files) -> Loaded:
        """What became of the file at `path`.

        Args:
            path: Absolute.
            name: The path as users are shown it.
            files: Where it is read, and which remembers that it was.
        """
        if path not in self._loaded:
            loaded = self._read(path, name, files)
            self._loaded[path] = loaded, files.answers["content", str(path)]
        loaded, answer = self._loaded[path]
        files.answers["content", str(path)] = answer
        return loaded

    def lines(self, path: FilePath, files: Files) -> LineIndex | None:
        """The text of a file, of which nothing is parsed for this; None where it cannot be read."""
        if path in self._loaded:
            return self._loaded[path][0].lines
        try:
            data = files.read(path, self._limits.file_size + 1)
        except OSError:
            return None
        return LineIndex(text_of(data, self._limits))

    def _read(self, path: FilePath, name: str, files: Files) -> Loaded:
        try:
            data = files.read(path, self._limits.file_size + 1)
        except RemoteError as error:
            return Loaded(error.problem)
        except (FileNotFoundError, NotADirectoryError):
            return Loaded(missing(path, name))
        except IsADirectoryError:
            message = f"`{name}` is a folder"
            hint = "name the file in it that is meant"
            return Loaded(Problem(rules.UNREADABLE_FILE, message, hint))
        except NoRegularFileError:
            return Loaded(Problem(rules.UNREADABLE_FILE, f"`{name}` is no regular file"))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            return Loaded(Problem(rules.UNREADABLE_FILE, f"`{name}` cannot be read: {reason}"))
        document, faults = read_document(data, path, name, self._limits)
        lines = document.lines if document else LineIndex(text_of(data, self._limits))
        return Loaded(document, faults, lines)


class Texts(Mapping[str, LineIndex]):
    """The texts of files by the names that users are shown, each read once it is looked at."""

    def __init__(self, paths: Iterable[FilePath], shelf: Shelf, files: Files) -> None:
        """Takes the absolute paths of files that can be read."""
        folder = FilePath.cwd()
        self._paths = {shown_name(path, folder): path for path in sorted(paths)}
        self._shelf = shelf
        self._files = files.anew()
        self._read: dict[str, LineIndex | None] = {}

    def __getitem__(self, name: str) -> LineIndex:
        if name not in self._read:
            self._read[name] = self._shelf.lines(self._paths[name], self._files)
        lines = self._read[name]
        if lines is None:
            raise KeyError(name)
        return lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
