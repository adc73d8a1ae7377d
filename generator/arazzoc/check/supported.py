"""What is valid Arazzo but not compiled yet."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import expression
from arazzoc.diagnostics.registry import unsupported as rules
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.types.bodies import content_type
from arazzoc.types.facts import StepFacts
from arazzoc.types.payload import selector_of, target_pointer

__all__ = ["check_supported"]


def check_supported(context: Context) -> Iterator[Diagnostic]:
    """Everything that the workflow uses can be compiled."""
    for step in context.steps():
        if step.step.asyncapi:
            continue
        yield from _body(step)


def _body(step: StepFacts) -> Iterator[Diagnostic]:
    body = step.step.request_body
    if body is None:
        return
    name = content_type(step)
    for replacement in body.replacements:
        if selector_of(replacement, name) == "xpath":
            continue
        pointer = target_pointer(replacement)
        if isinstance(pointer, SyntaxProblem):
            span = replacement.target.part(pointer.start, pointer.end)
            yield found(expression.INVALID_JSONPATH, span, pointer.message, pointer.hint)
        elif pointer is None:
            message = "a JSONPath that only a run knows cannot be compiled"
            yield found(rules.BODY, replacement.target.span, message, "write a JSON Pointer")
