"""Reads what credentials an operation asks for (OpenAPI 2.0 to 3.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal

from arazzoc.diagnostics.registry.openapi import UNKNOWN_SECURITY_SCHEME
from arazzoc.model.openapi import (
    ApiKey,
    HttpScheme,
    OperationParameter,
    SecurityAlternative,
    SecurityScheme,
    TokenScheme,
)
from arazzoc.model.operation_reading import OperationReading, text_of
from arazzoc.source.node import Node
from arazzoc.suggestion import closest

__all__ = ["keys_of", "scheme_names", "schemes_of", "security_of"]

_KEY: Final = re.compile(
    r"(?:^|[-_])(?:(?:access|api|auth|bearer|session|user)[-_]?token|jwt"
    r"|(?:access|api|app|auth|subscription)[-_]?key)$|^(?:x[-_])?token$",
    re.IGNORECASE,
)
"""Names of parameters that are credentials; `key`, `page_token` and `Idempotency-Key` need not be any."""

_KEY_PLACES: Final[dict[str, Literal["header", "query", "cookie"]]] = {
    "header": "header",
    "query": "query",
    "cookie": "cookie",
}


def security_of(operation: Node, reading: OperationReading) -> tuple[SecurityAlternative, ...]:
    """The alternatives that the operation, else the document, asks for.

    An alternative that asks for a scheme that cannot be read is reported and left out. Mutual TLS is the
    transport's business: a scheme of that type asks for nothing here.
    """
    holder = operation if operation.get("security") is not None else reading.api.root
    alternatives: list[SecurityAlternative] = []
    for requirement in reading.items(holder, "security"):
        if not isinstance(requirement.value, dict):
            reading.malformed(requirement, "a security requirement must be a mapping")
            continue
        schemes = [_scheme(name, node, reading) for name, node in requirement.members()]
        if all(scheme is not None for scheme in schemes):
            known = tuple(scheme for group in schemes if group is not None for scheme in group)
            alternatives.append(known)
    return tuple(alternatives)


def keys_of(parameters: Sequence[OperationParameter]) -> tuple[ApiKey, ...]:
    """The required parameters that are credentials, which security schemes should state."""
    return tuple(
        ApiKey(
            each.name,
            _KEY_PLACES[each.location],
            each.name,
            text_of(each.node, "description"),
            stated=True,
        )
        for each in parameters
        if each.required and each.location in _KEY_PLACES and _KEY.search(_snake(each.name))
    )


def _snake(name: str) -> str:
    """`accessToken` as `access_Token`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)


def schemes_of(root: Node) -> Node | None:
    """Where the description defines its security schemes."""
    return root.at(("components", "securitySchemes")) or root.get("securityDefinitions")


def scheme_names(operation: Node, root: Node) -> tuple[str, ...]:
    """The names of the schemes that the operation, else the document, asks for."""
    holder = operation if operation.get("security") is not None else root
    stated = holder.get("security")
    if stated is None:
        return ()
    return tuple(
        dict.fromkeys(name for requirement in stated.items() for name, _ in requirement.members())
    )


def _scheme(name: str, asked: Node, reading: OperationReading) -> tuple[SecurityScheme, ...] | None:
    """The scheme of that name; an empty tuple where it asks for nothing, None where it is unknown."""
    defined = schemes_of(reading.api.root)
    stated = None if defined is None else defined.get(name)
    if stated is None:
        near = closest(name, [] if defined is None else [key for key, _ in defined.members()])
        reading.findings.report(
            UNKNOWN_SECURITY_SCHEME,
            asked.key_span,
            f"security scheme `{name}` is not defined",
            hint=(
                f"did you mean `{near}`?"
                if near
                else "the alternative that asks for it is left out"
            ),
        )
        return None
    node = reading.follow(stated)
    if node is None:
        return None
    kind = text_of(node, "type") or ""
    if kind == "mutualTLS":
        return ()
    scheme = _READERS[kind](name, node) if kind in _READERS else None
    if scheme is None:
        reading.malformed(
            node,
            f"security scheme `{name}` is incomplete or of an unknown type",
            hint="the alternative that asks for it is left out",
        )
        return None
    return (scheme,)


def _http(name: str, node: Node) -> HttpScheme | None:
    scheme = text_of(node, "scheme")
    if scheme is None:
        return None
    return HttpScheme(name, scheme.lower(), text_of(node, "description"))


def _basic(name: str, node: Node) -> HttpScheme:
    return HttpScheme(name, "basic", text_of(node, "description"))


def _api_key(name: str, node: Node) -> ApiKey | None:
    place = _KEY_PLACES.get(text_of(node, "in") or "")
    parameter = text_of(node, "name")
    if place is None or parameter is None:
        return None
    return ApiKey(name, place, parameter, text_of(node, "description"))


def _oauth2(name: str, node: Node) -> TokenScheme:
    flow = node.at(("flows", "clientCredentials"))
    if flow is None and text_of(node, "flow") == "application":
        flow = node
    token_url = None if flow is None else text_of(flow, "tokenUrl")
    return TokenScheme(name, "oauth2", text_of(node, "description"), token_url)


def _open_id(name: str, node: Node) -> TokenScheme:
    return TokenScheme(name, "openIdConnect", text_of(node, "description"))


_READERS: Final[dict[str, Callable[[str, Node], SecurityScheme | None]]] = {
    "http": _http,
    "basic": _basic,
    "apiKey": _api_key,
    "oauth2": _oauth2,
    "openIdConnect": _open_id,
}
