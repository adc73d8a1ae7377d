"""Rules of the group `flow` (AZ4xx): the order of steps."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["IDLE_CRITERIA", "RULES", "UNREACHABLE_STEP"]

UNREACHABLE_STEP: Final = Rule(
    "AZ401",
    "unreachable-step",
    Severity.WARNING,
    "No way through the workflow leads to a step",
    "An earlier action without criteria always goes elsewhere, so the step never runs and no code is "
    "generated for it. Give the action criteria, or remove the step.",
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    onSuccess:\n      - {name: done, type: end}\n"
    "  - stepId: delete\n    operationId: delete_job\n",
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    onSuccess:\n      - name: done\n        type: end\n        criteria:\n"
    "          - condition: $response.body#/status == 'Completed'\n"
    "  - stepId: delete\n    operationId: delete_job\n",
)

IDLE_CRITERIA: Final = Rule(
    "AZ402",
    "idle-criteria",
    Severity.WARNING,
    "Criteria of a success action decide nothing",
    "Where no success action matches, the next step follows. So an action that goes to the next step changes "
    "nothing unless another action leads elsewhere: the step that looks guarded runs in any case. Add an "
    "action, such as `end`, for when the criteria do not hold, or remove them.",
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    onSuccess:\n      - name: running\n        type: goto\n        stepId: cancel\n"
    "        criteria:\n          - condition: $response.body#/status == 'Running'\n"
    "  - stepId: cancel\n    operationId: cancel_job\n",
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    onSuccess:\n      - name: running\n        type: goto\n        stepId: cancel\n"
    "        criteria:\n          - condition: $response.body#/status == 'Running'\n"
    "      - name: over\n        type: end\n"
    "  - stepId: cancel\n    operationId: cancel_job\n",
)

RULES: Final[tuple[Rule, ...]] = (UNREACHABLE_STEP, IDLE_CRITERIA)
