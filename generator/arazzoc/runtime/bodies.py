"""Request bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from arazzoc.runtime.embedding import json_text, text
from arazzoc.runtime.shapes import is_object, items_of

__all__ = ["dump", "form"]


def dump(value: Any) -> bytes:
    """`value` as compact JSON.

    Raises:
        ValueError: It holds a number that JSON cannot state: not a number, or infinite.
    """
    return json_text(value).encode()


def form(members: Mapping[str, Any]) -> bytes:
    """`members` as `application/x-www-form-urlencoded`.

    A member without a value is left out, one with a list is repeated for each item, and an object is JSON.

    Raises:
        ValueError: They are no object.
    """
    if not is_object(members):
        raise ValueError("a form needs an object")
    pairs = [(name, text(item)) for name, value in members.items() for item in items_of(value)]
    return urlencode(pairs).encode()
