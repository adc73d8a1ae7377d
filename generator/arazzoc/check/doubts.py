"""Steps of which too little is known to say what their outputs lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Related, Severity
from arazzoc.diagnostics.registry import (
    criterion,
    expression,
    flow,
    operation,
    reference,
    request,
    response,
    structure,
    waiting,
    wild,
)
from arazzoc.text import Position, Span
from arazzoc.types.facts import StepFacts, WorkflowFacts
from arazzoc.types.value import Chosen, Member, Picked, Sent, StepOutput, Value

__all__ = [
    "doubtful_steps",
    "is_consequence",
    "is_doubt",
    "is_doubtful",
    "with_reads",
    "without_doubtful_waits",
    "without_echoes",
]

_LITERALS: Final = frozenset(
    (
        expression.LITERAL_OUTPUT,
        request.UNEXPECTED_VALUE,
        request.UNEXPECTED_MEMBER_VALUE,
        request.UNEXPECTED_ARGUMENT,
        request.UNEXPECTED_MEMBER_TYPE,
        request.UNEXPECTED_TYPE,
    )
)
_UNFIT: Final = (operation.UNFIT_VALUE, operation.MISSING_PARAMETER, request.ADDRESS_FOR_ID)
_OF_VALUES: Final = _LITERALS | {reference.POSSIBLY_SKIPPED}
_TEXTS: Final = (
    expression.MISSING_DOLLAR,
    expression.DOUBLE_BRACES,
    expression.DOLLAR_BEFORE_BRACES,
)

_NEAR: Final = re.compile(r"did you mean (`.+`)\?")

_LAST_STEP: Final = 1000
"""Lines that the last step may have; the findings of what follows it do no harm."""


def doubtful_steps(facts: WorkflowFacts, found: Iterable[Diagnostic]) -> frozenset[str]:
    """The steps whose outputs may seem to be missing only because of another fault.

    These are the steps that call nothing that is known and those with a finding of their own; all of them
    where the workflow has an error, for that may be in the way that leads to them.
    """
    findings = list(found)
    if not facts.workflow.sound or any(each.severity is Severity.ERROR for each in findings):
        return frozenset(facts.steps)
    return frozenset(_troubled(facts, findings))


def is_doubt(finding: Diagnostic) -> bool:
    """Whether something may be meant in another way than it is read: not of forms alone, nor of hints."""
    form = finding.rule.tolerated and finding.fix is not None
    return finding.severity is not Severity.HINT and not form


def _troubled(facts: WorkflowFacts, findings: Iterable[Diagnostic]) -> Iterator[str]:
    places = {each.span for each in findings if is_doubt(each)}
    for step, text in _written(facts):
        own = any(_is_in(place, text) for place in places)
        if own or (step.operation is None and step.callee is None):
            yield step.step.step_id


def _written(facts: WorkflowFacts) -> Iterator[tuple[StepFacts, Span]]:
    """The steps, each with where it is written: up to the next one."""
    steps = list(facts.steps.values())
    for number, step in enumerate(steps):
        span = step.step.node.span
        following = steps[number + 1].step.node.span if number + 1 < len(steps) else None
        last = Position(span.start.line + _LAST_STEP, 0) if following is None else following.start
        yield step, Span(span.file, span.start, last)


def _is_in(span: Span, text: Span) -> bool:
    """Whether something begins in a stretch of text."""
    return span.file == text.file and text.start <= span.start < text.end


def without_echoes(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without those that only say again, in other words, what another one says.

    A text that is meant as an expression is not of the type that is wanted; an input whose name is misspelt
    in `required` is not required; what cannot stand in a place at all need not be judged any further.
    """
    unfit = {each.span for each in found if each.rule in _UNFIT}
    texts = [each.span for each in found if _is_no_text(each)]
    misplaced = {each.span for each in found if each.rule is criterion.NEVER_HOLDS}
    meant = [_meant_input(each) for each in found if each.rule is structure.UNDECLARED_REQUIRED]
    return tuple(
        each
        for each in found
        if not (each.rule in _LITERALS and any(_overlap(each.span, text) for text in texts))
        and not (each.rule is criterion.UNDOCUMENTED_STATUS and each.span in misplaced)
        and not (
            each.rule is reference.OPTIONAL_INPUT_NEEDED and any(s in each.message for s in meant)
        )
        and not (each.span in unfit and each.rule in _OF_VALUES)
    )


def without_doubtful_waits(
    facts: WorkflowFacts, found: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """The findings without those on waits in steps of which something else may not be as it is meant."""
    waits = [each for each in found if each.rule is waiting.ENDLESS_WAIT]
    if not waits:
        return tuple(found)
    others = [each for each in found if each.rule is not waiting.ENDLESS_WAIT]
    meant = [each for each in others if not each.rule.tolerated]
    troubled = frozenset(_troubled(facts, meant))
    texts = [text for step, text in _written(facts) if step.step.step_id in troubled]
    return (
        *others,
        *(each for each in waits if not any(_is_in(each.span, text) for text in texts)),
    )


def with_reads(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, with an error for each step that nothing leads to and whose outputs are read.

    Every place that reads them would say the same.
    """
    unreached = {each.message for each in found if each.rule is flow.UNREACHABLE_STEP}
    reads: dict[str, list[Diagnostic]] = {}
    for each in found:
        cause = each.message.rpartition(": ")[2]
        if each.rule is reference.STEP_NOT_RUN_YET and cause in unreached:
            reads.setdefault(cause, []).append(each)
    again = {id(each) for readers in reads.values() for each in readers}
    told = [each for each in found if id(each) not in again]
    return tuple(
        (
            replace(
                each,
                severity=Severity.ERROR,
                related=(Related(reads[each.message][0].span, "its outputs are read"),),
            )
            if each.message in reads
            else each
        )
        for each in told
    )


def _meant_input(misspelt: Diagnostic) -> str:
    """How a message names the input that a name in `required` is a slip for; any input where none is near."""
    near = _NEAR.match(misspelt.hint or "")
    return f"input {near[1]} " if near is not None else "input "


def _overlap(one: Span, other: Span) -> bool:
    """Whether two findings are of one text."""
    return one.file == other.file and one.start <= other.end and other.start <= one.end


def _is_no_text(finding: Diagnostic) -> bool:
    """Whether it says of a text that it is meant as something else, such as one expression as a whole."""
    whole = (finding.hint or "").startswith("write `$")
    return finding.rule in _TEXTS or (finding.rule is wild.BRACELESS_EXPRESSION and whole)


def is_doubtful(value: Value, doubtful: frozenset[str]) -> bool:
    """Whether a value comes from one of these steps."""
    match value:
        case Member(base) | Picked(base) | Sent(base=base):
            return is_doubtful(base, doubtful)
        case Chosen(_, chosen):
            return is_doubtful(chosen, doubtful)
        case StepOutput(step_id):
            return step_id in doubtful
        case _:
            return False


def is_consequence(finding: Diagnostic, found: Iterable[Diagnostic]) -> bool:
    """Whether a value may be missing because of what was found of the very expression that reads it."""
    if finding.rule is not reference.POSSIBLY_SKIPPED:
        return False
    span = finding.span
    return span.start.line == span.end.line and any(
        _is_astray(each)
        and each.span.file == span.file
        and span.start <= each.span.start < span.end
        for each in found
    )


def _is_astray(found: Diagnostic) -> bool:
    """Whether an expression leads nowhere; one with dots that does has no mend."""
    unmended = found.rule is wild.DOTTED_PATH and found.fix is None
    return unmended or found.rule in (response.UNLISTED_MEMBER, response.NO_SUCH_PLACE)
