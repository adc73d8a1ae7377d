"""Reads the segments and selectors of JSONPath queries (RFC 9535, 2.3 and 2.5)."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Final, Literal, cast

from arazzoc.expr.jsonpath.lexical import (
    read_integer,
    read_shorthand,
    read_string,
    skip_space,
)
from arazzoc.expr.jsonpath.query import (
    Child,
    Descendant,
    Filter,
    Index,
    Name,
    Query,
    Segment,
    Selector,
    SliceSelector,
    Substitution,
    Test,
    Variable,
    Wildcard,
)
from arazzoc.expr.problem import UnparsableError
from arazzoc.expr.scanner import Scanner, excerpt
from arazzoc.expr.slips import operator_hint

__all__ = ["RUN", "SegmentParser"]

RUN: Final = re.compile(r"[^\s()\[\],]+|.", re.DOTALL)
"""What a message quotes."""

_DEEPEST: Final = 50
_PATTERN_WORDS: Final = frozenset({"contains", "startswith", "endswith", "matches"})


class SegmentParser(ABC):
    """Recursive descent over segments; what a filter's test is, a subclass says.

    Attributes:
        scanner: Where it reads.
    """

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self._depth = 0
        self._brackets = 0

    @property
    def nested(self) -> bool:
        """Whether it reads inside the brackets of a segment."""
        return self._brackets > 0

    @abstractmethod
    def test(self) -> Test:
        """Reads a logical expression."""

    def query(self) -> Query:
        """Reads `$` or `@` and the segments after it."""
        start = self.scanner.at
        root = cast('Literal["$", "@"]', self.scanner.next)
        self.scanner.at += 1
        segments: list[Segment] = []
        while (segment := self._segment()) is not None:
            segments.append(segment)
        return Query(root, tuple(segments), self.scanner.since(start))

    def deeper(self) -> None:
        """Counts a level of nesting; `shallower` ends it.

        Raises:
            UnparsableError: There are too many.
        """
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.scanner.fault(f"the query is nested deeper than {_DEEPEST} levels")

    def shallower(self) -> None:
        """Ends a level of nesting."""
        self._depth -= 1

    def _segment(self) -> Segment | None:
        before = self.scanner.at
        skip_space(self.scanner)
        if self.scanner.take(".."):
            return Descendant(self._after_dots(".."))
        if self.scanner.take("."):
            return Child(self._after_dot())
        if self.scanner.sees("["):
            return Child(self._bracketed())
        self.scanner.at = before
        return None

    def _after_dots(self, dots: str) -> tuple[Selector, ...]:
        if self.scanner.sees("["):
            return self._bracketed()
        return self._after_dot(dots)

    def _after_dot(self, dots: str = ".") -> tuple[Selector, ...]:
        if self.scanner.take("*"):
            return (Wildcard(),)
        variable = self.variable_name()
        if variable is not None:
            return (Name(variable),)
        name = read_shorthand(self.scanner)
        if name is not None:
            if self.scanner.sees("("):
                hint = "functions stand before what they take, as in `length(@.items)`"
                raise self.scanner.fault(f"`.{name}()` is no function of RFC 9535", hint)
            return (Name(name),)
        hint = "write `.name`, `.*` or `['any name']`"
        raise self.scanner.fault(f"a name is missing after `{dots}`", hint)

    def _bracketed(self) -> tuple[Selector, ...]:
        opening = self.scanner.at
        self.scanner.take("[")
        self.deeper()
        self._brackets += 1
        selectors = [self._selector()]
        skip_space(self.scanner)
        while self.scanner.take(","):
            selectors.append(self._selector())
            skip_space(self.scanner)
        if not self.scanner.take("]"):
            raise self._no_bracket(opening, selectors[-1])
        self._brackets -= 1
        self.shallower()
        return tuple(selectors)

    def _no_bracket(self, opening: int, last: Selector) -> UnparsableError:
        if self.scanner.at_end():
            return self.scanner.fault("`[` is not closed", "write a `]`", opening, opening + 1)
        return self.stop(None if isinstance(last, Filter) else "write `,` or `]`")

    def stop(self, hint: str | None = None) -> UnparsableError:
        """The fault where an operator, a bracket or the end should stand."""
        scanner = self.scanner
        before = scanner.at
        skip_space(scanner)
        if scanner.at_end():
            return scanner.fault("white space stands after the query", "remove it", before)
        found = scanner.look(RUN)
        text = found[0] if found else scanner.next
        if scanner.text[before - 1 : before] == "$":
            hint = "a runtime expression in a query stands in braces and quotes: `'{$inputs.a}'`"
        return scanner.fault(
            f"`{excerpt(text)}` cannot stand here",
            hint or _stop_hint(text),
            end=scanner.at + len(text),
        )

    def _selector(self) -> Selector:
        skip_space(self.scanner)
        read = _SELECTORS.get(self.scanner.next)
        if read is not None:
            return read(self)
        raise self._no_selector()

    def _no_selector(self) -> UnparsableError:
        scanner = self.scanner
        if scanner.at_end():
            return scanner.fault("a selector is missing", "write a name in quotes, an index or `*`")
        if scanner.sees("("):
            return scanner.fault(
                "RFC 9535 has no script expressions",
                "negative indexes count from the end: `[-1]` is the last item",
                end=scanner.end,
            )
        start = scanner.at
        name = read_shorthand(scanner)
        if name is not None:
            return scanner.fault(
                f"`{excerpt(name)}` is no selector",
                f"names stand in quotes: `['{name}']`",
                start,
                scanner.at,
            )
        return scanner.fault(
            f"`{excerpt(scanner.next)}` is no selector", "write a name in quotes, an index or `*`"
        )

    def variable_name(self) -> Substitution | None:
        """Reads what may stand for a name after a dot; RFC 9535 has nothing."""
        return None

    def integer(self) -> int | Variable | None:
        """Reads an index, or a bound or the step of a slice, if one comes next."""
        return read_integer(self.scanner)

    def quoted_name(self) -> str | Substitution:
        """Reads a name in quotes."""
        return read_string(self.scanner)

    def name(self) -> Selector:
        """Reads `'name'`."""
        return Name(self.quoted_name())

    def wildcard(self) -> Selector:
        """Reads `*`."""
        self.scanner.at += 1
        return Wildcard()

    def filter(self) -> Selector:
        """Reads `?test`."""
        self.scanner.at += 1
        skip_space(self.scanner)
        return Filter(self.test())

    def index_or_slice(self) -> Selector:
        """Reads `0`, `1:`, `::-1`."""
        start = self.integer()
        after = self.scanner.at
        skip_space(self.scanner)
        if not self.scanner.take(":"):
            self.scanner.at = after
            if start is None:
                raise self._no_selector()
            return Index(start)
        skip_space(self.scanner)
        end = self.integer()
        skip_space(self.scanner)
        step = self._step() if self.scanner.take(":") else None
        return SliceSelector(start, end, step)

    def _step(self) -> int | Variable | None:
        """Reads the step of a slice and the space around it."""
        skip_space(self.scanner)
        step = self.integer()
        skip_space(self.scanner)
        return step


def _stop_hint(text: str) -> str | None:
    if text.startswith(("=~", "!~")) or text.lower() in _PATTERN_WORDS:
        return "write `match(@.a, 'pattern')` or `search(@.a, 'pattern')`"
    if text[0] == "-":
        return "a name with `-` stands in quotes: `['a-b']`"
    if text[0] == "{":
        return "an embedded expression stands where a literal, a name or an index may stand"
    return operator_hint(text)


_SELECTORS: Final[Mapping[str, Callable[[SegmentParser], Selector]]] = {
    "'": SegmentParser.name,
    '"': SegmentParser.name,
    "*": SegmentParser.wildcard,
    "?": SegmentParser.filter,
    **dict.fromkeys("-:0123456789{", SegmentParser.index_or_slice),
}
