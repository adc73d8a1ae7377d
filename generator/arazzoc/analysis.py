"""One Arazzo document, read and checked: what linting reports and compiling builds on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Final

from arazzoc.check.context import Context, Whole
from arazzoc.check.doubts import is_doubt
from arazzoc.check.run import run_checks, run_document_checks, run_tidiness
from arazzoc.check.unsure import unsure_rules
from arazzoc.diagnostics.model import Diagnostic, Findings, Rule, Severity
from arazzoc.diagnostics.registry import flow as flow_rules
from arazzoc.diagnostics.registry import openapi as openapi_rules
from arazzoc.diagnostics.registry import operation as operation_rules
from arazzoc.diagnostics.registry import reference as reference_rules
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Arazzo, Step, Workflow
from arazzoc.model.calls import CallOrder, call_order, references
from arazzoc.model.comments import pointers_in_comments
from arazzoc.model.library import Library, Volume
from arazzoc.model.openapi import Operation
from arazzoc.model.openapi_document import OpenApi, OperationSite
from arazzoc.model.read_operation import read_operation
from arazzoc.model.schema_references import broken_references
from arazzoc.model.slice import slice_of
from arazzoc.model.targets import find_operation
from arazzoc.model.validate_slice import validate_slice
from arazzoc.model.workflow_targets import find_workflow
from arazzoc.source.document import Document
from arazzoc.source.node import Node, pointer_of
from arazzoc.source.workspace import Workspace
from arazzoc.types.build import build_facts
from arazzoc.types.facts import WorkflowFacts
from arazzoc.types.schema import SchemaTypes

__all__ = ["Analysis", "analyse"]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is known of a document.

    Attributes:
        arazzo: None where it is no Arazzo document at all.
        volume: The document with what its source descriptions lead to; None where it is no Arazzo document.
        workflows: All workflows of the document as far as they could be read, sound or not.
        sound: The workflows without errors, which can be compiled.
        types: The types of the document's module.
        digest: SHA-256 over the document and every description that it uses, in hex.
        diagnostics: What was found, with severities as options made them.
    """

    document: Document
    arazzo: Arazzo | None
    volume: Volume | None
    workflows: tuple[WorkflowFacts, ...]
    sound: tuple[WorkflowFacts, ...]
    types: SchemaTypes
    digest: str
    diagnostics: tuple[Diagnostic, ...]


def analyse(
    path: Path,
    workspace: Workspace,
    *,
    strict: bool = False,
    free: frozenset[str] = frozenset(),
) -> Analysis | None:
    """Reads and checks the document at `path`; None where it cannot be read.

    Args:
        path: The Arazzo document.
        workspace: Where its sources are loaded; faults of texts are reported to its findings.
        strict: Whether tolerated forms are errors.
        free: Names that are reserved for functions which the module surely does not call.
    """
    document = workspace.load(path)
    if document is None:
        return None
    findings = Findings()
    library = Library(workspace, findings)
    volume = library.volume(document)
    types = SchemaTypes(_follow(workspace))
    if volume is None:
        return Analysis(document, None, None, (), (), types, document.digest, findings.sorted())
    shelf = _Shelf(library, workspace, types, findings, free)
    order = call_order(volume.arazzo.workflows, shelf.workflow)
    judged = _Judged(order, shelf, strict=strict)
    for workflow in order.workflows:
        reader, callees = shelf.reader(workflow), judged.callees(workflow)
        judged.add(workflow, *reader.facts(workflow, callees, judged.troubled))
    shelf.validate()
    described = _weighed(findings.sorted(), strict=strict)
    certain = _known_for_sure(judged.found, described, volume.arazzo)
    found = dict.fromkeys((*described, *certain))
    clean = not any(each.severity is Severity.ERROR for each in found)
    found.update(dict.fromkeys(run_document_checks(judged.whole(volume), sound=clean)))
    ordered = tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))
    sound = judged.sound(volume.arazzo)
    return Analysis(
        document,
        volume.arazzo,
        volume,
        judged.all(volume.arazzo),
        sound,
        types,
        shelf.digest(),
        ordered,
    )


class _Judged:
    """The workflows of one document, and those that they run, as they are read: these come first."""

    def __init__(self, order: CallOrder, shelf: _Shelf, *, strict: bool) -> None:
        self._order = order
        self._shelf = shelf
        self._strict = strict
        self._known: dict[int, WorkflowFacts] = {}
        self._sound: dict[int, WorkflowFacts] = {}
        self.found: list[Diagnostic] = []
        self.troubled: set[int] = set()

    def callees(self, workflow: Workflow) -> Mapping[str, WorkflowFacts]:
        """The workflows that `workflow` runs, as far as they are known, by the text that refers to them."""
        targets = {node.text or "": self._shelf.workflow(node) for node in references(workflow)}
        return {
            text: self._known[id(target)]
            for text, target in targets.items()
            if target is not None and id(target) in self._known
        }

    def add(self, workflow: Workflow, facts: WorkflowFacts, found: tuple[Diagnostic, ...]) -> None:
        """Takes what is known of a workflow, and what its checks found."""
        own = (*found, *self._recursions(workflow), *self._left_out(workflow, facts))
        weighed = _weighed(own, strict=self._strict)
        self.found += weighed
        self._known[id(workflow)] = facts
        if not workflow.sound or any(map(is_doubt, weighed)):
            self.troubled.add(id(workflow))
        if workflow.sound and not any(each.severity is Severity.ERROR for each in weighed):
            self._sound[id(workflow)] = facts

    def sound(self, arazzo: Arazzo) -> tuple[WorkflowFacts, ...]:
        """The workflows of a document without errors, in the order written."""
        return tuple(
            self._sound[id(workflow)]
            for workflow in arazzo.workflows
            if id(workflow) in self._sound
        )

    def all(self, arazzo: Arazzo) -> tuple[WorkflowFacts, ...]:
        """The workflows of a document, sound or not, in the order written."""
        return tuple(self._known[id(workflow)] for workflow in arazzo.workflows)

    def whole(self, volume: Volume) -> Whole:
        """A document, as the rules see it that look at all of its workflows."""
        read = {name for name, api in volume.apis.items() if api is not None}
        read.update(name for name, document in volume.documents.items() if document is not None)
        named = {source.name for source in volume.arazzo.source_descriptions}
        return Whole(volume.arazzo, self.all(volume.arazzo), frozenset(named - read))

    def _recursions(self, workflow: Workflow) -> Iterator[Diagnostic]:
        for recursion in self._order.recursions:
            if recursion.workflow is workflow:
                way = ", which runs ".join(f"`{name}`" for name in recursion.path[1:])
                by_way = f" by way of {way}" if way else ""
                depends = "dependsOn" in recursion.node.path[2:3]
                itself = depends and not by_way
                yield Diagnostic(
                    flow_rules.RECURSION,
                    flow_rules.RECURSION.severity,
                    recursion.node.span,
                    f"workflow `{recursion.path[0]}` "
                    + ("depends on itself" if itself else f"runs itself again{by_way}"),
                    "remove the entry" if depends else "go back to a step instead, or `retry`",
                )

    def _left_out(self, workflow: Workflow, facts: WorkflowFacts) -> Iterator[Diagnostic]:
        told: set[str] = set()
        for node in references(workflow):
            callee = facts.callees.get(node.text or "")
            if callee is None or id(callee.workflow) in self._sound or node.text in told:
                continue
            told.add(node.text or "")
            yield Diagnostic(
                flow_rules.CALLEE_LEFT_OUT,
                flow_rules.CALLEE_LEFT_OUT.severity,
                node.span,
                f"workflow `{node.text}` has errors, so it cannot be run",
                "other findings say what is wrong with it",
            )


class _Shelf:
    """The documents that workflows are read from, each with its reader."""

    def __init__(
        self,
        library: Library,
        workspace: Workspace,
        types: SchemaTypes,
        findings: Findings,
        free: frozenset[str],
    ) -> None:
        self._library = library
        self._workspace = workspace
        self._types = types
        self._findings = findings
        self._free = free
        self._readers: dict[Path, _Reader] = {}
        self._targets: dict[tuple[Path, str], Workflow | None] = {}

    def reader(self, workflow: Workflow) -> _Reader:
        """What reads a workflow: the reader of its document."""
        document = workflow.node.document
        if document.path not in self._readers:
            volume = self._library.volume(document)
            assert volume is not None
            self._readers[document.path] = _Reader(
                volume, self._library, self._workspace, self._types, self._findings, self._free
            )
        return self._readers[document.path]

    def workflow(self, node: Node) -> Workflow | None:
        """The workflow that a reference means, in whichever document; None where there is none."""
        key = node.document.path, node.text or ""
        if key not in self._targets:
            volume = self._library.volume(node.document)
            assert volume is not None
            self._targets[key] = find_workflow(node, volume, self._library).workflow
        return self._targets[key]

    def validate(self) -> None:
        """Has the used part of every description judged."""
        for reader in self._readers.values():
            reader.validate()

    def digest(self) -> str:
        """SHA-256 over the documents and their sources, in the order in which they name each other."""
        total = hashlib.sha256()
        for volume in self._library.volumes:
            total.update(volume.document.digest.encode())
            for api in volume.apis.values():
                if api is not None:
                    total.update(api.document.digest.encode())
        return total.hexdigest()


class _Reader:
    """Reads what the workflows of one document call, each operation once."""

    def __init__(
        self,
        volume: Volume,
        library: Library,
        workspace: Workspace,
        types: SchemaTypes,
        findings: Findings,
        free: frozenset[str],
    ) -> None:
        self._volume = volume
        self._free = free
        self._library = library
        self._arazzo = volume.arazzo
        self._workspace = workspace
        self._types = types
        self._findings = findings
        self._check_text()
        self._check_components()
        self._operations: dict[tuple[str, str], Operation | None] = {}

    def facts(
        self, workflow: Workflow, callees: Mapping[str, WorkflowFacts], troubled: Set[int]
    ) -> tuple[WorkflowFacts, tuple[Diagnostic, ...]]:
        """What is known of a workflow that runs `callees`, and what its checks found.

        Args:
            workflow: The workflow.
            callees: The workflows that it runs, by the text that refers to them.
            troubled: The workflows in which something was found, by `id`.
        """
        own = Findings()
        own.extend(self._broken_inputs(workflow))
        lost = own.has_errors
        operations = dict(self._called(workflow, own))
        own.extend(self._unknown_workflows(workflow))
        facts = build_facts(
            self._arazzo,
            workflow,
            operations,
            _follow(self._workspace),
            self._types,
            callees,
            origin=self._volume.name,
            titles=self._volume.titles.values(),
            free=self._free,
        )
        doubtful = (
            step_id
            for step_id, step in facts.steps.items()
            if step.callee is not None and id(step.callee.workflow) in troubled
        )
        context, checked = Context(facts, frozenset(doubtful)), Findings()
        run_checks(context, checked)
        if workflow.sound and not own.has_errors and not checked.has_errors:
            checked.extend(run_tidiness(context))
        unsure = frozenset(unsure_rules(workflow, lost=lost))
        own.extend(each for each in checked.sorted() if each.rule not in unsure)
        return facts, own.sorted()

    def _broken_inputs(self, workflow: Workflow) -> Iterator[Diagnostic]:
        if workflow.inputs is not None:
            yield from broken_references(workflow.inputs, self._workspace.follow)

    def _sources(self) -> Mapping[str, OpenApi | None]:
        """The descriptions, with None for sources of any type that could not be read."""
        lost = {name: None for name, document in self._volume.documents.items() if document is None}
        return {**self._volume.apis, **lost}

    def validate(self) -> None:
        """Has the used part of every description judged."""
        for name, api in self._volume.apis.items():
            used = [
                operation
                for (source, _), operation in self._operations.items()
                if source == name and operation is not None
            ]
            if api is not None and used:
                validate_slice(slice_of(api, used, self._findings), api.dialect, self._findings)

    def _check_text(self) -> None:
        """Reports what only the text shows."""
        self._findings.extend(pointers_in_comments(self._volume.document))

    def _check_components(self) -> None:
        """Reports references that lead nowhere in schemas that may be of use to no workflow."""
        schemas = self._arazzo.node.at(("components", "inputs"))
        for _, schema in schemas.members() if schemas is not None else ():
            self._findings.extend(broken_references(schema, self._workspace.follow))

    def _unknown_workflows(self, workflow: Workflow) -> Iterator[Diagnostic]:
        """That references lead nowhere; of those that need an unread source, the first alone says so."""
        unread: set[str | None] = set()
        for node in references(workflow):
            target = find_workflow(node, self._volume, self._library)
            if target.diagnostic is None:
                continue
            if target.diagnostic.rule is operation_rules.SOURCE_NOT_READ:
                if target.source in unread:
                    continue
                unread.add(target.source)
            yield target.diagnostic

    def _called(self, workflow: Workflow, own: Findings) -> Iterator[tuple[str, Operation]]:
        unread: set[str] = set()
        for step in workflow.steps:
            operation = self._operation(step, own, unread)
            if operation is not None:
                yield step.step_id, operation

    def _operation(self, step: Step, own: Findings, unread: set[str]) -> Operation | None:
        """What a step calls; of the steps that need an unread source, the first alone says so."""
        target = None if step.asyncapi else find_operation(step, self._arazzo, self._sources())
        if target is None:
            return None
        for found in target.diagnostics:
            if found.rule is not operation_rules.SOURCE_NOT_READ or target.source not in unread:
                own.extend([found])
        if target.site is None:
            unread.add(target.source)
        api = self._volume.apis.get(target.source)
        if target.site is None or api is None:
            return None
        operation = self._read(api, target.site, target.source)
        if operation is None:
            node = step.operation_id or step.operation_path or step.node
            own.report(
                operation_rules.SOURCE_NOT_READ,
                node.span,
                f"`{target.site.method} {target.site.path}` cannot be called as it is described",
                hint=f"the finding in `{api.document.name}` says why",
            )
        return operation

    def _read(self, api: OpenApi, site: OperationSite, source: str) -> Operation | None:
        key = (source, pointer_of(site.node.path))
        if key not in self._operations:
            title = self._volume.titles[source]
            self._operations[key] = read_operation(api, site, title, self._findings)
        return self._operations[key]


def _known_for_sure(
    found: Iterable[Diagnostic], described: Iterable[Diagnostic], arazzo: Arazzo
) -> Iterator[Diagnostic]:
    """What was found, without what only seems to be missing.

    Values where a description is broken; workflows where two have one id, of which one may be meant.
    """
    unsure: list[Rule] = []
    if any(each.rule in _BROKEN for each in described):
        unsure.append(reference_rules.POSSIBLY_SKIPPED)
    ids = [workflow.workflow_id for workflow in arazzo.workflows]
    if len(set(ids)) < len(ids):
        unsure.append(flow_rules.UNKNOWN_WORKFLOW)
    return (each for each in found if each.rule not in unsure)


_BROKEN: Final = (openapi_rules.BROKEN_REFERENCE, openapi_rules.MALFORMED_OPENAPI)


def _follow(workspace: Workspace) -> Callable[[Node], Node | None]:
    """Follows references; where one leads nowhere, the slice's own check speaks of it."""

    def follow(node: Node) -> Node | None:
        if not isinstance(node.value, dict) or "$ref" not in node.value:
            return node
        found = workspace.follow(node)
        return found if isinstance(found, Node) else None

    return follow


def _weighed(diagnostics: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    if not strict:
        return diagnostics
    return tuple(
        replace(found, severity=Severity.ERROR) if found.rule.tolerated else found
        for found in diagnostics
    )
