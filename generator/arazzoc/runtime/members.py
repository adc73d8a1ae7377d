"""Members of objects, and headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

__all__ = ["present"]

ValueT = TypeVar("ValueT")


def present(members: Mapping[str, ValueT | None]) -> dict[str, ValueT]:
    """The members that have a value: what was not given is left out."""
    return {name: value for name, value in members.items() if value is not None}
