"""Credentials that operations ask for and no parameter fills: keyword arguments of the function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urlsplit

from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Cookie, Credential, Header, Parameter, QueryItem, Server
from arazzoc.model.openapi import ApiKey, HttpScheme, SecurityScheme, TokenScheme
from arazzoc.model.prose import brief
from arazzoc.names import Identifier, Scope
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
        """What `asked` has of sources and schemes decides on names: all that the function will ask for.

        Names carry the source's where several sources ask for credentials, and the scheme's or the key's own
        where several schemes would have the same.
        """
        schemes = {_key(source, scheme): (source, scheme) for source, scheme in asked}
        self._scope = scope
        self._several = len({source for source, _ in schemes.values()}) > 1
        self._names = Counter(
            self._prefixed(source, name)
            for source, scheme in schemes.values()
            for name in _plain_names(scheme)
        )
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
        key = _key(source, scheme)
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
        names = self._own_names(source, scheme)
        if isinstance(scheme, ApiKey):
            key = self._parameter(names[0], f"{_place(scheme)}. {about}")
            return _Slot(scheme, (key,), _api_key(scheme, key.argument))
        if _is_basic(scheme):
            user = self._parameter(names[0], f"User name for HTTP basic authentication. {about}")
            password = self._parameter(names[1], "Password for HTTP basic authentication.")
            value: Value = BasicCredentials(user.argument, password.argument)
            return _Slot(scheme, (user, password), Header("Authorization", value))
        prefix = _prefix(scheme)
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

    def _own_names(self, source: str, scheme: SecurityScheme) -> tuple[Identifier, ...]:
        """What the scheme's parameters are to be called."""
        plain = [self._prefixed(source, name) for name in _plain_names(scheme)]
        if all(self._names[name] < 2 for name in plain):
            return tuple(plain)
        return tuple(self._prefixed(source, name) for name in _telling_names(scheme))

    def _prefixed(self, source: str, name: str) -> Identifier:
        return Identifier.of(f"{source} {name}" if self._several else name)


def _key(source: str, scheme: SecurityScheme) -> tuple[str, str, bool]:
    """What tells the schemes of a function apart."""
    return source, scheme.name, isinstance(scheme, ApiKey) and scheme.stated


def _plain_names(scheme: SecurityScheme) -> tuple[str, ...]:
    """What parameters are called where the function has no other scheme of the kind."""
    if isinstance(scheme, ApiKey):
        return (scheme.parameter if scheme.stated else "api_key",)
    if _is_basic(scheme):
        return ("username", "password")
    return (f"{_prefix(scheme).lower()}_token",)


def _telling_names(scheme: SecurityScheme) -> tuple[str, ...]:
    """What they are called where it has: a key as what carries it, a token as its scheme."""
    if isinstance(scheme, ApiKey):
        shared = scheme.parameter.lower() == "authorization"
        return (scheme.name if shared else scheme.parameter,)
    if _is_basic(scheme):
        return tuple(Identifier.of_member(scheme.name, name) for name in _plain_names(scheme))
    return (Identifier.of_member(scheme.name, "token"),)


def _is_basic(scheme: SecurityScheme) -> bool:
    return isinstance(scheme, HttpScheme) and scheme.scheme == "basic"


def _prefix(scheme: SecurityScheme) -> str:
    """What stands before a token in the header `Authorization`."""
    if isinstance(scheme, HttpScheme) and scheme.scheme != "bearer":
        return scheme.scheme.capitalize()
    return "Bearer"


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
