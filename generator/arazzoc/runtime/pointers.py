"""JSON Pointers (RFC 6901) into what a response holds."""

from __future__ import annotations

from typing import Any, Final

from arazzoc.runtime.errors import OutputMissing
from arazzoc.runtime.messages import Response
from arazzoc.runtime.shapes import is_array, is_object

__all__ = ["NOTHING", "at", "find", "leads_somewhere", "required"]

NOTHING: Final = object()
"""What a pointer finds where it leads nowhere, as against null."""


def find(value: Any, *tokens: str) -> Any:
    """The value at the JSON Pointer that `tokens` spell, or `NOTHING` where there is none."""
    for token in tokens:
        if is_object(value):
            value = value.get(token, NOTHING)
        elif is_array(value) and token.isdecimal() and str(int(token)) == token:
            value = value[int(token)] if int(token) < len(value) else NOTHING
        else:
            return NOTHING
    return value


def at(value: Any, *tokens: str) -> Any:
    """The value at the JSON Pointer that `tokens` spell, or None where there is none."""
    found = find(value, *tokens)
    return None if found is NOTHING else found


def leads_somewhere(value: Any, *tokens: str) -> bool:
    """Whether there is a value, if only null, at the JSON Pointer that `tokens` spell."""
    return find(value, *tokens) is not NOTHING


def required(
    response: Response, step_id: str, output: str, *tokens: str, nullable: bool = False
) -> Any:
    """The value at the JSON Pointer that `tokens` spell in the response's body; null is one if `nullable`.

    Raises:
        OutputMissing: There is none, although the response's schema promises it for `output`.
    """
    value = find(response.data, *tokens)
    is_null = value is None and bool(tokens or response.body.strip() == b"null")
    if value is NOTHING or (value is None and not (nullable and is_null)):
        pointer = "".join(
            "/" + token.replace("~", "~0").replace("/", "~1") for token in tokens
        )
        raise OutputMissing(step_id, output, pointer, response)
    return value
