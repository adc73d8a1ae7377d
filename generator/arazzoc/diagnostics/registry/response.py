"""Rules about what a response can hold, by its description (AZ221 to AZ229)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["NO_SUCH_PLACE", "RULES", "UNDOCUMENTED_HEADER", "UNLISTED_MEMBER"]

_STEP: Final = (
    "stepId: read\noperationId: get_job\n"
    "parameters: [{name: id, in: path, value: x}]\noutputs:\n  value: "
)

UNLISTED_MEMBER: Final = Rule(
    "AZ221",
    "unlisted-member",
    Severity.WARNING,
    "An expression reads a part that the description of the response does not name",
    "The schemas of all responses that the step can succeed with name the members of the object, and this "
    "is none of them. An object may hold more than its schema names, so the value may be there all the same; "
    "mostly the name is misspelt, or the way to the value is another. Nothing is said where `oneOf`, "
    "`additionalProperties` or an example leave it open. Of headers, only those are told whose names are "
    "nearly that of a stated one.",
    f"{_STEP}$response.body#/statsu\n",
    f"{_STEP}$response.body#/status\n",
)

NO_SUCH_PLACE: Final = Rule(
    "AZ222",
    "no-such-place",
    Severity.WARNING,
    "An expression reads a part that the response cannot have",
    "By the schemas of all responses that the step can succeed with, the way leads into text, a number or a "
    "truth value, by a name into a list, or to a member that `additionalProperties: false` rules out. The "
    "value is null in every response that fits its schema. Mend the way, or the description.",
    f"{_STEP}$response.body#/status/name\n",
    f"{_STEP}$response.body#/status\n",
)

UNDOCUMENTED_HEADER: Final = Rule(
    "AZ224",
    "undocumented-header",
    Severity.HINT,
    "An expression reads a header that the description of the response does not state",
    "All responses that the step can succeed with state headers, and this is none of them. Servers may send "
    "more than their description says, so the value may be there all the same; where it is not, it is null. "
    "Nothing is said of headers that servers send of their own accord, such as `Location` and `ETag`, nor "
    "where a response states no header at all.",
    f"{_STEP}$response.header.X-Job-Cost\n",
    f"{_STEP}$response.header.ETag\n",
)

RULES: Final[tuple[Rule, ...]] = (UNLISTED_MEMBER, NO_SUCH_PLACE, UNDOCUMENTED_HEADER)
