"""The parts of the runtime that a module carries, as text."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import starmap
from typing import Final

from arazzoc.edition import Edition, Http
from arazzoc.render.imports import Import

__all__ = ["PACKAGE", "Bundle", "bundle", "exported", "modules_of", "public_names"]

PACKAGE: Final = "arazzoc.runtime"
_EXPORTED: Final = (
    *("Request", "Response", "Transport", "AsyncTransport", "Upload"),
    *("WorkflowError", "StepFailed", "CallFailed", "InvalidValue", "MissingValue", "OutputMissing"),
    "InvalidQuery",
    *("TransportError", "HttpTransport", "AsyncHttpTransport"),
    *("TokenFailed", "ClientCredentials", "AsyncClientCredentials"),
)
"""What callers name: what they catch, and what they give."""


def modules_of(edition: Edition) -> tuple[str, ...]:
    """The runtime's modules whose definitions an edition may call.

    They are in the order in which a reader of a generated module meets them: the plumbing comes last.
    """
    colour = "aio." if edition.is_async else ""
    return (
        "messages",
        f"{colour}transport",
        "errors",
        "operands",
        f"{colour}sending",
        "pointers",
        "embedding",
        "urls",
        "styles",
        "members",
        "bodies",
        "files",
        "multipart",
        "credentials",
        f"{colour}tokens",
        "comparison",
        "nodes",
        "jsonpath",
        "patterns",
        "markup",
        "xpath",
        "retries",
        "shapes",
        "wire",
        *_SENDERS[edition.is_async, edition.http],
    )


_SENDERS: Final[Mapping[tuple[bool, Http], tuple[str, ...]]] = {
    (False, "stdlib"): ("http_transport",),
    (True, "stdlib"): ("http_transport", "aio.http_transport"),
    (False, "httpx2"): ("httpx2_transport",),
    (True, "httpx2"): ("aio.httpx2_transport",),
}
_DEFINING: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_EDITIONS: Final = tuple(starmap(Edition, _SENDERS))


@dataclass(frozen=True, slots=True)
class Bundle:
    """Definitions of the runtime.

    Attributes:
        imports: What they need of the standard library, sorted.
        source: Their text, as it stands in the runtime.
        homes: The module of the runtime that each of them is in, by name.
    """

    imports: tuple[Import, ...]
    source: str
    homes: Mapping[str, str] = field(hash=False)

    @property
    def exported(self) -> frozenset[str]:
        """Those that the callers of a module name."""
        return frozenset(_exported(self.homes))


def bundle(names: Iterable[str], edition: Edition = _EDITIONS[0]) -> Bundle:
    """The definitions of `names` and of all that they mention, in a fixed order.

    Raises:
        LookupError: The edition's runtime has no public definition of that name.
    """
    return _bundle(frozenset(names), modules_of(edition))


@cache
def public_names() -> frozenset[str]:
    """Every name that a bundle of any edition may bind in its module: definitions and imports."""
    names: set[str] = set()
    for edition in _EDITIONS:
        library = _library(modules_of(edition))
        names.update(library, *(definition.imports for definition in library.values()))
    return frozenset(names)


def exported(edition: Edition) -> Mapping[str, str]:
    """What callers name of an edition's runtime, with the module that it is in."""
    library = _library(modules_of(edition))
    return {name: library[name].home for name in _exported(library)}


def _exported(names: Container[str]) -> Iterator[str]:
    """Those of `names` that callers name; what a transport for tasks is made of is its own business."""
    hidden = "HttpTransport" if "AsyncHttpTransport" in names else ""
    return (name for name in _EXPORTED if name in names and name != hidden)


@dataclass(frozen=True, slots=True)
class _Definition:
    """A top-level definition of the runtime.

    Attributes:
        text: Its lines, with decorators and the comment or documentation that belongs to it.
        is_constant: It is an assignment; such lines may stand close together.
        needs: The definitions that it mentions, annotations included.
        imports: The names that it mentions of other libraries, with their imports.
        home: The module of the runtime that it is in.
    """

    home: str
    name: str
    text: str
    is_constant: bool
    needs: frozenset[str]
    imports: Mapping[str, frozenset[Import]]


@cache
def _bundle(names: frozenset[str], modules: tuple[str, ...]) -> Bundle:
    library = _library(modules)
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
    homes = {definition.name: definition.home for definition in definitions}
    return Bundle(tuple(ordered), _without(absent, _text(definitions)), homes)


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
def _library(modules: tuple[str, ...]) -> Mapping[str, _Definition]:
    """The definitions of the runtime's `modules` by name, in their order and then as written."""
    texts = {
        module: files(PACKAGE).joinpath(f"{module.replace('.', '/')}.py").read_text("utf-8")
        for module in modules
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
        for definition in _definitions(module, trees[module], text.splitlines(), defined)
    }


def _definitions(
    home: str, tree: ast.Module, lines: list[str], defined: frozenset[str]
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
                home,
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
    if isinstance(statement, _DEFINING):
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
    decorators = statement.decorator_list if isinstance(statement, _DEFINING) else []
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    return first
