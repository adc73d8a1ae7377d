"""The values of a step's parameters against the schemas that its operation declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.check.misfits import misfit_found, written_at
from arazzoc.check.shapes import misfit as unfit_shape
from arazzoc.diagnostics.model import Diagnostic, Rule
from arazzoc.diagnostics.registry import request as rules
from arazzoc.types.described import schemas_of
from arazzoc.types.misfits import Fault, misfits
from arazzoc.types.valuation import value_of

__all__ = ["check_deprecated", "check_parameter_values"]

_RULES: Final[Mapping[Fault, Rule]] = {
    "literal": rules.UNEXPECTED_VALUE,
    "type": rules.UNEXPECTED_TYPE,
    "missing": rules.UNEXPECTED_VALUE,
    "unknown": rules.UNEXPECTED_VALUE,
}


def check_parameter_values(context: Context) -> Iterator[Diagnostic]:
    """Every parameter is given a value that its schema takes, as far as that is known."""
    types = context.facts.types
    for step in context.steps():
        for parameter in step.parameters if step.operation is not None else ():
            location = parameter.location
            if step.operation is None or location is None or location == "querystring":
                continue
            declared = step.operation.parameter(parameter.name, location)
            if declared is None or declared.schema is None or declared.content is not None:
                continue
            before = context.before(step)
            value = value_of(parameter.value, before).value
            if value is None:
                continue
            whole = f"{location} parameter `{parameter.name}`"
            unfit = unfit_shape(context, step, parameter) is not None
            described = partial(schemas_of, view=before)
            for misfit in misfits(value, declared.schema, types, textual=True, described=described):
                if unfit and misfit.fault == "type":
                    continue  # told as a shape
                place = written_at(parameter.value, misfit.path)
                told = misfit_found(misfit, _RULES, whole, place)
                if told is not None:
                    yield told


def check_deprecated(context: Context) -> Iterator[Diagnostic]:
    """No step uses what its operation's description calls deprecated."""
    for step in context.steps():
        operation = step.operation
        if operation is None:
            continue
        stated = step.step.operation_id or step.step.operation_path
        if operation.deprecated and stated is not None:
            name = operation.operation_id or f"{operation.method} {operation.path}"
            message = f"operation `{name}` is deprecated"
            hint = "its description may say what to call instead"
            yield found(rules.DEPRECATED, stated.span, message, hint)
        for parameter in step.parameters:
            declared = operation.parameter(parameter.name, parameter.location or "")
            if declared is not None and declared.deprecated:
                message = f"{declared.location} parameter `{declared.name}` is deprecated"
                hint = "its description may say what to pass instead"
                yield found(rules.DEPRECATED, parameter.node.span, message, hint)
