"""Rules of the group `security` (AZ71x): secrets that a document gives away."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "CREDENTIALS_OF_CALLERS",
    "FORGOTTEN_CREDENTIALS",
    "MALFORMED_CREDENTIALS",
    "RULES",
    "SECRET_IN_URL",
    "SECRET_LITERAL",
    "UNENCRYPTED_CREDENTIALS",
]

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

CREDENTIALS_OF_CALLERS: Final = Rule(
    "AZ714",
    "credentials-of-callers",
    Severity.HINT,
    "No parameter gives the credentials that an operation asks for",
    "The description asks for credentials, and no step of the workflow that calls the operation passes any. "
    "The generated function takes them as an argument, and `arazzoc run` asks for them; runners that send "
    "only what the document says are refused. Nothing is wrong where whoever runs the workflow has the "
    "credentials: then leave it as it is. To make them part of the document, declare an input and pass it as "
    "the parameter that the security scheme describes. It is told once for a document and security scheme, "
    "at the first step that calls such an operation. Nothing is said where the description lets requests "
    "without credentials pass, of mutual TLS, of steps that expect to be refused, and of workflows and steps "
    "that state credentials in an `x-security` of their own.",
    "stepId: list\noperationId: list_reports\n",
    "stepId: list\noperationId: list_reports\n"
    "parameters:\n  - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n",
)

FORGOTTEN_CREDENTIALS: Final = Rule(
    "AZ715",
    "forgotten-credentials",
    Severity.WARNING,
    "A step leaves out the credentials that another step of the workflow passes",
    "Both steps call operations that ask for the same credentials. One passes them as a parameter, the other "
    "does not: runners that send what the document says are refused there, and the generated function asks "
    "its caller for what the document has already. Pass the parameter in both steps, or once in the "
    "`parameters` of the workflow. Nothing is said of steps that run before the one that makes the "
    "credentials, nor of that one, such as a login; nor of steps that expect to be refused: with a criterion "
    "on the status 401 or 403, or with criteria that no success meets.",
    "steps:\n- stepId: list\n  operationId: list_reports\n"
    "  parameters:\n    - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n"
    "- stepId: delete\n  operationId: delete_reports\n",
    "steps:\n- stepId: list\n  operationId: list_reports\n"
    "  parameters:\n    - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n"
    "- stepId: delete\n  operationId: delete_reports\n"
    "  parameters:\n    - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n",
)

MALFORMED_CREDENTIALS: Final = Rule(
    "AZ716",
    "malformed-credentials",
    Severity.WARNING,
    "An `Authorization` header is not written as the security scheme says",
    "The header begins with the name of the scheme and a blank: `Bearer TOKEN` (RFC 6750) or `Basic "
    "CREDENTIALS`, where the latter are a user's name and a password, joined by a colon and encoded in "
    "base64 (RFC 7617). The server refuses anything else as if there were no credentials. It is told "
    "where the description asks for one of the two and the header begins with another word, where a colon "
    "shows that nothing is encoded, and where a token that a server has just issued is passed without any "
    "word before it. The tokens of OAuth may have a word of their own (RFC 6749, 7.1), and those who ask for "
    "a token often have other credentials.",
    "stepId: list\noperationId: list_reports\n"
    "parameters:\n  - {name: Authorization, in: header, value: 'Token {$inputs.token}'}\n",
    "stepId: list\noperationId: list_reports\n"
    "parameters:\n  - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}\n",
)

RULES: Final[tuple[Rule, ...]] = (
    MALFORMED_CREDENTIALS,
    SECRET_LITERAL,
    SECRET_IN_URL,
    UNENCRYPTED_CREDENTIALS,
    CREDENTIALS_OF_CALLERS,
    FORGOTTEN_CREDENTIALS,
)
