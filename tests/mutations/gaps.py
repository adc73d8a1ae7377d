"""What is not found, or not as it should be, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["GAPS"]

_AFTER_FAILURE: Final = "after a failure another response than the one described may be at hand"
_AS_TEXT: Final = (
    "in a URL every value is text: a list fills a query several times, and text may be a number"
)

GAPS: Final[Mapping[str, str]] = {
    "a text in a condition that is not closed": "the next quote, two lines down, closes it",
    "a literal in a condition that its enum does not have": _AFTER_FAILURE,
    "a criterion of an action for a status that the operation does not answer": (
        "descriptions rarely state all errors: a status that is not described may well come"
    ),
    "a retry without a limit": "the specification has a default, one more time, which may be meant",
    "an input of another type than the parameter that it fills": _AS_TEXT,
    "an input of another type than the member that it fills": (
        "where its default is what the member takes, it is told that the default is not of the input's type"
    ),
    "a required member left out of a body": "what a replacement puts there comes out as missing too",
    "a number in quotes in a body": "in a form every value is text",
}
"""By the name of the kind."""
