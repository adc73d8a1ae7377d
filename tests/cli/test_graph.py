"""`arazzoc graph`."""

from __future__ import annotations

import pytest

from arazzoc.diagnostics.model import Severity
from arazzoc.result import GraphResult
from tests.cli.conftest import DOCUMENT, FakeCompiler, Invoke
from tests.unit.ir.graphs import POLL, graph


@pytest.fixture
def compiler(compiler: FakeCompiler) -> FakeCompiler:
    compiler.graphs = GraphResult((), (DOCUMENT,), {}, (POLL, graph("other")))
    return compiler


@pytest.mark.usefixtures("compiler")
def test_every_workflow_is_drawn(arazzoc_: Invoke) -> None:
    result = arazzoc_("graph", DOCUMENT, "--format", "dot")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("digraph") == 2


@pytest.mark.usefixtures("compiler")
def test_one_workflow_is_drawn(arazzoc_: Invoke) -> None:
    result = arazzoc_("graph", DOCUMENT, "--format", "dot", "--workflow", "other")
    assert result.stdout == 'digraph "other" {\n  node [shape=box];\n}\n'


@pytest.mark.usefixtures("compiler")
def test_an_unknown_workflow_is_wrong_usage(arazzoc_: Invoke) -> None:
    result = arazzoc_("graph", DOCUMENT, "--format", "dot", "--workflow", "othre")
    assert result.exit_code == 2
    assert "there is no workflow 'othre': did you mean 'other'?" in result.stderr


def test_a_document_with_errors_is_told(arazzoc_: Invoke, compiler: FakeCompiler) -> None:
    compiler.graphs = None
    compiler.severities = [Severity.ERROR]
    result = arazzoc_("graph", DOCUMENT, "--format", "dot", "--workflow", "faulty")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[AZ199] finding 1" in result.stderr
