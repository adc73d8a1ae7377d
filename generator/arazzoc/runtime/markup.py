"""XML that is changed in its text: what is not replaced stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser
from xml.parsers.expat import ParserCreate

from arazzoc.runtime.embedding import text

__all__ = [
    "XmlTag",
    "attribute_extent",
    "content_extent",
    "parsed_xml",
    "spliced",
    "tags_of",
    "xml_attribute",
    "xml_text",
]

_START_TAG: Final = re.compile(
    rb"<(?P<name>[^\s/>]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?P<closed>/?)>"
)
_ATTRIBUTE: Final = re.compile(rb"([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = _IN_TEXT | str.maketrans(
    {'"': "&quot;", "'": "&apos;", "\t": "&#9;", "\n": "&#10;"}
)


def parsed_xml(xml: str | bytes) -> tuple[Element, dict[str, str]]:
    """The root of an XML document, and the namespaces that it declares by prefix.

    Of a prefix that is declared more than once, the first declaration counts. The namespace of `""`, of names
    without a prefix, is that of the root.

    Raises:
        SyntaxError: It is no XML.
        ValueError: It has a document type, whose entities could make it endless.
    """
    builder = _Builder()
    parser = XMLParser(target=builder)
    parser.feed(xml)
    root: Element = parser.close()
    return root, builder.namespaces


class _Builder(TreeBuilder):
    """Builds a tree, keeps what namespaces are declared, and refuses document types."""

    def __init__(self) -> None:
        super().__init__(insert_comments=True, insert_pis=True)
        self.namespaces: dict[str, str] = {}
        self._is_inside = False

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """An element begins."""
        self._is_inside = True
        return super().start(tag, attrs)

    def start_ns(self, prefix: str, uri: str) -> None:
        """A namespace is declared, by the element that begins next."""
        if prefix or not self._is_inside:
            self.namespaces.setdefault(prefix, uri)

    def doctype(self, *declared: str | None) -> None:
        """A document type is declared."""
        raise ValueError(f"the document type {declared[0]} is refused")


def xml_text(value: Any) -> str:
    """`value` as the text of an element.

    Raises:
        ValueError: It holds a character that XML cannot (XML 1.0, 2.2).
    """
    return _legal(text(value)).translate(_IN_TEXT)


def xml_attribute(value: Any) -> str:
    """`value` as the text between the quotes of an attribute.

    Raises:
        ValueError: It holds a character that XML cannot (XML 1.0, 2.2).
    """
    return _legal(text(value)).translate(_IN_ATTRIBUTE)


def _legal(content: str) -> str:
    if _FORBIDDEN.search(content):
        raise ValueError("the text holds a character that XML cannot")
    return content


@dataclass(frozen=True, slots=True)
class XmlTag:
    """Where an element stands in the bytes of its document, in UTF-8.

    Attributes:
        start: Where its start tag begins.
        end: Where its content begins, behind the start tag.
        close: Where its content ends.
        attributes: Where the text of each attribute begins and ends, without those that declare namespaces.
        name: As it is written, with its prefix.
        empty: Whether the start tag is the end tag as well: `<a/>`.
    """

    start: int
    end: int
    close: int
    attributes: tuple[tuple[int, int], ...]
    name: bytes
    empty: bool


def tags_of(xml: bytes) -> list[XmlTag]:
    """Where the elements of well-formed XML in UTF-8 stand, in their order."""
    parser = ParserCreate(encoding="utf-8")
    starts: list[int] = []
    ends: dict[int, int] = {}
    unfinished: list[int] = []

    def opened(*_: object) -> None:
        unfinished.append(len(starts))
        starts.append(parser.CurrentByteIndex)

    def closed(*_: object) -> None:
        ends[unfinished.pop()] = parser.CurrentByteIndex

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.Parse(xml, True)
    return [_tag(xml, start, ends[index]) for index, start in enumerate(starts)]


def _tag(xml: bytes, start: int, close: int) -> XmlTag:
    found = _START_TAG.match(xml, start)
    assert found is not None
    begin, stop = found.span("attributes")
    values = tuple(
        (attribute.start(2) + 1, attribute.end(2) - 1)
        for attribute in _ATTRIBUTE.finditer(xml, begin, stop)
        if attribute[1] != b"xmlns" and not attribute[1].startswith(b"xmlns:")
    )
    empty = found["closed"] == b"/"
    return XmlTag(start, found.end(), close, values, found["name"], empty)


def content_extent(tag: XmlTag) -> tuple[int, int, bytes, bytes]:
    """The bytes that give way to new content of an element, and what stands around it then."""
    if tag.empty:
        return tag.end - 2, tag.end, b">", b"</" + tag.name + b">"
    return tag.end, tag.close, b"", b""


def attribute_extent(tag: XmlTag, index: int) -> tuple[int, int, bytes, bytes]:
    """The bytes that give way to a new value of the attribute of that number, from 0."""
    return (*tag.attributes[index], b"", b"")


def spliced(xml: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """`xml` with other bytes in each extent; an extent within another one gives way with it."""
    parts: list[bytes] = []
    position = 0
    for start, end, content in sorted(changes):
        if start >= position:
            parts += (xml[position:start], content)
            position = end
    return b"".join((*parts, xml[position:]))
