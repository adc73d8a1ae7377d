"""The statuses that a condition names."""

from __future__ import annotations

from arazzoc.expr import ast
from arazzoc.expr.condition import (
    And,
    Comparison,
    Condition,
    ConditionNode,
    NumberLiteral,
    Or,
    Reference,
)
from arazzoc.expr.problem import SyntaxProblem

__all__ = ["statuses_of"]


def statuses_of(condition: Condition | SyntaxProblem) -> frozenset[int] | None:
    """The statuses that a condition can hold for; None where it does not tell.

    Understands `$statusCode == 200`, and such comparisons joined by `||` and `&&`.
    """
    return None if isinstance(condition, SyntaxProblem) else _allowed(condition.root)


def _allowed(node: ConditionNode) -> frozenset[int] | None:
    match node:
        case Comparison(left, "==", right):
            return _compared(left, right) or _compared(right, left)
        case And(operands):
            known = [found for operand in operands if (found := _allowed(operand)) is not None]
            return known[0].intersection(*known[1:]) if known else None
        case Or(operands):
            named = [found for operand in operands if (found := _allowed(operand)) is not None]
            return frozenset[int]().union(*named) if len(named) == len(operands) else None
        case _:
            return None


def _compared(left: ConditionNode, right: ConditionNode) -> frozenset[int] | None:
    is_status = isinstance(left, Reference) and isinstance(left.expression, ast.StatusCode)
    if is_status and isinstance(right, NumberLiteral) and isinstance(right.value, int):
        return frozenset({right.value})
    return None
