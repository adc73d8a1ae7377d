"""Request bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from arazzoc.runtime.embedding import (
    UNWRITABLE,
    json_text,
    refusal,
    text,
    unstructured,
)
from arazzoc.runtime.nodes import pick
from arazzoc.runtime.pointers import NOTHING, tokens_at
from arazzoc.runtime.shapes import is_array, is_object, items_of
from arazzoc.runtime.urls import query

__all__ = [
    "copied",
    "dump",
    "form",
    "form_fields",
    "members_besides",
    "octets",
    "with_nodes",
    "with_pointed",
    "with_value",
    "without_nothing",
]


def dump(value: Any) -> bytes:
    """`value` as compact JSON.

    Raises:
        ValueError: It holds what JSON cannot state, such as infinity, bytes or half of a character. The
            message names the member that does.
    """
    try:
        return json_text(value).encode()
    except UNWRITABLE as error:
        members = value.items() if is_object(value) else ()
        name = next((name for name, inner in members if not _is_json(inner)), None)
        raise ValueError(refusal(error, name)) from error


def _is_json(value: Any) -> bool:
    try:
        json_text(value).encode()
    except UNWRITABLE:
        return False
    return True


def form(members: object) -> bytes:
    """`members` as `application/x-www-form-urlencoded`.

    A member without a value is left out, one with a list is repeated for each item, and an object is JSON.

    Raises:
        ValueError: They are no object, or a value cannot be written. The message shows its name alone.
    """
    if not is_object(members):
        raise ValueError("a form needs an object")
    pairs = [_form_pair(name, value) for name, value in members.items()]
    return "&".join(pair for pair in pairs if pair).encode()


def _form_pair(name: str, value: Any) -> str:
    """The pairs of a member, one for each item of a list."""
    try:
        written = [
            (name, item if isinstance(item, bytes) else text(item))
            for item in items_of(value)
        ]
        return urlencode(written)
    except UNWRITABLE as error:
        raise ValueError(refusal(error, name)) from error


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


def octets(value: Any, *, structured: bool = False) -> bytes:
    """Bytes as they are, and anything else as text in UTF-8.

    Args:
        value: What is sent.
        structured: Whether JSON is text of the body's media type too.

    Raises:
        ValueError: It is an object or a list, and `structured` is false.
    """
    written = unstructured(value, structured=structured)
    return written if isinstance(written, bytes) else text(written).encode()


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
            items[int(first)] = (
                with_value(items[int(first)], value, *rest) if rest else value
            )
            return [item for item in items if item is not NOTHING]
    raise ValueError(f"the payload has no place for {'/'.join(tokens)}")


def with_pointed(document: Any, value: Any, pointer: str | None) -> Any:
    """The same as `with_value` for a JSON Pointer that a run puts together.

    Raises:
        ValueError: It is none, or leads nowhere. The message shows no value.
    """
    try:
        return with_value(document, value, *tokens_at(pointer))
    except ValueError:
        raise ValueError("a JSON Pointer that is put together leads nowhere") from None


def with_nodes(
    document: Any,
    value: Any,
    parents: Callable[[Any], Iterable[Any]],
    keys: Callable[[Any], Iterable[str | int]],
) -> Any:
    """A copy of `document` with `value` in place of every node that a query finds.

    `NOTHING` takes away what is there; None for a document stays None.

    Args:
        document: JSON.
        value: What takes the place of each node.
        parents: The objects and arrays of a document that hold the nodes.
        keys: The names or indexes of the nodes in one of those.

    Raises:
        ValueError: The query finds nothing.
    """
    if document is None:
        return None
    copy = copied(document)
    found = [
        (parent, key)
        for parent in parents(copy)
        for key in keys(parent)
        if pick(parent, key) is not NOTHING
    ]
    if not found:
        raise ValueError(
            "the payload has no place for what takes the place of a part of it"
        )
    for parent, key in found:
        parent[key] = value
    return without_nothing(copy) if value is NOTHING else copy


def copied(value: Any) -> Any:
    """JSON whose objects and arrays are new."""
    if is_object(value):
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if is_array(value) else value


def without_nothing(value: Any) -> Any:
    """JSON without what is `NOTHING` in it."""
    if is_object(value):
        kept = value.items()
        return {
            name: without_nothing(inner) for name, inner in kept if inner is not NOTHING
        }
    if not is_array(value):
        return value
    return [without_nothing(inner) for inner in value if inner is not NOTHING]
