"""Rules about steps that are run again and again (AZ408, AZ409, AZ425, AZ426)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["ENDLESS_WAIT", "RULES", "SAME_PAGE", "UNLIKELY_DURATION", "UNLIMITED_RETRY"]

_PAGES: Final = (
    "stepId: list\noperationId: list_jobs\nparameters:\n  - {name: pageSize, in: query, value: 100}\nCURSOR"
    "onSuccess:\n  - name: more\n    type: goto\n    stepId: list\n"
    "    criteria: [{condition: $response.body#/nextCursor != null}]\n"
    "outputs: {next: $response.body#/nextCursor}\n"
)
_READ: Final = (
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters: [{name: id, in: path, value: x}]\n"
)

SAME_PAGE: Final = Rule(
    "AZ408",
    "same-page",
    Severity.WARNING,
    "A step asks for the same page again and again",
    "The step goes back to itself while the response tells of more pages, and its operation has a parameter "
    "for the page, but nothing in the request comes from the response before. So the first page is asked "
    "for until the program is stopped. Keep what tells the next page as an output of the step, and pass it: "
    "where the step has not run yet, the parameter is left out.",
    _PAGES.replace("CURSOR", ""),
    _PAGES.replace("CURSOR", "  - {name: cursor, in: query, value: $steps.list.outputs.next}\n"),
)

UNLIMITED_RETRY: Final = Rule(
    "AZ409",
    "unlimited-retry",
    Severity.WARNING,
    "A step that fails sends its request again at once, as often as it fails",
    "A failure action that goes to its own step knows neither a pause nor a limit: while the server is down, "
    "or refuses the request, it gets as many requests as the program can send. `retry` has `retryAfter` and "
    "`retryLimit`, and respects the `Retry-After` of the response.",
    f"{_READ}    onFailure:\n      - name: busy\n        type: goto\n        stepId: read\n"
    "        criteria: [{condition: $statusCode == 503}]\n",
    f"{_READ}    onFailure:\n      - name: busy\n        type: retry\n        retryAfter: 5\n"
    "        retryLimit: 10\n        criteria: [{condition: $statusCode == 503}]\n",
)

ENDLESS_WAIT: Final = Rule(
    "AZ425",
    "endless-wait",
    Severity.WARNING,
    "A step waits on when what it waits for cannot come any more",
    "The schema lists the states, and one of them, such as `failed`, is an end by its name; in it the "
    "step asks again all the same. A step that goes back to itself asks for ever; a `retry` asks until "
    "its limit is reached, which is told as a hint. Ask again in the states that pass, not in all but the "
    "one that is hoped for.",
    f"{_READ}    onSuccess:\n      - name: notYet\n        type: goto\n        stepId: read\n"
    "        criteria: [{condition: $response.body#/state != 'done'}]\n",
    f"{_READ}    onSuccess:\n      - name: notYet\n        type: goto\n        stepId: read\n"
    "        criteria: [{condition: $response.body#/state == 'running'}]\n",
)

UNLIKELY_DURATION: Final = Rule(
    "AZ426",
    "unlikely-duration",
    Severity.HINT,
    "A duration seems to be counted in another unit",
    "`retryAfter` counts seconds, `timeout` counts milliseconds. A pause of 5000 seconds lasts more than an "
    "hour, and within 30 milliseconds hardly any server answers. Nothing is said of whole hours.",
    f"{_READ}    onFailure:\n      - {{name: again, type: retry, retryAfter: 5000, retryLimit: 3}}\n",
    f"{_READ}    onFailure:\n      - {{name: again, type: retry, retryAfter: 5, retryLimit: 3}}\n",
)

RULES: Final[tuple[Rule, ...]] = (SAME_PAGE, UNLIMITED_RETRY, ENDLESS_WAIT, UNLIKELY_DURATION)
