"""Reads a path template, and the query that some descriptions write into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import unquote_plus

from arazzoc.diagnostics.registry.openapi import QUERY_IN_PATH
from arazzoc.model.openapi import OperationParameter
from arazzoc.model.openapi_document import OperationSite
from arazzoc.model.operation_reading import OperationReading

__all__ = ["Query", "path_of"]

Query: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values, decoded."""


def path_of(
    site: OperationSite, parameters: Sequence[OperationParameter], reading: OperationReading
) -> tuple[str, Query]:
    """The path template that a key of `paths` states, and the query behind its `?`.

    A key should hold neither a query nor a fragment (OpenAPI 3.1.1, Paths Object). Where it does, to tell
    operations of one path apart, a query has to be sent as it is written, and a fragment is for readers:
    no request has one (RFC 9110, 7.1). A placeholder in a query is known only where it gives a parameter of
    the query its own name.

    Args:
        site: The operation.
        parameters: Those that it declares.
        reading: Where faults are reported.
    """
    before, _, fragment = site.path.partition("#")
    path, _, written = before.partition("?")
    queried = {each.name for each in parameters if each.location == "query"}
    query = tuple(
        (name, value)
        for name, value in _pairs(written)
        if value != f"{{{name}}}" or name not in queried
    )
    cut = path != site.path and path.count("{") != path.count("}")
    unknown = any("{" in name + value for name, value in query)
    if not path.startswith("/") or cut or unknown:
        message = f"`{site.path}` is no path: it has to start with `/` and to hold no query"
        hint = "declare what stands in a query as parameters"
        reading.malformed(site.items[0], message, hint=hint, needed=True)
    elif path != site.path:
        _tell(site, query, fragment, reading)
    return path, query


def _pairs(written: str) -> Query:
    pairs = (pair.partition("=") for pair in written.split("&") if pair)
    return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in pairs)


def _tell(site: OperationSite, query: Query, fragment: str, reading: OperationReading) -> None:
    what = "a query" if query else "a fragment" if fragment else "a `?`"
    sent = " and ".join(f"`{name}={value}`" for name, value in query)
    message = f"`{site.path}` is no path alone: it holds {what}"
    hint = "declare what stands in a query as parameters"
    if sent:
        hint = f"{sent} {'is' if len(query) == 1 else 'are'} sent with every request; {hint}"
    reading.findings.report(QUERY_IN_PATH, site.items[0].key_span, message, hint=hint)
