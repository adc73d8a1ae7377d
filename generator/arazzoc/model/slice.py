"""The part of an OpenAPI description that workflows use, as a small valid description of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Findings
from arazzoc.frozen import dataclass
from arazzoc.model.openapi import Operation
from arazzoc.model.openapi_document import OpenApi, OperationSite
from arazzoc.model.operation_reading import report_broken
from arazzoc.model.read_security import scheme_names, schemes_of
from arazzoc.source.node import JsonValue, Node, Path, pointer_of

__all__ = ["Slice", "slice_of"]

_ELSEWHERE: Final = "x-elsewhere"
"""Where the slice keeps what is not a component of the description itself."""

_SECTIONS: Final = frozenset({"definitions", "parameters", "responses"})
"""The components of OpenAPI 2.0."""

_HEADS: Final = ("openapi", "servers")
_LEGACY_HEADS: Final = ("swagger", "host", "basePath", "schemes", "consumes", "produces")

_NAME_MAPS: Final = frozenset(
    {
        "$defs",
        "additionalOperations",
        "content",
        "definitions",
        "dependentSchemas",
        "encoding",
        "flows",
        "headers",
        "patternProperties",
        "properties",
        "responses",
        "scopes",
        "variables",
    }
)
"""Fields whose members are named by the author: a property may be called `example`."""

_DROPPED: Final = frozenset(
    {
        "$anchor",
        "$dynamicAnchor",
        "$id",
        "$schema",
        "callbacks",
        "example",
        "examples",
        "externalDocs",
        "links",
        "tags",
    }
)
"""Fields that no request and no type depends on, or that would change what a `$ref` means."""

_LITERAL: Final = frozenset({"enum", "const", "mapping"})
"""Fields whose value is data, in which `$ref` means nothing."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a description.

    Attributes:
        document: A description of its own. Nothing in it refers to another document.
        places: Where its pieces came from: from their paths in `document` to their nodes.
        broken: Where a reference led nowhere, which is reported; an empty mapping stands there.
    """

    document: dict[str, JsonValue]
    places: dict[Path, Node]
    broken: frozenset[Path]

    def origin(self, path: Path) -> Node | None:
        """The node that the value at `path` of the slice came from, or the nearest one around it."""
        for length in range(len(path), -1, -1):
            node = self.places.get(path[:length])
            if node is not None:
                return _deepest(node, path[length:])
        return None


def slice_of(api: OpenApi, operations: Iterable[Operation], findings: Findings) -> Slice:
    """The description of `operations` and of what they reach, at whatever depth.

    Components keep their names and references to them stay references; what other documents hold is
    brought in. References that lead nowhere are reported as warnings.
    """
    slicer = _Slicer(api, findings)
    for operation in operations:
        site = api.operation(operation.path, operation.method)
        if site is not None:
            slicer.add(site)
    return slicer.finish()


class _Slicer:
    """Copies nodes into a slice, and whatever they refer to after them."""

    def __init__(self, api: OpenApi, findings: Findings) -> None:
        self._api = api
        self._findings = findings
        self._document: dict[str, JsonValue] = {}
        self._places: dict[Path, Node] = {(): api.root}
        self._broken: set[Path] = set()
        self._waiting: deque[tuple[Node, Path]] = deque()
        self._pointers: dict[tuple[int, Path], str] = {}
        self._copy_heads()

    def add(self, site: OperationSite) -> None:
        """Adds an operation, with its path's parameters and its security schemes."""
        for item in reversed(site.items):
            for key in ("parameters", "servers"):
                member = item.get(key)
                if member is not None:
                    self._put(("paths", site.path, key), member)
        method = str(site.node.path[-1])
        extra = site.node.path[-2:-1] == ("additionalOperations",)
        below = ("additionalOperations", method) if extra else (method,)
        self._put(("paths", site.path, *below), site.node)
        schemes = schemes_of(self._api.root)
        for name in scheme_names(site.node, self._api.root):
            scheme = schemes.get(name) if schemes else None
            if scheme is not None and scheme.document is self._api.document:
                self._put(scheme.path, scheme)

    def finish(self) -> Slice:
        """Copies what is referred to, until nothing new is."""
        while self._waiting:
            node, path = self._waiting.popleft()
            self._put(path, node)
        return Slice(self._document, self._places, frozenset(self._broken))

    def _copy_heads(self) -> None:
        """Copies what every operation depends on. Titles and the like cannot harm a request."""
        self._document["info"] = {"title": "slice", "version": "1"}
        self._document["paths"] = {}
        for key in _LEGACY_HEADS if self._api.dialect == "2.0" else _HEADS:
            member = self._api.root.get(key)
            if member is not None:
                self._put((key,), member)

    def _put(self, path: Path, node: Node) -> None:
        """Copies `node` to `path` of the slice."""
        holder: dict[str, JsonValue] = self._document
        for token in path[:-1]:
            below = holder.setdefault(str(token), {})
            if not isinstance(below, dict):
                return
            holder = below
        self._places[path] = node
        holder[str(path[-1])] = self._copy(node, path, named=False)

    def _copy(self, node: Node, path: Path, *, named: bool) -> JsonValue:
        """A copy of `node`, which is to stand at `path`.

        `named` says that its members are named by the author, so that none of them is a field.
        """
        value = node.value
        if isinstance(value, list):
            return [
                self._copy(item, (*path, at), named=False) for at, item in enumerate(node.items())
            ]
        if not isinstance(value, dict):
            return value
        reference = node.get("$ref")
        if not named and reference is not None and isinstance(reference.value, str):
            return self._refer(node, path)
        copied: dict[str, JsonValue] = {}
        for key, member in node.members():
            if named:
                copied[key] = self._copy(member, (*path, key), named=False)
            elif key in _LITERAL:
                copied[key] = member.value
            elif key == "default" and path[-2:-1] != ("variables",):
                continue  # the validator judges defaults of schemas, but cannot tell where they stand
            elif key not in _DROPPED and not key.startswith("x-"):
                copied[key] = self._copy(member, (*path, key), named=key in _NAME_MAPS)
        return copied

    def _refer(self, node: Node, path: Path) -> JsonValue:
        """A reference to what `node` refers to, which is copied as well."""
        target = self._api.follow(node)
        if isinstance(target, Diagnostic):
            report_broken(target, self._findings)
            self._broken.add(path)
            return {}
        key = (id(target.document), target.path)
        pointer = self._pointers.get(key)
        if pointer is None:
            at = self._new_place(target)
            pointer = self._pointers[key] = "#" + _fragment(pointer_of(at))
            self._waiting.append((target, at))
        siblings = {
            key: member.value
            for key, member in node.members()
            if key in {"description", "summary"} and self._api.dialect not in {"2.0", "3.0"}
        }
        return {"$ref": pointer, **siblings}

    def _new_place(self, target: Node) -> Path:
        """Where a target is copied to: components to their own place, all else to a place of its own."""
        if target.document is self._api.document and _is_component(target.path):
            return target.path
        return (_ELSEWHERE, str(len(self._pointers)))


def _is_component(path: Path) -> bool:
    if len(path) == 3:
        return path[0] == "components"
    return len(path) == 2 and path[0] in _SECTIONS


def _fragment(pointer: str) -> str:
    """A JSON Pointer in the form of a URI fragment (RFC 6901, section 6)."""
    return pointer.replace("%", "%25").replace(" ", "%20")


def _deepest(node: Node, path: Path) -> Node:
    """What stands at `path` below `node`, or as far as the path leads."""
    for token in path:
        below = node.at((str(token),))
        if below is None:
            return node
        node = below
    return node
