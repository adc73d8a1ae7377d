"""The order of steps that depend on others (Arazzo 1.1.0, "Step Dependencies and Execution Order")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    ids = {step.step_id for step in steps}
    is_named = len(ids) == len(steps)
    if not is_named or not any(s.depends_on for s in steps) or _leads_to_steps(steps, actions):
        return steps
    own = f"$workflows.{workflow_id}.steps."
    needed = {step.step_id: _needed(step, own) & ids for step in steps}
    done: dict[str, Step] = {}
    while len(done) < len(ids):
        ready = next(
            (s for s in steps if s.step_id not in done and needed[s.step_id] <= done.keys()), None
        )
        if ready is None:
            return steps
        done[ready.step_id] = ready
    return tuple(done.values())


def _leads_to_steps(
    steps: tuple[Step, ...], actions: Iterable[SuccessAction | FailureAction]
) -> bool:
    places = (place for step in steps for place in (step.on_success, step.on_failure))
    return any(action.step_id is not None for place in (actions, *places) for action in place)


def _needed(step: Step, own: str) -> set[str]:
    """The steps that a step depends on, by what it states and by what it reads, but for itself there."""
    read = {name for text in _texts(step.node.value) for name in _OUTPUT.findall(text)}
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
