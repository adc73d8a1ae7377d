"""The documents that an Arazzo document names: each is opened once, and read once something of it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Final

from arazzoc.diagnostics.model import Findings, Rule
from arazzoc.diagnostics.registry.document import NOT_ARAZZO, NOT_ASYNCAPI
from arazzoc.diagnostics.registry.openapi import NOT_OPENAPI
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Arazzo, SourceDescription, SourceType
from arazzoc.model.openapi_document import OpenApi
from arazzoc.model.read_arazzo import read_arazzo
from arazzoc.names import Identifier
from arazzoc.source.document import Document
from arazzoc.source.workspace import Workspace

__all__ = ["Library", "Volume"]

_RULES: Final[Mapping[SourceType, Rule]] = {
    "openapi": NOT_OPENAPI,
    "arazzo": NOT_ARAZZO,
    "asyncapi": NOT_ASYNCAPI,
}
_NOUNS: Final[Mapping[SourceType, str]] = {
    "arazzo": "an Arazzo document",
    "openapi": "an OpenAPI description",
    "asyncapi": "an AsyncAPI description",
}


@dataclass(frozen=True, slots=True)
class Volume:
    """An Arazzo document with what its source descriptions lead to.

    Attributes:
        name: The source description that led to it first; None for the document that is compiled.
        apis: Its OpenAPI descriptions, by the name of the source description; None for one that could not
            be read.
        documents: Its Arazzo documents, likewise.
        titles: What the module calls each of `apis`, by the name of the source description. One that several
            documents name has one title, and two have never the same.
    """

    document: Document
    arazzo: Arazzo
    name: str | None
    apis: Mapping[str, OpenApi | None]
    documents: Mapping[str, Document | None]
    titles: Mapping[str, str]


class Library:
    """The documents that one Arazzo document leads to, by way of others too."""

    def __init__(self, workspace: Workspace, findings: Findings) -> None:
        self._workspace = workspace
        self._findings = findings
        self._volumes: dict[FilePath, Volume | None] = {}
        self._apis: dict[FilePath, OpenApi | None] = {}
        self._titles: dict[FilePath, str] = {}
        self._keywords: set[str] = set()

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """The Arazzo documents that were read, in the order in which they were."""
        return tuple(volume for volume in self._volumes.values() if volume is not None)

    def volume(self, document: Document, name: str | None = None) -> Volume | None:
        """What `document` is as an Arazzo document; None, with findings, where it is none.

        Args:
            document: The document.
            name: The source description that leads to it, should nothing have led to it before.
        """
        if document.path not in self._volumes:
            arazzo = read_arazzo(document, self._findings)
            self._volumes[document.path] = (
                None if arazzo is None else self._opened(document, arazzo, name)
            )
        return self._volumes[document.path]

    def _opened(self, document: Document, arazzo: Arazzo, name: str | None) -> Volume:
        apis: dict[str, OpenApi | None] = {}
        documents: dict[str, Document | None] = {}
        titles: dict[str, str] = {}
        for source in arazzo.source_descriptions:
            if source.url.text is None:
                continue
            if source.type == "asyncapi":
                self._look_at_messages(document, source, source.url.text)
                continue
            opened = self._workspace.open(document, source.url.text, source.url.span)
            kind = source.type or (opened and _kind(opened)) or "openapi"
            if opened is not None and not self._is_of(kind, opened, source):
                opened = None
            if kind == "arazzo":
                documents[source.name] = opened
                continue
            apis[source.name] = self._api(opened) if opened is not None else None
            if opened is not None:
                titles[source.name] = self._title(opened, source.name, name)
        return Volume(document, arazzo, name, apis, documents, titles)

    def _look_at_messages(self, document: Document, source: SourceDescription, url: str) -> None:
        """Tells where an AsyncAPI description is something else; nothing more is read of those."""
        opened = self._workspace.peek(document, url)
        if opened is not None:
            self._is_of("asyncapi", opened, source)

    def _is_of(self, kind: SourceType, opened: Document, source: SourceDescription) -> bool:
        """Whether a document is of the kind that is stated, as far as its first look tells."""
        seen = _kind(opened)
        if seen in (None, kind):
            return True
        self._findings.report(
            _RULES[kind],
            (source.node.get("type") or source.url).span,
            f"`{opened.name}` is not {_NOUNS[kind]} but {_NOUNS[seen]}",
            hint=f"write `type: {seen}`, or the `url` of another file",
        )
        return False

    def _api(self, document: Document) -> OpenApi | None:
        if document.path not in self._apis:
            found = OpenApi.of(document, self._workspace, self._findings)
            self._apis[document.path] = found
        return self._apis[document.path]

    def _title(self, api: Document, source: str, volume: str | None) -> str:
        """The title of a description: that which it has, or a new one that gives a keyword of its own."""
        if volume is not None and api.path in self._titles:
            return self._titles[api.path]
        found = next(
            title
            for title in _candidates(source, volume)
            if Identifier.of(title) not in self._keywords
        )
        self._keywords.add(Identifier.of(found))
        self._titles.setdefault(api.path, found)
        return found


def _candidates(source: str, volume: str | None) -> Iterator[str]:
    yield source
    longest = source if volume is None else f"{volume}.{source}"
    yield longest
    number = 2
    while True:
        yield f"{longest}.{number}"
        number += 1


def _kind(document: Document) -> SourceType | None:
    """What a document says that it is; None where it does not say so in the usual way."""
    if document.node.get("arazzo") is not None:
        return "arazzo"
    if document.node.get("openapi") is not None or document.node.get("swagger") is not None:
        return "openapi"
    return "asyncapi" if document.node.get("asyncapi") is not None else None
