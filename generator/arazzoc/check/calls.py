"""Workflows that run others: those are passed what they want."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.check.doubts import is_doubtful
from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import flow as rules
from arazzoc.diagnostics.registry import reference
from arazzoc.model.field_names import field_of
from arazzoc.source.edits import replaced
from arazzoc.suggestion import closest, surely
from arazzoc.types.calling import Calling, calls_of, input_needs, passed
from arazzoc.types.facts import InputFact
from arazzoc.types.value import Argument, Constant

__all__ = ["check_calls", "check_passed"]


def check_calls(context: Context) -> Iterator[Diagnostic]:
    """What a workflow is passed are inputs of it, and none is missing that it requires."""
    for calling in calls_of(context.facts):
        yield from _undeclared(calling)
        yield from _missing(calling, context)


def _undeclared(calling: Calling) -> Iterator[Diagnostic]:
    accepted = calling.callee.accepted
    workflow_id = calling.callee.workflow.workflow_id
    for parameter in calling.parameters:
        if parameter.name in accepted:
            continue
        near = closest(parameter.name, accepted)
        if near is not None:
            hint = f"did you mean `{near}`?"
        elif accepted:
            hint = "it has " + ", ".join(f"`{name}`" for name in list(accepted)[:8])
        else:
            hint = "it has no inputs"
        node = field_of(parameter.node, "name") or parameter.node
        message = f"workflow `{workflow_id}` has no input `{parameter.name}`"
        taken = {each.name for each in calling.parameters}
        sure = surely(parameter.name, accepted)
        fix = replaced(node, sure) if sure is not None and sure not in taken else None
        yield found(rules.UNDECLARED_WORKFLOW_INPUT, node.span, message, hint, fix=fix)


def _missing(calling: Calling, context: Context) -> Iterator[Diagnostic]:
    """Inputs that are not passed, but for those of which another finding says how they are misspelt."""
    given, accepted = passed(calling, context.view_of(calling)), calling.callee.accepted
    stated = {parameter.name for parameter in (*calling.parameters, *calling.implied)}
    unknown = [each.name for each in calling.parameters if each.name not in accepted]
    stated |= {near for name in unknown if (near := closest(name, accepted)) is not None}
    for name, fact in calling.callee.accepted.items():
        if fact.required and name not in given and name not in stated and calling.step is not None:
            yield _missing_input(calling, fact)


def _missing_input(calling: Calling, fact: InputFact) -> Diagnostic:
    workflow_id = calling.callee.workflow.workflow_id
    about = " ".join((fact.description or "").split())
    described = f" ({about.rstrip('.')})" if about else ""
    hint = f"pass `{fact.name}`{described} as a parameter"
    if calling.by_name:
        hint = f"pass `{fact.name}`{described}: declare it as an input of this workflow too"
    return found(
        rules.MISSING_WORKFLOW_INPUT,
        calling.node.span,
        f"workflow `{workflow_id}` requires input `{fact.name}`",
        hint,
        (Related(fact.node.key_span, "it is declared here"),),
    )


def check_passed(context: Context) -> Iterator[Diagnostic]:
    """No workflow is passed a value that may not be there for an input that it requires."""
    for calling in calls_of(context.facts):
        nodes = {parameter.name: parameter.value for parameter in calling.parameters}
        for name, value in passed(calling, context.view_of(calling)).items():
            for need in input_needs(calling.callee.accepted[name], value):
                if not need.value.absent or isinstance(need.value, Argument | Constant):
                    continue
                if is_doubtful(need.value, context.doubtful):
                    continue
                node = nodes.get(name, calling.node)
                message = f"`{need.text}` may have no value, and {need.place} needs one"
                hint = "change the flow, or require the value where it comes from: without it the"
                hint += f" function stops before workflow `{calling.callee.workflow.workflow_id}`"
                yield found(reference.POSSIBLY_SKIPPED, node.span, message, hint)
