"""Faults of the order: targets, loops, what is never reached, what depends on what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.mutations.kinds.shape import ACTIONS
from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Place, Subject, misspelt


@kind("a goto to a step that is not there", "AZ211", also=("AZ401",))
def unknown_step(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(*(f"{each}/stepId" for each in ACTIONS)):
        yield fault((place.replaced(misspelt(place.scalar)),), place.line)


@kind("a step renamed, and not what goes to it", "AZ211", also=("AZ401",))
def renamed_step(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/stepId"):
        workflow = subject.workflow(place)
        assert workflow is not None
        users = [
            token.line
            for token in workflow.tokens(rf"(?:\$steps\.|stepId: )({place.scalar})\b")
            if token.start != place.start
        ]
        if users:
            yield fault((place.replaced(f"{place.scalar}2"),), *users)


@kind("a workflow that is not there", "AZ410")
def unknown_workflow(subject: Subject) -> Iterator[Mutant]:
    patterns = ("workflows/*/steps/*/workflowId", *(f"{each}/workflowId" for each in ACTIONS))
    for place in subject.places(*patterns, "workflows/*/dependsOn/*"):
        before, dot, name = place.scalar.rpartition(".")
        yield fault((place.replaced(before + dot + misspelt(name)),), place.line)


@kind("a goto without criteria that passes steps by", "AZ401")
def passes_by(subject: Subject) -> Iterator[Mutant]:
    for workflow in subject.places("workflows/*"):
        steps = list(workflow.members("steps"))
        for step, passed, target in zip(steps, steps[1:], steps[2:], strict=False):
            name = passed.value_of("stepId")
            call = step.get("operationId")
            if (
                call is None
                or step.get("onSuccess")
                or f"stepId: {name}\n" in _rest(workflow.raw, name)
            ):
                continue
            action = f"{{name: on, type: goto, stepId: {target.value_of('stepId')}}}"
            edit = call.followed(f"onSuccess: [{action}]")
            yield fault((edit,), _line(passed.get("stepId")) + 1)


def _rest(text: str, name: str) -> str:
    """The text behind the step's own id."""
    return text.partition(f"stepId: {name}\n")[2]


def _line(place: Place | None) -> int:
    assert place is not None
    return place.line


@kind("an end without criteria before the last step", "AZ401")
def ends_early(subject: Subject) -> Iterator[Mutant]:
    for workflow in subject.places("workflows/*"):
        steps = list(workflow.members("steps"))
        for step, passed in pairwise(steps):
            call = step.get("operationId")
            name = passed.value_of("stepId")
            if (
                call is None
                or step.get("onSuccess")
                or f"stepId: {name}\n" in _rest(workflow.raw, name)
            ):
                continue
            edit = call.followed("onSuccess: [{name: over, type: end}]")
            yield fault((edit,), _line(passed.get("stepId")) + 1)


@kind("a step that goes back without end", "AZ405")
def endless(subject: Subject) -> Iterator[Mutant]:
    for step in subject.places("workflows/*/steps/*"):
        call, name = step.get("operationId"), step.value_of("stepId")
        if call is not None and step.get("onSuccess") is None:
            action = f"{{name: back, type: goto, stepId: {name}}}"
            edit = call.followed(f"onSuccess: [{action}]")
            yield fault((edit,), call.line + 1)


@kind("a workflow that runs itself", "AZ411")
def recursion(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/workflowId", "workflows/*/dependsOn/*"):
        workflow = subject.workflow(place)
        assert workflow is not None
        yield fault((place.replaced(workflow.value_of("workflowId")),), place.line)


@kind("workflows that depend on each other", "AZ411")
def mutual(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/dependsOn/*", "workflows/*/steps/*/workflowId"):
        workflow = subject.workflow(place)
        assert workflow is not None
        for other in subject.places("workflows/*/workflowId"):
            if other.scalar == place.scalar:
                edit = other.followed(f"dependsOn: [{workflow.value_of('workflowId')}]")
                shift = 1 if other.line < place.line else 0
                yield fault((edit,), place.line + shift, other.line + 1)


@kind("a workflow that depends on itself", "AZ411")
def on_itself(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/workflowId"):
        workflow = subject.workflow(place)
        if workflow is not None and workflow.get("dependsOn") is None:
            yield fault((place.followed(f"dependsOn: [{place.scalar}]"),), place.line + 1)


@kind("the same dependency twice", "AZ108")
def dependency_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/dependsOn/*", "workflows/*/steps/*/dependsOn/*"):
        yield fault((place.repeated(),), place.line + (not place.flow))


@kind("a dependency on a step that is not there", "AZ211")
def unknown_dependency(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/dependsOn/*"):
        yield fault((place.replaced(misspelt(place.scalar)),), place.line)


@kind("a dependency on a later step", "AZ403")
def later_dependency(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/dependsOn/*"):
        workflow = subject.workflow(place)
        assert workflow is not None
        last = list(workflow.members("steps"))[-1].value_of("stepId")
        yield fault((place.replaced(last),), place.line)


@kind("an action before the others that is always taken", "AZ404")
def shadowing(subject: Subject) -> Iterator[Mutant]:
    for actions in subject.places("**/onFailure", "**/onSuccess"):
        first = next(actions.children())
        assert actions.key is not None
        blanks = " " * (first.start - subject.text.rindex("\n", 0, first.start) - 3)
        if first.get("name") is None:
            continue
        new = Edit(first.start, first.start, f"name: first\n{blanks}  type: end\n{blanks}- ")
        yield fault((new,), first.line + 2)


@kind("an action that has lost its criteria", "AZ404", also=("AZ405",))
def lost_criteria(subject: Subject) -> Iterator[Mutant]:
    for actions in subject.places("**/onFailure", "**/onSuccess"):
        items = list(actions.children())
        for action, follower in pairwise(items):
            criteria = action.get("criteria")
            if criteria is not None and action.value_of("type") != "retry":
                yield fault((criteria.removed(),), follower.line)


@kind("a retry that sends nothing again", "AZ406")
def no_retry(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/retryLimit"):
        yield fault((place.replaced("0"),), place.line)


@kind("a retry of a request that is wrong itself", "AZ406")
def futile(subject: Subject) -> Iterator[Mutant]:
    for action in subject.places("**/onFailure/*"):
        condition = action.get("criteria", 0, "condition")
        if action.value_of("type") == "retry" and condition is not None:
            yield fault((condition.replaced("$statusCode == 400"),), condition.line)


@kind("a poll without a limit, which looks once more", "AZ407")
def no_limit(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/onFailure/*/retryLimit"):
        action, step = place.parent, subject.step(place)
        assert action is not None
        assert step is not None
        own = action.value_of("criteria", 0, "condition")
        waits = any("$response.body" in each.raw for each in step.members("successCriteria"))
        if "$response.body" in own or (waits and own.startswith("$statusCode == 2")):
            yield fault((place.removed(),), action.line)


@kind("a pause in milliseconds", "AZ426")
def milliseconds(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/retryAfter"):
        seconds = float(place.scalar)
        if seconds and seconds * 1000 % 3600:
            yield fault((place.replaced(f"{seconds * 1000:g}"),), place.line)
