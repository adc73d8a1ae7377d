"""Makes a document smaller that shows something: whoever has to understand it thanks for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from tests.interpreter.values import is_array, is_object

__all__ = ["smaller"]


def smaller(document: Any, shows: Callable[[Any], bool]) -> Any:
    """`document` without the members and items that can go while `shows` still holds of it.

    Args:
        document: JSON.
        shows: May raise anything for documents that lost too much.
    """
    shrinking = True
    while shrinking:
        shrinking = False
        for path in list(_paths(document))[::-1]:
            attempt = _without(document, path)
            if attempt is not None and _holds(shows, attempt):
                document, shrinking = attempt, True
    return document


def _holds(shows: Callable[[Any], bool], document: Any) -> bool:
    try:
        return shows(document)
    except Exception:  # noqa: BLE001 - a document that lost too much can fail anyhow
        return False


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every member and item, those that hold others first."""
    members: dict[Any, Any] = {}
    if is_object(value):
        members.update(value)
    elif is_array(value):
        members.update(enumerate(value))
    for key, inner in members.items():
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def _without(document: Any, path: tuple[Any, ...]) -> Any:
    """A copy that lacks what stands at `path`; None where nothing does any more."""
    copy = deepcopy(document)
    place = copy
    try:
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return copy
