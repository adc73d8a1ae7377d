"""Rules of the group `security` (AZ71x): secrets that a document gives away."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["RULES", "SECRET_IN_URL", "SECRET_LITERAL", "UNENCRYPTED_CREDENTIALS"]

_KEYED: Final = (
    "paths:\n  /pets:\n    get:\n      operationId: list\n      security:\n        - key: []\n"
    "      responses:\n        '200':\n          description: The pets.\n"
    "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n"
)

SECRET_LITERAL: Final = Rule(
    "AZ711",
    "secret-literal",
    Severity.WARNING,
    "The document holds what looks like a secret",
    "Whoever can read the document, or its history, can use it, and so can readers of generated code. Take "
    "it back where it was issued, and make it an input: `$inputs.token`. Told are texts of forms that well "
    "known issuers use, private keys, and long random text for a parameter or a member whose name says that "
    "it is secret. The secret itself is never printed.",
    "parameters:\n  - {name: Authorization, in: header, value: Bearer ghp_"
    + "0a1B2c3D4e5F" * 3
    + "}\n",
    "parameters:\n  - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n",
    conceals=True,
)

SECRET_IN_URL: Final = Rule(
    "AZ712",
    "secret-in-url",
    Severity.WARNING,
    "A credential is sent in a URL",
    "URLs are kept where bodies and headers are not: in the logs of servers and proxies, in histories, in "
    "`Referer` headers (RFC 6750, section 2.3). Told are inputs with `format: password`, and names such as "
    "`apiKey` and `access_token`, in query parameters that the operation does not declare, or that it does "
    "not require where a security scheme takes credentials in a header. Nothing is said where the "
    "description leaves no choice.",
    "stepId: list\noperationId: list_jobs\n"
    "parameters:\n  - {name: access_token, in: query, value: $inputs.token}\n",
    "stepId: list\noperationId: list_jobs\n"
    "parameters:\n  - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n",
)

UNENCRYPTED_CREDENTIALS: Final = Rule(
    "AZ713",
    "unencrypted-credentials",
    Severity.WARNING,
    "Credentials are sent over plain HTTP",
    "Everyone on the way can read them and use them. The server, or the `tokenUrl`, that the description "
    "states first starts with `http://`, and requests have credentials: those of a security scheme, or a "
    "parameter that holds a password, a key or a token. Nothing is said of `localhost`, of private addresses "
    "and of names without a dot. Write `https://` in the description, or pass the server's URL when the "
    "workflow is called.",
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\nservers:\n  - url: http://pets.example.com\n"
    + _KEYED,
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\nservers:\n  - url: https://pets.example.com\n"
    + _KEYED,
)

RULES: Final[tuple[Rule, ...]] = (SECRET_LITERAL, SECRET_IN_URL, UNENCRYPTED_CREDENTIALS)
