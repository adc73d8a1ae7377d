"""Which values read the same thing of a response."""

from __future__ import annotations

from collections.abc import Hashable

from arazzoc.types.model import BYTES
from arazzoc.types.value import Member, ResponseBody, ResponseHeader, Returned, Value

__all__ = ["same"]


def same(value: Value) -> Hashable:
    """A key that is equal for values which read the same thing of a response."""
    if isinstance(value, Member) and isinstance(value.base, ResponseBody):
        return ("body", value.tokens)
    if isinstance(value, ResponseBody):
        return ("body as it came",) if value.type == BYTES else ("body", ())
    if isinstance(value, ResponseHeader):
        return ("header", value.name)
    if isinstance(value, Returned):
        return ("result", value.result, value.attribute)
    return None
