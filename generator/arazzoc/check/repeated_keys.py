"""Idempotency keys that different requests share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic, Related, Severity
from arazzoc.diagnostics.registry import request as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import Operation
from arazzoc.types.facts import StepFacts
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Constant

__all__ = ["check_idempotency_keys"]

_KEY: Final = re.compile(r"(?i)(x-)?idempoten(cy|t)-?key")


def check_idempotency_keys(context: Context) -> Iterator[Diagnostic]:
    """Every request that carries an idempotency key has one of its own, in every run."""
    first: dict[str, tuple[StepFacts, Parameter, Operation]] = {}
    told: set[str] = set()
    for step in context.steps():
        for parameter in step.parameters if step.operation is not None else ():
            if parameter.location != "header" or _KEY.fullmatch(parameter.name) is None:
                continue
            text, value = (
                parameter.value.text,
                value_of(parameter.value, context.before(step)).value,
            )
            if isinstance(value, Constant):
                message = f"`{parameter.name}` is the same in every run"
                hint = "declare an input for it, so that each run brings a key of its own"
                if f"{parameter.value.span}" not in told:
                    yield found(rules.FIXED_IDEMPOTENCY_KEY, parameter.value.span, message, hint)
                told.add(f"{parameter.value.span}")
            elif text is not None and step.operation is not None and text not in told:
                before, passed, operation = first.setdefault(
                    text, (step, parameter, step.operation)
                )
                if (operation.method, operation.path) == (
                    step.operation.method,
                    step.operation.path,
                ):
                    continue
                told.add(text)
                message = f"steps `{before.step.step_id}` and `{step.step.step_id}` send different requests"
                message += f" with the same `{parameter.name}`"
                hint = "pass an input of its own in each step"
                related = (Related(passed.value.span, "the first of the two passes it here"),)
                same = passed.value.span == parameter.value.span
                told_of = found(
                    rules.FIXED_IDEMPOTENCY_KEY,
                    parameter.value.span,
                    message,
                    hint,
                    () if same else related,
                )
                # Some servers look at keys and operations together.
                yield replace(told_of, severity=Severity.HINT)
