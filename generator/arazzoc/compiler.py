"""The compiler's door: from paths to findings, modules and graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Findings
from arazzoc.edition import Edition
from arazzoc.ignoring import not_ignored
from arazzoc.kept.keeping import NOTHING_KEPT, Keeping
from arazzoc.policy import Policy
from arazzoc.result import CompileResult, GraphResult, LintResult, Outcome
from arazzoc.run import Run
from arazzoc.task import Remote, Task

__all__ = ["compile_documents", "graph", "lint"]

_DEFAULT: Final = Edition()


def lint(
    paths: Sequence[Path],
    *,
    strict: bool = False,
    allow_outside: bool = False,
    contents: Mapping[Path, bytes] | None = None,
    policy: Policy | None = None,
    keeping: Keeping = NOTHING_KEPT,
    remote: Remote | None = None,
) -> LintResult:
    """Everything the compiler has to say about the documents at `paths`.

    Args:
        paths: Arazzo documents.
        strict: Whether tolerated forms are errors.
        allow_outside: Whether documents may name files outside of their project's folder.
        contents: What files hold that are not read from the disk, by their absolute paths.
        policy: Which findings are given back; all, where there is none.
        keeping: What is taken from earlier runs, and how many processes work.
        remote: How documents of the network are fetched; None where nothing is.
    """
    run = Run(paths, Task(strict=strict, allow_outside=allow_outside, remote=remote), contents)
    outcomes = keeping.outcomes(run)
    texts = run.texts(outcomes)
    commented = {name for outcome in outcomes for name in outcome.commented}
    causes = [found for found in _found(outcomes) if not found.rule.follows]
    left = not_ignored(causes, ((name, texts[name]) for name in sorted(commented)))
    if policy is not None:
        left = policy.judged(left)
    return LintResult(left, _documents(outcomes), texts, locks=_locks(run, outcomes))


def compile_documents(
    paths: Sequence[Path],
    *,
    strict: bool = False,
    allow_outside: bool = False,
    edition: Edition = _DEFAULT,
    keeping: Keeping = NOTHING_KEPT,
    remote: Remote | None = None,
) -> CompileResult:
    """What `lint` says, and a module for every document that has a workflow without errors.

    Args:
        paths: Arazzo documents.
        strict: Whether tolerated forms are errors.
        allow_outside: Whether documents may name files outside of their project's folder.
        edition: The shape of the modules.
        keeping: What is taken from earlier runs, and how many processes work.
        remote: How documents of the network are fetched; None where nothing is.
    """
    run = Run(paths, Task(strict, edition, allow_outside, remote))
    outcomes = keeping.outcomes(run)
    modules = tuple(each.module for each in outcomes if each.module is not None)
    shared: Mapping[str, str] = {}
    if modules and edition.runtime == "shared":
        from arazzoc.render.shared import shared_files

        shared = shared_files([module.source for module in modules])
    texts = run.texts(outcomes)
    found, locks = _found(outcomes), _locks(run, outcomes)
    return CompileResult(found, _documents(outcomes), texts, modules, shared, locks=locks)


def graph(path: Path, *, remote: Remote | None = None) -> GraphResult:
    """What `lint` says, and the graphs of the document's workflows that have no errors.

    Args:
        path: An Arazzo document.
        remote: How documents of the network are fetched; None where nothing is.
    """
    run = Run([path], Task(remote=remote))
    graphs, outcome = run.graphs(path)
    texts = run.texts([outcome])
    return GraphResult(_found([outcome]), _documents([outcome]), texts, graphs)


def _locks(run: Run, outcomes: Sequence[Outcome]) -> Mapping[Path, str]:
    """The lock files to write, where that is asked for."""
    remote = run.task.remote
    return run.locks(outcomes) if remote is not None and remote.update else {}


def _found(outcomes: Sequence[Outcome]) -> tuple[Diagnostic, ...]:
    """All findings, in the order in which users are shown them."""
    everything = Findings()
    for outcome in outcomes:
        everything.extend(outcome.diagnostics)
    return everything.sorted()


def _documents(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(each.document for each in outcomes if each.document is not None)
