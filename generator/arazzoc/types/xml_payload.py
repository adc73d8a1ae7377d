"""XML payloads with other values in the places that XPaths lead to.

Where the document states the XML, and the XPath is a plain path such as `/order/item[2]/@id`, the places are
found once, while it is compiled. All else is left to the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from arazzoc.expr.problem import SyntaxProblem
from arazzoc.runtime.markup import (
    XmlTag,
    attribute_extent,
    content_extent,
    parsed_xml,
    spliced,
    tags_of,
    xml_attribute,
    xml_text,
)
from arazzoc.types.value import Constant, Embedded, Value, XmlReplaced, XmlText
from arazzoc.types.xpath import XPath

__all__ = ["xml_replaced"]

_NAME: Final = r"(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*"
_STEP: Final = re.compile(rf"/({_NAME})(?:\[([1-9][0-9]{{0,8}})\])?")
_PATH: Final = re.compile(rf"((?:{_STEP.pattern})+)(?:/@({_NAME}))?")
_MARK: Final = re.compile("\ue000(\\d+)\ue001")


def xml_replaced(payload: Value, query: XPath, value: Value) -> Value | SyntaxProblem:
    """XML with `value` where an XPath leads, or why there is no such place.

    Args:
        payload: The XML, as text.
        query: The place.
        value: What takes the place of the content that is there.
    """
    parts = _known(payload)
    if not isinstance(query.text, str):
        return XmlReplaced(payload, query, value)
    path = _PATH.fullmatch(query.text.strip())
    if parts is None or any("\ue000" in part for part in parts if isinstance(part, str)):
        return XmlReplaced(payload, query, value)
    marked = "".join(
        part if isinstance(part, str) else f"\ue000{number}\ue001"
        for number, part in enumerate(parts)
    )
    try:
        root, namespaces = parsed_xml(marked)
    except (SyntaxError, ValueError) as error:
        return SyntaxProblem(f"the payload is no XML: {error}", "mend the XML", 0, 0)
    if path is None:
        return XmlReplaced(payload, query, value)
    namespaces["xml"] = "http://www.w3.org/XML/1998/namespace"
    if query.version == "1.0":
        namespaces.pop("", None)
    places = [*_places(root, tags_of(marked.encode()), path, namespaces)]
    if not places:
        hint = (
            "write the path of an element or attribute that is there, with the prefixes of the XML"
        )
        return SyntaxProblem(f"`{query.text}` leads nowhere in the payload", hint, 0, 0)
    quoted = path[path.re.groups] is not None
    new = _written(value, quoted)
    mark = new if isinstance(new, str) else f"\ue000{len(parts)}\ue001"
    changes = [(start, end, before + mark.encode() + after) for start, end, before, after in places]
    return _value(spliced(marked.encode(), changes).decode(), [*parts, new])


def _known(payload: Value) -> list[str | Value] | None:
    """The text of the payload, with the values that are no more than text in it; None for any other."""
    match payload:
        case Constant(str() as text):
            return [text]
        case Embedded(parts) if all(isinstance(part, str | XmlText) for part in parts):
            return [*parts]
        case _:
            return None


def _written(value: Value, quoted: bool) -> str | Value:
    """The value as XML has it: text where the document states it."""
    if isinstance(value, Constant):
        return xml_attribute(value.value) if quoted else xml_text(value.value)
    return XmlText(value, quoted, absent=value.absent)


def _value(marked: str, values: list[str | Value]) -> Value:
    """The text with the values in place of their marks."""
    pieces = _MARK.split(marked)
    parts = [
        piece if number % 2 == 0 else values[int(piece)] for number, piece in enumerate(pieces)
    ]
    kept = tuple(part for part in parts if part != "")
    if all(isinstance(part, str) for part in kept):
        return Constant("".join(map(str, kept)))
    return Embedded(kept, absent=any(not isinstance(part, str) and part.absent for part in kept))


def _places(
    root: Element, tags: list[XmlTag], path: re.Match[str], namespaces: Mapping[str, str]
) -> Iterator[tuple[int, int, bytes, bytes]]:
    """The extents of what a path leads to, and what stands around new content there."""
    elements = [element for element in root.iter() if not callable(element.tag)]
    tag_of = dict(zip(map(id, elements), tags, strict=True))
    attribute = path[path.re.groups]
    for element in _elements(root, path[1], namespaces):
        tag = tag_of[id(element)]
        if attribute is None:
            yield content_extent(tag)
        elif (name := _expanded(attribute, namespaces, own="")) in element.attrib:
            yield attribute_extent(tag, [*element.attrib].index(name))


def _elements(root: Element, path: str, namespaces: Mapping[str, str]) -> list[Element]:
    """The elements that the steps of a path lead to."""
    found: list[Element] = []
    level: list[list[Element]] = [[root]]
    for name, position in _STEP.findall(path):
        wanted = _expanded(name, namespaces, own=namespaces.get("", ""))
        fitting = [[each for each in siblings if each.tag == wanted] for siblings in level]
        if position:
            fitting = [siblings[int(position) - 1 : int(position)] for siblings in fitting]
        found = [each for siblings in fitting for each in siblings]
        level = [list(each) for each in found]
    return found


def _expanded(name: str, namespaces: Mapping[str, str], *, own: str) -> str:
    """A name as the tree has it; `own` is the namespace of names without a prefix."""
    prefix, _, local = name.rpartition(":")
    uri = namespaces.get(prefix) if prefix else own
    return f"{{{uri}}}{local}" if uri else local if not prefix else f"{{}}{local}"
