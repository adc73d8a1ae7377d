"""Every expression of a workflow has a meaning where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import expression as rules
from arazzoc.model.arazzo import Criterion, FailureAction, SuccessAction
from arazzoc.source.node import Node
from arazzoc.types.facts import Viewpoint
from arazzoc.types.judgement import criterion_of
from arazzoc.types.meant import outputs_by_name, templated
from arazzoc.types.payload import payload_of
from arazzoc.types.resolve import Resolved, resolve
from arazzoc.types.valuation import Located, located, value_of

__all__ = ["check_conditions", "check_values"]


def check_values(context: Context) -> Iterator[Diagnostic]:
    """Parameters, payloads and outputs."""
    for step in context.steps():
        before = context.before(step)
        for parameter in step.parameters:
            told = tuple(_value(parameter.value, before))
            yield from told
            if all(each.rule is not rules.INVALID_EXPRESSION for each in told):
                yield from _templates(parameter.value, before)
        payload = payload_of(step, before)
        if payload is not None:
            yield from _reported(payload.problems)
        for node in step.step.outputs.values():
            yield from _value(node, context.succeeded(step))
    for node in context.facts.workflow.outputs.values():
        yield from _value(node, context.at_the_end())


def check_conditions(context: Context) -> Iterator[Diagnostic]:
    """Success criteria, and the criteria of actions."""
    for step in context.steps():
        yield from _conditions(step.step.success_criteria, context.answered(step))
        for success in step.success_actions:
            yield from _action(success, context.succeeded(step))
        for failure in step.failure_actions:
            yield from _action(failure, context.failed(step))


def _action(action: SuccessAction | FailureAction, view: Viewpoint) -> Iterator[Diagnostic]:
    """The criteria of an action, and what it passes to a workflow."""
    view = view.of(action)
    yield from _conditions(action.criteria, view)
    for parameter in action.parameters:
        yield from _value(parameter.value, view)


def _conditions(criteria: Iterable[Criterion], view: Viewpoint) -> Iterator[Diagnostic]:
    for criterion in criteria:
        yield from _reported(criterion_of(criterion, view).problems)


def _value(node: Node, view: Viewpoint) -> Iterator[Diagnostic]:
    yield from _reported(value_of(node, view).problems)


def _templates(node: Node, view: Viewpoint) -> Iterator[Diagnostic]:
    """What other languages' templates in a parameter are meant to put in."""
    for expression, problem in templated(node.text or "", outputs_by_name(view.facts)):
        if isinstance(resolve(expression, view), Resolved):
            yield from _reported([located(node, problem)])


def _reported(problems: Iterable[Located]) -> Iterator[Diagnostic]:
    for each in problems:
        problem = each.problem
        yield found(problem.rule, each.span, problem.message, problem.hint, fix=each.fix)
