"""Reads the logical expressions of JSONPath filters (RFC 9535, 2.3.5 and 2.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, cast

from arazzoc.expr.jsonpath.functions import FUNCTIONS, FunctionType
from arazzoc.expr.jsonpath.lexical import read_number, read_string, skip_space
from arazzoc.expr.jsonpath.query import (
    And,
    BooleanLiteral,
    Comparable,
    Comparison,
    Existence,
    FunctionArgument,
    FunctionCall,
    FunctionTest,
    Length,
    Not,
    NullLiteral,
    NumberLiteral,
    Operator,
    Or,
    Query,
    RuntimeOperand,
    StringLiteral,
    Substitution,
    Test,
)
from arazzoc.expr.jsonpath.segments import RUN, SegmentParser
from arazzoc.expr.problem import UnparsableError
from arazzoc.expr.scanner import excerpt
from arazzoc.expr.slips import literal_hint
from arazzoc.suggestion import closest

__all__ = ["FilterParser"]

_FUNCTION: Final = re.compile(r"([a-z][a-z_0-9]*)\(")
_WORD: Final = re.compile(r"(true|false|null)(?![A-Za-z0-9_\x80-\U0010ffff(])")
_COMPARISON: Final = re.compile(r"(?:[=!]=(?![=~])|[<>]=?(?![=<>]))")
_NAMELIKE: Final = re.compile(r"[A-Za-z_][\w.]*")
_WORDS: Final = {"true": True, "false": False}


class FilterParser(SegmentParser):
    """Recursive descent over logical expressions, a method a level of binding."""

    def whole_query(self) -> Query:
        """Reads one query, which has to be all there is."""
        query = self.query()
        if not self.scanner.at_end():
            raise self.stop()
        return query

    def test(self) -> Test:
        """Reads `a || b`."""
        return self._chain("||", self._conjunction, Or)

    def _conjunction(self) -> Test:
        return self._chain("&&", self._basic, And)

    def _chain(
        self, operator: str, operand: Callable[[], Test], node: type[And] | type[Or]
    ) -> Test:
        tests = [operand()]
        while self._operator(operator):
            tests.append(operand())
        return tests[0] if len(tests) == 1 else node(tuple(tests))

    def _operator(self, operator: str) -> bool:
        """Reads an operator and the space around it, if it comes next."""
        before = self.scanner.at
        skip_space(self.scanner)
        if not self.scanner.take(operator):
            self.scanner.at = before
            return False
        skip_space(self.scanner)
        return True

    def _basic(self) -> Test:
        if self.scanner.take("!"):
            skip_space(self.scanner)
            return self._negated()
        if self.scanner.sees("("):
            return self._unchained(self._group())
        start = self.scanner.at
        left = self.operand()
        after = self.scanner.at
        skip_space(self.scanner)
        found = self.scanner.match(_COMPARISON)
        if found is None:
            self.scanner.at = after
            return self._bare(left, start)
        return self._compared(left, start, after, cast("Operator", found[0]))

    def _negated(self) -> Test:
        if self.scanner.sees("("):
            return self._unchained(Not(self._group()))
        start = self.scanner.at
        return self._unchained(Not(self._bare(self.operand(), start)))

    def _unchained(self, test: Test) -> Test:
        """The test, which no comparison may follow."""
        before = self.scanner.at
        skip_space(self.scanner)
        found = self.scanner.look(_COMPARISON)
        if found is not None:
            raise self.scanner.fault(
                f"`{found[0]}` compares values, and before it stands a truth value",
                "write `!(a == b)` for the opposite of a comparison",
                end=found.end(),
            )
        self.scanner.at = before
        return test

    def _group(self) -> Test:
        opening = self.scanner.at
        self.scanner.take("(")
        self.deeper()
        skip_space(self.scanner)
        test = self.test()
        skip_space(self.scanner)
        if not self.scanner.take(")"):
            if self.scanner.at_end():
                raise self.scanner.fault("`(` is not closed", "write a `)`", opening, opening + 1)
            raise self.stop()
        self.shallower()
        return test

    def _compared(self, left: Comparable, start: int, end: int, operator: Operator) -> Test:
        self._check_comparable(left, start, end)
        skip_space(self.scanner)
        begin = self.scanner.at
        right = self.operand()
        self._check_comparable(right, begin, self.scanner.at)
        return self._unchained(Comparison(self.sized(left), operator, self.sized(right)))

    def sized(self, operand: Comparable) -> Comparable:
        """The operand of a comparison; a dialect may read more into it."""
        return operand

    def _check_comparable(self, operand: Comparable, start: int, end: int) -> None:
        if isinstance(operand, Query) and not operand.singular:
            raise self.scanner.fault(
                f"`{self._quoted(start, end)}` may lead to several values, which cannot be compared",
                "filter them, as in `$.items[?@.id == 1]`, or compare `count(...)` or `value(...)`",
                start,
                end,
            )
        if isinstance(operand, FunctionCall) and operand.result is not FunctionType.VALUE:
            raise self.scanner.fault(
                f"`{operand.name}()` gives a truth value, which cannot be compared",
                f"write `{operand.name}(...)` or `!{operand.name}(...)` alone",
                start,
                end,
            )

    def _bare(self, operand: Comparable, start: int) -> Test:
        if isinstance(operand, Query):
            return self.existing(operand)
        if isinstance(operand, FunctionCall) and operand.result is not FunctionType.VALUE:
            return FunctionTest(operand)
        what = f"`{operand.name}()`" if isinstance(operand, FunctionCall) else "a value"
        raise self.scanner.fault(
            f"{what} alone is no test", "compare it with something", start, self.scanner.at
        )

    def existing(self, query: Query) -> Test:
        """A query as a test."""
        return Existence(query)

    def operand(self) -> Comparable:
        """Reads a literal, a query or a function call."""
        scanner = self.scanner
        start = scanner.at
        if scanner.next in ("$", "@"):
            return self.query()
        if scanner.next in ("'", '"'):
            return self.text()
        if scanner.next == "-" or (scanner.next in "0123456789" and not scanner.at_end()):
            return NumberLiteral(read_number(scanner), scanner.since(start))
        word = scanner.match(_WORD)
        if word is not None:
            where = scanner.since(start)
            value = _WORDS.get(word[0])
            return NullLiteral(where) if value is None else BooleanLiteral(value, where)
        call = scanner.match(_FUNCTION)
        if call is not None:
            return self._call(call[1], start)
        raise self._no_operand()

    def text(self) -> StringLiteral | Substitution:
        """Reads a string literal."""
        start = self.scanner.at
        value = read_string(self.scanner)
        return StringLiteral(value, self.scanner.since(start))

    def _call(self, name: str, start: int) -> FunctionCall:
        signature = FUNCTIONS.get(name)
        if signature is None:
            near = closest(name, FUNCTIONS)
            known = ", ".join(f"`{each}()`" for each in FUNCTIONS)
            hint = f"did you mean `{near}()`?" if near else f"there is {known}"
            raise self.scanner.fault(
                f"there is no function `{name}()`", hint, start, start + len(name)
            )
        self.deeper()
        arguments = self._arguments()
        self.shallower()
        where = self.scanner.since(start)
        if len(arguments) != len(signature.parameters):
            raise self.scanner.fault(
                f"`{name}()` takes {_counted(len(signature.parameters))}, not {len(arguments)}",
                None,
                where.start,
                where.end,
            )
        for argument, parameter in zip(arguments, signature.parameters, strict=True):
            self._check_argument(name, argument, parameter)
        return FunctionCall(name, arguments, signature.parameters, signature.result, where)

    def _arguments(self) -> tuple[FunctionArgument, ...]:
        arguments: list[FunctionArgument] = []
        skip_space(self.scanner)
        if self.scanner.take(")"):
            return ()
        while True:
            argument = self.operand()
            if isinstance(argument, Length | RuntimeOperand):
                raise self.scanner.fault(
                    "a runtime expression cannot be an argument",
                    "compare it with something",
                    argument.where.start,
                    argument.where.end,
                )
            arguments.append(argument)
            skip_space(self.scanner)
            if self.scanner.take(")"):
                return tuple(arguments)
            if not self.scanner.take(","):
                raise self.stop()
            skip_space(self.scanner)

    def _check_argument(
        self, name: str, argument: FunctionArgument, parameter: FunctionType
    ) -> None:
        if parameter is FunctionType.NODES:
            fits = isinstance(argument, Query)
            hint = f"write a query, as in `{name}(@.items)`"
        else:
            several = isinstance(argument, Query) and not argument.singular
            logical = isinstance(argument, FunctionCall) and argument.result is not parameter
            fits = not several and not logical
            hint = "write a literal, or a query to one value at most"
        if not fits:
            raise self.scanner.fault(
                f"`{name}()` cannot take `{self._quoted(argument.where.start, argument.where.end)}`",
                hint,
                argument.where.start,
                argument.where.end,
            )

    def _quoted(self, start: int, end: int) -> str:
        return excerpt(self.scanner.text[start:end])

    def _no_operand(self) -> UnparsableError:
        scanner = self.scanner
        if scanner.at_end():
            return scanner.fault("an operand is missing", "write a query or a literal")
        found = scanner.look(RUN)
        text = found[0] if found else scanner.next
        named = _NAMELIKE.match(text)
        hint = f"write `@.{named[0]}` for a member, `'{named[0]}'` for text" if named else None
        hint = literal_hint(text) or hint
        return scanner.fault(
            f"`{excerpt(text)}` is neither a query nor a literal", hint, end=scanner.at + len(text)
        )


def _counted(arguments: int) -> str:
    return "1 argument" if arguments == 1 else f"{arguments} arguments"
