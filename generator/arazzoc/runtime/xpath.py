"""XPath over XML and, as XPath 3.1 allows, over JSON; elementpath evaluates it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from elementpath import (
    AttributeNode,
    DocumentNode,
    ElementNode,
    ElementPathError,
    TextNode,
    XPath1Parser,
    XPath2Parser,
    XPathContext,
    XPathNode,
    XPathToken,
)
from elementpath.tdop import Parser
from elementpath.xpath3 import XPath30Parser, XPath31Parser
from elementpath.xpath_tokens import XPathArray, XPathMap

from arazzoc.runtime.bodies import octets
from arazzoc.runtime.errors import InvalidQuery
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
from arazzoc.runtime.operands import shown_operands
from arazzoc.runtime.pointers import NOTHING
from arazzoc.runtime.shapes import is_array, is_object

__all__ = [
    "XPathVersion",
    "composed_xpath_holds",
    "composed_xpath_value",
    "json_of",
    "with_composed_xml",
    "with_xml",
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
_PREFIX: Final = re.compile(r"(?<![\w.:$-])([^\W\d][\w.-]*):(?![:=])(?=[^\W\d]|\*)")
_OUTSIDE: Final = (
    *("doc", "doc-available", "json-doc", "collection", "uri-collection", "transform"),
    *(
        "unparsed-text",
        "unparsed-text-available",
        "unparsed-text-lines",
        "load-xquery-module",
    ),
    *("environment-variable", "available-environment-variables"),
)
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
    xpath: str,
    context: Any,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
    operands: Mapping[str, object] | None = None,
) -> bool:
    """Whether the effective boolean value of a query is true; false where it cannot be evaluated.

    That is logged, with the operands.

    Args:
        xpath: The query.
        context: XML as text or bytes, or JSON, which XPath 3.1 alone can look into. None fails.
        variables: The values of its variables; where one has none, it cannot be evaluated.
        version: Whose rules it follows.
        operands: The values of the criterion's expressions that may be shown, by their text.
    """
    try:
        return xpath_items(
            f"boolean(({xpath}))", context, variables or {}, version
        ) == [True]
    except _FAULTS as error:
        # What it is evaluated with may be secret, and is part of some errors' texts.
        reason = f"its XPath cannot be evaluated ({type(error).__name__})"
        shown = "; ".join([reason, *shown_operands(operands or {})])
        logging.getLogger(__name__).warning("a criterion fails: %s", shown)
        return False


def composed_xpath_holds(
    xpath: str | None,
    context: Any,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
    operands: Mapping[str, object] | None = None,
) -> bool:
    """The same for a query that a run puts together; false where it is none, which is logged."""
    try:
        _check(xpath, version)
    except _FAULTS as error:
        reason = (
            f"the XPath that was put together for it is none ({type(error).__name__})"
        )
        shown = "; ".join([reason, *shown_operands(operands or {})])
        logging.getLogger(__name__).warning("a criterion fails: %s", shown)
        return False
    return xpath_holds(
        xpath or "", context, variables, version=version, operands=operands
    )


def xpath_value(
    xpath: str,
    context: Any,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
) -> Any:
    """The first thing that a query selects: a node's text, a number, a boolean, or what a map or array holds.

    None where it selects nothing, or cannot be evaluated. The arguments are those of `xpath_holds`.
    """
    try:
        items = xpath_items(xpath, context, variables or {}, version)
        return json_of(items[0]) if items else None
    except _FAULTS:
        return None


def composed_xpath_value(
    xpath: str | None,
    context: Any,
    place: str,
    stated: str,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
) -> Any:
    """The same for a query that a run puts together.

    Args:
        xpath: The query; None where it lacks a value.
        context: As for `xpath_holds`.
        place: What it is asked for, such as `step read`.
        stated: The query as the Arazzo document states it.
        variables: As for `xpath_holds`.
        version: As for `xpath_holds`.

    Raises:
        InvalidQuery: It is no XPath of that version, or it reads what is outside of its context.
    """
    try:
        _check(xpath, version)
    except _FAULTS as error:
        reason = f"it is no XPath {version} ({type(error).__name__})"
        raise InvalidQuery(place, stated, reason) from None
    return xpath_value(xpath or "", context, variables, version=version)


def xpath_items(
    xpath: str, context: Any, variables: Mapping[str, Any], version: XPathVersion
) -> list[Any]:
    """What a query selects in `context`.

    Raises:
        ValueError: The context or a variable is null, or the XML has a document type.
        ElementPathError: The query cannot be evaluated. It may also raise other errors of Python.
        SyntaxError: The context is no XML.
    """
    if any(
        value is None or value is NOTHING for value in (context, *variables.values())
    ):
        raise ValueError("null cannot be looked into")
    namespaces: dict[str, str] = {}
    root = None
    if isinstance(context, str | bytes):
        root, namespaces = parsed_xml(context)
    if version == "1.0":
        namespaces.pop("", None)
    parser = _parser(version, namespaces)
    token = parser.parse(xpath)
    given = {name: xdm_of(parser, value) for name, value in variables.items()}
    item = None if root is not None else xdm_of(parser, context)
    return [
        *token.select(
            XPathContext(root, namespaces, fragment=False, item=item, variables=given)
        )
    ]


def _parser(version: XPathVersion, namespaces: dict[str, str]) -> XPath1Parser:
    """A parser that knows no function which reads what is outside of the context, by any name."""
    parser = _PARSERS[version](namespaces)
    known = type(parser).symbol_table.items()
    table = {
        symbol: token
        for symbol, token in known
        if symbol.rpartition("}")[2] not in _OUTSIDE
    }
    parser.symbol_table = table
    return parser


def _check(xpath: str | None, version: XPathVersion) -> None:
    """Raises an error where a query that was put together is none of that version.

    Its prefixes are those of a document that is not looked at yet: any may be there.
    """
    if xpath is None:
        raise ValueError("a value is missing")
    prefixes = dict.fromkeys(_PREFIX.findall(xpath), "urn:any")
    parser = _parser(version, {**prefixes, **_PARSERS[version].DEFAULT_NAMESPACES})
    if parser.tokenizer is None:
        parser.tokenizer = parser.create_tokenizer(parser.symbol_table)
    # The parser's own `parse` evaluates what is constant as well.
    Parser[XPathToken].parse(parser, xpath)


def xdm_of(parser: XPath1Parser, value: Any) -> Any:
    """A JSON value as XPath 3.1 has it: a map, an array, an atomic value, or nothing for null.

    Raises:
        ValueError: The version of XPath has neither maps nor arrays.
    """
    if (is_object(value) or is_array(value)) and parser.version < "3.1":
        raise ValueError(f"XPath {parser.version} cannot look into JSON")
    if is_object(value):
        return XPathMap(
            parser, {key: xdm_of(parser, inner) for key, inner in value.items()}
        )
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


def with_xml(
    xml: Any,
    value: Any,
    xpath: str,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
) -> str:
    """XML with `value` as the text of every element, attribute and text that a query selects.

    What is not replaced stays as it is written.

    Raises:
        ValueError: It is no XML, the query selects nothing in it, or something else than that.
    """
    content = octets(xml)
    try:
        selected = xpath_items(xpath, content.decode(), variables or {}, version)
        tags = _tags(selected, content)
        changes = [_change(item, tags, value) for item in selected]
    except _FAULTS as error:
        raise ValueError(f"the payload has no place for {xpath}: {error}") from None
    if not changes:
        raise ValueError(f"the payload has no place for {xpath}")
    return spliced(content, changes).decode()


def with_composed_xml(
    xml: Any,
    value: Any,
    xpath: str | None,
    variables: Mapping[str, Any] | None = None,
    *,
    version: XPathVersion = "3.1",
) -> str:
    """The same for a query that a run puts together.

    Raises:
        ValueError: As for `with_xml`, or it is none. The message shows no value.
    """
    try:
        _check(xpath, version)
        return with_xml(xml, value, xpath or "", variables, version=version)
    except _FAULTS as error:
        reason = f"an XPath that is put together leads nowhere ({type(error).__name__})"
        raise ValueError(reason) from None


def _tags(items: list[Any], xml: bytes) -> dict[int, XmlTag]:
    """Where the elements of the document that the items are of stand, by their identity."""
    root = next((item.root_node for item in items if isinstance(item, XPathNode)), None)
    if not isinstance(root, DocumentNode):
        return {}
    nodes = [node for node in root.iter() if isinstance(node, ElementNode)]
    return dict(zip(map(id, nodes), tags_of(xml), strict=True))


def _change(
    item: Any, tags: Mapping[int, XmlTag], value: Any
) -> tuple[int, int, bytes]:
    """The bytes of a node's content, and those that take their place."""
    node = item.parent if isinstance(item, AttributeNode | TextNode) else item
    if not isinstance(node, ElementNode):
        raise ValueError("only elements, attributes and texts can be replaced")
    tag = tags[id(node)]
    if isinstance(item, AttributeNode):
        index = [each.name for each in node.attributes].index(item.name)
        start, end, before, after = attribute_extent(tag, index)
        return start, end, before + xml_attribute(value).encode() + after
    if isinstance(item, TextNode) and len(node.children) > 1:
        raise ValueError("a text between elements cannot be replaced")
    start, end, before, after = content_extent(tag)
    return start, end, before + xml_text(value).encode() + after
