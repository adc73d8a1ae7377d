"""Rules of the group `operation` (AZ3xx): what requests and workflows are given, against schemas."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ADDRESS_FOR_ID",
    "DEPRECATED",
    "FIXED_IDEMPOTENCY_KEY",
    "MISSING_MEMBER",
    "MISSPELT_MEMBER",
    "READ_ONLY_MEMBER",
    "RULES",
    "UNEXPECTED_ARGUMENT",
    "UNEXPECTED_DEFAULT",
    "UNEXPECTED_MEMBER_TYPE",
    "UNEXPECTED_MEMBER_VALUE",
    "UNEXPECTED_TYPE",
    "UNEXPECTED_VALUE",
    "UNKNOWN_MEMBER",
    "UNWANTED_BODY",
]

_LABEL: Final = (
    "stepId: label\noperationId: label_job\nparameters:\n  - {name: id, in: path, value: $inputs.jobId}\n"
)
_CALLER: Final = (
    "workflows:\n  - workflowId: start\n    steps:\n      - stepId: create\n"
    "        workflowId: create-job\n        parameters:\n          - {name: shots, value: VALUE}\n"
    "  - workflowId: create-job\n"
    "    inputs: {type: object, properties: {shots: {type: integer}}}\n"
    "    steps:\n      - stepId: create\n        operationId: create_job\n"
    "        requestBody:\n          payload: {backend: simulator, shots: $inputs.shots}\n"
)

DEPRECATED: Final = Rule(
    "AZ305",
    "deprecated",
    Severity.HINT,
    "A step uses an operation or a parameter that its description calls deprecated",
    "It works, but may be taken away. The description often says what replaces it.",
    "stepId: read\noperationId: get_latest_job\n",
    "stepId: read\noperationId: get_job\nparameters:\n  - {name: id, in: path, value: $inputs.jobId}\n",
)

UNEXPECTED_VALUE: Final = Rule(
    "AZ313",
    "unexpected-value",
    Severity.WARNING,
    "A parameter is given a literal that its schema does not take",
    "The API declares another type, other choices (`enum`), a format, a pattern or a range, so it will "
    'probably answer 400. `10` and `"10"` are the same in a URL or a header, and taken for both.',
    "parameters:\n  - {name: pageSize, in: query, value: many}\n",
    "parameters:\n  - {name: pageSize, in: query, value: 10}\n",
)

UNEXPECTED_TYPE: Final = Rule(
    "AZ314",
    "unexpected-type",
    Severity.WARNING,
    "A parameter is given an expression whose type its schema never takes",
    "What the schemas of inputs and responses say of the value and what the API says of the parameter "
    "cannot both hold: `true` is no number, a list is no text, and two enumerations have no member in "
    "common. Text passes for a number here, as it may be the text of one. A query has a pair for each item "
    "of a list, so the request is sent all the same.",
    "inputs: {type: object, required: [all], properties: {all: {type: boolean}}}\n"
    "steps:\n  - stepId: list\n    operationId: list_jobs\n"
    "    parameters:\n      - {name: pageSize, in: query, value: $inputs.all}\n",
    "inputs: {type: object, required: [most], properties: {most: {type: integer}}}\n"
    "steps:\n  - stepId: list\n    operationId: list_jobs\n"
    "    parameters:\n      - {name: pageSize, in: query, value: $inputs.most}\n",
)

UNWANTED_BODY: Final = Rule(
    "AZ323",
    "unwanted-body",
    Severity.WARNING,
    "A step sends a body where the operation declares none",
    "It is sent as written. A body has no meaning in a GET request (RFC 9110, section 9.3.1), and other "
    "operations ignore what they do not describe: often the values belong into parameters.",
    "stepId: list\noperationId: list_jobs\nrequestBody:\n  payload: {pageSize: 10}\n",
    "stepId: list\noperationId: list_jobs\nparameters:\n  - {name: pageSize, in: query, value: 10}\n",
)

MISSING_MEMBER: Final = Rule(
    "AZ324",
    "missing-member",
    Severity.WARNING,
    "A payload lacks a member that the schema of the body requires",
    "The API will probably refuse the request. Members that only responses have (`readOnly`) and those with "
    "a `default` are not asked for.",
    "operationId: create_job\nrequestBody:\n  payload: {shots: 10}\n",
    "operationId: create_job\nrequestBody:\n  payload: {backend: $inputs.backend, shots: 10}\n",
)

UNKNOWN_MEMBER: Final = Rule(
    "AZ325",
    "unknown-member",
    Severity.WARNING,
    "A payload has a member that the schema of the body rules out",
    "The schema says `additionalProperties: false`, so the API will probably refuse the request. Look at the "
    "spelling, or leave the member out.",
    _LABEL + "requestBody:\n  payload: {name: mine, colour: red}\n",
    _LABEL + "requestBody:\n  payload: {name: mine, color: red}\n",
)

MISSPELT_MEMBER: Final = Rule(
    "AZ326",
    "misspelt-member",
    Severity.HINT,
    "A payload has a member that the schema does not name, but for a letter or two",
    "The schema allows further members, so this one may be meant. It looks like a slip: the schema has one "
    "of nearly the same name, which the payload lacks.",
    "requestBody:\n  payload: {backend: $inputs.backend, shotz: 10}\n",
    "requestBody:\n  payload: {backend: $inputs.backend, shots: 10}\n",
)

UNEXPECTED_MEMBER_VALUE: Final = Rule(
    "AZ327",
    "unexpected-member-value",
    Severity.WARNING,
    "A payload holds a literal that the schema of the body does not take",
    "It is of another type, none of the choices (`enum`), out of range, or not of the format or pattern. "
    'JSON tells `10` and `"10"` apart; in forms they are the same.',
    "requestBody:\n  payload: {backend: $inputs.backend, shots: many}\n",
    "requestBody:\n  payload: {backend: $inputs.backend, shots: 10}\n",
)

UNEXPECTED_MEMBER_TYPE: Final = Rule(
    "AZ328",
    "unexpected-member-type",
    Severity.WARNING,
    "A payload holds an expression whose type the schema of the body never takes",
    "The schemas of inputs and responses give the value one type, and the body wants another one. Mend the "
    "schema of the input, or pass another value.",
    "inputs: {type: object, required: [shots], properties: {shots: {type: string}}}\n"
    "steps:\n  - stepId: create\n    operationId: create_job\n"
    "    requestBody:\n      payload: {backend: simulator, shots: $inputs.shots}\n",
    "inputs: {type: object, required: [shots], properties: {shots: {type: integer}}}\n"
    "steps:\n  - stepId: create\n    operationId: create_job\n"
    "    requestBody:\n      payload: {backend: simulator, shots: $inputs.shots}\n",
)

READ_ONLY_MEMBER: Final = Rule(
    "AZ329",
    "read-only-member",
    Severity.WARNING,
    "A payload has a member that only responses have",
    "The schema calls it `readOnly`: it should not be sent, and the API ignores or refuses it (OpenAPI "
    "3.0.4, Schema Object).",
    "requestBody:\n  payload: {backend: $inputs.backend, createdAt: '2026-01-31'}\n",
    "requestBody:\n  payload: {backend: $inputs.backend}\n",
)

UNEXPECTED_ARGUMENT: Final = Rule(
    "AZ330",
    "unexpected-argument",
    Severity.WARNING,
    "A workflow is passed a value that the schema of its input does not take",
    "The value is of another type, none of the choices, or out of range, so the workflow is run with "
    "something that it was not made for.",
    _CALLER.replace("VALUE", "many"),
    _CALLER.replace("VALUE", "10"),
)

UNEXPECTED_DEFAULT: Final = Rule(
    "AZ331",
    "unexpected-default",
    Severity.WARNING,
    "The default of an input is no value that its own schema takes",
    "Either the default or the schema is wrong. `default` holds a value of the `type` beside it.",
    "inputs: {type: object, properties: {shots: {type: integer, default: many}}}\n",
    "inputs: {type: object, properties: {shots: {type: integer, default: 10}}}\n",
)

_JOB: Final = "stepId: start\noperationId: create_job\n"

FIXED_IDEMPOTENCY_KEY: Final = Rule(
    "AZ332",
    "fixed-idempotency-key",
    Severity.WARNING,
    "Different requests are sent with the same idempotency key",
    "A server that gets an `Idempotency-Key` a second time takes the request for a repetition: it answers "
    "what it answered before, or refuses a request that is another one. A key that the document states is "
    "sent in every run, and one input that two steps pass is the same for both. Declare an input for each "
    "step, so that each run brings keys of its own. A `retry` sends the same request with the same key, "
    "as it should. A key that two steps share is told as a hint: some servers look at the key and the "
    "operation together.",
    f"{_JOB}parameters:\n  - {{name: Idempotency-Key, in: header, value: start-job}}\n",
    f"{_JOB}parameters:\n  - {{name: Idempotency-Key, in: header, value: $inputs.text}}\n",
)

ADDRESS_FOR_ID: Final = Rule(
    "AZ333",
    "address-for-id",
    Severity.WARNING,
    "The URL of a resource is passed where its id belongs",
    "The header `Location` holds a URL (RFC 9110, section 10.2.2). As a parameter of the path it becomes one "
    "escaped segment, such as `/jobs/https%3A%2F%2F...`, which is the path of nothing. Read the id from the "
    "response's body. Nothing is said of parameters whose name or schema says that they take a URL.",
    "steps:\n  - stepId: start\n    operationId: create_job\n    outputs: {job: $response.header.Location}\n"
    "  - stepId: read\n    operationId: get_job\n"
    "    parameters: [{name: id, in: path, value: $steps.start.outputs.job}]\n",
    "steps:\n  - stepId: start\n    operationId: create_job\n    outputs: {job: $response.body#/id}\n"
    "  - stepId: read\n    operationId: get_job\n"
    "    parameters: [{name: id, in: path, value: $steps.start.outputs.job}]\n",
)

RULES: Final[tuple[Rule, ...]] = (
    FIXED_IDEMPOTENCY_KEY,
    ADDRESS_FOR_ID,
    DEPRECATED,
    UNEXPECTED_VALUE,
    UNEXPECTED_TYPE,
    UNWANTED_BODY,
    MISSING_MEMBER,
    UNKNOWN_MEMBER,
    MISSPELT_MEMBER,
    UNEXPECTED_MEMBER_VALUE,
    UNEXPECTED_MEMBER_TYPE,
    READ_ONLY_MEMBER,
    UNEXPECTED_ARGUMENT,
    UNEXPECTED_DEFAULT,
)
