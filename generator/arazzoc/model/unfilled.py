"""The credentials that an operation asks for and no parameter fills."""

from __future__ import annotations

from collections.abc import Sequence

from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import ApiKey, Operation, SecurityScheme

__all__ = ["filling", "is_filled", "slot_of", "unfilled"]


def unfilled(operation: Operation, parameters: Sequence[Parameter]) -> tuple[SecurityScheme, ...]:
    """The schemes of the operation's first alternative that `parameters` leave open, and its keys.

    No scheme is open where some alternative asks for nothing, or is filled whole. Of schemes that go into the
    same place of a request, such as two kinds of OAuth, the first one is asked for: a place holds one value.
    """
    left = [
        tuple(scheme for scheme in alternative if not is_filled(scheme, parameters))
        for alternative in operation.security
    ]
    asked = () if not left or () in left else left[0]
    keys = (key for key in operation.keys if not is_filled(key, parameters))
    slots: dict[tuple[str, str], SecurityScheme] = {}
    for scheme in (*asked, *keys):
        slots.setdefault(_folded(scheme), scheme)
    return tuple(slots.values())


def is_filled(scheme: SecurityScheme, parameters: Sequence[Parameter]) -> bool:
    """Whether a parameter stands where the scheme's credentials go."""
    return filling(scheme, parameters) is not None


def filling(scheme: SecurityScheme, parameters: Sequence[Parameter]) -> Parameter | None:
    """The parameter that stands where the scheme's credentials go; None where there is none.

    A header `Cookie` holds all cookies.
    """
    name, location = slot_of(scheme)
    return next((each for each in parameters if _fills(each, name, location)), None)


def _fills(parameter: Parameter, name: str, location: str) -> bool:
    if parameter.location == "header":
        wanted = {"header": name.lower(), "cookie": "cookie"}.get(location)
        return parameter.name.lower() == wanted
    return parameter.location == location and parameter.name == name


def slot_of(scheme: SecurityScheme) -> tuple[str, str]:
    """The name and the place of the parameter that holds the scheme's credentials."""
    if isinstance(scheme, ApiKey):
        return scheme.parameter, scheme.location
    return "Authorization", "header"


def _folded(scheme: SecurityScheme) -> tuple[str, str]:
    """The same with headers in lower case, as they are told apart."""
    name, location = slot_of(scheme)
    return name.lower() if location == "header" else name, location
