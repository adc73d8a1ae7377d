"""The phases in their order: from paths to findings, modules and graphs."""

from __future__ import annotations

import builtins
import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arazzoc.analysis import Analysis, analyse
from arazzoc.diagnostics.model import Diagnostic, Findings
from arazzoc.diagnostics.registry.internal import INTERNAL_ERROR
from arazzoc.edition import Edition
from arazzoc.names import ClassName, Identifier, ModuleName, Scope
from arazzoc.result import (
    CompiledWorkflow,
    CompileResult,
    GraphResult,
    InputArgument,
    LintResult,
    Module,
)
from arazzoc.source.document import Document
from arazzoc.source.location import base_folder, shown_name
from arazzoc.source.workspace import Workspace
from arazzoc.text import LineIndex, Position, Span
from arazzoc.types.facts import WorkflowFacts

if TYPE_CHECKING:
    from arazzoc.ir.graph import Graph, Parameter

__all__ = ["compile_documents", "graph", "lint"]

_DEFAULT: Final = Edition()


def lint(
    paths: Sequence[Path], *, strict: bool = False, contents: Mapping[Path, bytes] | None = None
) -> LintResult:
    """Everything the compiler has to say about the documents at `paths`.

    Args:
        paths: Arazzo documents.
        strict: Whether tolerated forms are errors.
        contents: What files hold that are not read from the disk, by their absolute paths.
    """
    run = _Run(paths, strict=strict, contents=contents)
    for path in paths:
        with run.guarding(path):
            run.analyse(path)
    return LintResult(run.diagnostics(), run.documents(), run.sources())


def compile_documents(
    paths: Sequence[Path], *, strict: bool = False, edition: Edition = _DEFAULT
) -> CompileResult:
    """What `lint` says, and a module for every document that has a workflow without errors.

    Args:
        paths: Arazzo documents.
        strict: Whether tolerated forms are errors.
        edition: The shape of the modules.
    """
    run = _Run(paths, strict=strict, edition=edition)
    modules: list[Module] = []
    for path in paths:
        with run.guarding(path):
            modules.extend(run.module(path))
    shared: Mapping[str, str] = {}
    if modules and edition.runtime == "shared":
        from arazzoc.render.shared import shared_files

        shared = shared_files(edition, [module.source for module in modules])
    return CompileResult(run.diagnostics(), run.documents(), run.sources(), tuple(modules), shared)


def graph(path: Path) -> GraphResult:
    """What `lint` says, and the graphs of the document's workflows that have no errors."""
    run = _Run([path], strict=False)
    graphs: tuple[Graph, ...] = ()
    with run.guarding(path):
        analysis = run.analyse(path)
        graphs = tuple(_graphs(analysis))[: len(analysis.sound)] if analysis is not None else ()
    return GraphResult(run.diagnostics(), run.documents(), run.sources(), graphs)


class _Run:
    """The documents of one call."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        strict: bool,
        edition: Edition = _DEFAULT,
        contents: Mapping[Path, bytes] | None = None,
    ) -> None:
        self._strict = strict
        self._edition = edition
        self._texts = Findings()
        self._found = Findings()
        self._workspace = Workspace(self._texts, contents=contents)
        for path in paths:
            self._workspace.offer(path)
        self._documents: list[str] = []

    @contextmanager
    def guarding(self, path: Path) -> Generator[None]:
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
            self._found.report(
                INTERNAL_ERROR,
                Span(shown_name(path, Path.cwd()), start, start),
                f"the compiler failed: {type(error).__name__}: {error}",
                hint="please report this with the document; ARAZZOC_DEBUG=1 shows where",
            )

    def analyse(self, path: Path) -> Analysis | None:
        """Reads and checks one document."""
        analysis = analyse(path, self._workspace, strict=self._strict)
        if analysis is not None:
            self._documents.append(analysis.document.name)
            self._found.extend(analysis.diagnostics)
        return analysis

    def module(self, path: Path) -> Iterator[Module]:
        """The module of one document, if it has a sound workflow."""
        analysis = self.analyse(path)
        if analysis is None or not analysis.sound:
            return
        graphs = tuple(_graphs(analysis))
        name = _module_path(path)
        source = self._rendered(analysis, graphs, name)
        if source is not None:
            workflows = tuple(map(_compiled, graphs[: len(analysis.sound)]))
            yield Module(analysis.document.name, name, source, workflows)

    def _rendered(self, analysis: Analysis, graphs: Sequence[Graph], name: str) -> str | None:
        # Templates and black take longer to import than linting takes.
        from arazzoc.render.module import Origin, RenderingError, render_module

        origin = Origin(
            _shown_source(analysis.document),
            analysis.digest,
            analysis.sound[0].arazzo.info,
            name,
        )
        try:
            return render_module(origin, graphs, analysis.types, self._edition)
        except RenderingError as error:
            step = _step_before(error.text, error.line)
            self._found.report(
                INTERNAL_ERROR,
                analysis.document.node.span,
                f"the code of step `{step}` is not Python: {error}",
                hint="please report this with the document",
            )
            return None

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in the order in which users are shown them."""
        everything = Findings()
        everything.extend(self._texts.sorted())
        everything.extend(self._found.sorted())
        return everything.sorted()

    def documents(self) -> tuple[str, ...]:
        """The Arazzo documents that could be read."""
        return tuple(self._documents)

    def sources(self) -> Mapping[str, LineIndex]:
        """The texts that findings point into."""
        return self._workspace.texts


def _graphs(analysis: Analysis) -> Iterator[Graph]:
    """The graphs of the sound workflows, then those of other documents' workflows that these run.

    Functions and classes get names that differ.
    """
    # Linting makes no graphs, and is done before these are imported.
    from arazzoc.ir.lower import lower
    from arazzoc.ir.servers import ServerConstants
    from arazzoc.render.bundle import public_names

    ordered = _callees_first(analysis.sound)
    own = {id(facts) for facts in analysis.sound}
    module = (*analysis.sound, *(facts for facts in ordered if id(facts) not in own))
    functions = Scope({*public_names(), *dir(builtins), "annotations"})
    for facts in module:
        if facts.callees:
            functions.reserve(facts.names.taken())
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
    yield from (graphs[id(facts)] for facts in module)


def _function(facts: WorkflowFacts, taken: Scope) -> Identifier:
    """The name that a workflow's function would like to have: its id, or behind its source's name."""
    workflow_id = facts.workflow.workflow_id
    short = Identifier.of(workflow_id, default="workflow")
    if facts.origin is None or short not in taken:
        return short
    return Identifier.of(f"{facts.origin} {workflow_id}")


def _shown_source(document: Document) -> str:
    """A document's path as modules show it: below the folder of its project."""
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
