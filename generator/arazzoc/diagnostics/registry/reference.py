"""Rules about what runtime expressions refer to (AZ21x)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "NOT_IN_A_RESPONSE",
    "NOT_IN_THE_REQUEST",
    "NO_RESPONSE_YET",
    "NO_SELF",
    "NO_VALUE",
    "OPTIONAL_INPUT_NEEDED",
    "POSSIBLY_SKIPPED",
    "RULES",
    "STEP_NOT_RUN_YET",
    "UNKNOWN_INPUT",
    "UNKNOWN_OUTPUT",
    "UNKNOWN_SOURCE",
    "UNKNOWN_STEP",
]

_STEP = "steps:\n  - stepId: read\n    operationId: get_job\n"
_RENEWED = "  - {stepId: renew, operationId: list_jobs}\n"

UNKNOWN_INPUT: Final = Rule(
    "AZ210",
    "unknown-input",
    Severity.ERROR,
    "An expression reads an input that the workflow does not declare",
    "`$inputs.NAME` reads a property of the workflow's `inputs` schema. A name that is not there has no "
    "value, so nothing could be sent. Mend the name, or declare the input.",
    "inputs:\n  type: object\n  required: [jobId]\n  properties:\n    jobId: {type: string}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n    parameters:\n"
    "      - {name: id, in: path, value: $inputs.jobid}\n",
    "inputs:\n  type: object\n  required: [jobId]\n  properties:\n    jobId: {type: string}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n    parameters:\n"
    "      - {name: id, in: path, value: $inputs.jobId}\n",
)

UNKNOWN_STEP: Final = Rule(
    "AZ211",
    "unknown-step",
    Severity.ERROR,
    "A step is referred to that the workflow does not have",
    "`$steps.ID`, and the `stepId` of an action, name a step of the same workflow, with regard to case.",
    _STEP + "    onFailure:\n      - {name: again, type: retry, stepId: Renew}\n" + _RENEWED,
    _STEP + "    onFailure:\n      - {name: again, type: retry, stepId: renew}\n" + _RENEWED,
)

UNKNOWN_OUTPUT: Final = Rule(
    "AZ212",
    "unknown-output",
    Severity.ERROR,
    "An expression reads an output that the step does not have",
    "`$steps.ID.outputs.NAME` reads what the step declares under `outputs`; a response's members are not "
    "outputs by themselves. Mend the name, or declare the output.",
    _STEP + "    outputs:\n      status: $response.body#/status\n"
    "outputs:\n  status: $steps.read.outputs.state\n",
    _STEP + "    outputs:\n      status: $response.body#/status\n"
    "outputs:\n  status: $steps.read.outputs.status\n",
)

UNKNOWN_SOURCE: Final = Rule(
    "AZ213",
    "unknown-source",
    Severity.ERROR,
    "A source description is referred to that the document does not have",
    "`$sourceDescriptions.NAME` names an entry of the document's `sourceDescriptions`, with regard to case.",
    "stepId: read\noperationId: $sourceDescriptions.job.get_job\n",
    "stepId: read\noperationId: $sourceDescriptions.jobs.get_job\n",
)

STEP_NOT_RUN_YET: Final = Rule(
    "AZ214",
    "step-not-run-yet",
    Severity.ERROR,
    "An expression reads an output of a step that has not run by then",
    "No way through the workflow runs that step first, so the value is never there. Put the steps in "
    "another order, or read the output of an earlier step.",
    "steps:\n  - stepId: delete\n    operationId: delete_job\n    parameters:\n"
    "      - {name: id, in: path, value: $steps.create.outputs.id}\n"
    "  - stepId: create\n    operationId: create_job\n    outputs:\n      id: $response.body#/id\n",
    "steps:\n  - stepId: create\n    operationId: create_job\n    outputs:\n      id: $response.body#/id\n"
    "  - stepId: delete\n    operationId: delete_job\n    parameters:\n"
    "      - {name: id, in: path, value: $steps.create.outputs.id}\n",
)

NO_RESPONSE_YET: Final = Rule(
    "AZ215",
    "no-response-yet",
    Severity.ERROR,
    "An expression reads a response where there is none",
    "`$response`, `$statusCode`, `$url` and `$method` belong to the step whose criteria, actions and outputs "
    "they stand in. A request is built before its response, and the outputs of a workflow belong to no step.",
    _STEP + "outputs:\n  status: $response.body#/status\n",
    _STEP + "    outputs:\n      status: $response.body#/status\n"
    "outputs:\n  status: $steps.read.outputs.status\n",
)

NOT_IN_A_RESPONSE: Final = Rule(
    "AZ216",
    "not-in-a-response",
    Severity.ERROR,
    "An expression reads a part that a response does not have",
    "A response has headers and a body; path and query parameters belong to the request.",
    _STEP + "    outputs:\n      id: $response.path.id\n",
    _STEP + "    outputs:\n      id: $response.body#/id\n",
)

NO_SELF: Final = Rule(
    "AZ217",
    "no-self",
    Severity.ERROR,
    "`$self` is read in a document that does not state it",
    "The expression `$self` is the document's own URI, which the field `$self` at its top states (1.1).",
    "arazzo: 1.1.0\nworkflows:\n  - workflowId: list\n    outputs:\n      uri: $self\n",
    "arazzo: 1.1.0\n$self: https://example.com/jobs.arazzo.yaml\n"
    "workflows:\n  - workflowId: list\n    outputs:\n      uri: $self\n",
)

POSSIBLY_SKIPPED: Final = Rule(
    "AZ218",
    "possibly-skipped",
    Severity.WARNING,
    "A request needs a value that may not be there",
    "On some way through the workflow the step that makes the value does not run, or its response need not "
    "have it; but a path, a required parameter or text around it cannot do without. The function then stops "
    "before the request. Make the member required in the response's schema, or change the flow.",
    "steps:\n  - stepId: create\n    operationId: create_job\n"
    "    requestBody: {payload: {backend: ibm_test}}\n    outputs:\n      id: $response.body#/hint\n"
    "  - stepId: read\n    operationId: get_job\n    parameters:\n"
    "      - {name: id, in: path, value: $steps.create.outputs.id}\n",
    "steps:\n  - stepId: create\n    operationId: create_job\n"
    "    requestBody: {payload: {backend: ibm_test}}\n    outputs:\n      id: $response.body#/id\n"
    "  - stepId: read\n    operationId: get_job\n    parameters:\n"
    "      - {name: id, in: path, value: $steps.create.outputs.id}\n",
)

OPTIONAL_INPUT_NEEDED: Final = Rule(
    "AZ219",
    "optional-input-needed",
    Severity.HINT,
    "An optional input is needed by a request",
    "The inputs' schema does not list the input under `required`, so callers may leave it out; but a path, a "
    "required parameter or text around it cannot do without, and the function then stops before the request. "
    "List it under `required`, and callers' type checkers will tell them.",
    "inputs:\n  type: object\n  properties:\n    jobId: {type: string}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n    parameters:\n"
    "      - {name: id, in: path, value: $inputs.jobId}\n",
    "inputs:\n  type: object\n  required: [jobId]\n  properties:\n    jobId: {type: string}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n    parameters:\n"
    "      - {name: id, in: path, value: $inputs.jobId}\n",
)

NOT_IN_THE_REQUEST: Final = Rule(
    "AZ220",
    "not-in-the-request",
    Severity.ERROR,
    "An expression reads a part of the request that the step does not send",
    "`$request` reads what the step passes to its operation: its parameters by name, and its body. A "
    "parameter that the operation declares but the step leaves out is null.",
    _STEP + "    outputs:\n      id: $request.query.id\n",
    _STEP
    + "    parameters: [{name: id, in: path, value: x}]\n    outputs:\n      id: $request.path.id\n",
)

NO_VALUE: Final = Rule(
    "AZ223",
    "no-value",
    Severity.ERROR,
    "An expression has no value where it stands",
    "Some expressions name what is no value: components, which stand behind `reference`, and operations and "
    "workflows of `$sourceDescriptions`, which steps call. Others have one in certain places alone: "
    "`$message` in a step that sends or receives AsyncAPI messages, `$outputs` in a step that runs a "
    "workflow and in the outputs of a workflow, and `$workflows.ID` once a step has run that workflow or "
    "where `dependsOn` names it.",
    _STEP + "    outputs:\n      status: $components.parameters.page\n",
    _STEP + "    outputs:\n      status: $response.body#/status\n",
)

RULES: Final[tuple[Rule, ...]] = (
    UNKNOWN_INPUT,
    UNKNOWN_STEP,
    UNKNOWN_OUTPUT,
    UNKNOWN_SOURCE,
    STEP_NOT_RUN_YET,
    NO_RESPONSE_YET,
    NOT_IN_A_RESPONSE,
    NO_SELF,
    POSSIBLY_SKIPPED,
    OPTIONAL_INPUT_NEEDED,
    NOT_IN_THE_REQUEST,
    NO_VALUE,
)
