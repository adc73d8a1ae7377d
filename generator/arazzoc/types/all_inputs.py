"""`$inputs` alone: all inputs as one object, which the specification does not have."""

from __future__ import annotations

from arazzoc.diagnostics.registry import wild
from arazzoc.expr import ast
from arazzoc.types.facts import Viewpoint
from arazzoc.types.reaching import Problem, Resolved, member_of
from arazzoc.types.value import ObjectValue

__all__ = ["all_inputs", "one_of"]


def all_inputs(expression: ast.AllInputs, view: Viewpoint) -> Resolved:
    """The object of all inputs that are given, or what a pointer leads to in it."""
    inputs = view.facts.inputs
    whole = ObjectValue(tuple((name, fact.argument) for name, fact in inputs.items()))
    right = str(one_of(expression)) if expression.pointer else None
    note = Problem(
        wild.ALL_INPUTS,
        f"`{expression}` reads the inputs as if they were one value",
        f"write `{right}`" if right else "name the input that is meant: `$inputs.NAME`",
        expression.where,
        right,
    )
    return Resolved(member_of(whole, expression.pointer or (), view), (note,))


def one_of(expression: ast.AllInputs) -> ast.InputReference:
    """The input that `$inputs#/NAME` means, which has a pointer."""
    name, *tokens = expression.pointer or ("",)
    return ast.InputReference(name, tuple(tokens) or None, expression.where)
