"""Reads where an operation's requests go (OpenAPI 2.0 to 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from arazzoc.diagnostics.registry.openapi import UNUSABLE_SERVER
from arazzoc.model.openapi import Server
from arazzoc.model.operation_reading import OperationReading, text_of
from arazzoc.source.node import Node

__all__ = ["servers_of"]

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_SCHEMES: Final = ("https", "http")
_ABSOLUTE: Final = re.compile("https?:", re.IGNORECASE)


def servers_of(
    operation: Node, items: Iterable[Node], reading: OperationReading
) -> tuple[Server, ...]:
    """The operation's servers, else its path's, else the document's, else the document's own host.

    Empty only where servers are stated and none of them can be used.
    """
    root = reading.api.root
    if reading.dialect == "2.0":
        return tuple(_legacy_servers(root, operation, reading))
    for holder in (operation, *items, root):
        stated = list(reading.items(holder, "servers"))
        if stated:
            read = (_server(node, reading) for node in stated)
            return tuple(dict.fromkeys(server for server in read if server is not None))
    return (_placed("/"),)


def _server(node: Node, reading: OperationReading) -> Server | None:
    url = node.get("url")
    if url is None or url.text is None:
        reading.malformed(url or node, "the server has no `url`", hint="it is left out")
        return None
    values: dict[str, str] = {}
    for name in _VARIABLE.findall(url.text):
        default = node.at(("variables", name, "default"))
        if default is None or isinstance(default.value, (dict, list)) or default.value is None:
            reading.findings.report(
                UNUSABLE_SERVER,
                url.span,
                f"variable `{name}` of the server's URL has no default",
                hint="give it a `default`, or pass the server's URL when calling the workflow",
            )
            return None
        values[name] = str(default.value)
    complete = _VARIABLE.sub(lambda found: values[found[1]], url.text)
    if "?" in complete or "#" in complete:
        reading.findings.report(
            UNUSABLE_SERVER,
            url.span,
            "the server's URL has a query or a fragment, so that no path can stand behind it",
            hint="end the URL before it",
        )
        return None
    return _placed(complete)


def _legacy_servers(root: Node, operation: Node, reading: OperationReading) -> Iterator[Server]:
    """The servers that `schemes`, `host` and `basePath` of OpenAPI 2.0 make, the safest first."""
    host, base = text_of(root, "host"), text_of(root, "basePath") or "/"
    if host is None:
        yield _placed(base)
        return
    holder = operation if operation.get("schemes") is not None else root
    stated = {node.text for node in reading.items(holder, "schemes")}
    for scheme in [scheme for scheme in _SCHEMES if scheme in stated] or _SCHEMES[:1]:
        yield _placed(f"{scheme}://{host}/{base.lstrip('/')}")


def _placed(url: str) -> Server:
    """A server with its URL in the model's form."""
    stripped = url.strip().rstrip("/")
    if stripped.startswith("//"):
        stripped = f"https:{stripped}"
    return Server(stripped, relative=_ABSOLUTE.match(stripped) is None)
