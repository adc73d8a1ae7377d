"""The order of steps that depend on others (Arazzo 1.1.0, "Step Dependencies and Execution Order")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import Final

from arazzoc.model.arazzo import FailureAction, Step, SuccessAction
from arazzoc.source.node import JsonValue

__all__ = ["in_order"]

_OUTPUT: Final = re.compile(r"\$steps\.([^.\s{}]+)\.outputs\b")


def in_order(
    steps: tuple[Step, ...],
    actions: Iterable[SuccessAction | FailureAction],
    workflow_id: str,
) -> tuple[Step, ...]:
    """The steps as they are written, but for those that depend on later ones: they stand right behind these.

    Where some step states what it depends on, all depend on those too whose outputs they read. Nothing is
    moved where an action of the workflow or of a step leads to a step, for then the author has said what
    follows what, and where steps depend on each other in a circle.

    Args:
        steps: The steps in the order written.
        actions: Those of the workflow.
        workflow_id: What expressions call the workflow, which may name its own steps in full.
    """
    places = {step.step_id: place for place, step in enumerate(steps)}
    is_named = len(places) == len(steps)
    if not is_named or not any(s.depends_on for s in steps) or _leads_to_steps(steps, actions):
        return steps
    own = f"$workflows.{workflow_id}.steps."
    left = [_needed(step, own) & places.keys() for step in steps]
    waiting: dict[str, list[int]] = {}
    for place, needed in enumerate(left):
        for step_id in needed:
            waiting.setdefault(step_id, []).append(place)
    ready = [place for place, needed in enumerate(left) if not needed]
    ordered: list[Step] = []
    while ready:
        step = steps[heappop(ready)]
        ordered.append(step)
        for place in waiting.get(step.step_id, ()):
            left[place].remove(step.step_id)
            if not left[place]:
                heappush(ready, place)
    return tuple(ordered) if len(ordered) == len(steps) else steps


def _leads_to_steps(
    steps: tuple[Step, ...], actions: Iterable[SuccessAction | FailureAction]
) -> bool:
    places = (place for step in steps for place in (step.on_success, step.on_failure))
    return any(action.step_id is not None for place in (actions, *places) for action in place)


def _needed(step: Step, own: str) -> set[str]:
    """The steps that a step depends on, by what it states and by what it reads, but for itself there."""
    fields = [node.value for name, node in step.node.members() if name != "description"]
    read = {name for text in _texts(fields) for name in _OUTPUT.findall(text)}
    stated = {(node.text or "").removeprefix(own) for node in step.depends_on}
    return stated | (read - {step.step_id})


def _texts(value: JsonValue) -> Iterator[str]:
    """All text in a value; what stands in several places (YAML's aliases) is looked at once."""
    left, seen = [value], set[int]()
    while left:
        inner = left.pop()
        if isinstance(inner, str):
            yield inner
        elif isinstance(inner, dict | list) and id(inner) not in seen:
            seen.add(id(inner))
            left += inner.values() if isinstance(inner, dict) else inner
