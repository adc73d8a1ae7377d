"""Edits that remove a member or an item, together with the lines that are its alone."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.diagnostics.model import Edit, Fix
from arazzoc.source.node import Node

__all__ = ["removed", "without"]

_ALIAS: Final = re.compile(r"\*[^\s,\[\]{}]+")
_ANCHOR: Final = re.compile(r"[\s:]&[^\s&]")
_CLOSER: Final = re.compile(r"(?:[\s,]|#[^\r\n]*)*[\]}]")
_REST: Final = re.compile(r"[ \t]*(#[^\r\n]*)?(\r\n|\r|\n|\Z)")
_NEXT_IN_FLOW: Final = re.compile(r"\s*,\s*\Z")
_BEFORE_IN_FLOW: Final = re.compile(r",\s*\Z")
_LAST_BREAK: Final = re.compile(r"(?:\r\n|\r|\n)\Z")
_DASH: Final = re.compile(r"-[ \t]+\Z")


def without(node: Node) -> Fix | None:
    """The fix that removes a member or item, and the list that would be left empty.

    None for what stands in a component: there it may be right for others that use it.
    """
    if node.path[:1] == ("components",):
        return None
    holder = node.document.node.at([str(token) for token in node.path[:-1]])
    if isinstance(node.path[-1], int) and holder is not None and len(_children(holder)) == 1:
        edit, name = removed(holder), f"`{holder.path[-1]}`"
    else:
        edit = removed(node)
        name = "the item" if isinstance(node.path[-1], int) else f"`{node.path[-1]}`"
    return None if edit is None else Fix(f"remove {name}", (edit,))


def removed(node: Node) -> Edit | None:
    """What removes the member or item that `node` is, which is not the only one of its container.

    A comment behind it stays. None where comments or other values share its lines in another way.
    """
    if not node.path:
        return None
    if _ANCHOR.search(node.document.text, _start(node), _end(node)):
        return None  # an alias elsewhere may stand for it
    if node.document.places.is_flow(node.path):
        return _from_flow(node)
    return _from_block(node)


def _from_flow(node: Node) -> Edit | None:
    document = node.document
    start, end = _start(node), _end(node)
    following = _following(node)
    if following is not None and _NEXT_IN_FLOW.match(document.text[end : _start(following)]):
        return Edit(document.between(start, _start(following)), "")
    before = _BEFORE_IN_FLOW.search(document.text[:start])
    if following is None and before is not None:
        return Edit(document.between(before.start(), end), "")
    return None


def _from_block(node: Node) -> Edit | None:
    document, text = node.document, node.document.text
    start, end = _start(node), _end(node)
    if isinstance(node.path[-1], int):
        dash = _DASH.search(text[:start])
        if dash is None:
            return None
        start = dash.start()
    line = start - document.lines.position(start).column + 1
    rest = _REST.match(text, end)
    if rest is None:
        return None
    if not text[line:start].strip():
        return Edit(document.between(*_lines(text, (line, start), rest)), "")
    following = _following(node)
    if following is not None and not text[end : _start(following)].strip():
        return Edit(document.between(start, _start(following)), "")
    return None


def _lines(text: str, starts: tuple[int, int], rest: re.Match[str]) -> tuple[int, int]:
    """What goes of lines that a value has for itself: all, but for a comment behind it."""
    line, start = starts
    if rest[1]:
        return start, rest.start(1)
    if rest[2]:
        return line, rest.end()
    above = _LAST_BREAK.search(text[:line])
    return (above.start() if above else line), rest.end()


def _start(node: Node) -> int:
    """Where the member's key or the item starts, without an item's dash."""
    return node.document.lines.offset(node.key_span.start)


def _end(node: Node) -> int:
    """Where the whole value ends, on whatever line."""
    document = node.document
    start, end = document.places.value(node.path)
    alias = _ALIAS.match(document.text, start)
    if alias:
        return alias.end()
    children = _children(node)
    if children:
        end = _end(children[-1])
    elif not isinstance(node.value, dict | list):
        return end
    else:
        end = start + 1
    closer = _CLOSER.match(document.text, end)
    return closer.end() if document.text[start] in "{[" and closer else end


def _following(node: Node) -> Node | None:
    """The next member or item of the container that `node` stands in."""
    parent = node.document.node.at([str(token) for token in node.path[:-1]])
    assert parent is not None
    siblings = _children(parent)
    at = next(index for index, each in enumerate(siblings) if each.path == node.path) + 1
    return siblings[at] if at < len(siblings) else None


def _children(node: Node) -> list[Node]:
    return [*node.items(), *(member for _, member in node.members())]
