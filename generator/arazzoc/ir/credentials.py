"""Credentials that operations ask for and no parameter fills: keyword arguments of the function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urlsplit

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Cookie, Credential, Header, Parameter, QueryItem, Server
from arazzoc.model.openapi import ApiKey, SecurityScheme, TokenScheme
from arazzoc.model.prose import brief
from arazzoc.names import Identifier, Scope
from arazzoc.types.credentials import CredentialNames, is_basic, prefix_of, slot_key
from arazzoc.types.model import STR
from arazzoc.types.value import Argument, BasicCredentials, BearerToken, Embedded, Value

__all__ = ["Credentials", "Placement"]

Placement: TypeAlias = "Header | QueryItem | Cookie"


@dataclass(frozen=True, slots=True)
class _Slot:
    """What one scheme of one source becomes."""

    scheme: SecurityScheme
    parameters: tuple[Parameter, ...]
    placement: Placement


class Credentials:
    """The credential parameters of one function, one set a scheme and source."""

    def __init__(self, scope: Scope, asked: Iterable[tuple[str, SecurityScheme]]) -> None:
        """What `asked` has of sources and schemes decides on names: all that the function will ask for."""
        self._scope = scope
        self._names = CredentialNames(asked)
        self._slots: dict[tuple[str, str, bool], _Slot] = {}

    def place(self, server: Server, scheme: SecurityScheme) -> Placement:
        """Where the scheme's credentials go in a request to `server`."""
        slot = self._slot_of(server.source, scheme)
        if isinstance(scheme, TokenScheme) and scheme.token_url is not None:
            (token,) = slot.parameters
            return Header("Authorization", _fetched(token.argument, scheme.token_url, server))
        if isinstance(scheme, ApiKey):
            return _api_key(scheme, slot.parameters[0].argument)
        return slot.placement

    def asked(self, source: str, scheme: SecurityScheme) -> tuple[Parameter, ...]:
        """The parameters for the scheme's credentials."""
        return self._slot_of(source, scheme).parameters

    def _slot_of(self, source: str, scheme: SecurityScheme) -> _Slot:
        key = slot_key(source, scheme)
        if key not in self._slots:
            self._slots[key] = self._slot(source, scheme)
        return self._slots[key]

    def all(self) -> tuple[Credential, ...]:
        """What there is, in the order of first use."""
        return tuple(
            Credential(source, slot.scheme, slot.parameters)
            for (source, _, _), slot in self._slots.items()
        )

    def parameters(self) -> tuple[Parameter, ...]:
        """The function's parameters, in the order of first use."""
        return tuple(parameter for slot in self._slots.values() for parameter in slot.parameters)

    def _slot(self, source: str, scheme: SecurityScheme) -> _Slot:
        about = brief(scheme.description)
        names = self._names.of(source, scheme)
        if isinstance(scheme, ApiKey):
            key = self._parameter(names[0], f"{_place(scheme)}. {about}")
            return _Slot(scheme, (key,), _api_key(scheme, key.argument))
        if is_basic(scheme):
            user = self._parameter(names[0], f"User name for HTTP basic authentication. {about}")
            password = self._parameter(names[1], "Password for HTTP basic authentication.")
            value: Value = BasicCredentials(user.argument, password.argument)
            return _Slot(scheme, (user, password), Header("Authorization", value))
        prefix = prefix_of(scheme)
        kind = "" if "token" in about.lower() else f"{prefix} token for `{scheme.name}`."
        token = self._parameter(names[0], f"{kind} {about}")
        if isinstance(scheme, TokenScheme) and scheme.token_url is not None:
            token = replace(token, is_fetched=True)
        return _Slot(
            scheme, (token,), Header("Authorization", Embedded((f"{prefix} ", token.argument)))
        )

    def _parameter(self, name: Identifier, about: str) -> Parameter:
        argument = Argument(self._scope.claim(name), STR, secret=True)
        return Parameter(argument, argument.name, about.strip(), None, "credential", "string")


def _place(scheme: ApiKey) -> str:
    places = {"header": "in header", "query": "as query parameter", "cookie": "as cookie"}
    return f"API key, sent {places[scheme.location]} `{scheme.parameter}`"


def _fetched(given: Argument, token_url: str, server: Server) -> BearerToken:
    """A token from an absolute URL, or from one that is relative to the server (OpenAPI 3.0.3)."""
    if urlsplit(token_url).scheme:
        return BearerToken(given, token_url, None)
    otherwise = None if server.only else server.constant
    return BearerToken(given, token_url, server.keyword, otherwise)


def _api_key(scheme: ApiKey, value: Argument) -> Placement:
    match scheme.location:
        case "header":
            return Header(scheme.parameter, value)
        case "query":
            return QueryItem(scheme.parameter, value)
        case "cookie":
            return Cookie(scheme.parameter, value)
