"""Which steps have succeeded when a step begins: definite assignment over a workflow's flow."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import FailureAction, Step, SuccessAction, Workflow
from arazzoc.model.merged import failure_actions, success_actions

__all__ = ["Available", "Exit", "availability", "exits"]


@dataclass(frozen=True, slots=True)
class Available:
    """Which steps have succeeded at some place.

    Attributes:
        surely: On every way there.
        possibly: On some way there.
    """

    surely: frozenset[str] = frozenset()
    possibly: frozenset[str] = frozenset()

    def after(self, step_id: str) -> Available:
        """The same once `step_id` has succeeded too."""
        return Available(self.surely | {step_id}, self.possibly | {step_id})

    def joined(self, other: Available) -> Available:
        """What holds where two ways meet."""
        return Available(self.surely & other.surely, self.possibly | other.possibly)


@dataclass(frozen=True, slots=True)
class Exit:
    """A way from a step to another, or out of the workflow.

    Attributes:
        succeeded: Whether the step succeeded.
        to: The next step's id; None where the workflow ends.
        via: The step that runs in between, before a retry.
        onward: Whether another workflow goes on where this one ends.
    """

    succeeded: bool
    to: str | None
    via: str | None = None
    onward: bool = False


def exits(workflow: Workflow, position: int, *, all_tried: bool = False) -> Iterator[Exit]:
    """The ways out of the step at `position`; actions behind one without criteria are never tried.

    Args:
        workflow: The workflow.
        position: The step's place in it.
        all_tried: What would be if they were.
    """
    step = workflow.steps[position]
    following = workflow.steps[position + 1] if position + 1 < len(workflow.steps) else None
    successes, failures = success_actions(workflow, step), failure_actions(workflow, step)
    yield from _exits(step, successes, True, following, all_tried=all_tried)
    yield from _exits(step, failures, False, None, all_tried=all_tried)


def _exits(
    step: Step,
    actions: Sequence[SuccessAction | FailureAction],
    succeeded: bool,
    otherwise: Step | None,
    *,
    all_tried: bool,
) -> Iterator[Exit]:
    for action in actions:
        if action.type != "retry":
            to = action.step_id.text if action.type == "goto" and action.step_id else None
            yield Exit(succeeded, to, onward=action.workflow_id is not None)
            if not action.criteria and not all_tried:
                return
        elif action.step_id is not None and action.step_id.text is not None:
            yield Exit(succeeded, action.step_id.text)
            yield Exit(succeeded, step.step_id, via=action.step_id.text)
    yield Exit(succeeded, otherwise.step_id if otherwise else None)


def availability(workflow: Workflow) -> Mapping[str, Available]:
    """What is available when each step begins, by step id; steps that nothing leads to are missing."""
    positions = {step.step_id: index for index, step in enumerate(workflow.steps)}
    if not workflow.steps:
        return {}
    found = {workflow.steps[0].step_id: Available()}
    waiting = deque(found)
    while waiting:
        step_id = waiting.popleft()
        before = found[step_id]
        for way in exits(workflow, positions[step_id]):
            if way.to not in positions:
                continue
            arriving = before.after(step_id) if way.succeeded else before
            if way.via in positions:
                arriving = arriving.after(way.via)
            known = found.get(way.to)
            joined = arriving if known is None else known.joined(arriving)
            if joined != known:
                found[way.to] = joined
                waiting.append(way.to)
    return found
