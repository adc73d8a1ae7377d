"""Criteria that cannot hold, by the schemas of responses and by the statuses that there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.check.unmeetable import unmeetable
from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import criterion as rules
from arazzoc.model.arazzo import Criterion as StatedCriterion
from arazzoc.model.arazzo import FailureAction, SuccessAction
from arazzoc.model.openapi import Operation
from arazzoc.text import Span
from arazzoc.types.condition import AllOf, Compare, Criterion, Test
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.judgement import criterion_of
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.unequal import never_words
from arazzoc.types.value import Constant, ResponseStatus, Value
from arazzoc.types.verdict import EVERY, comparisons, met, never_equal

__all__ = [
    "check_criteria",
    "check_repeated",
    "literal_told",
    "ruled_out",
    "tests_of",
    "undocumented",
]

_MOST_LISTED = 8
_GOOD: Final = frozenset(range(200, 300))
_FIRST_ERROR: Final = 400
"""Of errors, descriptions rarely state all: a step that waits for 404 after a deletion may be right."""
_SHORT = 3
"""How many statuses in a row are listed one by one."""


def check_criteria(context: Context) -> Iterator[Diagnostic]:
    """Every list of criteria can hold for some response, and success for one that is described."""
    for step in context.steps():
        view = context.answered(step)
        impossible = list(_impossible(step.step.success_criteria, view))
        yield from impossible or _undocumented(step, view)
        for success in step.success_actions:
            yield from _never_taken(success, step, context.succeeded(step))
        for failure in step.failure_actions:
            yield from _never_taken(failure, step, context.failed(step))


def check_repeated(context: Context) -> Iterator[Diagnostic]:
    """No list of criteria states the same one twice."""
    for step in context.steps():
        lists = [step.step.success_criteria, *(action.criteria for action in step.actions)]
        for criteria in lists:
            seen: dict[tuple[str, str | None, str | None], StatedCriterion] = {}
            for each in criteria:
                context_text = each.context.text if each.context is not None else None
                key = each.type, context_text, (each.condition.text or "").strip()
                first = seen.setdefault(key, each)
                if first is not each and each.condition.text is not None:
                    message = f"`{key[2]}` stands twice in one list of criteria"
                    related = (Related(first.condition.span, "it stands here already"),)
                    span = each.condition.span
                    yield found(rules.REPEATED_CRITERION, span, message, "remove one", related)


def tests_of(criteria: Sequence[StatedCriterion], view: Viewpoint) -> tuple[Test, ...] | None:
    """The tests of a list of criteria; None where one has no meaning, which is told elsewhere."""
    judged = [criterion_of(each, view).criterion for each in criteria]
    tests = tuple(each.test for each in judged if each is not None)
    return tests if len(tests) == len(judged) else None


def _impossible(criteria: Sequence[StatedCriterion], view: Viewpoint) -> Iterator[Diagnostic]:
    types = view.facts.types
    judged = [(stated, criterion_of(stated, view).criterion) for stated in criteria]
    known = [(stated, criterion) for stated, criterion in judged if criterion is not None]
    told = [each for stated, criterion in known for each in _unequal(stated, criterion, types)]
    told += [each for stated, criterion in known for each in ruled_out(stated, criterion, view)]
    yield from told
    if told or not known:
        return
    come = EVERY if view.silent else EVERY - {None}
    yield from _certain(known, view)
    for stated, criterion in known:
        if not met([criterion.test], types).possible & come:
            message, hint = _never(stated, criterion)
            yield found(rules.NEVER_HOLDS, stated.condition.span, message, hint)
            return
        yield from _no_status(stated, criterion, types)
    if not met([criterion.test for _, criterion in known], types).possible & come:
        message = "these criteria contradict each other: no status meets them all"
        hint = "all criteria of a list have to hold: join alternatives with `||` in one condition"
        yield found(rules.NEVER_HOLDS, known[-1][0].condition.span, message, hint)


def _never(stated: StatedCriterion, criterion: Criterion) -> tuple[str, str]:
    """What to say of a criterion that no status meets, and of one that asks for none: message and hint."""
    texts = (each.text or "" for each in (stated.condition, stated.context) if each is not None)
    if any("$statusCode" in text for text in texts):
        message = f"`{criterion.text}` holds for no status from 100 to 599"
        return message, "no response can meet it: mend the statuses, or join them with `||`"
    message = f"`{criterion.text}` never holds, whatever the response"
    return message, "compare what the response has, as in `$statusCode == 200`"


def _no_status(
    stated: StatedCriterion, criterion: Criterion, types: SchemaTypes
) -> Iterator[Diagnostic]:
    """Comparisons of the status that no status meets, in a condition that others can meet."""
    for comparison in comparisons(criterion.test):
        literal = comparison.right
        reads = isinstance(comparison.left, ResponseStatus) and isinstance(literal, Constant)
        if reads and not met([comparison], types).possible:
            shown = json.dumps(literal.value) if isinstance(literal, Constant) else ""
            shown = f"'{shown[1:-1]}'" if shown.startswith('"') else shown
            message = f"`$statusCode {comparison.operator} {shown}` holds for no status"
            hint = "compare it with a number from 100 to 599"
            yield found(rules.NEVER_HOLDS, _place(stated, shown), message, hint)


def _certain(
    known: Sequence[tuple[StatedCriterion, Criterion]], view: Viewpoint
) -> Iterator[Diagnostic]:
    """Criteria that no response fails; of a status where a workflow was run, that is told apart."""
    come = EVERY if view.silent else EVERY - {None}
    for stated, criterion in known:
        idle = criterion.test == AllOf(())
        if not idle and met([criterion.test], view.facts.types).sure >= come:
            message = f"`{criterion.text}` holds for every response"
            hint = "remove it, or compare what it was meant to"
            yield found(rules.ALWAYS_HOLDS, stated.condition.span, message, hint)


def _unequal(
    stated: StatedCriterion, criterion: Criterion, types: SchemaTypes
) -> Iterator[Diagnostic]:
    """Comparisons with literals that no value of the schema is equal to."""
    for comparison in comparisons(criterion.test):
        pair = never_equal(comparison, types)
        if pair is not None:
            yield literal_told(stated, criterion, comparison, pair, types)


def ruled_out(
    stated: StatedCriterion, criterion: Criterion, view: Viewpoint
) -> Iterator[Diagnostic]:
    """Comparisons that bounds, formats, patterns or choices of a schema rule out."""
    for each in unmeetable(criterion, view):
        yield found(rules.NEVER_HOLDS, _place(stated, each.shown), each.message, each.hint)


def literal_told(
    stated: StatedCriterion,
    criterion: Criterion,
    comparison: Compare,
    pair: tuple[Value, Constant],
    types: SchemaTypes,
) -> Diagnostic:
    """That a value is never equal to a literal; `pair` is what `never_equal` gives."""
    value, literal = pair
    names = [text for text, operand in criterion.operands if operand == value]
    subject = f"`{names[0]}`" if names else "what is compared"
    shown = json.dumps(literal.value) if not isinstance(literal.value, str) else literal.value
    always = comparison.operator == "!="
    message, hint = never_words(subject, value.type, literal.value, types, always=always)
    return found(rules.NEVER_HOLDS, _place(stated, shown), message, hint)


def _runs(statuses: Sequence[int]) -> list[str]:
    """Statuses as a message lists them, those in a row together: "`100` to `199`"."""
    runs: list[list[int]] = []
    for status in statuses:
        if runs and status == runs[-1][-1] + 1:
            runs[-1].append(status)
        else:
            runs.append([status])
    shown = ([f"`{run[0]}` to `{run[-1]}`"] if len(run) > _SHORT else _quoted(run) for run in runs)
    return [text for run in shown for text in run]


def _quoted(statuses: Sequence[int]) -> list[str]:
    return [f"`{status}`" for status in statuses]


def _place(stated: StatedCriterion, shown: str) -> Span:
    """Where a literal stands in a condition; the condition where that is not clear."""
    text = stated.condition.text or ""
    if text.count(shown) != 1:
        return stated.condition.span
    start = text.index(shown)
    return stated.condition.part(start, start + len(shown))


def undocumented(step: StepFacts, view: Viewpoint) -> tuple[int, ...]:
    """The statuses with which alone a step succeeds; none where the operation is described to answer one."""
    allowed = _allowed(step.step.success_criteria, view)
    return () if not allowed or _is_answered(step, allowed) else allowed


def _undocumented(step: StepFacts, view: Viewpoint) -> Iterator[Diagnostic]:
    """That a step succeeds only with statuses that the operation does not answer with."""
    statuses, criteria = undocumented(step, view), step.step.success_criteria
    if statuses and min(statuses) < _FIRST_ERROR:
        yield _not_answered(step, statuses, "which the step needs to succeed", criteria[0])


def _never_taken(
    action: SuccessAction | FailureAction, step: StepFacts, view: Viewpoint
) -> Iterator[Diagnostic]:
    """That an action can never be taken, or only for successes that the operation does not answer with.

    Of errors, descriptions rarely state all.
    """
    impossible = list(_impossible(action.criteria, view))
    yield from impossible
    own = any(action is each for each in (*step.step.on_success, *step.step.on_failure))
    statuses = _allowed(action.criteria, view) if own and not impossible else ()
    if isinstance(action, SuccessAction) and not _may_succeed(step, statuses, view):
        return  # told of the action, or of the step
    if statuses and set(statuses) <= _GOOD and not _is_answered(step, statuses):
        needed = f"which action `{action.name}` is taken for"
        told = _not_answered(step, statuses, needed, action.criteria[0])
        shared = Related(told.span, "the action is shared: other operations may answer it")
        referred = action.node.get("reference") is not None
        yield replace(told, span=action.node.span, related=(shared,)) if referred else told


def _may_succeed(step: StepFacts, statuses: Iterable[int], view: Viewpoint) -> bool:
    """Whether a step succeeds with one of some statuses, or with one that is described."""
    allowed = _allowed(step.step.success_criteria, view)
    return not allowed or (_is_answered(step, allowed) and not set(allowed).isdisjoint(statuses))


def _allowed(criteria: Sequence[StatedCriterion], view: Viewpoint) -> tuple[int, ...]:
    """The statuses that meet all criteria; none where every status may, or where that is not known."""
    tests = tests_of(criteria, view)
    possible = met(tests, view.facts.types).possible if tests else EVERY
    return () if EVERY - {None} <= possible else tuple(sorted(s for s in possible if s is not None))


def _is_answered(step: StepFacts, statuses: Iterable[int]) -> bool:
    """Whether the operation is described to answer one of some statuses; not known where it states none."""
    operation = step.operation
    return operation is None or not operation.responses or any(map(operation.response, statuses))


def _not_answered(
    step: StepFacts, statuses: Sequence[int], needed: str, criterion: StatedCriterion
) -> Diagnostic:
    operation = step.operation
    assert operation is not None
    stated = [each.status for each in operation.responses]
    successes = [status for status in stated if status.startswith("2")]
    wanted = ", ".join(_runs(statuses)[:_MOST_LISTED])
    listed = ", ".join(f"`{status}`" for status in successes or stated)
    message = f"operation {_name(operation)} is not described to answer {wanted}, {needed}"
    return found(
        rules.UNDOCUMENTED_STATUS, criterion.condition.span, message, f"it answers {listed}"
    )


def _name(operation: Operation) -> str:
    return f"`{operation.operation_id or f'{operation.method} {operation.path}'}`"
