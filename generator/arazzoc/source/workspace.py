"""All documents of one run: loaded once, reached from each other by address and by `$ref`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path as FilePath
from urllib.parse import urldefrag, urljoin

from arazzoc.diagnostics.model import Diagnostic, Findings
from arazzoc.diagnostics.registry import source as rules
from arazzoc.diagnostics.registry.network import REMOTE_DOCUMENT
from arazzoc.source.document import Document
from arazzoc.source.fault import Problem
from arazzoc.source.files import Files
from arazzoc.source.identity import base_address
from arazzoc.source.limits import DEFAULT_LIMITS, Limits
from arazzoc.source.location import base_folder, located, missing, shown_name
from arazzoc.source.network.address import address_of, network_path, url_of
from arazzoc.source.node import Node
from arazzoc.source.reference import Follower
from arazzoc.source.shelf import Loaded, Shelf
from arazzoc.text import LineIndex, Position, Span

__all__ = ["Workspace"]


class Workspace:
    """The documents of one run, and the bounds within which they may name each other.

    Documents that the user names (`load`) may lie anywhere. What documents name (`resolve_url`, `open`,
    `resolve`) must lie in a base folder of the run.
    """

    def __init__(
        self,
        findings: Findings,
        *,
        bases: tuple[FilePath, ...] = (),
        allow_outside: bool = False,
        limits: Limits = DEFAULT_LIMITS,
        working_folder: FilePath | None = None,
        files: Files | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Starts a run.

        Args:
            findings: Where faults of the documents' texts are reported.
            bases: Folders that documents may name files in. Where there are none, each document that the
                user names brings its own (see `base_folder`).
            allow_outside: Whether documents may name files anywhere.
            limits: How much of each document is read.
            working_folder: What names that users are shown are relative to; the current one by default.
            files: Where everything is asked that is not known from the documents.
            shelf: Documents that another workspace of the run has read.
        """
        self.findings = findings
        self._own_bases = not bases
        self._files = files or Files()
        self._shelf = shelf or Shelf(limits)
        self._bases = {FilePath(os.path.realpath(base)) for base in bases}
        self._allow_outside = allow_outside
        self._working_folder = working_folder or FilePath.cwd()
        self._loaded: dict[FilePath, Loaded] = {}
        self._follower = Follower(self._open)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents that could be read, in the order in which they were."""
        found = (each.found for each in self._loaded.values())
        return tuple(each for each in found if isinstance(each, Document))

    @property
    def texts(self) -> Mapping[str, LineIndex]:
        """The texts that findings point into, by the names that users are shown."""
        return {
            self._name(path): loaded.lines
            for path, loaded in self._loaded.items()
            if loaded.lines is not None
        }

    def load(self, path: FilePath) -> Document | None:
        """The document that the user named; None, with a finding, where it cannot be used."""
        path = FilePath(os.path.abspath(path))  # noqa: PTH100 -- links stay as the user wrote them
        if self._own_bases:
            self._bases.add(base_folder(path))
        found = self._read(path, None)
        if isinstance(found, Problem):
            start = Position(1, 1)
            self.findings.extend([found.at(Span(self._name(path), start, start))])
            return None
        return found

    def resolve_url(self, document: Document, url: str) -> FilePath | Problem:
        """The path that `url` means in `document`: a relative reference (RFC 3986) or a `file:` URI.

        An address of the network is that of a path too (see `network_path`), where anything may be fetched.

        Relative references start from the document's `$self` where they then lead to another document's
        `$self`, and else from the document's own path. An address that leads to no file may be the `$self`
        of a document in its folder, or in that of one that the user named. The path may not exist.
        """
        path = self._addressed(document, url)
        if isinstance(path, Problem) or self._may_be_named(path) or path == document.path:
            return path
        real = self._files.real(path)
        names = [self._name(base) for base in sorted(self._bases)]
        bases = ", ".join("the current folder" if name == "." else f"`{name}`" for name in names)
        return Problem(
            rules.OUTSIDE_BASE,
            f"`{url}` lies outside of the folder that documents may name files in, {bases}",
            f"it leads to `{self._name(real)}`; move that file into the folder, or say `--allow-outside`",
        )

    def _addressed(self, document: Document, url: str) -> FilePath | Problem:
        if url_of(document.path) is not None:
            return self._addressed_from_afar(document, url)
        found = self._addressed_here(document, url)
        if isinstance(found, Problem) and found.rule is REMOTE_DOCUMENT:
            target = _joined(base_address(document) or document.path.as_uri(), url)
            return self._remote(target) or found
        return found

    def _addressed_from_afar(self, document: Document, url: str) -> FilePath | Problem:
        """What an address means in a document of the network, which may name no files of this machine."""
        target = _joined(base_address(document) or address_of(document.path), url)
        found = None if target is None else self._identified(document, target)
        message = f"`{url}` is named by a document of the network and leads to no `https` address"
        return found or self._remote(target) or Problem(rules.OUTSIDE_BASE, message)

    def _remote(self, target: str | None) -> FilePath | None:
        """The path of an address, where it may be fetched."""
        return None if target is None or self._files.network is None else network_path(target)

    def _addressed_here(self, document: Document, url: str) -> FilePath | Problem:
        path, base = located(url, document.path), base_address(document)
        target = _joined(base or document.path.as_uri(), url)
        if target is None:
            return path
        if base is not None:
            moved = located(target, document.path)
            stands = (
                isinstance(moved, FilePath)
                and self._may_be_named(moved)
                and self._files.exists(moved)
            )
            return self._identified(document, target) or (moved if stands else path)
        if isinstance(path, Problem) or not self._files.exists(path):
            return self._identified(document, target) or path
        return path

    def _identified(self, document: Document, address: str) -> FilePath | Problem | None:
        """The document whose `$self` is `address`; None where there is none.

        One that cannot be read, which is told of there, is taken at the word of its text.
        """
        address = urldefrag(address).url
        if address == base_address(document):
            return document.path
        stated = self._files.addresses(document.path.parent)
        seeming = [path for path, each in stated.items() if each == address]
        read = {path: self._read(path, None) for path in seeming if self._may_be_named(path)}
        found = [path for path, each in read.items() if _is_at(each, address)]
        if not found:
            found = [path for path, each in read.items() if each is None][:1]
        if len(found) > 1:
            names = " and ".join(f"`{self._name(path)}`" for path in found)
            message = f"`{address}` is the `$self` of several documents: {names}"
            return Problem(rules.ADDRESS, message, "give each document an address of its own")
        return found[0] if found else None

    def _may_be_named(self, path: FilePath) -> bool:
        if url_of(path) is not None:
            return self._files.network is not None
        real = self._files.real(path)
        return self._allow_outside or any(real.is_relative_to(base) for base in self._bases)

    def open(self, document: Document, url: str, at: Span) -> Document | None:
        """The document that `url` means in `document`; None, with a finding at `at`, where there is none."""
        found = self._open(document, url)
        if isinstance(found, Problem):
            self.findings.extend([found.at(at)])
            return None
        return found

    def peek(self, document: Document, url: str) -> Document | None:
        """The same for a document that need not be there: that it is not is no finding."""
        found = self._open(document, url)
        return None if isinstance(found, Problem) else found

    def follow(self, node: Node) -> Node | Diagnostic:
        """The node that `node` stands for: itself, or what its `$ref` leads to at last.

        Nothing is reported but faults in the text of documents that are opened on the way: what the
        diagnostic weighs is for the caller to say. It stands at the `$ref` that leads nowhere.
        """
        return self._follower.follow(node)

    def resolve(self, node: Node) -> Node | None:
        """What `follow` finds; None, with a finding at the `$ref`, where there is nothing."""
        found = self._follower.follow(node)
        if isinstance(found, Diagnostic):
            self.findings.extend([found])
            return None
        return found

    def _open(self, document: Document, url: str) -> Document | Problem:
        path = self.resolve_url(document, url)
        if isinstance(path, Problem):
            return path
        found = document if path == document.path else self._read(path, url)
        if found is None:
            message = f"`{url}` cannot be read, because `{self._name(path)}` has errors"
            return Problem(rules.UNREADABLE_FILE, message, "mend that document first")
        return found

    def _read(self, path: FilePath, address: str | None) -> Document | Problem | None:
        """The document at `path`; None where its text is at fault, which has been reported."""
        if path not in self._loaded:
            self._loaded[path] = self._shelf.load(path, self._name(path), self._files)
            self.findings.extend(self._loaded[path].faults)
        found = self._loaded[path].found
        if isinstance(found, Problem) and found.rule is rules.FILE_NOT_FOUND:
            return missing(path, self._name(path), address)
        return found

    def _name(self, path: FilePath) -> str:
        return shown_name(path, self._working_folder)


def _joined(base: str, url: str) -> str | None:
    """The address that `url` means where `base` is the base; None where it is no address."""
    try:
        return urljoin(base, url)
    except ValueError:
        return None


def _is_at(found: Document | Problem | None, address: str) -> bool:
    """Whether it is a document with that `$self`."""
    return isinstance(found, Document) and base_address(found) == address
