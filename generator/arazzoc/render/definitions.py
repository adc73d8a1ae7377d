"""The runtime's definitions, as text: of each, what it mentions.

Every run that writes a module asks for the names of all definitions, and for a few of them whole. So names
are found by patterns, which tests hold against the syntax trees, and only the modules in question are parsed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, cast

from arazzoc.frozen import dataclass
from arazzoc.render.imports import Import

__all__ = ["PACKAGE", "Definition", "defined_in", "definitions_of", "imported_by", "runtime_text"]

PACKAGE: Final = "arazzoc.runtime"
_DEFINED: Final = re.compile(r"^(?:(?:async )?def |class )?(\w+)(?:[(\[:]| = )", re.MULTILINE)
_IMPORTED: Final = re.compile(
    r"^(?:from (?P<module>[\w.]+) )?import (?P<names>\([^)]*\)|.*)", re.MULTILINE
)
_WORD: Final = re.compile(r"[\w.]+")
_FOREIGN: Final = ("__future__", "arazzoc")
"""Packages whose imports a module does not carry."""
_DEFINING: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Definition:
    """A top-level definition of the runtime.

    Attributes:
        text: Its lines, with decorators and the comment or documentation that belongs to it.
        is_constant: It is an assignment; such lines may stand close together.
        mentioned: The names in it, those of annotations included, except its own.
        imports: What it mentions of other libraries.
    """

    name: str
    text: str
    is_constant: bool
    mentioned: frozenset[str]
    imports: frozenset[Import]


@cache
def runtime_text(module: str) -> str:
    """The text of one of the runtime's modules: `aio.sending`."""
    return files(PACKAGE).joinpath(f"{module.replace('.', '/')}.py").read_text("utf-8")


@cache
def defined_in(module: str) -> tuple[str, ...]:
    """The names that a module of the runtime defines, in their order; imports define none."""
    found = (each[1] for each in _DEFINED.finditer(runtime_text(module)))
    return tuple(dict.fromkeys(name for name in found if name != "__all__"))


@cache
def imported_by(module: str) -> frozenset[str]:
    """The names that a module of the runtime binds by imports of other libraries."""
    names: set[str] = set()
    for found in _IMPORTED.finditer(runtime_text(module)):
        if (found["module"] or "").partition(".")[0] not in _FOREIGN:
            names.update(word.partition(".")[0] for word in _WORD.findall(found["names"]))
    return frozenset(names)


@cache
def definitions_of(module: str) -> Mapping[str, Definition]:
    """The definitions of a module of the runtime by name, in their order."""
    text = runtime_text(module)
    return {each.name: each for each in _definitions(ast.parse(text), text.splitlines())}


def _definitions(tree: ast.Module, lines: list[str]) -> Iterator[Definition]:
    imports = [
        (alias.asname or alias.name, _import_of(statement, alias))
        for statement in tree.body
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for alias in statement.names
    ]
    for index, statement in enumerate(tree.body):
        for name in _bound(statement):
            following = tree.body[index + 1] if index + 1 < len(tree.body) else None
            is_constant = isinstance(statement, ast.Assign | ast.AnnAssign)
            documented = is_constant and _is_text(following)
            end = following.end_lineno if documented and following else statement.end_lineno
            mentioned = _mentioned(statement)
            yield Definition(
                name,
                "\n".join(lines[_first_line(statement, lines) : end]),
                is_constant,
                frozenset(mentioned - {name}),
                frozenset(
                    wanted
                    for bound, wanted in imports
                    if bound in mentioned and wanted.module.partition(".")[0] not in _FOREIGN
                ),
            )


def _import_of(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> Import:
    if isinstance(statement, ast.Import):
        return Import(alias.name)
    return Import(statement.module or "", alias.name)


def _bound(statement: ast.stmt) -> Sequence[str]:
    """The names that a top-level statement defines; an import and `__all__` define none."""
    if isinstance(statement, _DEFINING):
        return (statement.name,)
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    names = (target.id for target in targets if isinstance(target, ast.Name))
    return [name for name in names if name != "__all__"]


def _mentioned(statement: ast.stmt) -> set[str]:
    """Every name and dotted name in a definition: `http.client.HTTPConnection`, `http.client` and `http`."""
    found: set[str] = set()
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            found.add(node.id)
            continue
        if isinstance(node, ast.Attribute):
            found.add(_dotted(node))
        for field in node._fields:
            value: object = getattr(node, field, None)
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                items = cast("list[object]", value)
                waiting.extend(item for item in items if isinstance(item, ast.AST))
    return found


def _dotted(node: ast.expr) -> str:
    """The dotted name that an expression is; empty where it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if not isinstance(node, ast.Attribute):
        return ""
    before = _dotted(node.value)
    return f"{before}.{node.attr}" if before else ""


def _is_text(statement: ast.stmt | None) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _first_line(statement: ast.stmt, lines: list[str]) -> int:
    """The index of a definition's first line, with its decorators and the comment above it."""
    decorators = statement.decorator_list if isinstance(statement, _DEFINING) else []
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    return first
