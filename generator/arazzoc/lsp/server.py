"""The server itself: messages of the Language Server Protocol (3.17), answered by the other modules."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from arazzoc.baseline import Baseline
from arazzoc.diagnostics.model import Diagnostic, Edit, Severity
from arazzoc.lsp.completion import complete
from arazzoc.lsp.cursor import leaf_at, mention_at, mentions_of
from arazzoc.lsp.desk import Desk, Reading
from arazzoc.lsp.encoding import Encoding, Places
from arazzoc.lsp.hover import hover
from arazzoc.lsp.outline import outline
from arazzoc.lsp.proposal import Noun, Proposal
from arazzoc.lsp.renaming import RenamingError, nameable, renaming
from arazzoc.lsp.repair import readable
from arazzoc.policy import Policy
from arazzoc.source.document import Document
from arazzoc.text import LineIndex, Span
from arazzoc.version import __version__

__all__ = ["Server", "serve"]

Params = TypeVar("Params")
Answer = TypeVar("Answer")

_PAUSE: Final = 0.05
"""Seconds without a keystroke after which documents are checked."""

_SEVERITIES: Final[Mapping[Severity, lsp.DiagnosticSeverity]] = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.HINT: lsp.DiagnosticSeverity.Hint,
}

_KINDS: Final[Mapping[Noun, lsp.CompletionItemKind]] = {
    "workflow": lsp.CompletionItemKind.Module,
    "step": lsp.CompletionItemKind.Function,
    "input": lsp.CompletionItemKind.Variable,
    "output": lsp.CompletionItemKind.Field,
    "source": lsp.CompletionItemKind.File,
    "component": lsp.CompletionItemKind.Reference,
    "operation": lsp.CompletionItemKind.Method,
    "parameter": lsp.CompletionItemKind.Property,
    "member": lsp.CompletionItemKind.Field,
    "value": lsp.CompletionItemKind.Keyword,
}


class Server:
    """What an editor talks to."""

    def __init__(self, policy: Policy | None = None, baseline: Baseline | None = None) -> None:
        """Answers nothing before `start`.

        Args:
            policy: Which findings are shown; all, where there is none.
            baseline: Findings that are known, which are not shown.
        """
        self.connection = LanguageServer("arazzoc", __version__)
        self._desk = Desk(policy, baseline)
        self._waiting: asyncio.Task[None] | None = None
        self._shown: dict[Path, dict[str, list[lsp.Diagnostic]]] = {}
        self._register()

    def _register(self) -> None:
        self._on(lsp.TEXT_DOCUMENT_DID_OPEN, self.did_open)
        self._on(lsp.TEXT_DOCUMENT_DID_CHANGE, self.did_change)
        self._on(lsp.TEXT_DOCUMENT_DID_SAVE, self.did_save)
        self._on(lsp.TEXT_DOCUMENT_DID_CLOSE, self.did_close)
        self._on(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.did_change_files)
        self._on(lsp.TEXT_DOCUMENT_HOVER, self.hover)
        self._on(lsp.TEXT_DOCUMENT_DEFINITION, self.definition)
        self._on(lsp.TEXT_DOCUMENT_REFERENCES, self.references)
        self._on(lsp.TEXT_DOCUMENT_PREPARE_RENAME, self.prepare_rename)
        self._on(lsp.TEXT_DOCUMENT_RENAME, self.rename)
        self._on(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.symbols)
        triggers = lsp.CompletionOptions(trigger_characters=["$", ".", "/", "#", " "])
        self._on(lsp.TEXT_DOCUMENT_COMPLETION, self.completion, triggers)
        fixes = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
        self._on(lsp.TEXT_DOCUMENT_CODE_ACTION, self.code_actions, fixes)

    def _on(self, name: str, method: Callable[[Params], Answer], options: object = None) -> None:
        """Has `method` answer a message. The connection writes on the function that it is given."""

        def answer(params: Params) -> Answer:
            return method(params)

        self.connection.feature(name, options)(answer)

    def did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """Takes a document's text, and checks it."""
        self._take(params.text_document.uri)

    def did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """Takes what was typed, and checks it once the typing pauses."""
        self._take(params.text_document.uri)

    def did_save(self, params: lsp.DidSaveTextDocumentParams) -> None:
        """Looks at everything that depends on the file."""
        path = _path(params.text_document.uri)
        if path is not None:
            self._desk.forget(path)
            self._check_soon()

    def did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """Forgets an editor's text, and what was said of it."""
        path = _path(params.text_document.uri)
        if path is None:
            return
        self._desk.close(path)
        self._show({**self._shown, path: {}})
        self._check_soon()

    def did_change_files(self, params: lsp.DidChangeWatchedFilesParams) -> None:
        """Looks at everything that depends on files that others have changed."""
        for change in params.changes:
            path = _path(change.uri)
            if path is not None:
                self._desk.forget(path)
        self._check_soon()

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """The type of an expression, and what a name means."""
        at = self._at(params.text_document, params.position)
        if at is None or at.reading.analysis is None:
            return None
        analysis = at.reading.analysis
        leaf = leaf_at(analysis.document, at.offset)
        found = hover(analysis, leaf, at.offset, mention_at(analysis, at.offset))
        if found is None:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.markdown)
        return lsp.Hover(content, at.places.range(found.span))

    def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """Where the thing is defined whose name the cursor is on."""
        at = self._at(params.text_document, params.position)
        if at is None or at.reading.analysis is None:
            return None
        mention = mention_at(at.reading.analysis, at.offset)
        if mention is None:
            return None
        return self._location(mention.target.node.document, mention.target.span)

    def references(self, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        """Where the document names the thing whose name the cursor is on."""
        at = self._at(params.text_document, params.position)
        if at is None or at.reading.analysis is None:
            return None
        analysis = at.reading.analysis
        mention = mention_at(analysis, at.offset)
        if mention is None:
            return None
        identity = mention.target.identity
        return [
            self._location(analysis.document, each.span)
            for each in mentions_of(analysis)
            if each.target.identity == identity
        ]

    def prepare_rename(self, params: lsp.PrepareRenameParams) -> lsp.Range | None:
        """The name that can be changed where the cursor is."""
        at = self._at(params.text_document, params.position)
        if at is None or at.reading.analysis is None:
            return None
        mention = nameable(at.reading.analysis, at.offset)
        return None if mention is None else at.places.range(mention.span)

    def rename(self, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        """The edits that give a thing another name."""
        path = _path(params.text_document.uri)
        reading = None if path is None else self._desk.reading(path)
        if path is None or reading is None or reading.analysis is None:
            raise JsonRpcInvalidParams("the document cannot be read as it is now")
        places = self._places(reading.analysis.document.lines)
        offset = places.offset(params.position)
        users = [each for each in map(self._desk.reading, self._desk.users(path)) if each]
        others = [each.analysis for each in users if each.analysis is not None]
        try:
            edits = renaming(reading.analysis, offset, params.new_name, others)
        except RenamingError as error:
            raise JsonRpcInvalidParams(str(error)) from error
        texts = {name: text for each in users for name, text in each.texts.items()}
        return self._workspace_edit({**texts, **reading.texts}, edits)

    def symbols(self, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        """The workflows of a document with their inputs, steps and outputs."""
        path = _path(params.text_document.uri)
        reading = None if path is None else self._desk.reading(path)
        if reading is None or reading.analysis is None:
            return []
        return outline(reading.analysis, self._places(reading.analysis.document.lines))

    def completion(self, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        """What may stand where the cursor is."""
        at = self._at(params.text_document, params.position)
        if at is None or at.reading.analysis is None:
            return None
        found = complete(at.reading.analysis, at.offset)
        if found is None:
            return None
        typed = lsp.Range(at.places.between(found.start, at.offset).start, params.position)
        items = [_item(each, typed, self._below(at, params)) for each in found.proposals]
        return lsp.CompletionList(is_incomplete=False, items=items)

    def _below(self, at: _At, params: lsp.CompletionParams) -> str | None:
        """What starts a line below the cursor's, in the same column as its key.

        None where something stands behind the cursor: lines are not put in there.
        """
        path = _path(params.text_document.uri)
        lines = LineIndex((path and self._desk.text(path)) or "")
        line = lines.line(params.position.line + 1)
        if lines.position(at.offset).column <= len(line):
            return None
        return "\n" + " " * (len(line) - len(line.lstrip(" -")))

    def code_actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        """The mends of the findings in a range."""
        path = _path(params.text_document.uri)
        reading = None if path is None else self._desk.reading(path)
        if path is None or reading is None:
            return []
        actions: list[lsp.CodeAction] = []
        for found in reading.diagnostics:
            if found.fix is None or _file(found.span.file) != path:
                continue
            shown = self._diagnostic(found, reading.texts)
            if not _touch(shown.range, params.range):
                continue
            edit = self._workspace_edit(reading.texts, found.fix.edits)
            if edit is not None:
                kind, title = lsp.CodeActionKind.QuickFix, _titled(found.fix.title)
                actions.append(lsp.CodeAction(title, kind, [shown], is_preferred=True, edit=edit))
        return actions

    def _take(self, uri: str) -> None:
        path = _path(uri)
        if path is not None:
            self._desk.put(path, self.connection.workspace.get_text_document(uri).source)
            self._check_soon()

    def _check_soon(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().create_task(self._check_later())

    async def _check_later(self) -> None:
        await asyncio.sleep(_PAUSE)
        self.check()

    def check(self) -> None:
        """Reads what has changed, and shows the findings."""
        shown = dict(self._shown)
        for path in self._desk.unread:
            reading = self._desk.reading(path)
            if reading is not None:
                shown[path] = self._findings(reading)
        self._show(shown)

    def _findings(self, reading: Reading) -> dict[str, list[lsp.Diagnostic]]:
        """The findings of a document by the URI of the file that they stand in."""
        found: dict[str, list[lsp.Diagnostic]] = {_uri(reading.path): []}
        for each in reading.diagnostics:
            shown = self._diagnostic(each, reading.texts)
            found.setdefault(_uri(_file(each.span.file)), []).append(shown)
        return found

    def _show(self, shown: dict[Path, dict[str, list[lsp.Diagnostic]]]) -> None:
        """Shows findings; those of a description that several documents use are shown once."""
        before, after = _by_file(self._shown), _by_file(shown)
        self._shown = {path: found for path, found in shown.items() if found}
        for uri in {**before, **after}:
            if before.get(uri) != after.get(uri, []):
                self.connection.text_document_publish_diagnostics(
                    lsp.PublishDiagnosticsParams(uri, after.get(uri, []))
                )

    def _diagnostic(self, found: Diagnostic, texts: Mapping[str, LineIndex]) -> lsp.Diagnostic:
        related = [
            lsp.DiagnosticRelatedInformation(
                lsp.Location(_uri(_file(each.span.file)), self._range(each.span, texts)),
                each.message,
            )
            for each in found.related
        ]
        message = found.message if found.hint is None else f"{found.message}\n{found.hint}"
        return lsp.Diagnostic(
            self._range(found.span, texts),
            message,
            _SEVERITIES[found.severity],
            found.rule.code,
            source="arazzoc",
            tags=[lsp.DiagnosticTag.Unnecessary] if found.rule.unused else None,
            related_information=related or None,
        )

    def _workspace_edit(
        self, texts: Mapping[str, LineIndex], edits: Sequence[Edit]
    ) -> lsp.WorkspaceEdit | None:
        changes: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            place = self._range(edit.span, texts)
            uri = _uri(_file(edit.span.file))
            changes.setdefault(uri, []).append(lsp.TextEdit(place, edit.text))
        return lsp.WorkspaceEdit(changes=changes) if changes else None

    def _at(self, document: lsp.TextDocumentIdentifier, position: lsp.Position) -> _At | None:
        """What is known where the cursor is; a broken document is read as far as it makes sense."""
        path = _path(document.uri)
        text = None if path is None else self._desk.text(path)
        if path is None or text is None or path not in self._desk.documents:
            return None
        offset = self._places(LineIndex(text)).offset(position)
        mended = readable(text, path, offset)
        if mended is None:
            return None
        reading = self._desk.reading(path) if mended == text else self._desk.read(path, mended)
        if reading is None:
            return None
        return _At(reading, offset, self._places(LineIndex(mended)))

    def _location(self, document: Document, span: Span) -> lsp.Location:
        return lsp.Location(_uri(document.path), self._places(document.lines).range(span))

    def _range(self, span: Span, texts: Mapping[str, LineIndex]) -> lsp.Range:
        lines = texts.get(span.file)
        return self._places(lines if lines is not None else LineIndex("")).range(span)

    def _places(self, lines: LineIndex) -> Places:
        stated = self.connection.workspace.position_encoding
        chosen = str(getattr(stated, "value", stated))
        encoding: Encoding = "utf-16"
        if chosen == "utf-8":
            encoding = "utf-8"
        elif chosen == "utf-32":
            encoding = "utf-32"
        return Places(lines, encoding)


class _At:
    """Where the cursor is: a document as it was read, and an offset in it."""

    def __init__(self, reading: Reading, offset: int, places: Places) -> None:
        self.reading = reading
        self.offset = offset
        self.places = places


def serve(policy: Policy | None = None, baseline: Baseline | None = None) -> None:
    """Talks to an editor over standard input and output until it says `exit`."""
    logging.getLogger("pygls").setLevel(logging.ERROR)
    Server(policy, baseline).connection.start_io()


def _by_file(
    shown: Mapping[Path, Mapping[str, Sequence[lsp.Diagnostic]]],
) -> dict[str, list[lsp.Diagnostic]]:
    found: dict[str, list[lsp.Diagnostic]] = {}
    for by_uri in shown.values():
        for uri, diagnostics in by_uri.items():
            known = found.setdefault(uri, [])
            known += (each for each in diagnostics if each not in known)
    return found


def _item(proposal: Proposal, typed: lsp.Range, line: str | None) -> lsp.CompletionItem:
    below: list[lsp.TextEdit] | None = None
    if proposal.below is not None and line is not None:
        below = [lsp.TextEdit(lsp.Range(typed.end, typed.end), line + proposal.below)]
    new = proposal.text or proposal.label
    description = proposal.description
    return lsp.CompletionItem(
        proposal.label,
        kind=_KINDS[proposal.noun],
        detail=proposal.detail,
        documentation=description and lsp.MarkupContent(lsp.MarkupKind.Markdown, description),
        sort_text=f"{'0' if proposal.first else '1'}{proposal.label}",
        filter_text=new if new.startswith(proposal.label) else proposal.label,
        text_edit=lsp.TextEdit(typed, new),
        additional_text_edits=below,
    )


def _touch(one: lsp.Range, other: lsp.Range) -> bool:
    def key(place: lsp.Position) -> tuple[int, int]:
        return place.line, place.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)


def _titled(title: str) -> str:
    return title[:1].upper() + title[1:]


def _path(uri: str) -> Path | None:
    """The absolute path that a `file:` URI means; None for others."""
    if not uri.startswith("file:"):
        return None
    found = uris.to_fs_path(uri)
    return None if found is None else Path(os.path.abspath(found))  # noqa: PTH100 -- links stay


def _file(shown: str) -> Path:
    """The path of a file by the name that spans bear."""
    return Path.cwd() / shown


def _uri(path: Path) -> str:
    return uris.from_fs_path(str(path)) or path.as_uri()
