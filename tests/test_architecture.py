"""What keeps the house in order: who may import whom, and what every module has."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import arazzoc

PACKAGE = Path(arazzoc.__file__ or "").parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}

LAYERS = (
    {"frozen", "text", "names", "suggestion", "version", "edition", "result", "task"},
    {"diagnostics"},
    {"source"},
    {"model"},
    {"expr"},
    {"types"},
    {"check"},
    {"ir"},
    {"flow", "layout"},
    {"render"},
    {"analysis", "compilation", "ignoring"},
    {"run", "kept"},
    {"baseline", "compiler", "mending", "policy"},
    {"lsp"},
    {"cli", "__init__", "__main__"},
)
"""A package imports what stands in an earlier layer, or in its own."""

RANKS = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}

SHARED = {
    f"arazzoc.runtime.{name}"
    for name in (
        "answers",
        *("comparison", "embedding", "markup", "patterns", "shapes", "styles", "urls"),
    )
}
"""What the compiler calls of the runtime, so that both judge and write alike; the rest it reads as text."""

LOOKS_AHEAD = {
    ("arazzoc.result", "arazzoc.diagnostics.model"),
    ("arazzoc.result", "arazzoc.source.files"),
}
"""Results of the whole compiler hold findings, and what they depend on."""

ANY_ALLOWED = re.compile(
    r"arazzoc\.(runtime\..*|cli\.console|frozen|source\.(yaml_events|block_yaml))"
)
"""What a response holds is really unknown, and so are a stream's kind, a field of any class, the events of the C library
and what a reader fills while it reads.

Elsewhere a document's values are `JsonValue` or `object`.
"""

LONGEST = 450

INSTALLED = {
    "arazzoc.runtime.jsonpath": {"jsonpath_rfc9535"},
    "arazzoc.runtime.xpath": {"elementpath"},
}
"""What modules that use such a part of the runtime need beside Python."""


def _part(module: str) -> str:
    """`types` for `arazzoc.types.schema`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def _imports(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported, those inside functions and for type checkers too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in MODULES or f"{inner}.__init__" in MODULES else base


def _own(tree: ast.AST) -> list[str]:
    return [name for name in _imports(tree) if name.split(".")[0] == "arazzoc"]


@pytest.mark.parametrize("module", [name for name in TREES if _part(name) != "runtime"])
def test_a_package_imports_only_what_stands_before_it(module: str) -> None:
    rank = RANKS[_part(module)]
    for imported in _own(TREES[module]):
        if _part(imported) == "runtime":
            assert imported in SHARED, f"{module} imports {imported}"
            continue
        if (module, imported) not in LOOKS_AHEAD and not _for_types_alone(module, imported):
            assert RANKS[_part(imported)] <= rank, f"{module} imports {imported}"


def _for_types_alone(module: str, imported: str) -> bool:
    """Whether `result`, which every layer may name, imports it under `TYPE_CHECKING` alone."""
    if module != "arazzoc.result":
        return False
    guarded = [
        name
        for node in TREES[module].body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for name in _imports(node)
    ]
    return imported in guarded


def test_every_package_has_its_place() -> None:
    assert {_part(name) for name in TREES} == {*RANKS, "runtime"}


def _at_once(tree: ast.Module) -> Iterator[str]:
    """The modules that importing this one imports."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node)


def test_no_two_modules_import_each_other() -> None:
    graph = {name: TREES.keys() & set(_at_once(tree)) for name, tree in TREES.items()}
    visited: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in visited:
            for imported in sorted(graph[name]):
                visit(imported, (*path, name))
            visited.add(name)

    for name in TREES:
        visit(name, ())


@pytest.mark.parametrize("module", [name for name in TREES if _part(name) == "runtime"])
def test_the_runtime_imports_the_standard_library_and_itself_alone_but_for_what_a_part_is_named_after(
    module: str,
) -> None:
    known = sys.stdlib_module_names | INSTALLED.get(module, set())
    for imported in _imports(TREES[module]):
        top = imported.split(".")[0]
        own = imported.startswith("arazzoc.runtime.") or top in module.rpartition(".")[2].split("_")
        assert own or top in known


def test_no_two_parts_of_the_runtime_have_the_same_name() -> None:
    """Modules carry the parts side by side: the later one would take the place of the earlier one."""
    names = [
        name
        for module in TREES
        if _part(module) == "runtime" and ".aio." not in module and "httpx2" not in module
        for node in TREES[module].body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        for name in _bound(ast.Module([node], []))
        if name != "__all__"
    ]
    assert sorted(names) == sorted(set(names))


def test_what_takes_long_to_import_waits_until_it_is_used() -> None:
    heavy = [
        "black",
        "openapi_spec_validator",
        "jinja2",
        "jsonschema",
        "elementpath",
        "jsonpath_rfc9535",
        "http.client",
        "pygls",
    ]
    code = (
        "import sys, arazzoc.cli.main, arazzoc.compiler\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("module", TREES)
def test_every_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(TREES[module])


@pytest.mark.parametrize(
    "module", [name for name in TREES if not name.endswith(("__init__", "__main__"))]
)
def test_every_module_lists_what_is_public(module: str) -> None:
    tree = TREES[module]
    listed = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert len(listed) == 1
    bound = set(_bound(tree))
    assert set(listed[0]) <= bound
    assert len(set(listed[0])) == len(listed[0])


def _bound(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (
                name.id
                for target in targets
                for name in ast.walk(target)
                if isinstance(name, ast.Name)
            )
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.If):
            yield from _bound(ast.Module([*node.body, *node.orelse], []))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_too_long(module: str) -> None:
    assert len(MODULES[module].read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("module", MODULES)
def test_silenced_checks_name_the_check(module: str) -> None:
    for number, line in enumerate(MODULES[module].read_text("utf-8").splitlines(), 1):
        for comment in re.findall(r"#\s*(?:noqa|type: ignore|pyright: ignore)\S*.*", line):
            silenced = r"#\s*(noqa: [A-Z]+\d+|type: ignore\[[\w-]+|pyright: ignore\[\w+)"
            assert re.match(silenced, comment), f"{module}:{number}"
    text = MODULES[module].read_text("utf-8")
    assert not re.search(
        r"^#\s*(mypy: ignore-errors|pyright: basic|ruff: noqa)", text, re.MULTILINE
    )


@pytest.mark.parametrize("module", TREES)
def test_any_stays_where_values_are_really_unknown(module: str) -> None:
    if ANY_ALLOWED.fullmatch(module):
        return
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.ImportFrom) and node.module == "typing":
            assert "Any" not in {alias.name for alias in node.names}


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_named_for_what_they_hold(module: str) -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    assert not vague & set(module.split("."))
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            assert not re.match(r"_*(handle|process|do)_|.*(Manager|Helper)$", node.name), node.name
