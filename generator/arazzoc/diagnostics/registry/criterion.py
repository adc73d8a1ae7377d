"""Rules about criteria and the actions that they decide (AZ404 to AZ409, AZ420 to AZ429)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ALWAYS_HOLDS",
    "ENDLESS_LOOP",
    "FUTILE_RETRY",
    "NEVER_HOLDS",
    "REPEATED_CRITERION",
    "RULES",
    "SHADOWED_ACTION",
    "SINGLE_LOOK",
    "SLOW_PATTERN",
    "UNDOCUMENTED_STATUS",
]

_READ: Final = (
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters: [{name: id, in: path, value: x}]\n"
)

SHADOWED_ACTION: Final = Rule(
    "AZ404",
    "shadowed-action",
    Severity.WARNING,
    "An action is never tried, for an earlier one always is",
    "Actions are tried in the order written, and the first whose criteria hold is taken. One without "
    "criteria, or whose criteria hold for every status that is left, takes all that come to it: those behind "
    "it are dead. Write the more special ones first. A `retry` takes nothing for good.",
    f"{_READ}    onFailure:\n      - {{name: stop, type: end}}\n"
    "      - name: again\n        type: retry\n        retryAfter: 5\n"
    "        criteria: [{condition: $statusCode == 503}]\n",
    f"{_READ}    onFailure:\n      - name: again\n        type: retry\n        retryAfter: 5\n"
    "        criteria: [{condition: $statusCode == 503}]\n"
    "      - {name: stop, type: end}\n",
)

ENDLESS_LOOP: Final = Rule(
    "AZ405",
    "endless-loop",
    Severity.WARNING,
    "Steps that go round and round until one fails",
    "No success leads out of the loop: each of its steps, where it succeeds, goes on to another one. Give "
    "the action that goes back criteria that stop holding one day.",
    f"{_READ}    onSuccess:\n      - {{name: again, type: goto, stepId: read}}\n",
    f"{_READ}    onSuccess:\n      - name: again\n        type: goto\n        stepId: read\n"
    "        criteria: [{condition: $response.body#/status == 'Running'}]\n",
)

FUTILE_RETRY: Final = Rule(
    "AZ406",
    "futile-retry",
    Severity.HINT,
    "A retry sends a request again that was refused for what it is",
    "A status such as 400 or 422 says that the request itself is at fault, so the same request is refused "
    "again. Retry after 408, 429 and statuses from 500 on; after 401, run a step or a workflow in between "
    "that gets new credentials (`stepId`, `workflowId`). With a `retryLimit` of 0 nothing is sent again at "
    "all.",
    f"{_READ}    onFailure:\n      - name: again\n        type: retry\n        retryAfter: 5\n"
    "        criteria: [{condition: $statusCode == 400}]\n",
    f"{_READ}    onFailure:\n      - name: again\n        type: retry\n        retryAfter: 5\n"
    "        criteria: [{condition: $statusCode == 429}]\n",
)

SINGLE_LOOK: Final = Rule(
    "AZ407",
    "single-look",
    Severity.HINT,
    "A step that waits for another state looks only once more",
    "The action retries after a response of success whose body is not yet what the step waits for. Without "
    "`retryLimit` a step is tried once more and then fails (Arazzo, Failure Action Object); what is waited "
    "for mostly takes longer. State how often it may be looked for. Nothing is said of retries after errors "
    "alone.",
    f"{_READ}    successCriteria:\n      - condition: $response.body#/status == 'Completed'\n"
    "    onFailure:\n      - name: again\n        type: retry\n        retryAfter: 5\n"
    "        criteria: [{condition: $response.body#/status == 'Running'}]\n",
    f"{_READ}    successCriteria:\n      - condition: $response.body#/status == 'Completed'\n"
    "    onFailure:\n      - name: again\n        type: retry\n        retryAfter: 5\n"
    "        retryLimit: 60\n"
    "        criteria: [{condition: $response.body#/status == 'Running'}]\n",
)

NEVER_HOLDS: Final = Rule(
    "AZ420",
    "never-holds",
    Severity.WARNING,
    "A criterion or a comparison in it cannot hold",
    "The value has another type by the schema of the response, or is one of an `enum` without the literal, "
    "or no status meets what is asked of it. Simple conditions compare text without regard to case, and text "
    "that states a number is that number; a truth value is never equal to text. All criteria of a list have "
    "to hold: alternatives are joined with `||` in one condition.",
    f"{_READ}    successCriteria:\n      - condition: $statusCode == 200\n"
    "      - condition: $statusCode == 202\n",
    f"{_READ}    successCriteria:\n      - condition: $statusCode == 200 || $statusCode == 202\n",
)

REPEATED_CRITERION: Final = Rule(
    "AZ421",
    "repeated-criterion",
    Severity.HINT,
    "A list of criteria states the same one twice",
    "Once is enough. Often one of the two was meant to be another one.",
    f"{_READ}    successCriteria:\n      - condition: $statusCode == 200\n"
    "      - condition: $statusCode == 200\n",
    f"{_READ}    successCriteria:\n      - condition: $statusCode == 200\n",
)

UNDOCUMENTED_STATUS: Final = Rule(
    "AZ422",
    "undocumented-status",
    Severity.WARNING,
    "A step or an action waits for a success that the operation is not described to answer",
    "The description states responses, and none of them (neither its range, such as `2XX`, nor `default`) is "
    "one that the success criteria take. Where the description is right, the step always fails, and an "
    "action that asks for such a status is never taken. Descriptions rarely state all errors: nothing is "
    "said of steps that wait for one, and of actions only statuses from 200 to 299 are told.",
    f"{_READ}    successCriteria:\n      - condition: $statusCode == 201\n",
    f"{_READ}    successCriteria:\n      - condition: $statusCode == 200\n",
)

SLOW_PATTERN: Final = Rule(
    "AZ424",
    "slow-pattern",
    Severity.WARNING,
    "A pattern can take exponential time",
    "Python's `re` tries one way through a pattern after another. Where a loop can take the same text in two "
    "ways, each turn doubles the ways, and a text that does not match in the end has all of them tried: "
    "forty characters of a response keep the program busy for hours. Write the pattern so that only one way "
    "takes a text: `(a+)+` as `a+`, `(\\w+\\s?)*` as `(\\w|\\s)*`, or with something between the turns.",
    f"{_READ}    successCriteria:\n      - context: $response.body#/id\n        type: regex\n"
    "        condition: '^([a-z]+ ?)+$'\n",
    f"{_READ}    successCriteria:\n      - context: $response.body#/id\n        type: regex\n"
    "        condition: '^[a-z]+( [a-z]+)*$'\n",
)

ALWAYS_HOLDS: Final = Rule(
    "AZ423",
    "always-holds",
    Severity.HINT,
    "A criterion holds for every response",
    "No status from 100 to 599, and nothing else of a response, can make it fail, so it decides nothing. A "
    "step without success criteria succeeds with statuses from 200 to 299; with this one alone, it succeeds "
    "whatever comes.",
    f"{_READ}    successCriteria:\n      - condition: $statusCode >= 100\n",
    f"{_READ}    successCriteria:\n      - condition: $statusCode < 300\n",
)

RULES: Final[tuple[Rule, ...]] = (
    SHADOWED_ACTION,
    ENDLESS_LOOP,
    FUTILE_RETRY,
    SINGLE_LOOK,
    NEVER_HOLDS,
    REPEATED_CRITERION,
    UNDOCUMENTED_STATUS,
    ALWAYS_HOLDS,
    SLOW_PATTERN,
)
