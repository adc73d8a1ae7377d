"""Rules of the group `security` (AZ71x): secrets that a document gives away."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["RULES", "SECRET_LITERAL"]

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

RULES: Final[tuple[Rule, ...]] = (SECRET_LITERAL,)
