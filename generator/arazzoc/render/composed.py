"""Queries that a run puts together, as Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.ir.graph import Graph
from arazzoc.ir.walk import graph_values, parts_of
from arazzoc.render.literals import literal
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.composed import (
    Composed,
    ComposedReplaced,
    Escaped,
    Place,
    Queried,
    QueryLanguage,
)
from arazzoc.types.condition import PathHolds
from arazzoc.types.value import XPathFound

__all__ = ["ComposedQueries", "may_be_no_query", "place_arguments"]

_READING: Final[Mapping[QueryLanguage, str]] = {"jsonpath": "path_value", "jsonpointer": "pointed"}
_REPLACING: Final[Mapping[QueryLanguage, str]] = {
    "jsonpath": "with_path",
    "jsonpointer": "with_pointed",
}
_ESCAPING: Final[Mapping[QueryLanguage, str]] = {
    "jsonpath": "in_literal",
    "jsonpointer": "in_token",
}


class ComposedQueries:
    """Writes calls that ask JSONPaths and JSON Pointers of values."""

    def __init__(self, values: Values, vocabulary: Vocabulary) -> None:
        """A writer.

        Args:
            values: Writes the values that queries look at and are put together from.
            vocabulary: Collects the parts of the runtime that are called.
        """
        self._values = values
        self._vocabulary = vocabulary

    def holds(self, test: PathHolds, told: str) -> str:
        """A JSONPath that finds something; `told` is what more is passed, of what its criterion looks at."""
        arguments = (self._text(test.query), self._values.expression(test.value))
        stated = ", ".join((*arguments, *_options(test.query)))
        return f"{self._vocabulary.runtime('path_holds')}({stated}{told})"

    def written(self, value: Queried | ComposedReplaced | Escaped) -> str:
        """What a query leads to, a value with another one there, or text that is put into a query."""
        base = self._values.expression(value.base)
        match value:
            case Queried(_, query, place):
                arguments = (self._text(query), base, *place_arguments(place), *_options(query))
                return self._call(_READING[query.language], *arguments)
            case ComposedReplaced(_, query, new):
                arguments = (base, self._values.replacement(new), self._text(query))
                return self._call(_REPLACING[query.language], *arguments, *_options(query))
            case Escaped(_, language):
                return self._call(_ESCAPING[language], base)

    def _text(self, query: Composed) -> str:
        return self._values.expression(query.text)

    def _call(self, name: str, *arguments: str) -> str:
        return f"{self._vocabulary.runtime(name)}({', '.join(arguments)})"


def may_be_no_query(graph: Graph) -> bool:
    """Whether a Selector Object of the workflow has a query that only a run knows."""
    return any(
        isinstance(part, Queried) or (isinstance(part, XPathFound) and part.place is not None)
        for value in graph_values(graph)
        for part in parts_of(value)
    )


def place_arguments(place: Place) -> tuple[str, str]:
    """The arguments that tell errors where a query stands."""
    return literal(f"{place.kind} {place.name}"), literal(place.stated)


def _options(query: Composed) -> tuple[str, ...]:
    return ("older=True",) if query.older else ()
