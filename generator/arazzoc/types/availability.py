"""Which steps have succeeded when a step begins: definite assignment over a workflow's flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import FailureAction, Step, SuccessAction, Workflow
from arazzoc.model.merged import failure_actions, success_actions
from arazzoc.types.circles import circles
from arazzoc.types.step_set import StepSet

__all__ = ["Available", "Exit", "availability", "exits"]


@dataclass(frozen=True, slots=True)
class Available:
    """Which steps have succeeded at some place.

    Attributes:
        surely: On every way there.
        possibly: On some way there.
    """

    surely: Set[str] = frozenset()
    possibly: Set[str] = frozenset()

    def after(self, step_id: str) -> Available:
        """The same once `step_id` has succeeded too."""
        return Available(_with(self.surely, step_id), _with(self.possibly, step_id))


def _with(steps: Set[str], step_id: str) -> Set[str]:
    if step_id in steps:
        return steps
    return steps.plus(step_id) if isinstance(steps, StepSet) else steps | {step_id}


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
    if not workflow.steps:
        return {}
    positions = {step.step_id: index for index, step in enumerate(workflow.steps)}
    flow = _flow(workflow, positions)
    places = {step_id: place for place, step_id in enumerate(flow)}
    surely, possibly = _surely(flow, places), _possibly(flow, places)
    return {
        step_id: Available(StepSet(places, surely[step_id]), StepSet(places, possibly[step_id]))
        for step_id in flow
    }


_Arrival: TypeAlias = tuple[str, tuple[str, ...]]
"""Where a way comes from, and which steps it adds to those that have succeeded there."""


def _flow(workflow: Workflow, positions: Mapping[str, int]) -> Mapping[str, Sequence[_Arrival]]:
    """The ways that lead to each step that is reached from the first, before which they mostly stand."""
    onward = {
        step_id: [way for way in exits(workflow, position) if way.to in positions]
        for step_id, position in positions.items()
    }
    ordered = _ordered(workflow.steps[0].step_id, onward)
    arrivals: dict[str, list[_Arrival]] = {step_id: [] for step_id in ordered}
    for step_id in ordered:
        for way in onward[step_id]:
            assert way.to is not None
            done = (step_id,) if way.succeeded else ()
            between = (way.via,) if way.via is not None and way.via in positions else ()
            arrivals[way.to].append((step_id, (*done, *between)))
    return arrivals


def _ordered(first: str, onward: Mapping[str, Sequence[Exit]]) -> Sequence[str]:
    """The steps that are reached from `first`, each before those that it leads to, but for loops."""
    done: list[str] = []
    seen = {first}
    waiting = [(first, iter(onward[first]))]
    while waiting:
        step_id, ways = waiting[-1]
        following = next((way.to for way in ways if way.to not in seen), None)
        if following is None:
            done.append(step_id)
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, iter(onward[following])))
    return done[::-1]


def _surely(flow: Mapping[str, Sequence[_Arrival]], places: Mapping[str, int]) -> Mapping[str, int]:
    """The steps that all ways have behind them, as bits: what holds where no way says otherwise."""
    first, everything = next(iter(flow)), (1 << len(places)) - 1
    found = dict.fromkeys(flow, everything)
    found[first] = 0
    changed = True
    while changed:
        # Twice, unless loops are entered in several places.
        changed = False
        for step_id, arrivals in flow.items():
            bits = found[step_id]
            for origin, added in arrivals:
                bits &= found[origin] | _bits(added, places)
            changed = changed or bits != found[step_id]
            found[step_id] = bits
    return found


def _possibly(
    flow: Mapping[str, Sequence[_Arrival]], places: Mapping[str, int]
) -> Mapping[str, int]:
    """The steps that some way has behind it, as bits: the same for all steps of a loop."""
    came_from = {step_id: [origin for origin, _ in ways] for step_id, ways in flow.items()}
    found: dict[str, int] = {}
    for circle in circles(came_from):
        bits = 0
        for origin, added in (way for step_id in circle for way in flow[step_id]):
            bits |= found.get(origin, 0) | _bits(added, places)
        found.update(dict.fromkeys(circle, bits))
    return found


def _bits(step_ids: Iterable[str], places: Mapping[str, int]) -> int:
    return sum(1 << places[step_id] for step_id in set(step_ids))
