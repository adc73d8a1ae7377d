"""Rules about comments that ignore findings (AZ70x)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["RULES", "UNKNOWN_CODE", "UNUSED_IGNORE"]

UNUSED_IGNORE: Final = Rule(
    "AZ701",
    "unused-ignore",
    Severity.WARNING,
    "A comment ignores a finding that is not there",
    "`# arazzoc: ignore[CODE]` ignores findings of that code on its own line or, where it stands alone, on "
    "the next line that is no comment. There is no such finding any more: remove the code or the comment, so "
    "that it hides nothing later.",
    "stepId: list\noperationId: list  # arazzoc: ignore[AZ501]\n",
    "stepId: list\noperationId: list\n",
)

UNKNOWN_CODE: Final = Rule(
    "AZ702",
    "unknown-code",
    Severity.WARNING,
    "A comment ignores a code that does not exist",
    "`# arazzoc: ignore[CODE]` takes codes such as `AZ501`, or their names such as `braceless-expression`, "
    "with commas between them. `arazzoc explain` lists all of them.",
    "stepId: list\noperationId: list  # arazzoc: ignore[E501]\n",
    "stepId: list\noperationId: list\n",
)

RULES: Final[tuple[Rule, ...]] = (UNUSED_IGNORE, UNKNOWN_CODE)
