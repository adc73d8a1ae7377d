"""What the documents show is real: their excerpts, dumps, examples, links and the tests that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from arazzoc import compiler
from arazzoc.diagnostics.model import Findings
from arazzoc.diagnostics.registry import RULES
from arazzoc.flow.dump import dump as dump_statements
from arazzoc.flow.structure import structure
from arazzoc.ir.dump import dump as dump_graph
from arazzoc.model.read_arazzo import read_arazzo
from arazzoc.source.workspace import Workspace
from arazzoc.types import condition, value
from tests.markdown import ROOT, Block, anchors, blocks, documents, links, quotes

EXAMPLE = ROOT / "specs/ibm-quantum/cancel-running-job.arazzo.yaml"
UNIFORM = re.compile(r"\b(run|serve|prints|python|holds|(from|graph of|statements of) \S+)")
each_document = pytest.mark.parametrize(
    "document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix()
)


def _text(document: Path) -> str:
    return document.read_text("utf-8")


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    for link in links(_text(document)):
        if link.target.startswith("https://"):
            continue
        path, _, fragment = link.target.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if fragment:
            assert fragment in anchors(_text(target)), link


@each_document
def test_tests_that_are_named_exist(document: Path) -> None:
    for link in links(_text(document)):
        if link.label.startswith("test_"):
            tests = (document.parent / link.target).read_text("utf-8")
            assert re.search(rf"def {link.label}\(", tests), link


@each_document
def test_excerpts_are_real(document: Path) -> None:
    for block in blocks(_text(document)):
        kind, _, name = block.mark.rpartition(" ")
        shown = {"from": _file, "graph of": _graph, "statements of": _statements}.get(kind)
        assert not block.mark or UNIFORM.fullmatch(block.mark), block.mark
        if shown is not None:
            assert quotes(block.text, shown(ROOT / name)), f"{name} does not have:\n{block.text}"


def _file(path: Path) -> str:
    return path.read_text("utf-8")


def _graph(path: Path) -> str:
    return "\n".join(map(dump_graph, compiler.graph(path).graphs))


def _statements(path: Path) -> str:
    return "\n".join(dump_statements(structure(graph)) for graph in compiler.graph(path).graphs)


@cache
def _example() -> dict[str, object]:
    """What the architecture's lines speak of: a step as it was read, and as a node of its graph."""
    findings = Findings()
    document = Workspace(findings).load(EXAMPLE)
    assert document is not None
    arazzo = read_arazzo(document, findings)
    assert arazzo is not None
    (graph,) = compiler.graph(EXAMPLE).graphs
    names = {"step": arazzo.workflows[0].steps[0], "node": graph.steps[0]}
    return {**_public(condition), **_public(value), **names}


def _public(module: ModuleType) -> dict[str, object]:
    return {name: getattr(module, name) for name in module.__all__}


def _lines_that_hold() -> Iterator[str]:
    for document in documents():
        for block in blocks(_text(document)):
            if block.mark == "holds":
                yield from block.text.splitlines()


@pytest.mark.parametrize("line", list(_lines_that_hold()))
def test_a_line_holds(line: str) -> None:
    assert eval(line, _example()) is True


def _examples() -> Iterator[Block]:
    """The Python examples outside of the README, whose own tests run them against a server."""
    for document in documents():
        if document.name != "README.md":
            yield from (block for block in blocks(_text(document)) if block.mark == "python")


@pytest.mark.parametrize("example", list(_examples()), ids=lambda block: block.text.splitlines()[0])
def test_a_python_example_runs(example: Block) -> None:
    exec(compile(example.text, "example", "exec", dont_inherit=True), {})


@each_document
def test_python_is_python(document: Path) -> None:
    for block in blocks(_text(document)):
        if block.language == "python" and not block.mark.startswith("from "):
            compile(block.text, document.name, "exec", dont_inherit=True)


def test_every_code_that_is_mentioned_exists() -> None:
    for document in documents():
        mentioned = set(re.findall(r"\bAZ\d{3}\b", _text(document)))
        assert mentioned <= set(RULES), document


def test_the_semantics_mention_what_is_tolerated_and_what_is_not_compiled() -> None:
    semantics = _text(ROOT / "docs/semantics.md")
    tolerated = {rule.code for rule in RULES.values() if rule.tolerated}
    unsupported = {code for code in RULES if code.startswith("AZ8")}
    assert sorted(code for code in tolerated | unsupported if code not in semantics) == []


def test_the_semantics_name_every_test_of_a_ruling() -> None:
    rulings = (ROOT / "tests/functional").glob("test_semantics_*.py")
    held = {name for path in rulings for name in re.findall(r"def (test_\w+)\(", _text(path))}
    named = {link.label for link in links(_text(ROOT / "docs/semantics.md"))}
    assert sorted(held - named) == [], "each belongs into a row of docs/semantics.md"


def test_every_package_is_introduced() -> None:
    packages = {path.parent.name for path in ROOT.glob("generator/arazzoc/*/__init__.py")}
    architecture, contributing = (
        _text(ROOT / name) for name in ("docs/architecture.md", "CONTRIBUTING.md")
    )
    assert {name for name in packages if f"`{name}`" not in architecture} == set()
    assert {name for name in packages if f"  {name}/ " not in contributing} == set()


def test_decisions_have_one_form() -> None:
    records = sorted((ROOT / "docs/adr").glob("*.md"))
    for number, record in enumerate(records, 1):
        title, *parts = re.findall(r"^#+ (.*)$", _text(record), re.M)
        assert record.name.startswith(f"{number:04}-")
        assert title.startswith(f"{number}. ")
        assert parts == ["Context", "Decision", "Consequences"]
    assert records


def test_the_index_lists_every_document() -> None:
    index = ROOT / "docs/README.md"
    listed = {(index.parent / link.target).resolve() for link in links(_text(index))}
    pages = {path for path in documents() if path.parent.name == "rules"}
    assert {path for path in documents() if path.parent != ROOT} - listed - pages == {index}


def test_the_index_of_diagnostics_lists_every_page() -> None:
    index = ROOT / "docs/diagnostics.md"
    listed = [(index.parent / link.target).resolve() for link in links(_text(index))]
    assert sorted(listed) == sorted(path for path in documents() if path.parent.name == "rules")
