"""What a generated module may consist of: whatever no template makes is foreign, and may be a document's text.

A module's code has two parts. Definitions of the runtime are held against the runtime itself. All else is held to
the few kinds of Python that templates write: their calls, their attributes, their imports. Text of a document then
has no place left but string literals and comments.
"""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Final

from arazzoc.edition import SHARED_RUNTIME, Edition
from arazzoc.render.bundle import modules_of
from arazzoc.render.definitions import PACKAGE

__all__ = ["foreign_code"]

_NODES: Final = (
    *(ast.Module, ast.Expr, ast.Constant, ast.Name, ast.Load, ast.Store, ast.Attribute, ast.Call),
    *(
        ast.Assign,
        ast.AnnAssign,
        ast.AugAssign,
        ast.ClassDef,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
    ),
    *(
        ast.arguments,
        ast.arg,
        ast.keyword,
        ast.Lambda,
        ast.Await,
        ast.Import,
        ast.ImportFrom,
        ast.alias,
    ),
    *(ast.Compare, ast.cmpop, ast.BoolOp, ast.boolop, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp),
    *(
        ast.Add,
        ast.BitOr,
        ast.IfExp,
        ast.JoinedStr,
        ast.FormattedValue,
        ast.Dict,
        ast.List,
        ast.Tuple,
    ),
    *(ast.Subscript, ast.Slice, ast.Starred, ast.ListComp, ast.GeneratorExp, ast.comprehension),
    *(
        ast.If,
        ast.While,
        ast.Match,
        ast.match_case,
        ast.MatchValue,
        ast.MatchAs,
        ast.With,
        ast.AsyncWith,
    ),
    *(
        ast.withitem,
        ast.Try,
        ast.ExceptHandler,
        ast.Raise,
        ast.Return,
        ast.Continue,
        ast.Break,
        ast.Pass,
    ),
)
_BUILTINS: Final = frozenset(
    """AssertionError any bool bytes dict float int isinstance len list object range str""".split()
)
_TYPING: Final = ("Any", "Final", "Literal", "NotRequired", "TypeAlias", "TypedDict", "cast")
_OWN_IMPORTS: Final = frozenset(
    {
        *(("typing", name) for name in _TYPING),
        *(("dataclasses", "dataclass"), ("dataclasses", "field")),
        *(("collections.abc", "Mapping"), ("collections.abc", "Sequence")),
        *(("__future__", "annotations"), ("time", None), ("asyncio", None)),
    }
)
_METHODS: Final = frozenset({"decode", "encode", "get", "rstrip"})
"""What is called by an attribute, besides the `sleep` of `time` and `asyncio`."""
_ATTRIBUTES: Final = _METHODS | frozenset(
    """content content_type data headers is_garbled is_json method sleep status url""".split()
)
"""Those of requests, responses and bodies; a module's own classes add the names of their fields."""
_CODING: Final = re.compile(r"coding[:=]")
_DIRECTIVE: Final = re.compile(
    r"(?i)#(?:\s*(?:type|mypy|pyright|pyre|ruff|flake8|fmt|yapf|isort|pylint|pragma)\s*:|\s*no(?:qa|sec)\b|!)"
)
"""Comments by which a document would talk to a tool that reads the module (PEP 263, PEP 484, and others)."""


def foreign_code(source: str) -> Iterator[str]:
    """What in a module no template can have made.

    Raises:
        SyntaxError: It is not Python.
    """
    tree = ast.parse(source)
    own = [statement for statement in tree.body if not _is_of_the_runtime(statement)]
    yield from _twice(tree.body)
    yield from _Judge(tree, own).foreign()
    yield from _steering_comments(source, own)


class _Judge:
    """What one module's own statements are held to."""

    def __init__(self, tree: ast.Module, own: list[ast.stmt]) -> None:
        self._own = own
        self._top = {name for statement in tree.body for name in _named(statement)}
        self._bound = {name for statement in own for name in _bound(statement)} | self._top
        self._locals = {id(statement): set(_bound(statement)) for statement in own}
        self._fields = {
            each.target.id
            for statement in own
            if isinstance(statement, ast.ClassDef)
            for each in statement.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        }

    def foreign(self) -> Iterator[str]:
        """What has no place in a module."""
        for statement in self._own:
            for node in ast.walk(statement):
                if not isinstance(node, _NODES) or not self._fits(node, statement):
                    yield f"{type(node).__name__}: {_shown(node)}"

    def _fits(self, node: ast.AST, top: ast.stmt) -> bool:
        if isinstance(node, ast.stmt):
            return self._is_statement(node, top)
        match node:
            case ast.Constant(value):
                return value is None or isinstance(value, bool | int | float | str)
            case ast.Call(func):
                return self._may_be_called(func, self._locals[id(top)])
            case ast.Attribute(_, name):
                return name in _ATTRIBUTES or name in self._fields
            case ast.Name(name, ctx=ast.Load()):
                return name in self._bound or name in _BUILTINS
            case ast.Name(name) | ast.arg(name) | ast.MatchAs(name=str() as name):
                return _is_own(name)
            case ast.ExceptHandler(_, name):
                return name in (None, "error")
            case ast.FormattedValue(_, conversion, form):
                return conversion == -1 and (form is None or ast.unparse(form) == "f'd'")
            case _:
                return True

    def _is_statement(self, node: ast.stmt, top: ast.stmt) -> bool:
        match node:
            case ast.Import(names):
                return node is top and all((each.name, None) in _imports() for each in names)
            case ast.ImportFrom(module, names, level):
                return node is top and all(_is_import(module or "", each, level) for each in names)
            case ast.Expr(value):
                called = value.value if isinstance(value, ast.Await) else value
                return isinstance(called, ast.Call) or _is_text(called)
            case ast.ClassDef(name, bases, [], _, decorators):
                return node is top and _is_own(name) and _is_class(bases, decorators)
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                return node is top and _is_own(name) and not node.decorator_list
            case _:
                return node is not top or isinstance(node, ast.Assign | ast.AnnAssign)

    def _may_be_called(self, func: ast.expr, own: set[str]) -> bool:
        """Whether what is called is certain: no name that the function gives to something of its own."""
        match func:
            case ast.Name(name):
                return name in (self._top | _BUILTINS) - own
            case ast.Attribute(ast.Name(module), "sleep"):
                return module in ("time", "asyncio") and module in self._top - own
            case ast.Attribute(_, name):
                return name in _METHODS
            case _:
                return False


def _is_own(name: str) -> bool:
    plain = name == "__all__" or not name.startswith("__")
    return plain and name.isascii() and name.isidentifier() and not keyword.iskeyword(name)


def _is_class(bases: list[ast.expr], decorators: list[ast.expr]) -> bool:
    written = [*map(ast.unparse, bases)], [*map(ast.unparse, decorators)]
    return written in (
        (["TypedDict"], []),
        ([], ["dataclass(frozen=True, slots=True)"]),
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_import(module: str, alias: ast.alias, level: int) -> bool:
    if alias.asname is not None:
        return False
    if level:
        return module.partition(".")[0] == SHARED_RUNTIME and alias.name in _runtime()
    return (module, alias.name) in _imports()


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _named(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module defines for all of it."""
    match statement:
        case ast.Import(names) | ast.ImportFrom(_, names):
            yield from (each.asname or each.name.partition(".")[0] for each in names)
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield name
        case _:
            yield from (each.id for each in _targets(statement) if isinstance(each, ast.Name))


def _bound(statement: ast.stmt) -> Iterator[str]:
    """All names that are given to something in a statement."""
    for node in ast.walk(statement):
        match node:
            case (
                ast.arg(name)
                | ast.Name(name, ctx=ast.Store())
                | ast.ExceptHandler(_, str() as name)
            ):
                yield name
            case _:
                pass


def _twice(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Names that are defined anew: the second definition would take the place of the first."""
    defined = [
        name
        for statement in statements
        if not isinstance(statement, ast.Import | ast.ImportFrom)
        for name in _named(statement)
    ]
    imported = {
        name
        for statement in statements
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for name in _named(statement)
    }
    counted = Counter(defined)
    yield from (f"{name}, twice" for name in counted if counted[name] > 1 or name in imported)


def _steering_comments(source: str, own: Iterable[ast.stmt]) -> Iterator[str]:
    """Comments of a module's own part that tools would take for themselves."""
    if any(_CODING.search(line) for line in source.splitlines()[:2]):
        yield f"an encoding: {source.splitlines()[0]}"
    extents = [(each.lineno, each.end_lineno or each.lineno) for each in own]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        inside = any(start <= token.start[0] <= end for start, end in extents)
        if token.type == tokenize.COMMENT and inside and _DIRECTIVE.search(token.string):
            yield token.string


def _shown(node: ast.AST) -> str:
    try:
        return ast.unparse(node)[:200]
    except (AttributeError, ValueError):
        return ast.dump(node)[:200]


def _is_of_the_runtime(statement: ast.stmt) -> bool:
    """Whether a statement is one of the runtime's, word for word but for its documentation."""
    return any(
        _bare(statement) in _runtime().get(name, ()) for name in _named(statement)
    ) and not isinstance(statement, ast.Import | ast.ImportFrom)


@cache
def _trees() -> tuple[ast.Module, ...]:
    editions = [Edition(is_async, http) for is_async, http in product((False, True), ("stdlib", "httpx2"))]  # type: ignore[arg-type]
    modules = sorted({module for edition in editions for module in modules_of(edition)})
    folder = files(PACKAGE)
    return tuple(
        ast.parse(folder.joinpath(f"{module.replace('.', '/')}.py").read_text("utf-8"))
        for module in modules
    )


@cache
def _runtime() -> Mapping[str, frozenset[str]]:
    """The definitions of the runtime by name: what they consist of, of each edition."""
    found: dict[str, set[str]] = {}
    for tree in _trees():
        for statement in tree.body:
            if not isinstance(statement, ast.Import | ast.ImportFrom):
                for name in _named(statement):
                    found.setdefault(name, set()).add(_bare(statement))
    return {name: frozenset(shapes) for name, shapes in found.items() if name != "__all__"}


@cache
def _imports() -> frozenset[tuple[str, str | None]]:
    """What the runtime imports, and what templates do."""
    found: set[tuple[str, str | None]] = {*_OWN_IMPORTS}
    for tree in _trees():
        for node in tree.body:
            match node:
                case ast.Import(names):
                    found.update((each.name, None) for each in names)
                case ast.ImportFrom(str() as module, names) if not module.startswith("arazzoc"):
                    found.update((module, each.name) for each in names)
                case _:
                    pass
    return frozenset(found)


def _bare(statement: ast.stmt) -> str:
    """A statement without its documentation, of which lines may be left out."""
    copy = ast.parse(ast.unparse(statement))
    for node in ast.walk(copy):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [
                each
                for each in node.body
                if not (isinstance(each, ast.Expr) and _is_text(each.value))
            ]
    return ast.dump(copy)
