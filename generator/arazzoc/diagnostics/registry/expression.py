"""Rules about how expressions and criteria are written (AZ200 to AZ209)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "BRACED_WHOLE",
    "COMPOSED_QUERY",
    "DOLLAR_BEFORE_BRACES",
    "DOUBLE_BRACES",
    "INVALID_CONDITION",
    "INVALID_EXPRESSION",
    "INVALID_JSONPATH",
    "INVALID_REGEX",
    "INVALID_XPATH",
    "LITERAL_OUTPUT",
    "MISSING_DOLLAR",
    "QUOTED_EXPRESSION",
    "RULES",
]

_STEP = "stepId: read\noperationId: get_job\n"
_LIST = "stepId: list\noperationId: list_jobs\n"

INVALID_EXPRESSION: Final = Rule(
    "AZ201",
    "invalid-expression",
    Severity.ERROR,
    "A runtime expression is not written as the specification says",
    "A runtime expression is `$url`, `$method`, `$statusCode` or `$self`, or one of `$request.`, "
    "`$response.`, `$inputs.`, `$outputs.`, `$steps.STEP.outputs.`, `$workflows.WORKFLOW.outputs.`, "
    "`$sourceDescriptions.`, `$components.` and `$message.` with what follows them; `#/pointer` leads into "
    "a value. The grammar stands in the specification under *Runtime Expressions*. Text that begins like "
    "an expression but is none would be sent as it is written, dollar sign and all, so it is an error.",
    _STEP + "parameters:\n  - {name: id, in: path, value: $input.jobId}\n",
    _STEP + "parameters:\n  - {name: id, in: path, value: $inputs.jobId}\n",
)

INVALID_CONDITION: Final = Rule(
    "AZ202",
    "invalid-condition",
    Severity.ERROR,
    "A simple condition is not written as the specification says",
    "A simple condition compares runtime expressions and literals with `==`, `!=`, `<`, `<=`, `>` and `>=`, "
    "and joins comparisons with `&&`, `||`, `!` and parentheses. Text stands in single quotes, with `''` for "
    "a quote inside. The words `and`, `or`, `not`, `in` and `contains` are no operators.\n\n"
    "An expression in a condition ends at white space and at an operator. One that holds such characters "
    "itself stands in braces: `{$response.body#/first name} == 'Ada'`.",
    _STEP + "successCriteria:\n  - condition: $statusCode = 200\n",
    _STEP + "successCriteria:\n  - condition: $statusCode == 200\n",
)

INVALID_JSONPATH: Final = Rule(
    "AZ203",
    "invalid-jsonpath",
    Severity.ERROR,
    "A JSONPath query is not legal by RFC 9535",
    "Arazzo's JSONPath is that of RFC 9535. Older dialects allowed more: scripts such as "
    "`$[(@.length-1)]` (now `$[-1]`), regular expressions with `=~` (now `match()` and `search()`), and "
    "`.length` (now `length()`). A comparison needs a single value on both sides, so `@.*` and `@..a` "
    "cannot be compared.",
    _LIST
    + "successCriteria:\n  - context: $response.body\n    type: jsonpath\n"
    + "    condition: $.jobs[(@.length-1)]\n",
    _LIST
    + "successCriteria:\n  - context: $response.body\n    type: jsonpath\n"
    + "    condition: $.jobs[-1]\n",
)

INVALID_REGEX: Final = Rule(
    "AZ204",
    "invalid-regex",
    Severity.ERROR,
    "A regular expression does not compile",
    "Generated code uses Python's `re`, and looks for the pattern anywhere in the context. Most patterns "
    "mean the same in other languages. Differences that are noticed: a named group is `(?P<name>...)`, "
    "there is no `\\p{L}`, and no slashes stand around a pattern.\n\n"
    "In a JSONPath, `match()` and `search()` take the patterns of RFC 9485, which have `\\p{L}` but neither "
    "`\\d`, `\\w` and `\\s` nor look-arounds, and in which `match()` has to fit the whole text.",
    _STEP
    + "successCriteria:\n  - context: $statusCode\n    type: regex\n    condition: '^(200|201$'\n",
    _STEP
    + "successCriteria:\n  - context: $statusCode\n    type: regex\n    condition: '^(200|201)$'\n",
)

BRACED_WHOLE: Final = Rule(
    "AZ205",
    "braced-whole-expression",
    Severity.WARNING,
    "A value is one expression in braces, which makes it text",
    "Braces embed an expression in text, so `{$inputs.limit}` is the text `10` where `$inputs.limit` is the "
    "number 10, and an object becomes its JSON as text. Drop the braces to keep the value's type. Where "
    "text is meant, leave them.",
    "requestBody:\n  payload:\n    limit: '{$inputs.limit}'\n",
    "requestBody:\n  payload:\n    limit: $inputs.limit\n",
)

INVALID_XPATH: Final = Rule(
    "AZ206",
    "invalid-xpath",
    Severity.ERROR,
    "An XPath is not legal by the version that it states",
    "An XPath follows XPath 3.1, or the version that the `type` object states: `xpath-10`, `xpath-20` or "
    "`xpath-30`. Functions that look outside of the context, such as `doc()`, and variables that the query "
    "does not bind are errors as well; a value of the workflow is embedded in braces: "
    "`//job[@id = '{$inputs.id}']`. The grammar is checked where elementpath is installed "
    "(`pip install 'arazzoc[xpath]'`); without it, only quotes, comments, brackets and names are.",
    _STEP
    + "successCriteria:\n  - context: $response.body\n    type: xpath\n"
    + "    condition: /job/status == 'Done'\n",
    _STEP
    + "successCriteria:\n  - context: $response.body\n    type: xpath\n"
    + "    condition: /job/status = 'Done'\n",
)

COMPOSED_QUERY: Final = Rule(
    "AZ207",
    "composed-query",
    Severity.WARNING,
    "Data decides what a query asks for",
    "`{$x}` as a whole JSONPath or XPath, as an operator or as any other piece of one is put in as text, and "
    "the query is read when the workflow runs. Whoever gives the value can then ask another question than "
    "the one that the document shows: `1 == 1 || ` makes a filter of success criteria hold for anything, and "
    "an XPath can keep the machine busy for ever. An expression that stands for a literal, a part of a text, "
    "a name or an index stays a value, whatever it is. Where the query is meant to come from outside, and "
    "that side is trusted, ignore this. A JSONPath that is put together needs the package "
    "jsonpath-rfc9535 where the module runs.",
    _STEP
    + "successCriteria:\n  - context: $response.body#/job\n    type: jsonpath\n"
    + "    condition: $[?{$inputs.text}]\n",
    _STEP
    + "successCriteria:\n  - context: $response.body#/job\n    type: jsonpath\n"
    + "    condition: $[?@.id == '{$inputs.text}']\n",
)

LITERAL_OUTPUT: Final = Rule(
    "AZ208",
    "literal-output",
    Severity.WARNING,
    "An output is text without an expression",
    "An output is a runtime expression (Arazzo 1.1.0, Step Object). Without `$` it is the text itself, "
    "whatever the response holds. Where `$` alone is missing, AZ230 says so.",
    _STEP + "outputs:\n  status: body.status\n",
    _STEP + "outputs:\n  status: $response.body#/status\n",
)

QUOTED_EXPRESSION: Final = Rule(
    "AZ209",
    "quoted-expression",
    Severity.WARNING,
    "An expression in a simple condition stands in quotes",
    "Text in quotes is a literal in a `simple` condition: nothing is put in, with braces or without, and "
    "`$response.body#/id == '$inputs.id'` asks whether the id is `$inputs.id`, letter by letter. Only "
    "conditions of type `regex`, `jsonpath` and `xpath` take values in braces.",
    _STEP + "successCriteria:\n  - condition: $response.body#/status == '{$inputs.text}'\n",
    _STEP + "successCriteria:\n  - condition: $response.body#/status == $inputs.text\n",
)

_INPUT: Final = (
    "inputs: {type: object, required: [id], properties: {id: {type: string}}}\n"
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters:\n      - {name: id, in: path, value: VALUE}\n"
)

MISSING_DOLLAR: Final = Rule(
    "AZ230",
    "missing-dollar",
    Severity.WARNING,
    "A text would be a runtime expression if a `$` stood before it",
    "Without `$` it is the text itself that is sent, such as the letters `inputs.id`. It is told only where "
    "what it names is there. Write `$` before it; in the middle of a text, put it in braces as well. In the "
    "value of a parameter, `{{id}}`, `${id}`, `{id}`, `<id>`, `$id` and `$inputs['id']` are told of too "
    "where the workflow has an input `id`: write `$inputs.id`.",
    _INPUT.replace("VALUE", "inputs.id"),
    _INPUT.replace("VALUE", "$inputs.id"),
)

DOUBLE_BRACES: Final = Rule(
    "AZ231",
    "double-braces",
    Severity.WARNING,
    "An expression stands in two pairs of braces",
    "Templates of other languages write `{{name}}`; here one pair of braces embeds an expression, and the "
    "other one is text around it: `{{$inputs.id}}` sends `{42}`. A value that is one whole expression needs "
    "none.",
    _INPUT.replace("VALUE", "'{{$inputs.id}}'"),
    _INPUT.replace("VALUE", "$inputs.id"),
)

DOLLAR_BEFORE_BRACES: Final = Rule(
    "AZ232",
    "dollar-before-braces",
    Severity.WARNING,
    "A `$` stands before an expression in braces",
    "Templates of other languages write `${name}`; here the braces embed the expression, and the `$` before "
    "them is text: `${$inputs.id}` sends `$42`. It is told of the values of parameters alone: in other texts "
    "it may be a sum of money.",
    _INPUT.replace("VALUE", "'${$inputs.id}'"),
    _INPUT.replace("VALUE", "$inputs.id"),
)

RULES: Final[tuple[Rule, ...]] = (
    INVALID_EXPRESSION,
    INVALID_CONDITION,
    INVALID_JSONPATH,
    INVALID_REGEX,
    BRACED_WHOLE,
    INVALID_XPATH,
    COMPOSED_QUERY,
    LITERAL_OUTPUT,
    QUOTED_EXPRESSION,
    MISSING_DOLLAR,
    DOUBLE_BRACES,
    DOLLAR_BEFORE_BRACES,
)
