"""What holds for every document, however broken."""

from __future__ import annotations

import ast
import builtins
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from arazzoc.diagnostics.writers.json import write_json
from arazzoc.diagnostics.writers.sarif import write_sarif
from arazzoc.diagnostics.writers.text import write_text
from arazzoc.edition import Edition
from arazzoc.result import LintResult
from arazzoc.run import Run
from arazzoc.task import Task

__all__ = ["Case", "foreign_code", "hold"]

_IMPORTS: Final = frozenset(
    """__future__ base64 collections.abc contextlib dataclasses datetime decimal elementpath
    elementpath.xpath3 elementpath.xpath_tokens email.utils functools gzip hashlib http.client io json jsonpath_rfc9535 os
    pathlib re socket ssl sys threading time types typing unicodedata urllib.parse urllib.request
    xml.etree.ElementTree xml.parsers.expat zlib""".split()
)
"""All that the runtime imports; a document adds nothing to it."""
_NEVER: Final = frozenset(
    """__import__ breakpoint compile delattr eval exec globals input locals open print setattr""".split()
)
"""Functions that reach code or the machine: no template and no part of the runtime calls them by name."""
_DUNDERS: Final = frozenset({"__cause__", "__init__", "__name__", "__setattr__", "__post_init__"})


@dataclass(frozen=True, slots=True)
class Case:
    """A document and, in place of what the disk holds, the text of one file.

    Attributes:
        path: The Arazzo document.
        changed: The file that holds something else.
        data: What it holds.
    """

    path: Path
    changed: Path
    data: bytes


def hold(case: Case) -> str:
    """Compiles a document, and says what became of it: `compiled` or `refused`.

    Raises:
        Exception: The compiler failed, or a finding cannot be shown, or text became code.
    """
    run = Run([case.path], Task(edition=Edition()), {case.changed: case.data})
    with patch.dict("os.environ", ARAZZOC_DEBUG="1"):
        outcome = run.outcome(case.path)
    found = LintResult(outcome.diagnostics, (), run.texts([outcome]))
    assert all(each.rule.code != "AZ901" for each in outcome.diagnostics), write_text(found)
    steering = set(write_text(found)) & set("\x00\x1b\u202e\u2066")
    assert not steering, f"a finding steers the terminal: {steering}"
    json.loads(write_json(found))
    json.loads(write_sarif(found))
    if outcome.module is None:
        assert outcome.diagnostics, "nothing was compiled, and nothing said"
        return "refused"
    assert not (foreign := list(foreign_code(outcome.module.source))), foreign
    return "compiled"


def foreign_code(source: str) -> Iterator[str]:
    """What in a module no template can have made: imports, free names and attributes of other kinds.

    Raises:
        SyntaxError: It is not Python.
    """
    tree = ast.parse(source)
    bound = set(_bound(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (each.name for each in names if each.name not in _IMPORTS)
            case ast.ImportFrom(module) if module not in _IMPORTS:
                yield f"from {module}"
            case ast.Name(name) if name not in bound and (
                name in _NEVER or not hasattr(builtins, name)
            ):
                yield name
            case ast.Attribute(_, name) if name.startswith("__") and name not in _DUNDERS:
                yield f".{name}"
            case ast.Global() | ast.Nonlocal() | ast.Await() | ast.AsyncFunctionDef():
                yield ast.unparse(node)
            case _:
                pass


def _bound(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names) | ast.ImportFrom(_, names):
                yield from (each.asname or each.name.partition(".")[0] for each in names)
            case ast.FunctionDef(name) | ast.ClassDef(name) | ast.arg(name):
                yield name
            case ast.Name(name, ctx=ast.Store()):
                yield name
            case ast.ExceptHandler(_, str() as name):
                yield name
            case _:
                pass
