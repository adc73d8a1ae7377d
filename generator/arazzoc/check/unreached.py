"""Steps that nothing leads to, told once: where the way to them is lost, or at the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from arazzoc.diagnostics.model import Diagnostic, Related, Severity
from arazzoc.diagnostics.registry import criterion, flow
from arazzoc.model.arazzo import FailureAction, Step, SuccessAction, Workflow
from arazzoc.model.field_names import field_of
from arazzoc.text import Span
from arazzoc.types.availability import exits
from arazzoc.types.facts import WorkflowFacts

__all__ = ["told_once"]

_CAUSES = (criterion.SHADOWED_ACTION, criterion.ENDLESS_LOOP)


def told_once(facts: WorkflowFacts, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, with one for all the steps that are not reached for one reason.

    An action that is always taken keeps the ones behind it from leading anywhere, and a step that is not
    reached leads nowhere either. What is told weighs as much as what is left out.
    """
    steps = facts.workflow.steps
    unreached = {
        step.step_id: each
        for step in steps
        for each in found
        if each.rule is flow.UNREACHABLE_STEP and each.span == _place(step)
    }
    if not unreached:
        return tuple(found)
    followers: dict[int, list[Diagnostic]] = {}
    gone: set[str] = set()
    for cause in found:
        if cause.rule in _CAUSES:
            held = {step.step_id for step in steps if _has_action(step, cause.span)}
            ways = _ways(facts.workflow, held)
            _follow(cause, _reached(held, ways), unreached, gone, followers)
    strict = _ways(facts.workflow, ())
    for step_id, cause in unreached.items():
        if step_id not in gone:
            _follow(cause, _reached({step_id}, strict) - {step_id}, unreached, gone, followers)
    left_out = {id(unreached[step_id]) for step_id in gone}
    return tuple(
        _for_all(each, followers.get(id(each), ())) for each in found if id(each) not in left_out
    )


def _follow(
    cause: Diagnostic,
    reached: Iterable[str],
    unreached: Mapping[str, Diagnostic],
    gone: set[str],
    followers: dict[int, list[Diagnostic]],
) -> None:
    more = [step_id for step_id in unreached if step_id in reached and step_id not in gone]
    gone.update(more)
    followers.setdefault(id(cause), []).extend(unreached[step_id] for step_id in more)


def _for_all(cause: Diagnostic, others: Sequence[Diagnostic]) -> Diagnostic:
    """A finding that tells of others too, and weighs as much as they do."""
    severity = max((cause.severity, *(each.severity for each in others)))
    notes = [note for each in others for note in (Related(each.span, each.message), *each.related)]
    same = severity is cause.severity and not notes
    return (
        cause
        if same
        else replace(cause, severity=Severity(severity), related=(*cause.related, *notes))
    )


def _ways(workflow: Workflow, freed: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The steps to which each step leads; those that are `freed` as if each of their actions were tried."""
    return {
        step.step_id: frozenset(
            way.to
            for way in exits(workflow, position, all_tried=step.step_id in freed)
            if way.to is not None
        )
        for position, step in enumerate(workflow.steps)
    }


def _reached(start: Iterable[str], ways: Mapping[str, frozenset[str]]) -> set[str]:
    seen = set(start)
    waiting = list(seen)
    while waiting:
        for each in ways.get(waiting.pop(), frozenset()) - seen:
            seen.add(each)
            waiting.append(each)
    return seen


def _has_action(step: Step, span: Span) -> bool:
    """Whether a step states the action whose name stands at a place."""
    actions: list[SuccessAction | FailureAction] = [*step.on_success, *step.on_failure]
    return any((field_of(action.node, "name") or action.node).span == span for action in actions)


def _place(step: Step) -> Span:
    """Where it is told that nothing leads to a step."""
    return (field_of(step.node, "stepId") or step.node).span
