"""Regular expressions."""

from __future__ import annotations

from arazzoc.expr.problem import SyntaxProblem


def check_regex(text: str) -> SyntaxProblem | None:
    return None
