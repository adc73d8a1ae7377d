"""Rules of the group `openapi` (AZ6xx): the descriptions whose operations are called."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "BROKEN_REFERENCE",
    "INVALID_OPENAPI",
    "MALFORMED_OPENAPI",
    "NOT_OPENAPI",
    "NOT_VALIDATED",
    "QUERY_IN_PATH",
    "RULES",
    "UNKNOWN_SECURITY_SCHEME",
    "UNUSABLE_SERVER",
]

_RESPONSES: Final = "      responses: {'200': {description: The pets.}}\n"

NOT_OPENAPI: Final = Rule(
    "AZ601",
    "not-openapi",
    Severity.ERROR,
    "A source description is not an OpenAPI description that is known",
    "A source of type `openapi` is an OpenAPI description of version 2.0 (`swagger: '2.0'`), 3.0, 3.1 or "
    "3.2 (`openapi: 3.1.0`). Check that the `url` names the right file.",
    "name: pets\npaths: {}\n",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths: {}\n",
)

INVALID_OPENAPI: Final = Rule(
    "AZ602",
    "invalid-openapi",
    Severity.WARNING,
    "An operation that is called, or a schema that it uses, breaks the OpenAPI specification",
    "Only the operations that workflows call and what they refer to are judged. The request can be built "
    "all the same, but types may be less exact than they could be. Mend the description, or ask its "
    "publisher to.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      responses:\n        '200':\n          summary: 7\n",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      responses:\n        '200':\n          description: The pets.\n",
)

NOT_VALIDATED: Final = Rule(
    "AZ603",
    "openapi-not-validated",
    Severity.HINT,
    "A description could not be judged",
    "The OpenAPI validator gave up on the part of the description that is used. This says nothing about "
    "the workflows, which are compiled all the same.",
    "",
    "",
)

BROKEN_REFERENCE: Final = Rule(
    "AZ604",
    "broken-reference",
    Severity.WARNING,
    "A `$ref` in an operation that is called leads nowhere",
    "What the reference means is not known and is left out: a parameter is not declared, a response or a "
    "schema has no type. Where a request cannot be built without it, this is an error. Mend the `$ref`, or "
    "add what it names.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      parameters:\n        - $ref: '#/components/parameters/Limit'\n"
    + _RESPONSES,
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      parameters:\n        - name: limit\n          in: query\n"
    "          schema:\n            type: integer\n" + _RESPONSES,
)

MALFORMED_OPENAPI: Final = Rule(
    "AZ605",
    "malformed-openapi",
    Severity.WARNING,
    "A part of an operation that is called does not have the shape that OpenAPI demands",
    "The part is left out. Where a request cannot be built without it, this is an error. Mend the "
    "description: the message says what was expected.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      parameters:\n        - in: query\n" + _RESPONSES,
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      parameters:\n        - name: limit\n          in: query\n"
    "          schema:\n            type: integer\n" + _RESPONSES,
)

UNKNOWN_SECURITY_SCHEME: Final = Rule(
    "AZ606",
    "unknown-security-scheme",
    Severity.WARNING,
    "An operation asks for a security scheme that the description does not define",
    "How to send the credentials is not known, so the alternative that asks for them is left out. Define "
    "the scheme under `components.securitySchemes`, or pass the credentials as parameters.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      security:\n        - key: []\n" + _RESPONSES,
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      security:\n        - key: []\n"
    + _RESPONSES
    + "components:\n  securitySchemes:\n    key:\n      type: apiKey\n      in: header\n      name: X-Key\n",
)

UNUSABLE_SERVER: Final = Rule(
    "AZ607",
    "unusable-server",
    Severity.WARNING,
    "A server's URL cannot be completed",
    "The URL has a variable without a default, or a query or fragment, behind which no path can stand. The "
    "server is left out. Give the variable a `default`, or pass the whole URL when the workflow is called.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\n"
    "servers:\n  - url: https://{tenant}.example.com\n"
    "paths:\n  /pets:\n    get:\n      operationId: list\n" + _RESPONSES,
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\n"
    "servers:\n  - url: https://{tenant}.example.com\n    variables:\n      tenant:\n        default: demo\n"
    "paths:\n  /pets:\n    get:\n      operationId: list\n" + _RESPONSES,
)

QUERY_IN_PATH: Final = Rule(
    "AZ608",
    "query-in-path",
    Severity.WARNING,
    "The path of an operation holds a query or a fragment",
    "Descriptions tell operations of one path apart in this way, though a path has no room for either. The "
    "query is sent as it is written, with what parameters add to it; a fragment is never part of a request. "
    "Declare what stands in the query as a parameter, with `enum` or `const` where there is one value.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets?full=true:\n    get:\n"
    "      operationId: list\n" + _RESPONSES,
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\npaths:\n  /pets:\n    get:\n"
    "      operationId: list\n      parameters:\n        - name: full\n          in: query\n"
    "          schema:\n            const: true\n" + _RESPONSES,
)

RULES: Final[tuple[Rule, ...]] = (
    NOT_OPENAPI,
    INVALID_OPENAPI,
    NOT_VALIDATED,
    BROKEN_REFERENCE,
    MALFORMED_OPENAPI,
    UNKNOWN_SECURITY_SCHEME,
    UNUSABLE_SERVER,
    QUERY_IN_PATH,
)
