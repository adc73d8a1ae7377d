"""The credentials that an operation asks for and no parameter fills."""

from __future__ import annotations

from collections.abc import Sequence

from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import ApiKey, Operation, SecurityScheme

__all__ = ["unfilled"]


def unfilled(operation: Operation, parameters: Sequence[Parameter]) -> tuple[SecurityScheme, ...]:
    """The schemes of the operation's first alternative that `parameters` leave open, and its keys.

    No scheme is open where some alternative asks for nothing, or is filled whole. Of schemes that go into the
    same place of a request, such as two kinds of OAuth, the first one is asked for: a place holds one value.
    """
    left = [
        tuple(scheme for scheme in alternative if not _is_filled(scheme, parameters))
        for alternative in operation.security
    ]
    asked = () if not left or () in left else left[0]
    keys = (key for key in operation.keys if not _is_filled(key, parameters))
    slots: dict[tuple[str, str], SecurityScheme] = {}
    for scheme in (*asked, *keys):
        slots.setdefault(_slot(scheme), scheme)
    return tuple(slots.values())


def _is_filled(scheme: SecurityScheme, parameters: Sequence[Parameter]) -> bool:
    location, name = _slot(scheme)
    return any(
        parameter.location == location
        and (parameter.name.lower() == name if location == "header" else parameter.name == name)
        for parameter in parameters
    )


def _slot(scheme: SecurityScheme) -> tuple[str, str]:
    if isinstance(scheme, ApiKey):
        name = scheme.parameter
        return scheme.location, name.lower() if scheme.location == "header" else name
    return "header", "authorization"
