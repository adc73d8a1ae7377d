"""Rules about parts of Arazzo that are not compiled yet (AZ8xx)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ASYNCAPI_STEP",
    "BODY",
    "CRITERION",
    "EXPRESSION",
    "PARAMETER",
    "RULES",
    "SELECTOR",
    "WORKFLOW_ORDER",
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

EXPRESSION: Final = Rule(
    "AZ802",
    "unsupported-expression",
    Severity.ERROR,
    "A runtime expression of this kind is not supported yet",
    "`$message` belongs to AsyncAPI, `$components` names what is no value, and neither are operations and "
    "workflows of `$sourceDescriptions`. `$outputs` is compiled in a step "
    "that runs a workflow, and `$workflows` for a workflow that a step runs or that `dependsOn` names."
    + _LEFT_OUT,
    "outputs:\n  page: $components.parameters.page\n",
    "outputs:\n  type: $response.header.Content-Type\n",
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
    "context: $response.body\ncondition: //status = '{$response.header.ETag}'\ntype: xpath\n",
)

PARAMETER: Final = Rule(
    "AZ805",
    "unsupported-parameter",
    Severity.ERROR,
    "A parameter of this media type is not supported yet",
    "A parameter whose `content` is no JSON, form or text, and a whole query (`querystring`) that is no "
    "form beside something else in the query, are read but not compiled." + _LEFT_OUT,
    "name: filter\nin: query\ncontent: {application/cbor: {}}\n",
    "name: filter\nin: query\ncontent: {application/json: {}}\n",
)

BODY: Final = Rule(
    "AZ806",
    "unsupported-body",
    Severity.ERROR,
    "A request body of this kind is not supported yet",
    "JSON, forms, multipart types, text and bytes are compiled. An object as text or bytes is not, nor are "
    "targets that a run puts together, nor parts of style `deepObject`." + _LEFT_OUT,
    "requestBody:\n  contentType: text/plain\n  payload: {text: $inputs.text}\n",
    "requestBody:\n  contentType: application/json\n  payload: {text: $inputs.text}\n",
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

_DIAMOND: Final = (
    "workflows:\n"
    "  - {{workflowId: report, dependsOn: [count, show], steps: [{{stepId: a, operationId: list_jobs}}]}}\n"
    "  - {{workflowId: count, dependsOn: [login], steps: [{{stepId: b, operationId: list_jobs}}]}}\n"
    "  - {{workflowId: show, {show}steps: [{{stepId: c, operationId: list_jobs}}]}}\n"
    "  - {{workflowId: login, steps: [{{stepId: d, operationId: list_jobs}}]}}\n"
)

WORKFLOW_ORDER: Final = Rule(
    "AZ808",
    "unsupported-order",
    Severity.ERROR,
    "Workflows that would run twice are not supported yet",
    "`dependsOn` of workflows is compiled but "
    "where two of them depend on a third one: a function runs first what its workflow depends on, so that "
    "one would run twice." + _LEFT_OUT,
    _DIAMOND.format(show="dependsOn: [login], "),
    _DIAMOND.format(show=""),
)

RULES: Final[tuple[Rule, ...]] = (
    ASYNCAPI_STEP,
    EXPRESSION,
    CRITERION,
    PARAMETER,
    BODY,
    SELECTOR,
    WORKFLOW_ORDER,
)
