"""XPath over XML and, as XPath 3.1 allows, over JSON; elementpath evaluates it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from elementpath import ElementPathError, XPath1Parser, XPath2Parser, XPathContext, XPathNode
from elementpath.xpath3 import XPath30Parser, XPath31Parser
from elementpath.xpath_tokens import XPathArray, XPathMap

from arazzoc.runtime.pointers import NOTHING
from arazzoc.runtime.shapes import is_array, is_object

__all__ = [
    "XPathVersion",
    "json_of",
    "parsed_xml",
    "xdm_of",
    "xpath_holds",
    "xpath_items",
    "xpath_value",
]

XPathVersion: TypeAlias = Literal["1.0", "2.0", "3.0", "3.1"]

_PARSERS: Final[Mapping[XPathVersion, type[XPath1Parser]]] = {
    "1.0": XPath1Parser,
    "2.0": XPath2Parser,
    "3.0": XPath30Parser,
    "3.1": XPath31Parser,
}
# Not all that a query can stumble over is an `ElementPathError`: a node may lack what is asked of it.
_FAULTS: Final = (
    ArithmeticError,
    AttributeError,
    ElementPathError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)


def xpath_holds(
    expression: str,
    context: Any,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
) -> bool:
    """Whether the effective boolean value of a query is true; false where it cannot be evaluated.

    Args:
        expression: The XPath.
        context: XML as text or bytes, or JSON, which XPath 3.1 alone can look into. None fails.
        variables: The values of its variables; where one has none, it cannot be evaluated.
        version: Whose rules it follows.
    """
    try:
        return xpath_items(f"boolean(({expression}))", context, variables or {}, version) == [True]
    except _FAULTS:
        return False


def xpath_value(
    expression: str,
    context: Any,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
) -> Any:
    """The first thing that a query selects: a node's text, a number, a boolean, or what a map or array holds.

    None where it selects nothing, or cannot be evaluated. The arguments are those of `xpath_holds`.
    """
    try:
        items = xpath_items(expression, context, variables or {}, version)
        return json_of(items[0]) if items else None
    except _FAULTS:
        return None


def xpath_items(
    expression: str, context: Any, variables: Mapping[str, Any], version: XPathVersion
) -> list[Any]:
    """What a query selects in `context`.

    Raises:
        ValueError: The context or a variable is null, or the XML has a document type.
        ElementPathError: The query cannot be evaluated. It may also raise other errors of Python.
        SyntaxError: The context is no XML.
    """
    if any(value is None or value is NOTHING for value in (context, *variables.values())):
        raise ValueError("null cannot be looked into")
    namespaces: dict[str, str] = {}
    root = None
    if isinstance(context, str | bytes):
        root, namespaces = parsed_xml(context)
    if version == "1.0":
        namespaces.pop("", None)
    parser = _PARSERS[version](namespaces)
    token = parser.parse(expression)
    given = {name: xdm_of(parser, value) for name, value in variables.items()}
    item = None if root is not None else xdm_of(parser, context)
    return [
        *token.select(XPathContext(root, namespaces, fragment=False, item=item, variables=given))
    ]


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


def xdm_of(parser: XPath1Parser, value: Any) -> Any:
    """A JSON value as XPath 3.1 has it: a map, an array, an atomic value, or nothing for null.

    Raises:
        ValueError: The version of XPath has neither maps nor arrays.
    """
    if (is_object(value) or is_array(value)) and parser.version < "3.1":
        raise ValueError(f"XPath {parser.version} cannot look into JSON")
    if is_object(value):
        return XPathMap(parser, {key: xdm_of(parser, inner) for key, inner in value.items()})
    if is_array(value):
        return XPathArray(parser, [xdm_of(parser, inner) for inner in value])
    return [] if value is None else value


def json_of(item: Any) -> Any:
    """An item of XPath as JSON has it; nodes and atomic values that JSON does not know become text."""
    if isinstance(item, XPathNode):
        return item.string_value
    if isinstance(item, XPathMap):
        return {str(key): _sequence(value) for key, value in item.items()}
    if isinstance(item, XPathArray):
        return [_sequence(value) for value in item.items()]
    if isinstance(item, Decimal):
        return int(item) if item == item.to_integral_value() else float(item)
    return item if isinstance(item, bool | int | float | str) else str(item)


def _sequence(value: Any) -> Any:
    """A member of a map or array, which is a sequence."""
    if not is_array(value):
        return json_of(value)
    items = [json_of(item) for item in value]
    return items[0] if len(items) == 1 else items or None
