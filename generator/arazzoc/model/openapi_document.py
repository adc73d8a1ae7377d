"""An OpenAPI description as a place to find operations in: nothing is read before it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal, TypeAlias

from arazzoc.diagnostics.model import Diagnostic, Findings
from arazzoc.diagnostics.registry.openapi import NOT_OPENAPI
from arazzoc.frozen import dataclass
from arazzoc.source.document import Document
from arazzoc.source.node import Node
from arazzoc.source.workspace import Workspace

__all__ = ["METHODS", "Dialect", "OpenApi", "OperationSite"]

Dialect: TypeAlias = Literal["2.0", "3.0", "3.1", "3.2"]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The fields of a Path Item Object that hold operations; `query` came with OpenAPI 3.2."""

_VERSION: Final = re.compile(r"(2\.0|3\.[012])(\.\d+)?(-.+)?")
_DIALECTS: Final[dict[str, Dialect]] = {"2.0": "2.0", "3.0": "3.0", "3.1": "3.1", "3.2": "3.2"}


@dataclass(frozen=True, slots=True)
class OperationSite:
    """Where an operation stands.

    Attributes:
        node: The Operation Object.
        path: The path template.
        method: Upper case.
        items: The Path Item Objects that hold it: the one under `paths`, then what its `$ref` leads to.
    """

    node: Node
    path: str
    method: str
    items: tuple[Node, ...]


class OpenApi:
    """One OpenAPI description, of version 2.0 to 3.2.

    Paths and methods are walked once, when an operation is first looked up by its id; schemas never are.

    Attributes:
        document: The description.
        version: As written, such as `3.0.3`.
        dialect: The version that says how to read it.
    """

    def __init__(
        self, document: Document, workspace: Workspace, version: str, dialect: Dialect
    ) -> None:
        """Use `OpenApi.of`, which tells the version."""
        self.document = document
        self.version = version
        self.dialect: Dialect = dialect
        self._workspace = workspace

    @staticmethod
    def of(document: Document, workspace: Workspace, findings: Findings) -> OpenApi | None:
        """The description that `document` holds; None, and a finding, where it holds none."""
        root = document.node
        stated = root.get("openapi") or root.get("swagger")
        version = "" if stated is None else str(stated.value)
        parts = _VERSION.fullmatch(version)
        if parts is not None:
            return OpenApi(document, workspace, version, _DIALECTS[parts[1]])
        if stated is None:
            message = "this is not an OpenAPI description: it has neither `openapi` nor `swagger`"
        else:
            message = f"OpenAPI version `{version}` is not known"
        findings.report(
            NOT_OPENAPI,
            root.span if stated is None else stated.span,
            message,
            hint="descriptions of version 2.0, 3.0, 3.1 and 3.2 can be used; look at the `url` that"
            " names this file",
        )
        return None

    @property
    def root(self) -> Node:
        """The whole description."""
        return self.document.node

    def follow(self, node: Node) -> Node | Diagnostic:
        """What `node` means: itself or, where it is a Reference Object, what that leads to.

        Nothing is reported; the diagnostic says why there is nothing.
        """
        return self._workspace.follow(node)

    @cached_property
    def sites(self) -> tuple[OperationSite, ...]:
        """All operations in the order written."""
        paths = self.root.get("paths")
        if paths is None:
            return ()
        return tuple(site for path, item in paths.members() for site in self._sites_of(path, item))

    @cached_property
    def operation_ids(self) -> Mapping[str, tuple[OperationSite, ...]]:
        """The operations by their ids; more than one where the description breaks the rules."""
        found: dict[str, list[OperationSite]] = {}
        for site in self.sites:
            name = site.node.get("operationId")
            if name is not None and isinstance(name.value, str):
                found.setdefault(name.value, []).append(site)
        return {name: tuple(sites) for name, sites in found.items()}

    def find(self, operation_id: str) -> OperationSite | None:
        """The first operation of that id."""
        sites = self.operation_ids.get(operation_id)
        return sites[0] if sites else None

    def operation(self, path: str, method: str) -> OperationSite | None:
        """The operation at a path template, by its method in any case."""
        item = self.root.at(("paths", path))
        if item is None or path.startswith("x-"):
            return None
        wanted = method.upper()
        return next((site for site in self._sites_of(path, item) if site.method == wanted), None)

    def operation_at(self, tokens: Sequence[str]) -> OperationSite | None:
        """The operation that a JSON Pointer into this document leads to, such as `/paths/~1pets/get`."""
        match tokens:
            case ("paths", path, method) | ("paths", path, "additionalOperations", method):
                return self.operation(path, method)
            case _:
                return None

    def at(self, tokens: Sequence[str]) -> Node | None:
        """The value that a JSON Pointer's tokens lead to, with no `$ref` followed on the way."""
        return self.root.at(tokens)

    def _sites_of(self, path: str, item: Node) -> Iterator[OperationSite]:
        if path.startswith("x-"):
            return
        items: tuple[Node, ...] = (item,)
        target = self.follow(item)
        if isinstance(target, Node) and target is not item:
            items = (item, target)
        seen: set[str] = set()
        for holder in items:
            for method, node in _operations(holder):
                if method not in seen:
                    seen.add(method)
                    yield OperationSite(node, path, method, items)


def _operations(item: Node) -> Iterator[tuple[str, Node]]:
    """The operations of one Path Item Object, by method in upper case."""
    for key, member in item.members():
        if key in METHODS and isinstance(member.value, dict):
            yield key.upper(), member
        elif key == "additionalOperations":
            yield from (
                (method.upper(), node)
                for method, node in member.members()
                if isinstance(node.value, dict)
            )
