"""Compiles Arazzo workflows to plain, typed, standalone Python, and lints them.

The names below are the compiler's public door. They are imported when they are first used, so that
`import arazzoc` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from arazzoc.version import __version__

if TYPE_CHECKING:
    from arazzoc.compiler import compile_documents, graph, lint
    from arazzoc.diagnostics.model import Diagnostic, Edit, Fix, Related, Rule, Severity
    from arazzoc.edition import Edition
    from arazzoc.mending import mend
    from arazzoc.result import (
        CompiledWorkflow,
        CompileResult,
        GraphResult,
        InputArgument,
        LintResult,
        Mended,
        MendResult,
        Module,
    )
    from arazzoc.task import Remote
    from arazzoc.text import LineIndex, Position, Span

__all__ = [
    "CompileResult",
    "CompiledWorkflow",
    "Diagnostic",
    "Edit",
    "Edition",
    "Fix",
    "GraphResult",
    "InputArgument",
    "LineIndex",
    "LintResult",
    "MendResult",
    "Mended",
    "Module",
    "Position",
    "Related",
    "Remote",
    "Rule",
    "Severity",
    "Span",
    "__version__",
    "compile_documents",
    "graph",
    "lint",
    "mend",
]

_HOMES: Final = {
    "CompileResult": "arazzoc.result",
    "CompiledWorkflow": "arazzoc.result",
    "Diagnostic": "arazzoc.diagnostics.model",
    "Edit": "arazzoc.diagnostics.model",
    "Edition": "arazzoc.edition",
    "Fix": "arazzoc.diagnostics.model",
    "GraphResult": "arazzoc.result",
    "InputArgument": "arazzoc.result",
    "LineIndex": "arazzoc.text",
    "LintResult": "arazzoc.result",
    "MendResult": "arazzoc.result",
    "Mended": "arazzoc.result",
    "Module": "arazzoc.result",
    "Position": "arazzoc.text",
    "Related": "arazzoc.diagnostics.model",
    "Remote": "arazzoc.task",
    "Rule": "arazzoc.diagnostics.model",
    "Severity": "arazzoc.diagnostics.model",
    "Span": "arazzoc.text",
    "compile_documents": "arazzoc.compiler",
    "graph": "arazzoc.compiler",
    "lint": "arazzoc.compiler",
    "mend": "arazzoc.mending",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
