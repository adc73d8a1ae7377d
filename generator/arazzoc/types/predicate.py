"""JSONPath criteria as tests over typed values."""

from __future__ import annotations

from dataclasses import dataclass

from arazzoc.diagnostics.registry import unsupported
from arazzoc.expr.ast import Slice
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.types.condition import Test
from arazzoc.types.facts import Viewpoint
from arazzoc.types.resolve import Problem
from arazzoc.types.value import Value

__all__ = ["Predicated", "predicate_of"]


@dataclass(frozen=True, slots=True)
class Predicated:
    test: Test | None
    problems: tuple[Problem, ...] = ()
    operands: tuple[tuple[str, Value], ...] = ()


def predicate_of(text: str, context: Value, view: Viewpoint) -> Predicated | SyntaxProblem:
    return Predicated(None, (Problem(unsupported.CRITERION, "x", None, Slice(0, len(text))),))
