"""Actions that are never taken or take nothing further: shadowed ones, retries in vain, loops without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from arazzoc.check.after_failure import is_of_body
from arazzoc.check.context import Context, found
from arazzoc.check.criteria import tests_of, undocumented
from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import criterion as rules
from arazzoc.model.arazzo import FailureAction, SuccessAction
from arazzoc.model.field_names import field_of
from arazzoc.source.node import Node
from arazzoc.types.availability import exits
from arazzoc.types.circles import circles
from arazzoc.types.condition import Test
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.judgement import criterion_of
from arazzoc.types.verdict import EVERY, met

__all__ = ["check_loops", "check_retries", "check_shadowed"]

_Status = int | None
_GOOD: Final = frozenset[_Status](range(200, 300))
_BODY: Final = "$response.body"
_REFUSED: Final = frozenset({400, 401, 405, 406, 411, 413, 414, 415, 422, 431, 501, 505})
"""Statuses that say that the same request will be refused again (RFC 9110, sections 15.5 and 15.6)."""


def check_shadowed(context: Context) -> Iterator[Diagnostic]:
    """Every action that a step states can be taken for some response."""
    for step in context.steps():
        succeeded, failed = _outcomes(context, step)
        success_view, failure_view = context.succeeded(step), context.failed(step)
        if not undocumented(step, context.answered(step)):
            own = step.step.on_success
            yield from _shadowed(step.success_actions, own, succeeded, success_view)
        yield from _shadowed(step.failure_actions, step.step.on_failure, failed, failure_view)


def check_retries(context: Context) -> Iterator[Diagnostic]:
    """No retry only sends again what is refused for what it is."""
    for step in context.steps():
        for action in step.failure_actions:
            if action.type != "retry":
                continue
            limit = field_of(action.node, "retryLimit")
            if action.retry_limit == 0 and limit is not None:
                message = f"action `{action.name}` never retries: its `retryLimit` is 0"
                yield found(rules.FUTILE_RETRY, limit.span, message, "give a limit of 1 or more")
                continue
            if limit is None and _polls(action, step, context):
                message = (
                    f"action `{action.name}` waits for another state, and looks once more only"
                )
                hint = "say how often it may, such as `retryLimit: 60`"
                yield found(rules.SINGLE_LOOK, _name(action).span, message, hint)
            statuses = _statuses_of(action, context.failed(step))
            again = action.step_id is None and action.workflow_id is None
            if again and statuses and statuses <= _REFUSED:
                listed = ", ".join(
                    f"`{status}`"
                    for status in sorted(each for each in statuses if each is not None)
                )
                message = f"the same request is refused again after {listed}"
                hint = "retry after 408, 429 and 5xx, or run a step in between that mends it"
                node = action.criteria[0].condition if len(action.criteria) == 1 else _name(action)
                yield found(rules.FUTILE_RETRY, node.span, message, hint)


def _polls(action: FailureAction, step: StepFacts, context: Context) -> bool:
    """Whether a retry comes upon responses of success, whose body is not yet what is waited for."""
    comes = _statuses_of(action, context.failed(step))
    succeeded, failed = _outcomes(context, step)
    if step.operation is None or not comes & succeeded & failed & _GOOD:
        return False
    judged = [
        *(criterion_of(each, context.answered(step)) for each in step.step.success_criteria),
        *(criterion_of(each, context.failed(step)) for each in action.criteria),
    ]
    operands = [each.criterion.operands for each in judged if each.criterion is not None]
    contexts = [each.context for each in (*step.step.success_criteria, *action.criteria)]
    queried = any(each is not None and (each.text or "").startswith(_BODY) for each in contexts)
    return queried or any(is_of_body(value) for each in operands for _, value in each)


def check_loops(context: Context) -> Iterator[Diagnostic]:
    """Some success leads out of every loop."""
    workflow = context.facts.workflow
    ways = {
        step.step_id: [way.to for way in exits(workflow, position) if way.succeeded]
        for position, step in enumerate(workflow.steps)
        if step.step_id in context.facts.available
    }
    ends = _ending(ways)
    together = {
        step_id: circle
        for circle in circles({each: [to for to in ways[each] if to in ways] for each in ways})
        for step_id in circle
    }
    for step in context.steps():
        step_id = step.step.step_id
        for action in step.success_actions:
            target = action.step_id.text if action.step_id is not None else None
            if step_id not in ways or step_id in ends or target not in ways:
                continue
            if target in together[step_id]:
                message = f"no success leads out of the loop from `{step_id}` to `{target}`"
                hint = f"give action `{action.name}` criteria that stop holding one day"
                yield found(rules.ENDLESS_LOOP, _name(action).span, message, hint)


def _ending(ways: Mapping[str, Sequence[str | None]]) -> Set[str]:
    """The steps from which some way of successes leads to the end."""
    origins: dict[str | None, list[str]] = {}
    for step_id, onward in ways.items():
        for each in onward:
            origins.setdefault(each if each in ways else None, []).append(step_id)
    ends: dict[str, None] = {}
    waiting = origins.get(None, [])
    while waiting:
        step_id = waiting.pop()
        if step_id not in ends:
            ends[step_id] = None
            waiting += origins.get(step_id, ())
    return ends.keys()


def _outcomes(context: Context, step: StepFacts) -> tuple[frozenset[_Status], frozenset[_Status]]:
    """The statuses with which a step may succeed, and those with which it may fail; None is no response."""
    if step.step.workflow_id is not None:
        return EVERY, EVERY
    if not step.step.success_criteria:
        return _GOOD, EVERY - _GOOD
    tests = tests_of(step.step.success_criteria, context.answered(step))
    if tests is None:
        return EVERY, EVERY
    known = met(tests, context.facts.types)
    return known.possible - {None}, EVERY - (known.sure - {None})


def _shadowed(
    actions: Sequence[SuccessAction | FailureAction],
    own: Sequence[SuccessAction | FailureAction],
    statuses: frozenset[_Status],
    view: Viewpoint,
) -> Iterator[Diagnostic]:
    left, stated = statuses, set(map(id, own))
    earlier: dict[tuple[Test, ...], SuccessAction | FailureAction] = {}
    never: dict[int, list[SuccessAction | FailureAction]] = {}
    for action in actions:
        tests = tests_of(action.criteria, view)
        if tests is None or not statuses:
            return
        known = met(tests, view.facts.types)
        same = earlier.get(tests)
        if not own or id(action) in stated:
            if not known.possible & statuses:
                if known.possible:
                    yield _misplaced(action)
            elif same is not None or not known.possible & left:
                taken = same or _taker(known.possible & statuses, earlier, view)
                never.setdefault(id(taken), [taken]).append(action)
                continue
        if action.type != "retry":
            earlier.setdefault(tests, action)
            left -= known.sure
    for taken, first, *others in never.values():
        yield _never_tried(taken, first, others)


def _taker(
    statuses: frozenset[_Status],
    earlier: Mapping[tuple[Test, ...], SuccessAction | FailureAction],
    view: Viewpoint,
) -> SuccessAction | FailureAction:
    """The action with which the last of some statuses is taken."""
    for tests, action in earlier.items():
        statuses -= met(tests, view.facts.types).sure
        if not statuses:
            return action
    return list(earlier.values())[-1]


def _never_tried(
    taken: SuccessAction | FailureAction,
    first: SuccessAction | FailureAction,
    others: Sequence[SuccessAction | FailureAction],
) -> Diagnostic:
    """One finding for all that an action keeps from being tried, at the first of them."""
    names = [f"`{action.name}`" for action in (first, *others)]
    subject = f"action {names[0]} is"
    if others:
        subject = f"actions {', '.join(names[:-1])} and {names[-1]} are"
    them = "them" if others else "it"
    message = f"{subject} never tried: `{taken.name}` is taken before {them}"
    related = (Related(_name(taken).span, f"it takes what would come to {them}"),)
    hint = "write the more special action first, or remove what is never tried"
    return found(rules.SHADOWED_ACTION, _name(first).span, message, hint, related)


def _misplaced(action: SuccessAction | FailureAction) -> Diagnostic:
    outcome = "success" if isinstance(action, SuccessAction) else "failure"
    other = "onFailure" if outcome == "success" else "onSuccess"
    node = action.criteria[0].condition
    message = f"no status of {outcome} meets the criteria of action `{action.name}`"
    hint = f"move the action to `{other}`, or mend the statuses"
    return found(rules.NEVER_HOLDS, node.span, message, hint)


def _statuses_of(action: FailureAction, view: Viewpoint) -> frozenset[_Status]:
    """The statuses that an action's criteria may hold for; all where it has none."""
    tests = tests_of(action.criteria, view)
    return EVERY if tests is None else met(tests, view.facts.types).possible


def _name(action: SuccessAction | FailureAction) -> Node:
    return field_of(action.node, "name") or action.node
