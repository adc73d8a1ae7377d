"""What lets the runtime's definitions be copied one by one."""

from __future__ import annotations

import ast
import itertools
import sys
from pathlib import Path
from typing import get_args

import pytest

import arazzoc.runtime
from arazzoc.edition import Edition, Http
from arazzoc.render.bundle import modules_of

FOLDER = Path(arazzoc.runtime.__file__ or "").parent
MODULES = sorted(FOLDER.rglob("*.py"))
TREES = {
    ".".join(path.relative_to(FOLDER).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for path in MODULES
}
EDITIONS = [
    Edition(is_async, http) for is_async, http in itertools.product((False, True), get_args(Http))
]
DEFINED = {
    name
    for tree in TREES.values()
    for statement in tree.body
    for name in (
        [statement.name]
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        else (
            [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
            if isinstance(statement, ast.Assign)
            else []
        )
    )
} - {"__all__"}


@pytest.mark.parametrize("module", TREES)
def test_only_the_standard_library_is_imported_but_for_what_parts_are_there_for(
    module: str,
) -> None:
    for statement in ast.walk(TREES[module]):
        if isinstance(statement, ast.ImportFrom):
            assert statement.level == 0
            names = [statement.module or ""]
        elif isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
            assert all(alias.asname is None for alias in statement.names)
        else:
            continue
        for name in names:
            assert (
                name.startswith("arazzoc.runtime.")
                or name.split(".")[0] in sys.stdlib_module_names
                or (name == "httpx2" and "httpx2" in module)
                or (name.split(".")[0] == "elementpath" and module == "xpath")
                or (name == "jsonpath_rfc9535" and module == "jsonpath")
            )


@pytest.mark.parametrize("module", TREES)
def test_no_variable_bears_the_name_of_a_definition(module: str) -> None:
    for definition in TREES[module].body:
        if not isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        arguments = {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
        stored = {
            node.id
            for node in ast.walk(definition)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        assert not (arguments | stored) & DEFINED


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_names_are_defined_once_in_each_edition(edition: Edition) -> None:
    names = [
        statement.name
        for module in modules_of(edition)
        for statement in TREES[module].body
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("module", [name for name in TREES if not name.endswith("__init__")])
def test_all_lists_what_is_public(module: str) -> None:
    loaded = __import__(f"arazzoc.runtime.{module}", fromlist=["__all__"])
    listed: list[str] = loaded.__all__
    defined = {
        statement.name
        for statement in TREES[module].body
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not statement.name.startswith("_")
    }
    assert defined <= set(listed)
    assert listed == sorted(listed, key=lambda name: (not name.isupper(), name[0].islower(), name))
