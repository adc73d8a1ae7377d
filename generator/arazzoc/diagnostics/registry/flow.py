"""Rules of the group `flow` (AZ4xx): the order of steps, and workflows that run others."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "CALLEE_LEFT_OUT",
    "IDLE_CRITERIA",
    "MISSING_WORKFLOW_INPUT",
    "RECURSION",
    "RULES",
    "UNDECLARED_WORKFLOW_INPUT",
    "UNKNOWN_WORKFLOW",
    "UNMET_PREREQUISITE",
    "UNREACHABLE_STEP",
]

_LOGIN = (
    "  - workflowId: login\n    inputs:\n      type: object\n      required: [user]\n"
    "      properties:\n        user: {type: string}\n"
    "    steps:\n      - stepId: create\n        operationId: create_job\n"
)

UNREACHABLE_STEP: Final = Rule(
    "AZ401",
    "unreachable-step",
    Severity.WARNING,
    "No way through the workflow leads to a step",
    "An earlier action without criteria always goes elsewhere, so the step never runs and no code is "
    "generated for it. Give the action criteria, or remove the step. It is an error where outputs of the "
    "step are read, for they never have a value.",
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

UNMET_PREREQUISITE: Final = Rule(
    "AZ403",
    "unmet-prerequisite",
    Severity.ERROR,
    "A step may begin before a step that it depends on has succeeded",
    "`dependsOn` of a step (Arazzo 1.1) says what has to be done before it; it runs nothing by itself. Steps "
    "run one after another, in the order written; one that depends on later steps runs right behind these, "
    "unless steps wait for each other. Where an action leads to a step, all run as they are written and as "
    "actions lead: write the other step before this one, and let no action lead past it. A step of another "
    "workflow is done where that workflow has run: by an earlier step, or named in the workflow's own "
    "`dependsOn`.",
    "steps:\n  - stepId: read\n    operationId: get_job\n    dependsOn: [create]\n"
    "  - stepId: create\n    operationId: create_job\n    dependsOn: [read]\n",
    "steps:\n  - stepId: create\n    operationId: create_job\n"
    "  - stepId: read\n    operationId: get_job\n    dependsOn: [create]\n",
)

UNKNOWN_WORKFLOW: Final = Rule(
    "AZ410",
    "unknown-workflow",
    Severity.ERROR,
    "A workflow is referred to that the document does not have",
    "The `workflowId` of a step or an action, and each entry of a workflow's `dependsOn`, name a workflow of "
    "the document, with regard to case. A workflow of another Arazzo document is named by "
    "`$sourceDescriptions.NAME.ID`, where `NAME` is a source description of type `arazzo`.",
    "workflows:\n  - workflowId: work\n    steps:\n      - {stepId: start, workflowId: logIn}\n"
    "  - workflowId: login\n    steps:\n      - {stepId: create, operationId: create_job}\n",
    "workflows:\n  - workflowId: work\n    steps:\n      - {stepId: start, workflowId: login}\n"
    "  - workflowId: login\n    steps:\n      - {stepId: create, operationId: create_job}\n",
)

RECURSION: Final = Rule(
    "AZ411",
    "workflow-recursion",
    Severity.ERROR,
    "A workflow runs itself again",
    "A workflow that runs itself, by way of others or by way of `dependsOn` too, has no end that could be "
    "told. To do steps again, go back to one of them: an action's `goto` with `stepId`, or `retry`.",
    "workflowId: poll\nsteps:\n  - stepId: read\n    operationId: get_job\n"
    "    onSuccess:\n      - {name: again, type: goto, workflowId: poll}\n",
    "workflowId: poll\nsteps:\n  - stepId: read\n    operationId: get_job\n"
    "    onSuccess:\n      - name: again\n        type: goto\n        stepId: read\n"
    "        criteria: [{condition: $response.body#/status == 'Running'}]\n",
)

UNDECLARED_WORKFLOW_INPUT: Final = Rule(
    "AZ412",
    "undeclared-workflow-input",
    Severity.ERROR,
    "A workflow is passed an input that it does not declare",
    "The parameters of a step or an action with `workflowId` become the inputs of that workflow by their "
    "names, with regard to case. Mend the name, or declare the input in the workflow's `inputs`.",
    "workflows:\n  - workflowId: work\n    steps:\n      - stepId: start\n        workflowId: login\n"
    "        parameters:\n          - {name: username, value: me}\n" + _LOGIN,
    "workflows:\n  - workflowId: work\n    steps:\n      - stepId: start\n        workflowId: login\n"
    "        parameters:\n          - {name: user, value: me}\n" + _LOGIN,
)

MISSING_WORKFLOW_INPUT: Final = Rule(
    "AZ413",
    "missing-workflow-input",
    Severity.ERROR,
    "A workflow is run without an input that it requires",
    "A step passes inputs as `parameters`. An action passes `parameters` too (Arazzo 1.1), and else the "
    "inputs that both workflows have under the same name.",
    "workflows:\n  - workflowId: work\n    steps:\n      - {stepId: start, workflowId: login}\n"
    + _LOGIN,
    "workflows:\n  - workflowId: work\n    steps:\n      - stepId: start\n        workflowId: login\n"
    "        parameters:\n          - {name: user, value: me}\n" + _LOGIN,
)

CALLEE_LEFT_OUT: Final = Rule(
    "AZ414",
    "callee-left-out",
    Severity.ERROR,
    "A workflow runs another one that has errors",
    "No function is generated for a workflow with errors, so there is none that could be called. Mend the "
    "other workflow, in its own document where it is one of another document. `generate` and `run` say this; "
    "`lint` tells what is wrong with the other workflow alone.",
    "workflows:\n  - workflowId: work\n    steps:\n      - {stepId: start, workflowId: login}\n"
    "  - workflowId: login\n    steps:\n      - {stepId: create, operationId: list_job}\n",
    "workflows:\n  - workflowId: work\n    steps:\n      - {stepId: start, workflowId: login}\n"
    "  - workflowId: login\n    steps:\n      - {stepId: create, operationId: list_jobs}\n",
    follows=True,
)

RULES: Final[tuple[Rule, ...]] = (
    UNREACHABLE_STEP,
    IDLE_CRITERIA,
    UNMET_PREREQUISITE,
    UNKNOWN_WORKFLOW,
    RECURSION,
    UNDECLARED_WORKFLOW_INPUT,
    MISSING_WORKFLOW_INPUT,
    CALLEE_LEFT_OUT,
)
