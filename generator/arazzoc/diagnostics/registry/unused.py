"""Rules about what a document states and nothing takes up (AZ430 to AZ439)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["RULES", "UNUSED_COMPONENT", "UNUSED_INPUT", "UNUSED_OUTPUT", "UNUSED_SOURCE"]

_JOB: Final = (
    "inputs:\n  type: object\n  required: [jobId]\n  properties:\n    jobId: {type: string}\n"
)
_READ: Final = (
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters:\n      - {name: id, in: path, value: $inputs.jobId}\n"
)
_OUTPUTS: Final = "    outputs:\n      status: $response.body#/status\n"
_ID: Final = "components:\n  parameters:\n    id: {name: id, in: path, value: x}\n"
_LOOK: Final = (
    "workflows:\n  - workflowId: look\n    steps:\n      - stepId: look\n        operationId: get_job\n"
)
_SOURCES: Final = (
    "sourceDescriptions:\n  - {name: jobs, url: jobs.openapi.yaml, type: openapi}\n"
    "  - {name: sessions, url: sessions.openapi.yaml, type: openapi}\n"
    "workflows:\n  - workflowId: list\n    steps:\n"
    "      - {stepId: list, operationId: $sourceDescriptions.jobs.list_jobs}\n"
)

UNUSED_INPUT: Final = Rule(
    "AZ430",
    "unused-input",
    Severity.HINT,
    "No expression reads an input",
    "Callers have to find a value for it, and nothing is done with that. Use it, or remove it from `inputs`. "
    "Inputs that another workflow is passed by their names are used, and nothing is said of inputs whose "
    "schema stands elsewhere: other workflows may use those.",
    _JOB.replace("[jobId]", "[jobId, backend]") + "    backend: {type: string}\n" + _READ,
    _JOB + _READ,
    unused=True,
)

UNUSED_OUTPUT: Final = Rule(
    "AZ431",
    "unused-output",
    Severity.HINT,
    "Nothing reads an output of a step",
    "Only its own workflow sees a step's outputs. To give one to callers, name it in the workflow's "
    "`outputs`; else remove it. A workflow's own outputs are for its callers, and nothing is said of them.",
    _JOB + _READ + _OUTPUTS,
    _JOB + _READ + _OUTPUTS + "outputs:\n  status: $steps.read.outputs.status\n",
    unused=True,
)

UNUSED_COMPONENT: Final = Rule(
    "AZ432",
    "unused-component",
    Severity.HINT,
    "Nothing refers to a component",
    "A parameter, an action or a schema of inputs under `components` takes part only where a `reference` or "
    "a `$ref` leads to it. Refer to it, or remove it.",
    _ID + _LOOK + "        parameters: [{name: id, in: path, value: x}]\n",
    _ID + _LOOK + "        parameters: [{reference: $components.parameters.id}]\n",
    unused=True,
)

UNUSED_SOURCE: Final = Rule(
    "AZ433",
    "unused-source",
    Severity.HINT,
    "No step calls anything of a source description",
    "The file is read and checked all the same, and with several sources every operation has to be named "
    "with its own. Remove it, or call what it has.",
    _SOURCES,
    _SOURCES.replace("  - {name: sessions, url: sessions.openapi.yaml, type: openapi}\n", ""),
    unused=True,
)

RULES: Final[tuple[Rule, ...]] = (UNUSED_INPUT, UNUSED_OUTPUT, UNUSED_COMPONENT, UNUSED_SOURCE)
