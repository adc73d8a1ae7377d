"""Slips in the criteria of failure actions, which may come upon another response than a step succeeds with.

A poll fails its success criteria with the very response that they wait for, so its failure actions mostly
read that. But an error may be what they come upon, so only what is nearly right is told: a name, or a value
of an enumeration, with one slip, that no response of the operation has. Where the action asks for a status
of success, all is told that the response rules out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from arazzoc.check.context import Context, found
from arazzoc.check.criteria import literal_told, ruled_out, tests_of
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import response as rules
from arazzoc.model.arazzo import Criterion as StatedCriterion
from arazzoc.model.arazzo import FailureAction
from arazzoc.model.openapi import MediaType
from arazzoc.suggestion import surely
from arazzoc.types.condition import Criterion
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.judgement import criterion_of
from arazzoc.types.lacking import gap_in
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.unequal import choices_of
from arazzoc.types.value import Constant, Member, ResponseBody, Value
from arazzoc.types.verdict import comparisons, met, never_equal

__all__ = ["check_after_failure", "is_of_body"]


def check_after_failure(context: Context) -> Iterator[Diagnostic]:
    """No failure action has a slip in what it reads of the response that its step waits for."""
    for step in context.steps():
        good = context.answered(step)
        for action in step.failure_actions if step.operation is not None else ():
            sure = _comes_upon_success(action, step, context.failed(step))
            for stated in action.criteria:
                yield from _slips(stated, step, good.of(action), sure=sure)


def _comes_upon_success(action: FailureAction, step: StepFacts, view: Viewpoint) -> bool:
    """Whether an action is taken for responses alone that the step could have succeeded with."""
    operation = step.operation
    tests = tests_of(action.criteria, view) if action.criteria else None
    statuses = met(tests, view.facts.types).possible if tests else frozenset[int | None]()
    answers = [operation.response(each) for each in statuses if each is not None and operation]
    expected = step.expected.responses
    return bool(statuses) and None not in statuses and all(each in expected for each in answers)


def _slips(
    stated: StatedCriterion, step: StepFacts, good: Viewpoint, *, sure: bool
) -> Iterator[Diagnostic]:
    judged, types = criterion_of(stated, good), good.facts.types
    if judged.criterion is None:
        return
    operands = [value for _, value in judged.criterion.operands if is_of_body(value)]
    if not any(_elsewhere(value, step, types) for value in operands):
        for located in judged.problems:
            problem, fix = located.problem, located.fix
            if fix is not None and problem.rule in (rules.UNLISTED_MEMBER, rules.NO_SUCH_PLACE):
                yield found(problem.rule, located.span, problem.message, problem.hint, fix=fix)
        yield from _unequal(stated, judged.criterion, types, sure=sure)
        if sure:
            yield from ruled_out(stated, judged.criterion, good)


def _unequal(
    stated: StatedCriterion, criterion: Criterion, types: SchemaTypes, *, sure: bool
) -> Iterator[Diagnostic]:
    """Comparisons with nearly a value of an enumeration, or with any other where that is `sure`."""
    for comparison in comparisons(criterion.test):
        pair = never_equal(comparison, types)
        if pair is not None and is_of_body(pair[0]) and (sure or _is_slip(*pair, types)):
            yield literal_told(stated, criterion, comparison, pair, types)


def _is_slip(value: Value, literal: Constant, types: SchemaTypes) -> bool:
    return isinstance(literal.value, str) and bool(
        surely(literal.value, choices_of(value.type, types))
    )


def is_of_body(value: Value) -> TypeGuard[Member]:
    """Whether a value is a part of the body of the step's own response."""
    return isinstance(value, Member) and isinstance(value.base, ResponseBody)


def _elsewhere(value: Member, step: StepFacts, types: SchemaTypes) -> bool:
    """Whether a response that the step does not wait for may have what is read."""
    others = _other_contents(step)
    return any(gap_in(media.schema, value.tokens, types) is None for media in others)


def _other_contents(step: StepFacts) -> Iterator[MediaType]:
    expected = step.expected.responses
    for response in step.operation.responses if step.operation is not None else ():
        if response not in expected:
            yield from (media for media in response.content if media.schema is not None)
