"""What expressions read of the inputs: one of them, or (tolerated) all as an object."""

from __future__ import annotations

from dataclasses import replace

from arazzoc.diagnostics.registry import reference as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.expr import ast
from arazzoc.types.facts import Viewpoint
from arazzoc.types.model import ANY, MapType
from arazzoc.types.reaching import Problem, Resolved, named, pointed, unknown
from arazzoc.types.value import ObjectValue

__all__ = ["all_inputs", "one_input"]


def all_inputs(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The inputs of the workflow itself; those that are not given are left out."""
    workflow_id, inputs = view.facts.workflow.workflow_id, view.facts.inputs
    if not inputs:
        message = f"workflow `{workflow_id}` has no inputs"
        return Problem(rules.UNKNOWN_INPUT, message, "declare them in `inputs`", expression.where)
    note = Problem(
        wild.ALL_INPUTS,
        "`$inputs` alone is no expression",
        "name each input, as in `$inputs.NAME`",
        expression.where,
    )
    members = tuple((name, fact.argument) for name, fact in inputs.items())
    return Resolved(ObjectValue(members, MapType(ANY)), (note,))


def one_input(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """An input of the workflow, or what a pointer leads to in it."""
    assert isinstance(expression, ast.InputReference)
    inputs = view.facts.inputs
    found = named(expression.name, expression.members, inputs)
    if found is None:
        schema = view.facts.workflow.inputs
        outside = schema is not None and schema.get(expression.name) is not None
        return unknown(
            rules.UNKNOWN_INPUT,
            f"workflow `{view.facts.workflow.workflow_id}` has no input `{expression.name}`",
            expression.name,
            () if outside else inputs,
            expression.where,
            f"`inputs` is a JSON Schema: declare `{expression.name}` under its `properties`",
            lambda meant: str(replace(expression, name=meant)),
        )
    name, members = found
    return pointed(inputs[name].argument, expression, members, view)
