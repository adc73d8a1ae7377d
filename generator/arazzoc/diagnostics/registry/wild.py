"""Rules about forms that the specification does not allow but whose meaning is clear (AZ5xx)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ALL_INPUTS",
    "BARE_PREDICATE",
    "BRACED_CONDITION",
    "BRACELESS_EXPRESSION",
    "DOTTED_PATH",
    "DOUBLE_QUOTED_LITERAL",
    "EMPTY_FIELD",
    "INNER_REFERENCE",
    "LEFT_OUT_CREDENTIAL",
    "LEFT_OUT_PARAMETER",
    "LOOSE_OPERATION_PATH",
    "LOOSE_WORD",
    "MISPLACED_PARAMETER",
    "OBJECT_FILTER",
    "PLURAL_HEADERS",
    "POINTER_WITHOUT_SLASH",
    "RANGE_AS_TYPE",
    "RULES",
    "STATUS_OF_A_WORKFLOW",
    "TELLING_FIELD",
    "UNQUALIFIED_OPERATION_ID",
    "UNWRAPPED_SOURCE_REFERENCE",
]

_STEP = "stepId: read\noperationId: get_job\n"
_CLOSE = (
    "sourceDescriptions:\n"
    "  - {name: jobs, url: jobs.openapi.yaml, type: openapi}\n"
    "  - {name: sessions, url: sessions.openapi.yaml, type: openapi}\n"
    "workflows:\n  - workflowId: close\n    steps:\n      - stepId: close\n        operationId: "
)
_OTHER_TOOLS = " Other tools may read it differently or not at all."


def _tolerated(
    code: str, name: str, title: str, explanation: str, *, example: str, mended: str
) -> Rule:
    return Rule(
        code,
        name,
        Severity.WARNING,
        title,
        explanation + _OTHER_TOOLS,
        example,
        mended,
        tolerated=True,
    )


def _criterion(condition: str, kind: str = "jsonpath") -> str:
    context = f"    context: $response.body\n    type: {kind}\n" if kind != "simple" else ""
    return f"{_STEP}successCriteria:\n  - condition: {condition}\n{context}"


BRACELESS_EXPRESSION: Final = _tolerated(
    "AZ501",
    "braceless-expression",
    "An expression is embedded in text without braces",
    "Text embeds expressions in braces: `Bearer {$inputs.token}`. Without them the specification means the "
    "characters `$inputs.token` themselves. Where `$` starts a word, and what follows is a complete "
    "expression that has a value there, the value is put in all the same.",
    example=_STEP
    + "parameters:\n  - {name: Authorization, in: header, value: Bearer $inputs.token}\n",
    mended=_STEP
    + "parameters:\n  - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n",
)

DOTTED_PATH: Final = _tolerated(
    "AZ502",
    "dotted-path",
    "Dots or brackets lead into a value where a JSON Pointer should",
    "The way into a value is a JSON Pointer after `#`: `$response.body#/job/id`, "
    "`$inputs.job#/tags/0`. Names may hold dots, so `$inputs.job.id` is an input called `job.id` first; "
    "only where there is none is it the member `id` of the input `job`.",
    example=_STEP + "outputs:\n  id: $response.body.job.id\n",
    mended=_STEP + "outputs:\n  id: $response.body#/job/id\n",
)

POINTER_WITHOUT_SLASH: Final = _tolerated(
    "AZ503",
    "pointer-without-slash",
    "A JSON Pointer does not start with a slash",
    "A JSON Pointer that is not empty starts with `/` (RFC 6901). It is read as if the slash were there.",
    example=_STEP + "outputs:\n  id: $response.body#id\n",
    mended=_STEP + "outputs:\n  id: $response.body#/id\n",
)

PLURAL_HEADERS: Final = _tolerated(
    "AZ504",
    "plural-headers",
    "`headers.` stands where the specification has `header.`",
    "A header is read with `$response.header.NAME` or `$request.header.NAME`, in the singular.",
    example=_STEP + "outputs:\n  etag: $response.headers.ETag\n",
    mended=_STEP + "outputs:\n  etag: $response.header.ETag\n",
)

DOUBLE_QUOTED_LITERAL: Final = _tolerated(
    "AZ505",
    "double-quoted-literal",
    "A simple condition has text in double quotes",
    "Text in a simple condition stands in single quotes; a quote inside is doubled, as in `'it''s'`.",
    example=_criterion('$response.body#/status == "Completed"', "simple"),
    mended=_criterion("$response.body#/status == 'Completed'", "simple"),
)

BARE_PREDICATE: Final = _tolerated(
    "AZ506",
    "bare-jsonpath-predicate",
    "A JSONPath criterion is a logical expression, not a query",
    "A JSONPath criterion is a query, and holds where the query finds something. A logical expression alone "
    "is no query by RFC 9535; it is taken as a truth value over the context, by RFC 9535's rules for "
    "comparisons: text is compared with regard to case, and `$.a != 1` holds where there is no `a`. "
    "`.length` is the size of a list, text or object that has no member of that name. The same can be said "
    "with a simple condition, or with a filter where the context is a list.",
    example=_criterion("$.status == 'Queued'"),
    mended=_criterion("$response.body#/status == 'Queued'", "simple"),
)

BRACED_CONDITION: Final = _tolerated(
    "AZ507",
    "braced-condition",
    "A simple condition stands in braces",
    "Braces embed an expression in text. A simple condition is no text, so it needs none as a whole. They "
    "may stand around an expression in it, and have to where that holds white space or an operator's "
    "characters.",
    example=_criterion("'{$statusCode == 200}'", "simple"),
    mended=_criterion("$statusCode == 200", "simple"),
)

UNQUALIFIED_OPERATION_ID: Final = _tolerated(
    "AZ508",
    "unqualified-operation-id",
    "A plain operationId is used although there are several sources",
    "Where a document has more than one source, an operation is named with its source, since two sources "
    "may have operations of the same name. A plain one is accepted where exactly one source has it, or where "
    "all that have it say the same of its method, path and servers: then the first is taken.",
    example=_CLOSE + "close_session\n",
    mended=_CLOSE + "$sourceDescriptions.sessions.close_session\n",
)

UNWRAPPED_SOURCE_REFERENCE: Final = _tolerated(
    "AZ509",
    "unwrapped-source-reference",
    "A source is named without `$sourceDescriptions`",
    "An `operationPath` is `{$sourceDescriptions.NAME.url}` and a JSON Pointer; an `operationId` of a "
    "certain source is `$sourceDescriptions.NAME.ID`. Bare forms such as `NAME#/paths/...`, `#/paths/...` "
    "and `NAME.ID`, and a source's `url` written out, are understood where they can mean one source alone.",
    example="operationPath: 'jobs#/paths/~1jobs~1{id}/get'\n",
    mended="operationPath: '{$sourceDescriptions.jobs.url}#/paths/~1jobs~1{id}/get'\n",
)

OBJECT_FILTER: Final = _tolerated(
    "AZ510",
    "object-filter",
    "A filter is applied to an object as if it were an item",
    "`$[?...]` tests the items of a list, or the member values of an object. Where the context is an object "
    "and none of its members passes, the filter is tried once more on the object itself, which is what such "
    "criteria mean, the specification's own example among them. To say it plainly, use a simple condition.",
    example=_criterion("$[?@.status == 'Queued']"),
    mended=_criterion("$response.body#/status == 'Queued'", "simple"),
)

STATUS_OF_A_WORKFLOW: Final = _tolerated(
    "AZ511",
    "status-of-a-workflow",
    "The status of a step that runs a workflow is compared",
    "A step with `workflowId` sends no request of its own, so it has no `$statusCode`. A success criterion "
    "that compares it with a status of success is taken to say that the workflow succeeds, which is so "
    "without it. Remove the criterion.",
    example="workflows:\n  - workflowId: work\n    steps:\n      - stepId: list\n        workflowId: all\n"
    "        successCriteria:\n          - condition: $statusCode == 200\n"
    "  - workflowId: all\n    steps:\n      - {stepId: list, operationId: list_jobs}\n",
    mended="workflows:\n  - workflowId: work\n    steps:\n      - stepId: list\n        workflowId: all\n"
    "  - workflowId: all\n    steps:\n      - {stepId: list, operationId: list_jobs}\n",
)

ALL_INPUTS: Final = _tolerated(
    "AZ512",
    "all-inputs",
    "`$inputs` stands alone, for all inputs",
    "The grammar of runtime expressions has `$inputs.NAME` alone: a value is one input. `$inputs` is taken "
    "for an object of all inputs that the workflow declares, without those that are not given. Name those "
    "that are meant: what is sent then does not change when an input is added.",
    example="inputs:\n  type: object\n  properties:\n    name: {type: string}\nsteps:\n  - stepId: create\n"
    "    operationId: create_job\n    requestBody:\n      payload: $inputs\n",
    mended="inputs:\n  type: object\n  properties:\n    name: {type: string}\nsteps:\n  - stepId: create\n"
    "    operationId: create_job\n    requestBody:\n      payload: {name: $inputs.name}\n",
)

LEFT_OUT_CREDENTIAL: Final = _tolerated(
    "AZ513",
    "left-out-credential",
    "A credential that an operation requires as a parameter is left out",
    "Some descriptions state a credential as a required parameter, such as `token` or `X-Api-Key`, where a "
    "security scheme is meant. Where no parameter passes it, it is an argument of the function, like the "
    "credentials of security schemes. Pass it as a parameter, or mend the description.",
    example="stepId: list\noperationId: list_queues\n",
    mended="stepId: list\noperationId: list_queues\n"
    "parameters:\n  - {name: token, in: header, value: $inputs.token}\n",
)

MISPLACED_PARAMETER: Final = _tolerated(
    "AZ514",
    "misplaced-parameter",
    "A parameter is passed in another place than the one where the operation has it",
    "A parameter is told from others by its name and place. Where the operation has one of that name at one "
    "other place alone, and needs it there or could not be sent it here, it is sent there.",
    example=_STEP + "parameters:\n  - {name: id, in: query, value: $inputs.jobId}\n",
    mended=_STEP + "parameters:\n  - {name: id, in: path, value: $inputs.jobId}\n",
)

LEFT_OUT_PARAMETER: Final = _tolerated(
    "AZ515",
    "left-out-parameter",
    "A parameter is left out that is required and can have one value only",
    "What a description requires has to be passed. Where its schema allows one value (`const`, an `enum` of "
    "one) or proposes one (`default`), that is sent.",
    example="stepId: list\noperationId: list_versions\n",
    mended="stepId: list\noperationId: list_versions\n"
    "parameters:\n  - {name: api-version, in: query, value: '2026-01-01'}\n",
)

RANGE_AS_TYPE: Final = _tolerated(
    "AZ516",
    "range-as-type",
    "The content type of a body is a range of media types",
    "A description may declare a range such as `application/*+json`; a request says of its body what it is. "
    "One of the types in the range is sent: JSON, where that is one of them.",
    example="stepId: create\noperationId: create_job\nrequestBody:\n  contentType: application/*+json\n"
    "  payload: {backend: simulator}\n",
    mended="stepId: create\noperationId: create_job\nrequestBody:\n  contentType: application/json\n"
    "  payload: {backend: simulator}\n",
)

EMPTY_FIELD: Final = _tolerated(
    "AZ517",
    "empty-field",
    "A field that may be left out is written without a value",
    "In YAML `outputs:` with nothing behind it is null, and programs write `null` for what they do not "
    "have. No optional field of Arazzo can be null; one that is counts as left out. Give it a value, or "
    "remove it.",
    example=f"{_STEP}outputs:\n",
    mended=_STEP,
)

TELLING_FIELD: Final = _tolerated(
    "AZ518",
    "telling-field",
    "A field that only tells readers something stands where there is none of that name",
    "Not every object has a `description`, a `summary` or `tags`, and an unknown field makes a document "
    "invalid. These change nothing in what a workflow does, and are passed over. Extensions begin with "
    "`x-`.",
    example=f"{_STEP}successCriteria:\n  - condition: $statusCode == 200\n"
    "    description: The job is there.\n",
    mended=f"{_STEP}successCriteria:\n  - condition: $statusCode == 200  # the job is there\n",
)

LOOSE_WORD: Final = _tolerated(
    "AZ519",
    "loose-word",
    "A word of the specification is written in another way",
    "Places of parameters and types of criteria, actions and sources are words that are spelt in one way: "
    "`query`, `jsonpath`, `goto`, `openapi`. One that differs in case or separators alone is taken as meant.",
    example=_STEP + "parameters:\n  - {name: id, in: Path, value: $inputs.jobId}\n",
    mended=_STEP + "parameters:\n  - {name: id, in: path, value: $inputs.jobId}\n",
)

LOOSE_OPERATION_PATH: Final = _tolerated(
    "AZ520",
    "loose-operation-path",
    "An `operationPath` names one operation, but not by a JSON Pointer",
    "The pointer behind `#` is `/paths/PATH/METHOD`, with every `/` of the path written as `~1`. A path "
    "whose slashes are not escaped, or a method and a path such as `GET /jobs`, is understood where one "
    "operation alone can be meant.",
    example="operationPath: '{$sourceDescriptions.jobs.url}#/paths/jobs/{id}/get'\n",
    mended="operationPath: '{$sourceDescriptions.jobs.url}#/paths/~1jobs~1{id}/get'\n",
)

INNER_REFERENCE: Final = _tolerated(
    "AZ521",
    "inner-reference",
    "A reference within the inputs begins at their schema, not at the document",
    "`#/$defs/NAME` leads into the document's own `$defs`, which an Arazzo document does not have. Where a "
    "schema around the reference has them, they are meant. State the whole way, give the schema an `$id`, "
    "or keep what is shared under `components.inputs`.",
    example="workflowId: read\ninputs:\n  type: object\n  properties:\n    jobId:\n      $ref: '#/$defs/Id'\n"
    "  $defs:\n    Id: {type: string}\nsteps:\n  - stepId: list\n    operationId: list_jobs\n",
    mended="workflowId: read\ninputs:\n  $id: https://jobs.example/read\n  type: object\n  properties:\n"
    "    jobId:\n      $ref: '#/$defs/Id'\n  $defs:\n    Id: {type: string}\nsteps:\n"
    "  - stepId: list\n    operationId: list_jobs\n",
)

RULES: Final[tuple[Rule, ...]] = (
    BRACELESS_EXPRESSION,
    DOTTED_PATH,
    POINTER_WITHOUT_SLASH,
    PLURAL_HEADERS,
    DOUBLE_QUOTED_LITERAL,
    BARE_PREDICATE,
    BRACED_CONDITION,
    UNQUALIFIED_OPERATION_ID,
    UNWRAPPED_SOURCE_REFERENCE,
    OBJECT_FILTER,
    STATUS_OF_A_WORKFLOW,
    ALL_INPUTS,
    LEFT_OUT_CREDENTIAL,
    MISPLACED_PARAMETER,
    LEFT_OUT_PARAMETER,
    RANGE_AS_TYPE,
    EMPTY_FIELD,
    TELLING_FIELD,
    LOOSE_WORD,
    LOOSE_OPERATION_PATH,
    INNER_REFERENCE,
)
