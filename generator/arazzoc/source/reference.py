"""Following `$ref` (RFC 6901 pointers in RFC 3986 references), as far as someone asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import unquote

from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import source as rules
from arazzoc.source.document import Document
from arazzoc.source.fault import Problem
from arazzoc.source.node import Node, tokens_of
from arazzoc.suggestion import closest

__all__ = ["Follower", "inner_definitions", "reference_of"]

_REF: Final = "$ref"
_DEFINITIONS: Final = ("$defs", "definitions")
_MOST_STEPS: Final = 200

_Trail: TypeAlias = "tuple[Node, ...]"


def reference_of(node: Node) -> Node | None:
    """The `$ref` of a mapping that has one as text, else None."""
    found = node.get(_REF)
    return found if found is not None and found.text is not None else None


class Follower:
    """Follows references from node to node, through files and through each other."""

    __slots__ = ("_open",)

    def __init__(self, open_document: Callable[[Document, str], Document | Problem]) -> None:
        """Takes what finds the document that an address in another one means."""
        self._open = open_document

    def follow(self, node: Node) -> Node | Diagnostic:
        """The first node on the way from `node` that is no reference.

        Siblings of `$ref` play no part. A pointer may lead through references itself.
        """
        return self._follow(node, ())

    def _follow(self, node: Node, trail: _Trail) -> Node | Diagnostic:
        while (reference := reference_of(node)) is not None:
            if any(_same(reference, earlier) for earlier in trail) or len(trail) > _MOST_STEPS:
                return _cycle(reference, trail)
            trail = (*trail, reference)
            found = self._target(reference, trail)
            if isinstance(found, Diagnostic):
                return found
            node = found
        return node

    def _target(self, reference: Node, trail: _Trail) -> Node | Diagnostic:
        """What one `$ref` leads to, which may be a reference again."""
        address, _, fragment = (reference.text or "").partition("#")
        document = self._open(reference.document, address) if address else reference.document
        if isinstance(document, Problem):
            return document.at(reference.span)
        try:
            pointer = unquote(fragment, errors="strict")
            tokens = tokens_of(pointer)
        except UnicodeDecodeError:
            return _dangling(reference, f"`{fragment}` is not percent-encoded UTF-8", None)
        except ValueError:
            return _anchor(reference, fragment)
        node = inner_definitions(reference) or document.node
        for token in tokens:
            below = node.at((token,))
            if below is None and reference_of(node) is not None:
                through = self._follow(node, trail)
                if isinstance(through, Diagnostic):
                    return through
                node = through
                below = node.at((token,))
            if below is None:
                return _no_such(reference, node, token)
            node = below
        return node


def inner_definitions(reference: Node) -> Node | None:
    """The outermost schema around a reference that has what it names; None where `#` is the document.

    With an `$id`, a schema is what `#` means inside of it (JSON Schema 2020-12, section 8.2.1). The inputs of
    a workflow are often written so without one.
    """
    text, document = reference.text or "", reference.document
    name = next((each for each in _DEFINITIONS if text.startswith(f"#/{each}/")), None)
    if name is None or document.node.get(name) is not None:
        return None
    route = [str(step) for step in reference.path]
    around = (document.node.at(route[:length]) for length in range(len(route) - 1, 0, -1))
    found: Node | None = None
    for node in around:
        stated = node.get(name) if node is not None else None
        if stated is not None and (found is None or stated.get(tokens_of(text[1:])[1]) is not None):
            found = node
        if node is not None and node.get("$id") is not None:
            break
    is_resource = found is not None and found.get("$id") is not None
    return found if is_resource or document.node.get("arazzo") is not None else None


def _same(left: Node, right: Node) -> bool:
    return left.document is right.document and left.path == right.path


def _cycle(reference: Node, trail: _Trail) -> Diagnostic:
    """Says so at the first reference of the cycle as written, wherever following it started."""
    start = next((at for at, each in enumerate(trail) if _same(reference, each)), 0)
    cycle = trail[start:]
    at = min(range(len(cycle)), key=lambda at: cycle[at].span.sort_key)
    first, *others = (*cycle[at:], *cycle[:at])
    way = tuple(Related(each.span, f"through `{each.text}`") for each in others[:4])
    message = f"the reference `{first.text}` leads back to itself"
    hint = "put what is meant in the place of one of these references"
    return Problem(rules.REFERENCE_CYCLE, message, hint, way).at(first.span)


def _anchor(reference: Node, name: str) -> Diagnostic:
    message = f"`{reference.text}` names an anchor, and anchors are not supported"
    root = reference.document.root
    kind = "inputs" if isinstance(root, dict) and "arazzo" in root else "schemas"
    hint = f"write the JSON Pointer that leads to it, such as `#/components/{kind}/{name}`"
    return Problem(rules.ANCHOR_REFERENCE, message, hint).at(reference.span)


def _no_such(reference: Node, node: Node, token: str) -> Diagnostic:
    """Says how far the pointer leads, and which name was probably meant."""
    where = f"`{node.pointer}`" if node.path else "the document"
    if node.document is not reference.document:
        where += f" in `{node.document.name}`"
    if isinstance(node.value, list):
        reason, near = f"{where} has {len(node.value)} items and no `{token}`", None
    elif isinstance(node.value, dict):
        reason, near = f"{where} has no `{token}`", closest(token, node.value)
    else:
        reason, near = f"{where} has nothing inside it", None
    return _dangling(reference, reason, f"did you mean `{near}`?" if near is not None else None)


def _dangling(reference: Node, reason: str, hint: str | None) -> Diagnostic:
    message = f"the reference `{reference.text}` leads nowhere: {reason}"
    return Problem(rules.DANGLING_REFERENCE, message, hint).at(reference.span)
