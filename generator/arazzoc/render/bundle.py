"""The parts of the runtime that a module carries, as text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from arazzoc.render.imports import Import

__all__ = ["Bundle", "bundle", "public_names"]

_PACKAGE: Final = "arazzoc.runtime"
_MODULES: Final = (
    "messages",
    "transport",
    "errors",
    "sending",
    "pointers",
    "embedding",
    "urls",
    "styles",
    "members",
    "bodies",
    "files",
    "multipart",
    "credentials",
    "comparison",
    "nodes",
    "patterns",
    "markup",
    "xpath",
    "retries",
    "shapes",
    "http_transport",
)
"""In the order in which a reader of a generated module meets them: the plumbing comes last."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Definitions of the runtime.

    Attributes:
        imports: What they need of the standard library, sorted.
        source: Their text, as it stands in the runtime.
    """

    imports: tuple[Import, ...]
    source: str


def bundle(names: Iterable[str]) -> Bundle:
    """The definitions of `names` and of all that they mention, in a fixed order.

    Raises:
        LookupError: The runtime has no public definition of that name.
    """
    return _bundle(frozenset(names))


@cache
def public_names() -> frozenset[str]:
    """Every name that a bundle may bind in its module: definitions and imports."""
    library = _library()
    imported = {name for definition in library.values() for name in definition.imports}
    return frozenset(library) | imported


@dataclass(frozen=True, slots=True)
class _Definition:
    """A top-level definition of the runtime.

    Attributes:
        text: Its lines, with decorators and the comment or documentation that belongs to it.
        is_constant: It is an assignment; such lines may stand close together.
        needs: The definitions that it mentions, annotations included.
        imports: The standard library's names that it mentions, with their imports.
    """

    name: str
    text: str
    is_constant: bool
    needs: frozenset[str]
    imports: Mapping[str, frozenset[Import]]


@cache
def _bundle(names: frozenset[str]) -> Bundle:
    library = _library()
    unknown = sorted(name for name in names if name not in library or name.startswith("_"))
    if unknown:
        raise LookupError(f"the runtime defines no {', '.join(unknown)}")
    chosen, waiting = set[str](), set(names)
    while waiting:
        name = waiting.pop()
        chosen.add(name)
        waiting |= library[name].needs - chosen
    definitions = [library[name] for name in library if name in chosen]
    imports = {
        wanted
        for definition in definitions
        for found in definition.imports.values()
        for wanted in found
    }
    absent = library.keys() - chosen
    ordered = sorted(imports, key=lambda wanted: (wanted.module, wanted.name or ""))
    return Bundle(tuple(ordered), _without(absent, _text(definitions)))


def _text(definitions: Iterable[_Definition]) -> str:
    parts: list[str] = []
    after_constant = False
    for definition in definitions:
        close = after_constant and definition.is_constant
        parts.extend((("\n" if close else "\n\n\n") if parts else "", definition.text))
        after_constant = definition.is_constant
    return "".join(parts) + "\n" if parts else ""


def _without(absent: Iterable[str], text: str) -> str:
    """`text` without the documentation's lines about definitions that are not in it."""
    names = "|".join(map(re.escape, sorted(absent)))
    return re.sub(rf"^ +(?:{names}): .*\n", "", text, flags=re.MULTILINE) if names else text


@cache
def _library() -> Mapping[str, _Definition]:
    """The runtime's definitions by name, in the order of `_MODULES` and then as written."""
    texts = {
        module: files(_PACKAGE).joinpath(f"{module}.py").read_text("utf-8") for module in _MODULES
    }
    trees = {module: ast.parse(text) for module, text in texts.items()}
    defined = frozenset(
        name
        for tree in trees.values()
        for statement in tree.body
        for name in _bound(statement)
        if name != "__all__"
    )
    return {
        definition.name: definition
        for module, text in texts.items()
        for definition in _definitions(trees[module], text.splitlines(), defined)
    }


def _definitions(
    tree: ast.Module, lines: list[str], defined: frozenset[str]
) -> Iterator[_Definition]:
    imports = [
        (alias.asname or alias.name, _import_of(statement, alias))
        for statement in tree.body
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for alias in statement.names
    ]
    for index, statement in enumerate(tree.body):
        for name in _bound(statement):
            if name not in defined:
                continue
            following = tree.body[index + 1] if index + 1 < len(tree.body) else None
            is_constant = isinstance(statement, ast.Assign | ast.AnnAssign)
            documented = is_constant and _is_text(following)
            end = following.end_lineno if documented and following else statement.end_lineno
            mentioned = _mentioned(statement)
            yield _Definition(
                name,
                "\n".join(lines[_first_line(statement, lines) : end]),
                is_constant,
                frozenset(mentioned & defined - {name}),
                _needed(imports, mentioned),
            )


def _needed(
    imports: Iterable[tuple[str, Import]], mentioned: set[str]
) -> Mapping[str, frozenset[Import]]:
    found: dict[str, frozenset[Import]] = {}
    for name, wanted in imports:
        if name in mentioned and wanted.module.split(".")[0] not in ("__future__", "arazzoc"):
            root = name.split(".")[0]
            found[root] = found.get(root, frozenset()) | {wanted}
    return found


def _import_of(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> Import:
    if isinstance(statement, ast.Import):
        return Import(alias.name)
    return Import(statement.module or "", alias.name)


def _bound(statement: ast.stmt) -> tuple[str, ...]:
    """The names that a top-level statement defines; an import defines none."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return (statement.name,)
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def _mentioned(statement: ast.stmt) -> set[str]:
    """Every name and dotted name in a definition: `http.client.HTTPConnection`, `http.client` and `http`."""
    found: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
    return found


def _is_text(statement: ast.stmt | None) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _first_line(statement: ast.stmt, lines: list[str]) -> int:
    """The index of a definition's first line, with its decorators and the comment above it."""
    decorators = (
        statement.decorator_list if isinstance(statement, ast.FunctionDef | ast.ClassDef) else []
    )
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    return first
