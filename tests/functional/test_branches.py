"""The scenarios leave no line of a generated function out, but for those that send nothing."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

import pytest

from tests.functional.outcome import replayed
from tests.functional.test_scenarios import CASSETTES
from tests.scenarios import SCENARIOS

ROOT = Path(__file__).parents[2]
FUNCTIONS = {scenario.workflow.function.__name__: scenario.workflow for scenario in SCENARIOS}

if TYPE_CHECKING:
    from _typeshed import TraceFunction


def test_every_generated_function_has_scenarios() -> None:
    generated: set[str] = set()
    for path in (ROOT / "generated").glob("*/*.py"):
        if path.name != "__init__.py":
            module = import_module(f"generated.{path.parent.name}.{path.stem}")
            generated |= {name for name in module.__all__ if name[0].islower()}
    assert generated == FUNCTIONS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_line_is_run_by_a_scenario(name: str) -> None:
    workflow = FUNCTIONS[name]
    code = workflow.function.__code__
    run: set[int] = set()
    with _traced(code, run):
        for scenario in SCENARIOS:
            if scenario.workflow is workflow:
                replayed(scenario, CASSETTES / f"{scenario.id}.yaml")

    lines = {
        line for _, _, line in code.co_lines() if line is not None and line > code.co_firstlineno
    }
    source = Path(code.co_filename).read_text("utf-8").splitlines()
    left = [f"{line}: {source[line - 1].strip()}" for line in sorted(lines - run)]
    assert not [line for line in left if ": raise MissingValue(" not in line]


@contextmanager
def _traced(code: CodeType, run: set[int]) -> Generator[None, None, None]:
    """Notes the lines of `code` that are run in the block."""

    def call(frame: FrameType, event: str, argument: Any) -> TraceFunction | None:
        return line if frame.f_code is code else None

    def line(frame: FrameType, event: str, argument: Any) -> TraceFunction:
        run.add(frame.f_lineno)
        return line

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)
