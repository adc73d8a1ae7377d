"""JSONPath queries as data (RFC 9535).

Nodes print in one normal form, so that `parse_query(str(query)) == query`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.jsonpath.functions import FunctionType
from arazzoc.frozen import dataclass

__all__ = [
    "And",
    "BooleanLiteral",
    "Child",
    "Comparable",
    "Comparison",
    "Descendant",
    "Existence",
    "Filter",
    "FunctionArgument",
    "FunctionCall",
    "FunctionTest",
    "Index",
    "Length",
    "Name",
    "Not",
    "NullLiteral",
    "NumberLiteral",
    "Operator",
    "Or",
    "Predicate",
    "Query",
    "RuntimeOperand",
    "Segment",
    "Selector",
    "SliceSelector",
    "StringLiteral",
    "Substitution",
    "Test",
    "Variable",
    "Wildcard",
]

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]

_SHORTHAND: Final = re.compile(r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*")
_SPECIAL: Final = re.compile(r"[\x00-\x1f'\\]")
_SHORT: Final = {
    "'": "\\'",
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}
_OR, _AND, _PRIMARY = range(3)


def _quoted(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04x}"), text)
    return f"'{escaped}'"


@dataclass(frozen=True, slots=True)
class Substitution:
    """A string literal with expressions embedded in it, `"{$inputs.status}"`: their values as text.

    A variable of the query, so that no value can change what the query means.

    Attributes:
        parts: Literal text, without escapes, and expressions in turn.
    """

    parts: tuple[str | Expression, ...]
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        inside = "".join(
            _quoted(part)[1:-1] if isinstance(part, str) else f"{{{part}}}" for part in self.parts
        )
        return f"'{inside}'"


@dataclass(frozen=True, slots=True)
class Variable:
    """An embedded expression where a literal, an index or a bound may stand: `@.n > {$inputs.least}`.

    It stands for the literal that its value is as text, and for nothing else that such text could say.
    """

    expression: Expression
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"{{{self.expression}}}"


@dataclass(frozen=True, slots=True)
class Name:
    """`'name'`: the member of an object."""

    name: str | Substitution

    def __str__(self) -> str:
        return _quoted(self.name) if isinstance(self.name, str) else str(self.name)


@dataclass(frozen=True, slots=True)
class Index:
    """`0`, `-1`: the item of a list; negative ones count from the end."""

    index: int | Variable

    def __str__(self) -> str:
        return str(self.index)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """`*`: all members or items."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class SliceSelector:
    """`start:end:step`, each None where it is left out."""

    start: int | Variable | None
    end: int | Variable | None
    step: int | Variable | None

    def __str__(self) -> str:
        start, end = ("" if bound is None else str(bound) for bound in (self.start, self.end))
        return f"{start}:{end}" if self.step is None else f"{start}:{end}:{self.step}"


@dataclass(frozen=True, slots=True)
class Filter:
    """`?test`: the members or items for which the test holds."""

    test: Test

    def __str__(self) -> str:
        return f"?{self.test}"


Selector: TypeAlias = Name | Index | Wildcard | SliceSelector | Filter


def _bracketed(selectors: tuple[Selector, ...]) -> str:
    return f"[{', '.join(map(str, selectors))}]"


def _shorthand(selectors: tuple[Selector, ...]) -> str | None:
    """What may follow a dot for these selectors, or None."""
    if len(selectors) != 1:
        return None
    (selector,) = selectors
    if isinstance(selector, Wildcard):
        return "*"
    if isinstance(selector, Name) and isinstance(selector.name, str):
        return selector.name if _SHORTHAND.fullmatch(selector.name) else None
    return None


@dataclass(frozen=True, slots=True)
class Child:
    """`.name`, `[selectors]`: selects among the children of each node."""

    selectors: tuple[Selector, ...]

    def __str__(self) -> str:
        name = _shorthand(self.selectors)
        return _bracketed(self.selectors) if name is None else f".{name}"


@dataclass(frozen=True, slots=True)
class Descendant:
    """`..name`, `..[selectors]`: selects among the children of each node and of all below it."""

    selectors: tuple[Selector, ...]

    def __str__(self) -> str:
        return ".." + (_shorthand(self.selectors) or _bracketed(self.selectors))


Segment: TypeAlias = Child | Descendant


@dataclass(frozen=True, slots=True)
class Query:
    """A root and segments.

    Attributes:
        root: `$` is the whole value, `@` the one that a filter looks at. In a predicate both are the context.
    """

    root: Literal["$", "@"]
    segments: tuple[Segment, ...]
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return self.root + "".join(map(str, self.segments))

    @property
    def singular(self) -> bool:
        """Whether it can lead to one node at most (RFC 9535, 2.3.5.1)."""
        return all(
            isinstance(segment, Child)
            and len(segment.selectors) == 1
            and isinstance(segment.selectors[0], Name | Index)
            for segment in self.segments
        )

    @property
    def path(self) -> tuple[str | int, ...] | None:
        """The names and indexes of a singular query; None of any other, or where one is a variable."""
        if not self.singular:
            return None
        found: list[str | int] = []
        for segment in self.segments:
            for selector in segment.selectors:
                match selector:
                    case Name(str() as step) | Index(int() as step):
                        found.append(step)
                    case _:
                        return None
        return tuple(found)


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """`'text'` or `"text"`."""

    value: str
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return _quoted(self.value)


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number: exact where it is written as an integer, else the nearest double, which may be infinite."""

    value: int | float
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return repr(self.value).replace("inf", "1e999")


@dataclass(frozen=True, slots=True)
class BooleanLiteral:
    """`true` or `false`."""

    value: bool
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "true" if self.value else "false"


@dataclass(frozen=True, slots=True)
class NullLiteral:
    """`null`."""

    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "null"


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """`name(arguments)`, well-typed by RFC 9535, 2.4.3.

    Attributes:
        parameters: What the function takes each argument as.
        result: What it gives.
    """

    name: str
    arguments: tuple[FunctionArgument, ...]
    parameters: tuple[FunctionType, ...]
    result: FunctionType
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.arguments))})"


@dataclass(frozen=True, slots=True)
class Length:
    """`query.length` in a predicate: the member `length`, or else the size of what the query leads to.

    Attributes:
        query: A singular query; its last segment is the name `length`.
    """

    query: Query

    @property
    def of(self) -> Query:
        """The query without its last segment."""
        return Query(self.query.root, self.query.segments[:-1], self.query.where)

    @property
    def where(self) -> Slice:
        """Where it stands."""
        return self.query.where

    def __str__(self) -> str:
        return str(self.query)


@dataclass(frozen=True, slots=True)
class RuntimeOperand:
    """A runtime expression as operand of a predicate, `$.tokens > $inputs.budget`: its value."""

    expression: Expression
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return str(self.expression)


Comparable: TypeAlias = (
    StringLiteral
    | NumberLiteral
    | BooleanLiteral
    | NullLiteral
    | Query
    | FunctionCall
    | Substitution
    | Variable
    | Length
    | RuntimeOperand
)
"""An operand of a comparison; queries are singular, and function calls give a value."""

FunctionArgument: TypeAlias = (
    StringLiteral
    | NumberLiteral
    | BooleanLiteral
    | NullLiteral
    | Query
    | FunctionCall
    | Substitution
    | Variable
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right` (RFC 9535, 2.3.5.2.2)."""

    left: Comparable
    operator: Operator
    right: Comparable

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True, slots=True)
class Existence:
    """A bare query: holds where it leads to a node, if only to null or false."""

    query: Query

    def __str__(self) -> str:
        return str(self.query)


@dataclass(frozen=True, slots=True)
class FunctionTest:
    """A bare function call: holds where it gives true, or a list of nodes that is not empty."""

    call: FunctionCall

    def __str__(self) -> str:
        return str(self.call)


@dataclass(frozen=True, slots=True)
class Not:
    """`!test`."""

    test: Test

    def __str__(self) -> str:
        plain = isinstance(self.test, Existence | FunctionTest)
        return f"!{self.test}" if plain else f"!({self.test})"


@dataclass(frozen=True, slots=True)
class And:
    """`a && b`, at least two tests; binds tighter than `||`."""

    tests: tuple[Test, ...]

    def __str__(self) -> str:
        return " && ".join(_within(test, _PRIMARY) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Or:
    """`a || b`, at least two tests."""

    tests: tuple[Test, ...]

    def __str__(self) -> str:
        return " || ".join(_within(test, _AND) for test in self.tests)


Test: TypeAlias = Comparison | Existence | FunctionTest | Not | And | Or

_BINDING: Final[Mapping[type[Test], int]] = {Or: _OR, And: _AND}


def _within(test: Test, binding: int) -> str:
    return str(test) if _BINDING.get(type(test), _PRIMARY) >= binding else f"({test})"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A logical expression without a query around it: a truth value over the context."""

    test: Test

    def __str__(self) -> str:
        return f"({self.test})" if isinstance(self.test, Existence) else str(self.test)
