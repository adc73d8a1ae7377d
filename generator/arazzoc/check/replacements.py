"""The targets of replacements in payloads."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import expression as rules
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.types.bodies import content_type
from arazzoc.types.facts import StepFacts
from arazzoc.types.payload import selector_of, target_pointer

__all__ = ["check_replacements"]


def check_replacements(context: Context) -> Iterator[Diagnostic]:
    """Every target that is no XPath is legal by its language; those are judged with the payload."""
    for step in context.steps():
        if not step.step.asyncapi:
            yield from _targets(step)


def _targets(step: StepFacts) -> Iterator[Diagnostic]:
    body = step.step.request_body
    for replacement in body.replacements if body is not None else ():
        if selector_of(replacement, content_type(step)) == "xpath":
            continue
        pointer = target_pointer(replacement)
        if isinstance(pointer, SyntaxProblem):
            is_path = replacement.selector == "jsonpath"
            rule = rules.INVALID_JSONPATH if is_path else rules.INVALID_EXPRESSION
            span = replacement.target.part(pointer.start, pointer.end)
            yield found(rule, span, pointer.message, pointer.hint)
