"""What lets the runtime's definitions be copied one by one."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import arazzoc.runtime

MODULES = sorted(Path(arazzoc.runtime.__file__ or "").parent.glob("*.py"))
TREES = {path.stem: ast.parse(path.read_text("utf-8")) for path in MODULES}
DEFINED = {
    name
    for tree in TREES.values()
    for statement in tree.body
    for name in (
        [statement.name]
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
        else (
            [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
            if isinstance(statement, ast.Assign)
            else []
        )
    )
} - {"__all__"}


@pytest.mark.parametrize("module", TREES)
def test_only_the_standard_library_is_imported(module: str) -> None:
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
                name.startswith("arazzoc.runtime.") or name.split(".")[0] in sys.stdlib_module_names
            )


@pytest.mark.parametrize("module", TREES)
def test_no_variable_bears_the_name_of_a_definition(module: str) -> None:
    for definition in TREES[module].body:
        if not isinstance(definition, ast.FunctionDef | ast.ClassDef):
            continue
        arguments = {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
        stored = {
            node.id
            for node in ast.walk(definition)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        assert not (arguments | stored) & DEFINED


def test_names_are_defined_once() -> None:
    names = [
        statement.name
        for tree in TREES.values()
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("module", [name for name in TREES if name != "__init__"])
def test_all_lists_what_is_public(module: str) -> None:
    loaded = __import__(f"arazzoc.runtime.{module}", fromlist=["__all__"])
    listed: list[str] = loaded.__all__
    defined = {
        statement.name
        for statement in TREES[module].body
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
        and not statement.name.startswith("_")
    }
    assert defined <= set(listed)
    assert listed == sorted(listed, key=lambda name: (not name.isupper(), name[0].islower(), name))
