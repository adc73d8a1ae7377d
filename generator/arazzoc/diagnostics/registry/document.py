"""Rules about the shape of an Arazzo document (AZ1xx)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "CONFLICTING_FIELDS",
    "DUPLICATE_ACTION",
    "DUPLICATE_ID",
    "DUPLICATE_PARAMETER",
    "EMPTY_LIST",
    "INVALID_KEY",
    "LOOSE_SCALAR",
    "MISPLACED_FIELD",
    "MISSING_CONTEXT",
    "MISSING_FIELD",
    "MISSING_LOCATION",
    "MISSING_TARGET",
    "NOT_ARAZZO",
    "NOT_ASYNCAPI",
    "REF_FOR_REFERENCE",
    "RULES",
    "SIMPLE_WITHOUT_CONTEXT",
    "UNKNOWN_COMPONENT",
    "UNKNOWN_FIELD",
    "UNSUPPORTED_VERSION",
    "UNUSUAL_ID",
    "WRONG_COMPONENT",
    "WRONG_TYPE",
    "WRONG_VALUE",
]

NOT_ARAZZO: Final = Rule(
    "AZ101",
    "not-arazzo",
    Severity.ERROR,
    "The document is not an Arazzo document",
    "An Arazzo document is a mapping whose `arazzo` field gives the version of the specification. "
    "Name Arazzo documents here; OpenAPI descriptions belong in their `sourceDescriptions`.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths: {}\n",
    "arazzo: 1.0.1\n"
    "info:\n  title: Pets\n  version: 1.0.0\n"
    "sourceDescriptions:\n  - name: pets\n    url: pets.openapi.yaml\n    type: openapi\n"
    "workflows:\n  - workflowId: list\n    steps:\n      - stepId: list\n        operationId: list\n",
)

UNSUPPORTED_VERSION: Final = Rule(
    "AZ102",
    "unsupported-version",
    Severity.ERROR,
    "The document follows a version of Arazzo that is not known",
    "Versions 1.0.x and 1.1.x are known. A later 1.x is read as 1.1, with a warning; another major "
    "version is not read at all, since its fields may mean anything.",
    "arazzo: 2.0.0\n"
    "info:\n  title: Pets\n  version: 1.0.0\n"
    "sourceDescriptions:\n  - name: pets\n    url: pets.openapi.yaml\n    type: openapi\n"
    "workflows:\n  - workflowId: list\n    steps:\n      - stepId: list\n        operationId: list\n",
    "arazzo: 1.1.0\n"
    "info:\n  title: Pets\n  version: 1.0.0\n"
    "sourceDescriptions:\n  - name: pets\n    url: pets.openapi.yaml\n    type: openapi\n"
    "workflows:\n  - workflowId: list\n    steps:\n      - stepId: list\n        operationId: list\n",
)

MISSING_FIELD: Final = Rule(
    "AZ103",
    "missing-field",
    Severity.ERROR,
    "A required field is missing",
    "The specification requires the field, and nothing sensible can stand in for it. Add it.",
    "workflowId: list\nsteps:\n  - operationId: list\n",
    "workflowId: list\nsteps:\n  - stepId: list\n    operationId: list\n",
)

UNKNOWN_FIELD: Final = Rule(
    "AZ104",
    "unknown-field",
    Severity.ERROR,
    "An object has a field that the specification does not know",
    "Most often the name is misspelt (`operationID`), stands one level too deep or too high, or belongs "
    "to a later version of the specification. Such a field would silently do nothing. Mend its name, "
    "raise the `arazzo` version, or start the name with `x-` if it is an extension.",
    "stepId: list\noperationID: list\n",
    "stepId: list\noperationId: list\n",
)

WRONG_TYPE: Final = Rule(
    "AZ105",
    "wrong-type",
    Severity.ERROR,
    "A value has the wrong type",
    "The specification gives every field a type, such as text, a whole number, a list or a mapping. "
    "In YAML a list's items start with `- `, and text that looks like a number needs quotes.",
    "stepId: list\noperationId: list\nsuccessCriteria:\n  condition: $statusCode == 200\n",
    "stepId: list\noperationId: list\nsuccessCriteria:\n  - condition: $statusCode == 200\n",
)

WRONG_VALUE: Final = Rule(
    "AZ106",
    "wrong-value",
    Severity.ERROR,
    "A value has the right type but is not allowed",
    "Some fields allow certain words only (`in: query`), and some numbers must not be negative. Use one "
    "of the values that the hint names.",
    "stepId: list\noperationId: list\nparameters:\n  - name: limit\n    in: body\n    value: 10\n",
    "stepId: list\noperationId: list\nparameters:\n  - name: limit\n    in: query\n    value: 10\n",
)

EMPTY_LIST: Final = Rule(
    "AZ107",
    "empty-list",
    Severity.ERROR,
    "A list that needs an entry has none",
    "`sourceDescriptions`, `workflows` and `steps` need an entry. An empty `successCriteria` does not "
    "say whether any response will do or only a 2xx: leave the field out to accept every 2xx status.",
    "stepId: list\noperationId: list\nsuccessCriteria: []\n",
    "stepId: list\noperationId: list\nsuccessCriteria:\n  - condition: $statusCode == 200\n",
)

DUPLICATE_ID: Final = Rule(
    "AZ108",
    "duplicate-id",
    Severity.ERROR,
    "An id is used twice",
    "Workflow ids and source names are unique in a document, step ids in a workflow, and a `dependsOn` "
    "names each thing once. Expressions such as `$steps.ID` would be ambiguous. Rename one of the two. "
    "Ids are compared with regard to case.",
    "workflowId: pets\nsteps:\n"
    "  - stepId: list\n    operationId: list\n  - stepId: list\n    operationId: count\n",
    "workflowId: pets\nsteps:\n"
    "  - stepId: list\n    operationId: list\n  - stepId: count\n    operationId: count\n",
)

DUPLICATE_PARAMETER: Final = Rule(
    "AZ109",
    "duplicate-parameter",
    Severity.ERROR,
    "A list holds the same parameter twice",
    "A parameter is identified by its `name` and `in` (header names without regard to case). Which of "
    "two values would be sent is not defined. Remove one; to send several values, give a list as value.",
    "stepId: list\noperationId: list\nparameters:\n"
    "  - name: limit\n    in: query\n    value: 10\n  - name: limit\n    in: query\n    value: 20\n",
    "stepId: list\noperationId: list\nparameters:\n  - name: limit\n    in: query\n    value: 10\n",
)

DUPLICATE_ACTION: Final = Rule(
    "AZ110",
    "duplicate-action",
    Severity.ERROR,
    "A list holds two actions of the same name",
    "An action's name identifies it: a step's action overrides the workflow's of the same name. Give "
    "each action of a list a name of its own.",
    "stepId: list\noperationId: list\nonSuccess:\n"
    "  - name: done\n    type: end\n    criteria:\n      - condition: $statusCode == 200\n"
    "  - name: done\n    type: end\n",
    "stepId: list\noperationId: list\nonSuccess:\n"
    "  - name: done\n    type: end\n    criteria:\n      - condition: $statusCode == 200\n"
    "  - name: otherwise\n    type: end\n",
)

UNUSUAL_ID: Final = Rule(
    "AZ111",
    "unusual-id",
    Severity.WARNING,
    "An id holds characters that the specification advises against",
    "Ids of workflows, steps and sources should match `[A-Za-z0-9_-]+`. Others may be impossible to name "
    "in an expression: in `$steps.a.b.outputs.c` nobody can tell whether the step is `a` or `a.b`.",
    "stepId: list pets\noperationId: list\n",
    "stepId: list-pets\noperationId: list\n",
)

INVALID_KEY: Final = Rule(
    "AZ112",
    "invalid-key",
    Severity.WARNING,
    "The name of an output or a component holds a character that is not allowed",
    "Names of outputs and components match `[a-zA-Z0-9._-]+`. Others are understood here, but no other tool "
    "need do so, and most expressions cannot spell them. Rename it, here and where it is used.",
    "stepId: list\noperationId: list\noutputs:\n  first pet: $response.body#/0\n",
    "stepId: list\noperationId: list\noutputs:\n  first_pet: $response.body#/0\n",
    tolerated=True,
)

CONFLICTING_FIELDS: Final = Rule(
    "AZ113",
    "conflicting-fields",
    Severity.ERROR,
    "Two fields exclude each other",
    "A step calls one thing: by `operationId`, by `operationPath` or by `workflowId`. An action goes to "
    "one place: `stepId` or `workflowId`. Keep one of them.",
    "stepId: list\noperationId: list\nworkflowId: listAll\n",
    "stepId: list\noperationId: list\n",
)

MISSING_TARGET: Final = Rule(
    "AZ114",
    "missing-target",
    Severity.ERROR,
    "A step calls nothing, or an action goes nowhere",
    "A step needs one of `operationId`, `operationPath` and `workflowId`; an action of type `goto` needs "
    "`stepId` or `workflowId`.",
    "stepId: list\ndescription: Lists the pets.\n",
    "stepId: list\ndescription: Lists the pets.\noperationId: list\n",
)

MISPLACED_FIELD: Final = Rule(
    "AZ115",
    "misplaced-field",
    Severity.WARNING,
    "A field has no effect where it stands",
    "The field is known but means nothing here, such as `retryLimit` where the action's type is not "
    "`retry`, a `context` without a `type`, or `in` where the parameter becomes a workflow's input. "
    "Remove it, or mend the field that it depends on.",
    "stepId: list\noperationId: list\nonFailure:\n  - name: stop\n    type: end\n    retryLimit: 3\n",
    "stepId: list\noperationId: list\nonFailure:\n  - name: again\n    type: retry\n    retryLimit: 3\n",
)

MISSING_LOCATION: Final = Rule(
    "AZ116",
    "missing-location",
    Severity.ERROR,
    "A parameter of an operation does not say where it goes",
    "A parameter that is passed to an operation needs `in`: `path`, `query`, `header`, `cookie` or, from "
    "Arazzo 1.1 on, `querystring`. Only parameters that are passed to a workflow do without.",
    "stepId: list\noperationId: list\nparameters:\n  - name: limit\n    value: 10\n",
    "stepId: list\noperationId: list\nparameters:\n  - name: limit\n    in: query\n    value: 10\n",
)

MISSING_CONTEXT: Final = Rule(
    "AZ117",
    "missing-context",
    Severity.ERROR,
    "A criterion with a type has no context",
    "A regular expression, a JSONPath or an XPath is applied to something: say to what, in `context`.",
    "stepId: list\noperationId: list\nsuccessCriteria:\n"
    "  - condition: $[?@.id == 1]\n    type: jsonpath\n",
    "stepId: list\noperationId: list\nsuccessCriteria:\n"
    "  - context: $response.body\n    condition: $[?@.id == 1]\n    type: jsonpath\n",
)

UNKNOWN_COMPONENT: Final = Rule(
    "AZ118",
    "unknown-component",
    Severity.ERROR,
    "A reference names a component that is not there",
    "`reference: $components.parameters.NAME` needs an entry NAME under `components.parameters` of the "
    "same document. Components of other documents cannot be referred to.",
    "workflowId: list\nsteps:\n  - stepId: list\n    operationId: list\n"
    "    parameters:\n      - reference: $components.parameters.limit\n",
    "workflowId: list\nsteps:\n  - stepId: list\n    operationId: list\n"
    "    parameters:\n      - name: limit\n        in: query\n        value: 10\n",
)

WRONG_COMPONENT: Final = Rule(
    "AZ119",
    "wrong-component",
    Severity.ERROR,
    "A reference names no component of the kind that is needed here",
    "Parameters are referred to as `$components.parameters.NAME`, success actions as "
    "`$components.successActions.NAME`, failure actions as `$components.failureActions.NAME`, and each "
    "only where its kind may stand.",
    "stepId: list\noperationId: list\nonFailure:\n  - reference: '#/components/failureActions/stop'\n",
    "stepId: list\noperationId: list\nonFailure:\n  - name: stop\n    type: end\n",
)

LOOSE_SCALAR: Final = Rule(
    "AZ120",
    "loose-scalar",
    Severity.WARNING,
    "A number is written where text belongs, or the other way round",
    "What is meant is clear, so it is taken as meant. Write `version: '1.0'` with quotes where text "
    "belongs, and `retryLimit: 3` without where a number belongs.",
    "stepId: list\noperationId: list\nonFailure:\n  - name: again\n    type: retry\n    retryLimit: '3'\n",
    "stepId: list\noperationId: list\nonFailure:\n  - name: again\n    type: retry\n    retryLimit: 3\n",
    tolerated=True,
)

SIMPLE_WITHOUT_CONTEXT: Final = Rule(
    "AZ121",
    "simple-without-context",
    Severity.WARNING,
    "A criterion says `type: simple` and has no context",
    "The specification asks for a `context` wherever a `type` is given, but a simple condition names its "
    "operands itself. Remove `type: simple`: it is what a criterion without a type is.",
    "stepId: list\noperationId: list\nsuccessCriteria:\n"
    "  - condition: $statusCode == 200\n    type: simple\n",
    "stepId: list\noperationId: list\nsuccessCriteria:\n  - condition: $statusCode == 200\n",
    tolerated=True,
)

REF_FOR_REFERENCE: Final = Rule(
    "AZ122",
    "ref-for-reference",
    Severity.WARNING,
    "A component is referred to with `$ref`",
    "`$ref` is for JSON Schemas, such as a workflow's `inputs`. Parameters and actions are referred to "
    "with `reference: $components.parameters.NAME`.",
    "stepId: list\noperationId: list\nparameters:\n  - $ref: '#/components/parameters/limit'\n",
    "stepId: list\noperationId: list\nparameters:\n  - name: limit\n    in: query\n    value: 10\n",
    tolerated=True,
)

NOT_ASYNCAPI: Final = Rule(
    "AZ123",
    "not-asyncapi",
    Severity.ERROR,
    "A source description of type `asyncapi` is something else",
    "The file begins as an OpenAPI description or an Arazzo document does, so it has no messages. What its "
    "`type` says decides what steps can do with a source: write the right one, or the `url` of another file.",
    "sourceDescriptions:\n  - {name: jobs, url: jobs.openapi.yaml, type: asyncapi}\n",
    "sourceDescriptions:\n  - {name: jobs, url: jobs.openapi.yaml, type: openapi}\n",
)

RULES: Final[tuple[Rule, ...]] = (
    NOT_ARAZZO,
    UNSUPPORTED_VERSION,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    WRONG_TYPE,
    WRONG_VALUE,
    EMPTY_LIST,
    DUPLICATE_ID,
    DUPLICATE_PARAMETER,
    DUPLICATE_ACTION,
    UNUSUAL_ID,
    INVALID_KEY,
    CONFLICTING_FIELDS,
    MISSING_TARGET,
    MISPLACED_FIELD,
    MISSING_LOCATION,
    MISSING_CONTEXT,
    UNKNOWN_COMPONENT,
    WRONG_COMPONENT,
    LOOSE_SCALAR,
    SIMPLE_WITHOUT_CONTEXT,
    REF_FOR_REFERENCE,
    NOT_ASYNCAPI,
)
