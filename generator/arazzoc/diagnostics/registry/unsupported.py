"""Rules about parts of Arazzo that are not compiled yet (AZ8xx)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ASYNCAPI_STEP",
    "EXPRESSION",
    "RULES",
]

_LEFT_OUT = (
    " The workflow that uses it is left out, with this error; the other workflows of the document are "
    "generated."
)

ASYNCAPI_STEP: Final = Rule(
    "AZ801",
    "asyncapi-step",
    Severity.ERROR,
    "Steps that send or receive AsyncAPI messages are not supported yet",
    "Arazzo 1.1 lets a step send a message to a channel or wait for one." + _LEFT_OUT,
    "stepId: wait\nchannelPath: $sourceDescriptions.events#/channels/orders\naction: receive\n",
    "stepId: poll\noperationId: get_job\n",
)

_ROUND: Final = (
    "steps:\n  - stepId: list\n    operationId: list_jobs\n"
    "    parameters: [{{name: limit, in: query, value: $steps.list.outputs.next}}]\n"
    "    outputs: {{next: $response.body#/next, asked: {asked}}}\n"
    "    onSuccess:\n      - name: more\n        type: goto\n        stepId: list\n"
    "        criteria: [{{condition: $response.body#/next != null}}]\n"
)

EXPRESSION: Final = Rule(
    "AZ802",
    "unsupported-expression",
    Severity.ERROR,
    "A runtime expression of this kind is not supported yet",
    "`$request` reads what a step passed to its request. Where that was made of outputs of the same step, "
    "from the time before, these have been read anew by then." + _LEFT_OUT,
    _ROUND.format(asked="$request.query.limit"),
    _ROUND.format(asked="$url"),
)

RULES: Final[tuple[Rule, ...]] = (
    ASYNCAPI_STEP,
    EXPRESSION,
)
