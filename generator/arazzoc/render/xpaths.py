"""XPaths, and text of XML, as Python."""

from __future__ import annotations

from typing import Final

from arazzoc.render.composed import place_arguments
from arazzoc.render.literals import literal
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.condition import XPathHolds
from arazzoc.types.value import XmlReplaced, XmlText, XPathFound
from arazzoc.types.xpath import XPath

__all__ = ["XPaths"]

_COMPOSED: Final = {
    "with_xml": "with_composed_xml",
    "xpath_holds": "composed_xpath_holds",
    "xpath_value": "composed_xpath_value",
}
"""What is called for queries that a run puts together."""


class XPaths:
    """Writes calls that apply XPaths to values, and values as XML has them."""

    def __init__(self, values: Values, vocabulary: Vocabulary) -> None:
        """A writer.

        Args:
            values: Writes the values that XPaths look at and are given.
            vocabulary: Collects the parts of the runtime that are called.
        """
        self._values = values
        self._vocabulary = vocabulary

    def holds(self, test: XPathHolds, told: str) -> str:
        """An XPath that holds; `told` is what more is passed, of what its criterion looks at."""
        context = self._values.expression(test.value)
        return self._call("xpath_holds", test.query, context, told=told)

    def written(self, value: XPathFound | XmlReplaced | XmlText) -> str:
        """What an XPath selects, XML with another value in it, or a value as it is written in XML."""
        base = self._values.expression(value.base)
        match value:
            case XPathFound(_, query, place):
                told = () if place is None else place_arguments(place)
                return self._call("xpath_value", query, base, *told)
            case XmlReplaced(_, query, new):
                name = "with_xml" if isinstance(query.text, str) else _COMPOSED["with_xml"]
                arguments = f"{base}, {self._values.expression(new)}, {self._query(query)}"
                return f"{self._vocabulary.runtime(name)}({arguments})"
            case XmlText(_, quoted):
                name = "xml_attribute" if quoted else "xml_text"
                return f"{self._vocabulary.runtime(name)}({base})"

    def _call(self, name: str, query: XPath, *context: str, told: str = "") -> str:
        """A call of a part of the runtime, or of what it is called for queries that a run puts together."""
        known = isinstance(query.text, str)
        function = self._vocabulary.runtime(name if known else _COMPOSED[name])
        return f"{function}({self._query(query, *context)}{told})"

    def _query(self, query: XPath, *context: str) -> str:
        """The arguments that state an XPath; what it is applied to stands behind its text."""
        stated = query.text
        text = literal(stated) if isinstance(stated, str) else self._values.expression(stated)
        arguments = [text, *context]
        if query.variables:
            given = (
                f"{literal(name)}: {self._values.expression(value)}"
                for name, value in query.variables
            )
            arguments.append(f"{{{', '.join(given)}}}")
        if query.version != "3.1":
            arguments.append(f"version={literal(query.version)}")
        return ", ".join(arguments)
