"""What the compiler gives back, as data: findings, modules, and what a module's functions want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.frozen import dataclass
from arazzoc.source.files import Answers
from arazzoc.text import LineIndex

if TYPE_CHECKING:
    from arazzoc.ir.graph import Graph
    from arazzoc.types.facts import Kind

__all__ = [
    "CompileResult",
    "CompiledWorkflow",
    "GraphResult",
    "InputArgument",
    "LintResult",
    "MendResult",
    "Mended",
    "Module",
    "Outcome",
]


@dataclass(frozen=True, slots=True)
class LintResult:
    """What the compiler found in a set of documents.

    Attributes:
        diagnostics: In the order in which users are shown them.
        documents: The Arazzo documents that were read, named as users are shown them.
        sources: The text of every file that a diagnostic may point into, by the name its spans bear.
        locks: What the lock files should hold, by their paths, where they are to be written anew.
    """

    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[str, ...]
    sources: Mapping[str, LineIndex]
    locks: Mapping[Path, str] = field(default_factory=dict[Path, str], kw_only=True)

    @property
    def has_errors(self) -> bool:
        """Whether any finding kept something from being generated."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Mended:
    """A document whose findings were mended, in memory.

    Attributes:
        path: The absolute path of its file.
        before: What the file holds.
        after: What it should hold, in the same encoding and with the same line breaks.
        fixes: How many fixes were applied.
    """

    path: Path
    before: bytes
    after: bytes
    fixes: int


@dataclass(frozen=True, slots=True)
class MendResult(LintResult):
    """What is found once all that can be mended is, and the documents that change for it."""

    mended: tuple[Mended, ...] = ()


@dataclass(frozen=True, slots=True)
class InputArgument:
    """A keyword of a generated function that a caller may or must give.

    Attributes:
        name: The input's name in the document; the keyword itself for a credential.
        keyword: Its name in the function.
        required: The function has no default for it.
        description: What the document says of it.
        kind: The JSON type it wants.
        secret: Never shown in messages.
        origin: A credential is what a security scheme of the OpenAPI description asks for.
    """

    name: str
    keyword: str
    required: bool
    description: str | None
    kind: Kind
    secret: bool
    origin: Literal["input", "credential"]


@dataclass(frozen=True, slots=True)
class CompiledWorkflow:
    """A workflow and the function it became.

    Attributes:
        workflow_id: In the document.
        function: Its name in the module.
        steps: How many steps it has.
        inputs: What it is called with, without servers and transport.
        servers: From the name of a source description to the keyword that overrides its server.
        outputs: From an output's name in the document to its attribute in the result.
    """

    workflow_id: str
    function: str
    steps: int
    inputs: tuple[InputArgument, ...]
    servers: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Module:
    """A generated module.

    Attributes:
        document: The Arazzo document it was compiled from, named as users are shown it.
        name: Its path below the output folder, with forward slashes: `ibm_quantum/cancel_job.py`.
        source: Its text, formatted.
        workflows: In the order of the document.
    """

    document: str
    name: str
    source: str
    workflows: tuple[CompiledWorkflow, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        document: Its name as users are shown it; None where it could not be read.
        diagnostics: What was found in it, and in what it uses.
        module: What it was compiled to; None where that was not asked for, or it has no sound workflow.
        answers: What the file system answered, on which all this depends.
        commented: The files that it read with comments for the linter.
        lasting: Whether it will be the same while the answers are: not where the compiler failed.
    """

    document: str | None
    diagnostics: tuple[Diagnostic, ...]
    module: Module | None
    answers: Answers
    commented: tuple[str, ...] = ()
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class CompileResult(LintResult):
    """What the compiler found, and the modules of the documents without errors.

    Attributes:
        modules: In the order of the documents.
        shared: The text of each file of the runtime that the modules share, by its path below the output
            folder, with forward slashes; empty where each module has its own.
    """

    modules: tuple[Module, ...] = ()
    shared: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class GraphResult(LintResult):
    """What the compiler found, and the graphs of the workflows without errors."""

    graphs: tuple[Graph, ...] = ()
