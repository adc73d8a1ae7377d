"""Rules about parts of Arazzo that are not compiled yet (AZ8xx)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ASYNCAPI_STEP",
    "BODY",
    "CRITERION",
    "EXPRESSION",
    "RULES",
    "SELECTOR",
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

CRITERION: Final = Rule(
    "AZ804",
    "unsupported-criterion",
    Severity.ERROR,
    "A criterion of this kind is not supported yet",
    "JSONPaths and XPaths that a run puts together are not compiled: whole queries, operators or steps of "
    "slices that are expressions. An expression that stands for a literal, a part of a text, a name or an "
    "index, as in `$.jobs[?@.id == '{$inputs.id}']` and `//job[@id = '{$inputs.id}']`, is compiled."
    + _LEFT_OUT,
    "context: $response.body\ncondition: '{$inputs.query}'\ntype: xpath\n",
    "context: $response.body\ncondition: //status = '{$response.header.X-Wanted}'\ntype: xpath\n",
)

BODY: Final = Rule(
    "AZ806",
    "unsupported-body",
    Severity.ERROR,
    "A request body of this kind is not supported yet",
    "Bodies of all media types are compiled, but no replacements whose target a run puts together."
    + _LEFT_OUT,
    "requestBody:\n  payload: {shots: 10}\n  replacements:\n"
    "    - {target: '{$inputs.path}', targetSelectorType: jsonpath, value: 20}\n",
    "requestBody:\n  payload: {shots: 10}\n  replacements:\n    - {target: /shots, value: 20}\n",
)

SELECTOR: Final = Rule(
    "AZ807",
    "unsupported-selector",
    Severity.ERROR,
    "A Selector Object of this kind is not supported yet",
    "Arazzo 1.1 lets an object with `context`, `selector` and `type` stand for a value. JSONPaths, JSON "
    "Pointers and XPaths are compiled; those that a run puts together are not." + _LEFT_OUT,
    "outputs:\n  id: {context: $response.body, selector: '{$inputs.query}', type: xpath}\n",
    "outputs:\n  id: {context: $response.body, selector: //id, type: xpath}\n",
)

RULES: Final[tuple[Rule, ...]] = (
    ASYNCAPI_STEP,
    EXPRESSION,
    CRITERION,
    BODY,
    SELECTOR,
)
