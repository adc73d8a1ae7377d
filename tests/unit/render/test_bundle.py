from __future__ import annotations

import ast
import builtins
import itertools
import symtable
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import black
import pytest
from black.mode import Mode, TargetVersion
from hypothesis import given, settings
from hypothesis import strategies as st
from mypy import api as mypy

import arazzoc.runtime
from arazzoc.edition import Edition, Http
from arazzoc.render.bundle import Bundle, bundle, modules_of, public_names
from arazzoc.render.definitions import defined_in, definitions_of, imported_by
from arazzoc.render.imports import Imports

EDITIONS = [
    Edition(is_async, http) for is_async, http in itertools.product((False, True), get_args(Http))
]


def public(edition: Edition) -> list[str]:
    return sorted(
        name
        for module in modules_of(edition)
        for statement in ast.parse(_text(module)).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__"
        for name in ast.literal_eval(statement.value)
    )


def _text(module: str) -> str:
    folder = Path(arazzoc.runtime.__file__ or "").parent
    return folder.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")


PUBLIC = public(EDITIONS[0])
SUBSETS = [
    ["Request", "Response", "StepFailed", "Transport", "WorkflowError", "opened", "send"],
    ["Request", "attempt", "at", "segment", "retry_after"],
    ["Request", "dump", "folded", "present", "required", "send"],
    ["at", "equal"],
    ["compare", "compare_strictly", "size"],
    ["cookies", "joined", "query"],
    ["form", "text"],
    ["leads_somewhere", "same"],
    ["MissingValue", "OutputMissing"],
    ["HttpTransport", "basic"],
    ["matches"],
    PUBLIC,
]


def module(carried: Bundle) -> str:
    imports = Imports()
    imports.update(carried.imports)
    return "\n".join(
        ["from __future__ import annotations", "", *imports.lines(), "", "", carried.source]
    )


def unresolved(source: str) -> set[str]:
    """The global names that the module mentions, in annotations too, and does not bind."""
    tree = ast.parse(source)
    bound = {symbol.get_name() for symbol in symtable.symtable(source, "m", "exec").get_symbols()}
    annotations = {
        name.id
        for node in ast.walk(tree)
        for annotation in _annotations(node)
        for name in ast.walk(annotation)
        if isinstance(name, ast.Name)
    }
    mentioned = set(_globals(symtable.symtable(source, "m", "exec"))) | annotations
    return mentioned - bound - set(dir(builtins))


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    for field in ("annotation", "returns"):
        annotation = getattr(node, field, None)
        if isinstance(annotation, ast.expr):
            yield annotation


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for child in table.get_children():
        yield from _globals(child)


@pytest.mark.parametrize(
    ("edition", "name"),
    [(edition, name) for edition in EDITIONS for name in public(edition)],
    ids=str,
)
def test_every_public_name_can_be_carried_alone(
    edition: Edition, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = module(bundle([name], edition))
    assert not unresolved(source)
    carried = ModuleType("carried")
    monkeypatch.setitem(sys.modules, "carried", carried)  # dataclasses look themselves up there
    code = compile(source, "carried", "exec", dont_inherit=True)
    exec(code, vars(carried))
    assert hasattr(carried, name)


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(PUBLIC)))
def test_any_names_can_be_carried_together(names: set[str]) -> None:
    assert not unresolved(module(bundle(names)))


def test_subsets_are_typed_strictly(tmp_path: Path) -> None:
    paths: list[str] = []
    carried = [*map(bundle, SUBSETS), *(bundle(public(edition), edition) for edition in EDITIONS)]
    for number, each in enumerate(carried):
        path = tmp_path / f"subset_{number}.py"
        path.write_text(module(each))
        paths.append(str(path))
    options = ["--strict", "--no-error-summary", "--config-file", "", "--python-version", "3.11"]
    out, errors, status = mypy.run([*options, "--cache-dir", str(tmp_path / "cache"), *paths])
    assert (out, errors, status) == ("", "", 0)


LAYOUT = Mode(target_versions={TargetVersion.PY311})
MODULES = sorted({module for edition in EDITIONS for module in modules_of(edition)})


@pytest.mark.parametrize("module", MODULES)
def test_the_runtime_is_laid_out_as_modules_are(module: str) -> None:
    text = _text(module)
    assert black.format_str(text, mode=LAYOUT) == text, "black --line-length 88 lays it out"


@pytest.mark.parametrize("carried", [*map(bundle, SUBSETS[:-1])], ids=lambda each: each.source[:20])
def test_parts_are_laid_out_as_modules_are(carried: Bundle) -> None:
    text = f"# --- runtime ---\n\n\n{carried.source}"
    assert black.format_str(text, mode=LAYOUT) == text


@pytest.mark.parametrize("module", MODULES)
def test_names_found_by_patterns_are_those_of_the_syntax_tree(module: str) -> None:
    definitions = definitions_of(module)
    assert list(defined_in(module)) == list(definitions)
    imports = Imports()
    for definition in definitions.values():
        imports.update(definition.imports)
    assert imported_by(module) == imports.names()


def test_the_text_is_the_runtimes_own() -> None:
    folder = Path(arazzoc.runtime.__file__ or "").parent
    own = "".join((folder / name).read_text("utf-8") for name in ("messages.py", "shapes.py"))
    for definition in bundle(["Response"]).source.strip().split("\n\n\n"):
        assert definition in own


def test_nothing_comes_along_that_is_not_called() -> None:
    carried = bundle(["at"])
    assert _defined(carried) == ["NOTHING", "find", "at", "is_object", "is_array"]
    assert [wanted.module for wanted in carried.imports] == ["collections.abc"] * 2 + ["typing"] * 3


def test_annotations_bring_what_they_mention() -> None:
    assert _defined(bundle(["Transport"])) == [
        *("Request", "Response", "_MOST_LEVELS", "GARBLED", "_json", "_exceeds"),
        *("_refused", "_STRICTLY", "_NO_CHARSETS", "_charset", "_decoded", "_sniffed"),
        *("Transport", "is_object", "is_array"),
    ]  # fmt: skip


def test_readers_meet_messages_first_and_the_connection_last() -> None:
    defined = _defined(bundle(["send", "opened", "required", "dump"]))
    assert defined[:2] == ["Request", "Response"]
    places = [
        defined.index(name)
        for name in ("Response", "Transport", "StepFailed", "send", "HttpTransport")
    ]
    assert places == sorted(places)


def test_the_documentation_speaks_only_of_what_is_there() -> None:
    some = bundle(["StepFailed", "OutputMissing"]).source
    assert "StepFailed: a step" in some
    assert "OutputMissing: a response" in some
    assert "MissingValue" not in some
    assert "TransportError: no response" not in some


def test_the_order_of_the_names_does_not_matter() -> None:
    assert bundle(["send", "at", "at"]) == bundle(iter(["at", "send"]))


def test_no_names_need_nothing() -> None:
    assert bundle([]) == Bundle((), "", {})


@pytest.mark.parametrize("name", ["no_such_name", "_json", "json", "Mapping"])
def test_what_is_no_public_definition_is_refused(name: str) -> None:
    with pytest.raises(LookupError, match=f"no {name}"):
        bundle(["at", name])


def test_public_names_are_all_that_a_bundle_may_bind() -> None:
    bound: set[str] = set()
    for edition in EDITIONS:
        carried = bundle(public(edition), edition)
        imports = Imports()
        imports.update(carried.imports)
        bound.update(_defined(carried), imports.names())
    assert bound == public_names()


def _defined(carried: Bundle) -> list[str]:
    names: list[str] = []
    for statement in ast.parse(carried.source).body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.AnnAssign | ast.Assign):
            target = (
                statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
            )
            names.append(ast.unparse(target))
    return names
