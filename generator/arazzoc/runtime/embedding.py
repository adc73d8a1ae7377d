"""Values as text."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from arazzoc.runtime.shapes import is_array, is_object

__all__ = ["UNWRITABLE", "json_text", "refusal", "text", "unstructured"]

UNWRITABLE: Final = (
    *(AttributeError, TypeError),
    *(OverflowError, RecursionError, ValueError),
)
"""What is raised by a value that has no form where it is to be written, or is of another type."""


def refusal(error: Exception, name: object = None) -> str:
    """What is wrong with a value that cannot be written, without the value.

    Args:
        error: One of `UNWRITABLE`.
        name: What the value belongs to; None where that is not known.
    """
    reason = str(error)
    if isinstance(error, UnicodeError):
        reason = "a text cannot be encoded"
    elif isinstance(error, RecursionError):
        reason = "a value nests too deeply"
    return reason if name is None else f"{str(name)[:80]!r}: {reason}"


def json_text(value: Any) -> str:
    """`value` as compact JSON; dates as text.

    Raises:
        ValueError: It holds a number that JSON cannot state: not a number, or infinite.
        TypeError: It holds what is not JSON, such as bytes.
    """
    return json.dumps(
        value,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_json_like,
    )


def _json_like(value: Any) -> object:
    """What stands for `value`, which `json` does not know."""
    if is_object(value):
        return dict(value)
    if is_array(value):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def text(value: Any) -> str:
    """`value` as Arazzo embeds it in text: a string as it is, anything else as compact JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json_text(value)


def unstructured(value: Any, *, structured: bool = False) -> str | bytes | None:
    """Bytes as they are and anything else as text, for a media type that is no JSON; None stays None.

    Args:
        value: What is sent.
        structured: Whether JSON is text of that media type too.

    Raises:
        ValueError: It is an object or a list, and `structured` is false.
    """
    if value is None or isinstance(value, bytes):
        return value
    if not structured and (is_object(value) or is_array(value)):
        raise ValueError("an object or a list has no form in this media type")
    return text(value)
