"""Credentials that are sent where others can read them: in a URL, or without encryption."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from arazzoc.check.context import Context, Whole, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import security as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import ApiKey, Operation, SecurityScheme, Server, TokenScheme
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.secrets import is_credential_name, is_secret_schema
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Argument, Constant, Embedded, Member, Returned, StepOutput, Value

__all__ = ["check_secrets_in_urls", "check_unencrypted"]

_NEAR: Final = (".localhost", ".local", ".internal", ".lan", ".test", ".svc", ".cluster.local")
"""Names that no public server has (RFC 6761, RFC 6762), or that clusters give their own."""


_OTHER: Final = re.compile(r"(secret|pass\w*)$", re.IGNORECASE)
"""Names of credentials that no header of a security scheme takes as they are."""


def check_secrets_in_urls(context: Context) -> Iterator[Diagnostic]:
    """No credential is put into a query that the operation takes in another place."""
    for step in context.steps():
        operation = step.operation
        for parameter in step.parameters if operation is not None else ():
            if operation is None or parameter.location != "query":
                continue
            elsewhere = _elsewhere(operation, parameter)
            secret = _secret(parameter, context.before(step))
            if secret is not None and elsewhere is not None:
                message = f"{secret} is sent in the URL, as query parameter `{parameter.name}`"
                yield found(rules.SECRET_IN_URL, parameter.value.span, message, elsewhere)


def _elsewhere(operation: Operation, parameter: Parameter) -> str | None:
    """Where the credential belongs; None where the operation takes it in the query, or does not say."""
    schemes = {scheme for alternative in operation.security for scheme in alternative}
    keys = [scheme for scheme in schemes if isinstance(scheme, ApiKey)]
    if any(key.location == "query" and key.parameter == parameter.name for key in keys):
        return None
    declared = operation.parameter(parameter.name, "query")
    headers = [scheme for scheme in schemes if _header(scheme) is not None]
    is_token = not _OTHER.search(parameter.name)
    if declared is not None and (declared.required or not headers or not is_token):
        return None
    if not headers:
        return "URLs are kept in logs and histories: send it in a header, or in the body"
    scheme = min(headers, key=lambda each: each.name)
    return f"send it in the header `{_header(scheme)}`, as security scheme `{scheme.name}` says"


def _header(scheme: SecurityScheme) -> str | None:
    if not isinstance(scheme, ApiKey):
        return "Authorization"
    return scheme.parameter if scheme.location == "header" else None


def _secret(parameter: Parameter, view: Viewpoint) -> str | None:
    """What of a parameter is a credential, in words; None where nothing is known to be one."""
    value = value_of(parameter.value, view).value
    if value is None or isinstance(value, Constant):
        return None
    named = _named(value, view.facts)
    if named is None and is_credential_name(parameter.name):
        return "a credential"
    return named


def _named(value: Value, facts: WorkflowFacts) -> str | None:
    """The name of an input or an output that holds a credential."""
    match value:
        case Argument(stated=str() as name):
            stated = facts.inputs.get(name)
            marked = stated is not None and is_secret_schema(stated.node)
            return f"input `{name}`" if marked or is_credential_name(name) else None
        case StepOutput(_, output) | Returned(_, output):
            return f"output `{output}`" if is_credential_name(output) else None
        case Member(base, tokens):
            held = tokens and is_credential_name(tokens[-1])
            return f"member `{tokens[-1]}`" if held else _named(base, facts)
        case Embedded(parts):
            names = (_named(part, facts) for part in parts if not isinstance(part, str))
            return next((name for name in names if name is not None), None)
        case _:
            return None


def check_unencrypted(whole: Whole) -> Iterator[Diagnostic]:
    """No credential goes over plain HTTP to another machine; each server is told of once."""
    told: set[str] = set()
    contexts = [Context(facts) for facts in whole.workflows]
    for context, step in ((each, step) for each in contexts for step in each.steps()):
        operation = step.operation
        stated = step.step.operation_id or step.step.operation_path
        if operation is None or stated is None:
            continue
        for url, what in _plain(operation, step, context):
            if url not in told:
                told.add(url)
                safe = f"https{url[4:]}"
                hint = f"use `{safe}` where it answers: in the description, or when calling"
                message = f"{what} over plain HTTP to `{url}`"
                yield found(rules.UNENCRYPTED_CREDENTIALS, stated.span, message, hint)


def _plain(operation: Operation, step: StepFacts, context: Context) -> Iterator[tuple[str, str]]:
    """The URLs of plain HTTP that credentials are sent to, and which are sent."""
    asked = [scheme for alternative in operation.security[:1] for scheme in alternative]
    server = _server(operation)
    if server is not None and _is_open(server.url) and () not in operation.security:
        sent = _sent(step, context.before(step))
        if sent is None and asked:
            sent = f"what security scheme `{asked[0].name}` asks for"
        if sent is not None:
            yield server.url, f"{sent} goes"
    for scheme in asked if () not in operation.security else ():
        if isinstance(scheme, TokenScheme) and scheme.token_url and _is_open(scheme.token_url):
            yield scheme.token_url, f"the credentials of security scheme `{scheme.name}` go"


def _server(operation: Operation) -> Server | None:
    """The server that requests go to where the caller names no other."""
    return next((server for server in operation.servers if not server.relative), None)


def _sent(step: StepFacts, view: Viewpoint) -> str | None:
    for parameter in step.parameters:
        if parameter.location in ("header", "query", "cookie"):
            secret = _secret(parameter, view)
            if secret is not None:
                return secret
    return None


def _is_open(url: str) -> bool:
    """Whether a URL leads to another machine without encryption."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # another finding says that it is no URL
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() != "http" or not host:
        return False
    try:
        return not ipaddress.ip_address(host).is_private
    except ValueError:
        return "." in host and not host.endswith(_NEAR)
