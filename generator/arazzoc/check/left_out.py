"""Parameters that a step leaves out or misplaces, where it is clear what has to be sent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.check.parameters import has_unread_parameter
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import wild
from arazzoc.model.openapi import ApiKey, Operation
from arazzoc.model.passed import is_given, is_misplaced
from arazzoc.model.read_parameter import stated_parameter
from arazzoc.model.unfilled import unfilled
from arazzoc.source.edits import replaced
from arazzoc.source.node import JsonValue
from arazzoc.types.facts import StepFacts

__all__ = ["check_left_out"]


def check_left_out(context: Context) -> Iterator[Diagnostic]:
    """What a step passes is what it states, in the place where it states it."""
    for step in context.steps():
        unread = has_unread_parameter(step, context.facts.workflow)
        if step.operation is not None and not unread:
            yield from _misplaced(step, step.operation)
            yield from _given(step, step.operation)
            yield from _asked_for(step, step.operation)


def _misplaced(step: StepFacts, operation: Operation) -> Iterator[Diagnostic]:
    for parameter in step.parameters:
        owner = stated_parameter(parameter.node)
        stated = owner.get("in")
        place, other = parameter.location, stated.text if stated is not None else None
        if stated is None or place is None or other is None:
            continue  # what could not be read has been told
        if is_given(parameter, operation) or not is_misplaced(parameter):
            continue
        message = f"{operation.title} has `{parameter.name}` in {_in(place)}, not in {_in(other)}"
        fix = replaced(stated, place) if owner == parameter.node else None
        hint = f"write `in: {place}`"
        yield found(wild.MISPLACED_PARAMETER, stated.span, message, hint, fix=fix)


def _in(place: str) -> str:
    return f"the {place}" if place in ("query", "path") else f"a {place}"


def _given(step: StepFacts, operation: Operation) -> Iterator[Diagnostic]:
    for parameter in step.parameters:
        if is_given(parameter, operation):
            message = (
                f"{operation.title} requires {parameter.location} parameter `{parameter.name}`"
            )
            message += f", and `{_written(parameter.value.value)}` is sent"
            hint = f"pass the parameter `{parameter.name}` with `in: {parameter.location}`"
            yield found(wild.LEFT_OUT_PARAMETER, step.calls.span, message, hint)


def _written(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _asked_for(step: StepFacts, operation: Operation) -> Iterator[Diagnostic]:
    for key in unfilled(operation, step.parameters):
        if isinstance(key, ApiKey) and key.stated:
            message = f"{operation.title} requires {key.location} parameter `{key.parameter}`"
            message += ", a credential that callers are asked for"
            hint = f"pass the parameter `{key.parameter}` with `in: {key.location}`"
            yield found(wild.LEFT_OUT_CREDENTIAL, step.calls.span, message, hint)
