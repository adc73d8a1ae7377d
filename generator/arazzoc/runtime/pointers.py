"""JSON Pointers (RFC 6901) into what a response holds."""

from __future__ import annotations

import re
from typing import Any, Final

from arazzoc.runtime.embedding import text
from arazzoc.runtime.errors import InvalidQuery, OutputMissing
from arazzoc.runtime.messages import Response
from arazzoc.runtime.shapes import is_array, is_object

__all__ = [
    "NOTHING",
    "at",
    "find",
    "in_token",
    "leads_somewhere",
    "pointed",
    "required",
    "required_in",
    "tokens_at",
]

NOTHING: Final = object()
"""What a pointer finds where it leads nowhere, as against null."""

_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)*")


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


def in_token(value: Any) -> str:
    """`value` as text within a token of a JSON Pointer, which it cannot end."""
    return text(value).replace("~", "~0").replace("/", "~1")


def tokens_at(pointer: str | None) -> list[str]:
    """The tokens of a JSON Pointer that a run puts together.

    Raises:
        ValueError: It lacks a value, or is no JSON Pointer.
    """
    if pointer is None or not _POINTER.fullmatch(pointer):
        raise ValueError("this is no JSON Pointer")
    return [
        token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]
    ]


def pointed(pointer: str | None, context: Any, place: str, stated: str) -> Any:
    """What a JSON Pointer leads to in `context`, or None.

    Args:
        pointer: The pointer; None where it lacks a value.
        context: Where it starts.
        place: What it is followed for, such as `step read`.
        stated: The pointer as the Arazzo document states it.

    Raises:
        InvalidQuery: It is no JSON Pointer.
    """
    try:
        return at(context, *tokens_at(pointer))
    except ValueError:
        raise InvalidQuery(place, stated, "it is no JSON Pointer") from None


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
        raise OutputMissing(step_id, output, _pointer(tokens), response)
    return value


def required_in(
    value: Any, step_id: str, output: str, *tokens: str, nullable: bool = False
) -> Any:
    """The same in a value of an earlier response that has been passed on.

    Raises:
        OutputMissing: There is none, although the earlier response's schema promises it.
    """
    found = find(value, *tokens)
    if found is NOTHING or (found is None and not nullable):
        raise OutputMissing(step_id, output, _pointer(tokens))
    return found


def _pointer(tokens: tuple[str, ...]) -> str:
    return "".join(
        "/" + token.replace("~", "~0").replace("/", "~1") for token in tokens
    )
