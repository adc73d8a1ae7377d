"""Request bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from arazzoc.runtime.embedding import json_text, text
from arazzoc.runtime.pointers import NOTHING
from arazzoc.runtime.shapes import is_array, is_object, items_of
from arazzoc.runtime.urls import query

__all__ = ["dump", "form", "form_fields", "members_besides", "octets", "with_value"]


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


def form_fields(*pairs: tuple[str, Any]) -> bytes:
    """Pairs as `application/x-www-form-urlencoded`; they are written as in a query."""
    return query(*pairs).removeprefix("?").encode()


def members_besides(members: Mapping[str, Any], *names: str) -> list[tuple[str, Any]]:
    """The members but those of these names.

    Raises:
        ValueError: They are no object.
    """
    if not is_object(members):
        raise ValueError("a form needs an object")
    return [(name, value) for name, value in members.items() if name not in names]


def octets(value: Any) -> bytes:
    """Bytes as they are, and anything else as text in UTF-8."""
    return value if isinstance(value, bytes) else text(value).encode()


def with_value(document: Any, value: Any, *tokens: str) -> Any:
    """A copy of `document` with `value` where the JSON Pointer that `tokens` spell leads.

    A new member is added to an object that is there. `NOTHING` takes away what is there; None for a document
    stays None.

    Raises:
        ValueError: The pointer leads nowhere.
    """
    if not tokens or document is None:
        return None if document is None else value
    first, rest = tokens[0], tokens[1:]
    if is_object(document) and (first in document or not rest):
        members = dict(document)
        members[first] = with_value(members[first], value, *rest) if rest else value
        return {name: inner for name, inner in members.items() if inner is not NOTHING}
    if is_array(document) and first.isdecimal() and str(int(first)) == first:
        items = list(document)
        if int(first) < len(items):
            items[int(first)] = with_value(items[int(first)], value, *rest) if rest else value
            return [item for item in items if item is not NOTHING]
    raise ValueError(f"the payload has no place for {'/'.join(tokens)}")
