"""What applies to a step: its own parameters and actions, and those of its workflow.

A step's own come first; one of the same name (parameters: name and `in`) overrides the workflow's
(Arazzo 1.0.1, Workflow Object and Step Object).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from arazzoc.model.arazzo import FailureAction, Parameter, Step, SuccessAction, Workflow

__all__ = ["failure_actions", "parameters", "success_actions"]

ActionT = TypeVar("ActionT", bound=SuccessAction | FailureAction)


def success_actions(workflow: Workflow, step: Step) -> tuple[SuccessAction, ...]:
    """The success actions to try after `step`, in order."""
    return _merged(step.on_success, workflow.success_actions)


def failure_actions(workflow: Workflow, step: Step) -> tuple[FailureAction, ...]:
    """The failure actions to try after `step`, in order."""
    return _merged(step.on_failure, workflow.failure_actions)


def parameters(workflow: Workflow, step: Step) -> tuple[Parameter, ...]:
    """The parameters that `step` passes, its own first."""
    own = {_identity(parameter) for parameter in step.parameters}
    return (
        *step.parameters,
        *(parameter for parameter in workflow.parameters if _identity(parameter) not in own),
    )


def _merged(own: Sequence[ActionT], common: Sequence[ActionT]) -> tuple[ActionT, ...]:
    names = {action.name for action in own}
    inherited = [action for action in common if action.name not in names]
    return (*own, *inherited)


def _identity(parameter: Parameter) -> tuple[str, str | None]:
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return name, parameter.location
