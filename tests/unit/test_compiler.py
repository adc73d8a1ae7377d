"""What the compiler's public functions do with documents that go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzoc import compilation, compiler
from arazzoc.analysis import Analysis, analyse
from arazzoc.source.workspace import Workspace

SOUND = Path(__file__).parents[2] / "specs/pasqal/cancel-batch-jobs.arazzo.yaml"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document that brings out a fault of the compiler's own."""
    faulty = SOUND.with_name("faulty.arazzo.yaml")

    def stumble(path: Path, workspace: Workspace, *, strict: bool = False) -> Analysis | None:
        if path == faulty:
            raise LookupError("no such thing")
        return analyse(path, workspace, strict=strict)

    monkeypatch.setattr(compilation, "analyse", stumble)
    monkeypatch.delenv("ARAZZOC_DEBUG", raising=False)
    return faulty


def test_a_fault_of_the_compiler_is_a_finding(failing: Path) -> None:
    (found,) = compiler.lint([failing]).diagnostics
    assert found.rule.code == "AZ901"
    assert found.message == "the compiler failed: LookupError: no such thing"


def test_and_keeps_no_other_document_from_being_compiled(failing: Path) -> None:
    result = compiler.compile_documents([failing, SOUND])
    assert [module.name for module in result.modules] == ["pasqal/cancel_batch_jobs.py"]
    assert result.has_errors


def test_its_traceback_can_be_read(failing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAZZOC_DEBUG", "1")
    with pytest.raises(LookupError):
        compiler.graph(failing)
