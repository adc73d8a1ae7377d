"""Rules of the group `operation` (AZ3xx): operations, parameters and bodies."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "AMBIGUOUS_OPERATION",
    "BROKEN_JSON",
    "CROWDED_QUERY",
    "INVALID_OPERATION_PATH",
    "MISSING_BODY",
    "MISSING_PARAMETER",
    "RULES",
    "SOURCE_NOT_READ",
    "UNDECLARED_CONTENT_TYPE",
    "UNDECLARED_PARAMETER",
    "UNFIT_VALUE",
    "UNKNOWN_OPERATION",
    "UNKNOWN_TARGET",
    "UNWRITABLE_VALUE",
]

_TWO_SOURCES: Final = (
    "sourceDescriptions:\n"
    "  - {name: jobs, url: jobs.openapi.yaml, type: openapi}\n"
    "  - {name: sessions, url: sessions.openapi.yaml, type: openapi}\n"
    "workflows:\n  - workflowId: look\n    steps:\n      - stepId: look\n        "
)


def _source(url: str) -> str:
    return (
        f"sourceDescriptions:\n  - {{name: jobs, url: {url}, type: openapi}}\n"
        "workflows:\n  - workflowId: look\n    steps:\n      - stepId: look\n"
    )


UNKNOWN_OPERATION: Final = Rule(
    "AZ301",
    "unknown-operation",
    Severity.ERROR,
    "A step calls an operation that no source description has",
    "`operationId` names an operation of one of the document's sources, with regard to case; "
    "`operationPath` points at one. Mend the name, or add the source that has the operation.",
    "stepId: read\noperationId: getJob\n",
    "stepId: read\noperationId: get_job\n",
)

AMBIGUOUS_OPERATION: Final = Rule(
    "AZ302",
    "ambiguous-operation",
    Severity.ERROR,
    "Several source descriptions have an operation of that name",
    "With more than one source, Arazzo wants an operationId to say which source it means.",
    _TWO_SOURCES + "operationId: get_usage\n",
    _TWO_SOURCES + "operationId: $sourceDescriptions.jobs.get_usage\n",
)

INVALID_OPERATION_PATH: Final = Rule(
    "AZ303",
    "invalid-operation-path",
    Severity.ERROR,
    "An `operationPath` does not lead to an operation",
    "It names a source's URL and, behind `#`, a JSON Pointer to a method of a path, in which `/` is "
    "written `~1`.",
    "stepId: read\noperationPath: '{$sourceDescriptions.jobs.url}#/paths/~1jobs'\n",
    "stepId: read\noperationPath: '{$sourceDescriptions.jobs.url}#/paths/~1jobs/get'\n",
)

SOURCE_NOT_READ: Final = Rule(
    "AZ304",
    "source-not-read",
    Severity.ERROR,
    "The source that a step's operation or workflow belongs to could not be read",
    "The step cannot be compiled without its description; the finding at the source description says what "
    "is wrong with it, and `lint` tells that alone.",
    _source("job.openapi.yaml") + "        operationId: list_jobs\n",
    _source("jobs.openapi.yaml") + "        operationId: list_jobs\n",
    follows=True,
)

UNDECLARED_PARAMETER: Final = Rule(
    "AZ310",
    "undeclared-parameter",
    Severity.WARNING,
    "A step passes a parameter that the operation does not declare",
    "It is sent as written, and most servers ignore it. Look at the spelling and at `in`. A parameter of the "
    "workflow goes to all of its steps: it is told of once, with the steps whose operations declare none.",
    "parameters:\n  - {name: page_size, in: query, value: 10}\n",
    "parameters:\n  - {name: pageSize, in: query, value: 10}\n",
)

MISSING_PARAMETER: Final = Rule(
    "AZ311",
    "missing-parameter",
    Severity.ERROR,
    "A step does not pass a parameter that the operation requires",
    "The API refuses the request, or a placeholder stays in the path. Pass the parameter.",
    "stepId: read\noperationId: get_job\n",
    "stepId: read\noperationId: get_job\nparameters:\n  - {name: id, in: path, value: $inputs.jobId}\n",
)

UNFIT_VALUE: Final = Rule(
    "AZ312",
    "unfit-value",
    Severity.ERROR,
    "A parameter that takes one value is given a list or an object",
    "The URL or header would hold a list or JSON where the API looks for one value, so nothing is generated. "
    "Often the expression stops short of the value that is meant: lead on to it with a JSON Pointer.",
    "inputs: {type: object, required: [job], properties: {job: {type: object}}}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters:\n      - {name: id, in: path, value: $inputs.job}\n",
    "inputs: {type: object, required: [jobId], properties: {jobId: {type: string}}}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters:\n      - {name: id, in: path, value: $inputs.jobId}\n",
)

MISSING_BODY: Final = Rule(
    "AZ320",
    "missing-body",
    Severity.ERROR,
    "A step has no request body where the operation requires one",
    "Give the step a `requestBody` with a `payload`.",
    "stepId: create\noperationId: create_job\n",
    "stepId: create\noperationId: create_job\nrequestBody:\n  payload: {backend: $inputs.backend}\n",
)

UNDECLARED_CONTENT_TYPE: Final = Rule(
    "AZ321",
    "undeclared-content-type",
    Severity.WARNING,
    "A step sends a body of a type that the operation does not declare",
    "It is sent as written; the API may answer 415. Use one of the content types of the operation.",
    "requestBody:\n  contentType: text/json\n  payload: {}\n",
    "requestBody:\n  contentType: application/json\n  payload: {}\n",
)

UNKNOWN_TARGET: Final = Rule(
    "AZ322",
    "unknown-target",
    Severity.ERROR,
    "A replacement leads nowhere in the payload",
    "`target` is a JSON Pointer to a member that is in the payload, or to a new one in an object that is. In "
    "XML it is an XPath of elements or attributes that are there.",
    "requestBody:\n  payload: {job: {shots: 10}}\n  replacements:\n"
    "    - {target: /run/shots, value: $inputs.limit}\n",
    "requestBody:\n  payload: {job: {shots: 10}}\n  replacements:\n"
    "    - {target: /job/shots, value: $inputs.limit}\n",
)

UNWRITABLE_VALUE: Final = Rule(
    "AZ340",
    "unwritable-value",
    Severity.ERROR,
    "A value has no form where it is sent, such as an object in CSV",
    "JSON, forms and multipart types are made of objects, and plain text and YAML take them as JSON. What an "
    "object is in any other format only its author knows: write the text, with expressions in it. Headers "
    "hold printable ASCII alone, but for those whose `content` is JSON, which escapes everything else.",
    "stepId: label\noperationId: label_job\nparameters: [{name: id, in: path, value: $inputs.jobId}]\n"
    "requestBody:\n  contentType: text/csv\n  payload: {name: $inputs.text}\n",
    "stepId: label\noperationId: label_job\nparameters: [{name: id, in: path, value: $inputs.jobId}]\n"
    "requestBody:\n  contentType: application/json\n  payload: {name: $inputs.text}\n",
)

CROWDED_QUERY: Final = Rule(
    "AZ341",
    "crowded-query",
    Severity.ERROR,
    "Something stands in the query beside a parameter that is the whole of it",
    "A parameter `in: querystring` is the whole query, and OpenAPI 3.2 rules out other parameters "
    "`in: query` beside it. A key that the API wants in the query finds a place in a form alone.",
    "parameters:\n  - {name: filter, in: querystring, value: {limit: 50}}\n"
    "  - {name: pageSize, in: query, value: 10}\n",
    "parameters:\n  - {name: limit, in: query, value: 50}\n"
    "  - {name: pageSize, in: query, value: 10}\n",
)

BROKEN_JSON: Final = Rule(
    "AZ342",
    "broken-json",
    Severity.ERROR,
    "JSON that is written as text, with expressions in it, is no JSON",
    "Where an expression stands in JSON tells how its value is written. Text that is no JSON has no such "
    "places: values would be put in as they are, and a quote in one would change the rest. Text without "
    "expressions is sent as it is.",
    'requestBody:\n  payload: |\n    {"backend": "{$inputs.backend}", "shots": 10,}\n',
    'requestBody:\n  payload: |\n    {"backend": "{$inputs.backend}", "shots": 10}\n',
)

RULES: Final[tuple[Rule, ...]] = (
    UNKNOWN_OPERATION,
    AMBIGUOUS_OPERATION,
    INVALID_OPERATION_PATH,
    SOURCE_NOT_READ,
    UNDECLARED_PARAMETER,
    MISSING_PARAMETER,
    UNFIT_VALUE,
    MISSING_BODY,
    UNDECLARED_CONTENT_TYPE,
    UNKNOWN_TARGET,
    UNWRITABLE_VALUE,
    CROWDED_QUERY,
    BROKEN_JSON,
)
