"""Conditions: what simple conditions, regexes, JSONPath predicates and XPaths are once lowered."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.types.composed import Composed
from arazzoc.types.nodes import Nodes
from arazzoc.types.value import Constant, Embedded, Value
from arazzoc.types.xpath import XPath

__all__ = [
    "AllOf",
    "AnyOf",
    "Compare",
    "Criterion",
    "Exists",
    "Finds",
    "FitsPattern",
    "Holds",
    "Language",
    "Matches",
    "Not",
    "Operator",
    "PathHolds",
    "Readable",
    "Test",
    "XPathHolds",
    "are_opposites",
]

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]


class Language(Enum):
    """Whose rules a comparison follows."""

    SIMPLE = "simple"
    """Arazzo's: no regard to case, numeric text is a number, null equals absent."""
    JSONPATH = "jsonpath"
    """RFC 9535, 2.3.5.2.2: by type, with regard to case, absent is Nothing."""


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`."""

    left: Value
    operator: Operator
    right: Value
    language: Language = Language.SIMPLE


@dataclass(frozen=True, slots=True)
class Holds:
    """A bare value of a simple condition: neither false, null nor absent."""

    value: Value


@dataclass(frozen=True, slots=True)
class Exists:
    """A bare query of a JSONPath predicate: it leads somewhere, if only to null or false."""

    value: Value


@dataclass(frozen=True, slots=True)
class Finds:
    """A JSONPath query that can find several things finds one at least."""

    nodes: Nodes


@dataclass(frozen=True, slots=True)
class FitsPattern:
    """A string fits an I-Regexp (RFC 9485); other values fit none.

    Attributes:
        pattern: Where it is no I-Regexp, nothing fits it.
        whole: Whether all of the string has to fit (`match()`), or any part of it (`search()`).
    """

    value: Value
    pattern: Value
    whole: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """A regular expression finds something in the value as text; never in null.

    Attributes:
        pattern: Where values are embedded in it, it may be none at run time: it finds nothing then.
    """

    value: Value
    pattern: str | Embedded


@dataclass(frozen=True, slots=True)
class Readable:
    """The body of the response can be read; one that is empty can.

    Attributes:
        structured: It has to be JSON, for something leads into it. Else it only has to be JSON if it says so.
    """

    structured: bool


@dataclass(frozen=True, slots=True)
class XPathHolds:
    """The effective boolean value of an XPath is true for the value, which is XML or JSON."""

    value: Value
    query: XPath


@dataclass(frozen=True, slots=True)
class PathHolds:
    """A JSONPath that only a run knows finds something in the value; where it is none, it does not."""

    value: Value
    query: Composed


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    test: Test


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds, judged in order; where there are none, it holds."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds, judged in order; where there are none, it does not hold."""

    tests: tuple[Test, ...]


Test: TypeAlias = (
    Compare
    | Holds
    | Exists
    | Finds
    | FitsPattern
    | Matches
    | XPathHolds
    | PathHolds
    | Readable
    | Not
    | AllOf
    | AnyOf
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, lowered.

    Attributes:
        text: The condition as the document states it, for people.
        operands: What it looks at besides the status, by the text of its expression, for messages.
    """

    text: str
    test: Test
    operands: tuple[tuple[str, Value], ...] = ()


def are_opposites(one: Test, other: Test) -> bool:
    """Whether one of two tests holds just where the other does not, as far as that can be seen.

    `!=` is the opposite of `==` in both languages; `<` is none of `>=`, for null is in no order.
    """
    if isinstance(one, Compare) and isinstance(other, Compare):
        operators = {one.operator, other.operator}
        return (
            operators == {"==", "!="}
            and replace(one, operator=other.operator) == other
            and _kinds(one) == _kinds(other)
        )
    return other == Not(one) or one == Not(other)


def _kinds(test: Compare) -> list[type]:
    """The kinds of both sides: Python finds 1 equal to true, criteria do not."""
    sides = (test.left, test.right)
    return [type(side.value if isinstance(side, Constant) else side) for side in sides]
