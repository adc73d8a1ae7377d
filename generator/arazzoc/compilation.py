"""The phases in their order: from a path to findings, a module and graphs."""

from __future__ import annotations

import builtins
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from arazzoc.analysis import Analysis, analyse
from arazzoc.diagnostics.model import Findings
from arazzoc.diagnostics.registry.internal import INTERNAL_ERROR
from arazzoc.edition import Edition
from arazzoc.ignoring import COMMENT_MARK
from arazzoc.names import CALLED, RESERVED, ClassName, Identifier, ModuleName, Scope
from arazzoc.result import CompiledWorkflow, InputArgument, Module, Outcome
from arazzoc.source.document import Document
from arazzoc.source.files import Files
from arazzoc.source.location import base_folder, shown_name
from arazzoc.source.network.address import url_of
from arazzoc.source.shelf import Shelf
from arazzoc.source.workspace import Workspace
from arazzoc.task import Task
from arazzoc.text import Position, Span
from arazzoc.types.facts import WorkflowFacts

if TYPE_CHECKING:
    from arazzoc.ir.graph import Graph, Parameter

__all__ = ["Compilation"]


class Compilation:
    """What is done with one document."""

    def __init__(
        self, path: Path, task: Task, files: Files, shelf: Shelf, bases: tuple[Path, ...]
    ) -> None:
        """Does nothing yet.

        Args:
            path: The document.
            task: What is wanted of it.
            files: What the file system is asked by.
            shelf: Documents that have been read already.
            bases: The folders that documents may name files in.
        """
        self._path = path
        self._task = task
        self._files = files
        self._texts = Findings()
        self._found = Findings()
        self._workspace = Workspace(
            self._texts, bases=bases, allow_outside=task.allow_outside, files=files, shelf=shelf
        )
        self._document: str | None = None
        self._module: Module | None = None
        self._failed = False

    @contextmanager
    def guarding(self) -> Generator[None]:
        """Makes a finding of whatever fault of the compiler's own a document brings out.

        One document never keeps the others from being compiled. With `ARAZZOC_DEBUG` set, the exception goes
        on, so that its traceback can be read.
        """
        try:
            yield
        except Exception as error:
            if os.environ.get("ARAZZOC_DEBUG"):
                raise
            start = Position(1, 1)
            self._fail(
                Span(shown_name(self._path, Path.cwd()), start, start),
                f"the compiler failed: {type(error).__name__}: {error}",
                "please report this with the document; ARAZZOC_DEBUG=1 shows where",
            )

    def _fail(self, span: Span, message: str, hint: str) -> None:
        self._failed = True
        self._found.report(INTERNAL_ERROR, span, message, hint=hint)

    def analyse(self) -> Analysis | None:
        """Reads and checks the document."""
        analysis = analyse(self._path, self._workspace, strict=self._task.strict)
        if analysis is not None:
            self._document = analysis.document.name
            self._found.extend(analysis.diagnostics)
        return analysis

    def compile(self) -> None:
        """Reads and checks the document, and makes its module: if one is wanted, of its sound workflows."""
        analysis, edition = self.analyse(), self._task.edition
        if analysis is None or not analysis.sound or edition is None:
            return
        graphs = tuple(_graphs(analysis))
        free = _free_names(analysis, graphs)
        if free:
            analysis = (
                analyse(self._path, self._workspace, strict=self._task.strict, free=free)
                or analysis
            )
            graphs = tuple(_graphs(analysis))
        name = _module_path(self._path)
        source = self._rendered(analysis, graphs, name, edition)
        if source is not None:
            workflows = tuple(map(_compiled, graphs[: len(analysis.sound)]))
            self._module = Module(analysis.document.name, name, source, workflows)

    def _rendered(
        self, analysis: Analysis, graphs: Sequence[Graph], name: str, edition: Edition
    ) -> str | None:
        # Templates and black take longer to import than linting takes.
        from arazzoc.render.module import Origin, RenderingError, render_module

        origin = Origin(
            _shown_source(analysis.document),
            analysis.digest,
            analysis.sound[0].arazzo.info,
            name,
        )
        try:
            return render_module(origin, graphs, analysis.types, edition)
        except RenderingError as error:
            step = _step_before(error.text, error.line)
            message = f"the code of step `{step}` is not Python: {error}"
            span = analysis.document.node.span
            self._fail(span, message, "please report this with the document")
            return None

    def graphs(self) -> tuple[Graph, ...]:
        """The graphs of the document's own workflows that have no errors."""
        analysis = self.analyse()
        if analysis is None:
            return ()
        return tuple(_graphs(analysis))[: len(analysis.sound)]

    def outcome(self) -> Outcome:
        """What has become of the document so far."""
        everything = Findings()
        everything.extend(self._texts.sorted())
        everything.extend(self._found.sorted())
        answers = dict(self._files.answers)
        commented = tuple(
            document.name
            for document in self._workspace.documents
            if document.syntax == "yaml" and COMMENT_MARK in document.text
        )
        return Outcome(
            self._document,
            everything.sorted(),
            self._module,
            answers,
            commented,
            lasting=not self._failed,
        )


def _free_names(analysis: Analysis, graphs: Sequence[Graph]) -> frozenset[str]:
    """Names that arguments and outputs would have, were they not reserved for what no function calls."""
    given = (name for facts in analysis.sound for name in facts.names.taken())
    crowded = CALLED.intersection(name.removesuffix("_") for name in given if name.endswith("_"))
    if not crowded:
        return frozenset()
    from arazzoc.render.module import names_called

    return crowded - names_called(graphs, analysis.types)


def _graphs(analysis: Analysis) -> Iterator[Graph]:
    """The graphs of the sound workflows, then those of other documents' workflows that these run.

    Functions and classes get names that differ.
    """
    # Linting makes no graphs, and is done before these are imported.
    from arazzoc.ir.each_once import each_once
    from arazzoc.ir.lower import lower
    from arazzoc.ir.servers import ServerConstants
    from arazzoc.render.bundle import public_names

    ordered = _callees_first(analysis.sound)
    own = {id(facts) for facts in analysis.sound}
    module = (*analysis.sound, *(facts for facts in ordered if id(facts) not in own))
    functions = Scope({*public_names(), *dir(builtins), "annotations"})
    for facts in module:
        if facts.callees:
            functions.reserve({*facts.names.taken(), *RESERVED, "error"})
            functions.reserve(Identifier.of(f"{title} url") for title in facts.titles)
    classes, constants = Scope(public_names()), ServerConstants()
    named: dict[int, tuple[Identifier, ClassName]] = {}
    for facts in module:
        function = functions.claim(_function(facts, functions))
        named[id(facts)] = function, classes.claim(ClassName.of(f"{function} outputs"))
    graphs: dict[int, Graph] = {}
    for facts in ordered:
        graph = lower(facts, *named[id(facts)], constants, graphs)
        if id(facts) not in own:
            graph = replace(graph, origin=_shown_source(facts.workflow.node.document))
        graphs[id(facts)] = graph
    yield from each_once([graphs[id(facts)] for facts in module])


def _function(facts: WorkflowFacts, taken: Scope) -> Identifier:
    """The name that a workflow's function would like to have: its id, or behind its source's name."""
    workflow_id = facts.workflow.workflow_id
    short = Identifier.of(workflow_id, default="workflow")
    if facts.origin is None or short not in taken:
        return short
    return Identifier.of(f"{facts.origin} {workflow_id}")


def _shown_source(document: Document) -> str:
    """A document's path as modules show it: below the folder of its project."""
    url = url_of(document.path)
    if url is not None:
        return url
    path = Path(os.path.realpath(document.path))
    return path.relative_to(base_folder(path)).as_posix()


def _callees_first(sound: Sequence[WorkflowFacts]) -> Sequence[WorkflowFacts]:
    """The workflows and all that they run, each behind those that it runs."""
    ordered: dict[int, WorkflowFacts] = {}
    for start in sound:
        waiting = [start]
        while waiting:
            facts = waiting[-1]
            ahead = [callee for callee in facts.callees.values() if id(callee) not in ordered]
            if ahead:
                waiting.append(ahead[0])
            else:
                ordered[id(waiting.pop())] = facts
    return list(ordered.values())


def _module_path(path: Path) -> str:
    """`ibm-quantum/cancel-job.arazzo.yaml` becomes `ibm_quantum/cancel_job.py`."""
    stem = path.name.split(".")[0] or path.stem
    folder = path.resolve().parent.name
    package = f"{ModuleName.of(folder)}/" if folder else ""
    return f"{package}{ModuleName.of(stem)}.py"


def _compiled(graph: Graph) -> CompiledWorkflow:
    return CompiledWorkflow(
        graph.workflow_id,
        graph.function,
        len(graph.steps),
        tuple(map(_argument, graph.parameters)),
        {server.source: server.keyword for server in graph.servers},
        {output.name: output.attribute for output in graph.outputs},
    )


def _argument(parameter: Parameter) -> InputArgument:
    return InputArgument(
        parameter.json_name,
        parameter.argument.name,
        not parameter.argument.absent and parameter.default is None,
        parameter.description,
        parameter.kind,
        parameter.argument.secret,
        parameter.origin,
    )


def _step_before(text: str, line: int) -> str:
    """The step whose comment stands before a line of rendered text."""
    for before in reversed(text.splitlines()[:line]):
        stripped = before.strip()
        if stripped.startswith("# ") and before.startswith("        "):
            return stripped[2:].split(":")[0]
    return "?"
