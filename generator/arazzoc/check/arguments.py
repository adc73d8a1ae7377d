"""What workflows are passed, and the defaults of inputs, against the schemas of those inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from arazzoc.check.context import Context
from arazzoc.check.misfits import Place, misfit_found, written_at
from arazzoc.diagnostics.model import Diagnostic, Rule
from arazzoc.diagnostics.registry import request as rules
from arazzoc.types.calling import calls_of, passed
from arazzoc.types.described import schemas_of
from arazzoc.types.misfits import Fault, misfits
from arazzoc.types.value import Argument

__all__ = ["check_arguments", "check_defaults"]

_ARGUMENT: Final[Mapping[Fault, Rule]] = {
    "literal": rules.UNEXPECTED_ARGUMENT,
    "type": rules.UNEXPECTED_ARGUMENT,
    "missing": rules.UNEXPECTED_ARGUMENT,
    "unknown": rules.UNEXPECTED_ARGUMENT,
}
_DEFAULT: Final[Mapping[Fault, Rule]] = {
    "literal": rules.UNEXPECTED_DEFAULT,
    "missing": rules.UNEXPECTED_DEFAULT,
    "unknown": rules.UNEXPECTED_DEFAULT,
}


def check_arguments(context: Context) -> Iterator[Diagnostic]:
    """Every workflow is passed what the schemas of its inputs take, as far as that is known."""
    types = context.facts.types
    for calling in calls_of(context.facts):
        nodes = {each.name: each.value for each in (*calling.implied, *calling.parameters)}
        workflow_id = calling.callee.workflow.workflow_id
        view = context.view_of(calling)
        described = partial(schemas_of, view=view)
        for name, value in passed(calling, view).items():
            fact = calling.callee.accepted[name]
            node = nodes.get(name)
            whole = f"input `{name}` of workflow `{workflow_id}`"
            for misfit in misfits(value, fact.node, types, described=described):
                place = written_at(node, misfit.path) if node is not None else None
                if place is None and isinstance(value, Argument):
                    place = Place(calling.node.span, calling.node.span)
                    whole = f"{whole}, which gets this workflow's `{name}`,"
                if place is not None:
                    told = misfit_found(misfit, _ARGUMENT, whole, place)
                    if told is not None:
                        yield told


def check_defaults(context: Context) -> Iterator[Diagnostic]:
    """Every default of an input is a value that the input's own schema takes."""
    types = context.facts.types
    for fact in context.facts.inputs.values():
        schema = types.schema(fact.node)
        default = schema.get("default") if schema is not None else None
        if default is None or default.value is None:
            continue
        if fact.default is None:
            message = f"input `{fact.name}` takes a file, which no default can state"
            rule = rules.UNEXPECTED_DEFAULT
            yield Diagnostic(rule, rule.severity, default.span, message, "remove it")
            continue
        for misfit in misfits(fact.default, fact.node, types):
            place = written_at(default, misfit.path)
            told = misfit_found(misfit, _DEFAULT, f"input `{fact.name}`", place)
            if told is not None:
                yield told
