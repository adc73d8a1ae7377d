"""Credentials that operations ask for and no parameter fills: keyword arguments of the function."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urlsplit

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Cookie, Credential, Header, Parameter, QueryItem, Server
from arazzoc.model.openapi import ApiKey, HttpScheme, SecurityScheme, TokenScheme
from arazzoc.names import Scope
from arazzoc.types.credentials import argument_name, prefix_of, wanted_names
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

    def __init__(self, scope: Scope, *, several: bool) -> None:
        """Names carry the source's where `several` sources ask for credentials."""
        self._scope = scope
        self._several = several
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
        key = source, scheme.name, isinstance(scheme, ApiKey) and scheme.stated
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
        if isinstance(scheme, ApiKey):
            (name,) = wanted_names(scheme)
            key = self._parameter(source, name, f"Key that `{scheme.name}` asks for", scheme)
            return _Slot(scheme, (key,), _api_key(scheme, key.argument))
        if isinstance(scheme, HttpScheme) and scheme.scheme == "basic":
            first, second = wanted_names(scheme)
            user = self._parameter(source, first, f"User name for `{scheme.name}`", scheme)
            password = self._parameter(source, second, f"Password for `{scheme.name}`", scheme)
            value: Value = BasicCredentials(user.argument, password.argument)
            return _Slot(scheme, (user, password), Header("Authorization", value))
        (name,) = wanted_names(scheme)
        about = f"Token that `{scheme.name}` asks for"
        token = self._parameter(source, name, about, scheme)
        if isinstance(scheme, TokenScheme) and scheme.token_url is not None:
            token = replace(token, is_fetched=True)
        return _Slot(
            scheme,
            (token,),
            Header("Authorization", Embedded((f"{prefix_of(scheme)} ", token.argument))),
        )

    def _parameter(self, source: str, name: str, about: str, scheme: SecurityScheme) -> Parameter:
        wanted = argument_name(name, source, several=self._several)
        argument = Argument(self._scope.claim(wanted), STR, secret=True)
        described = " ".join((scheme.description or "").split())
        return Parameter(
            argument, argument.name, described or f"{about}.", None, "credential", "string"
        )


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
