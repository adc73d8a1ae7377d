"""Rules of the group `internal` (AZ9xx): faults of the compiler itself."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["INTERNAL_ERROR", "RULES"]

INTERNAL_ERROR: Final = Rule(
    "AZ901",
    "internal-error",
    Severity.ERROR,
    "The compiler failed at a document that it should have compiled or refused",
    "This is a fault of arazzoc, never of the document. Nothing was written for it. Please report it with "
    "the document, or the smallest part of it that shows the fault.",
    "",
    "",
)

RULES: Final[tuple[Rule, ...]] = (INTERNAL_ERROR,)
