"""Reads simple conditions (Arazzo 1.1.0, "Criterion Object": "Literals", "Operators")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, cast

from arazzoc.expr.ast import Slice
from arazzoc.expr.condition import (
    Access,
    And,
    BooleanLiteral,
    Comparison,
    Condition,
    ConditionNode,
    Not,
    NullLiteral,
    NumberLiteral,
    Operator,
    Or,
    Reference,
    StringLiteral,
)
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.extent import expression_end
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import Scanner, excerpt
from arazzoc.expr.slips import operand_hint, operator_hint
from arazzoc.expr.ways import read_members

__all__ = ["parse_condition"]

_DEEPEST: Final = 50
_LONGEST_NUMBER: Final = 400
_SPACE: Final = re.compile(r"\s*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<real>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)")
_SINGLE: Final = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_WORD: Final = re.compile(r"\w+")
_RUN: Final = re.compile(r"[^\s()]+")
_COMPARISON: Final = re.compile(r"(?:[=!]=(?![=~])|[<>]=?(?![=<>]))")
_OPERATOR: Final = re.compile(rf"{_COMPARISON.pattern}|&&|\|\|")
_CONDITION_INSIDE: Final = re.compile(r"\s(?:[=!]=|&&|\|\|)\s")
_FOREIGN: Final = re.compile(r"(?:\$\{|\{\{)\s*\$?(\w[^{}\s]*)\s*\}\}?")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> Condition | SyntaxProblem:
    """The simple condition that `text` is, or why it is none.

    `!` binds tighter than a comparison, a comparison tighter than `&&`, and `&&` tighter than `||`.
    Runtime expressions end as `expression_end` says, or stand in braces. Forms that the specification does
    not have but whose meaning is clear are read and marked: text in double quotes (with backslash escapes),
    expressions in braces, and a whole condition in braces.
    """
    parser = _Parser(Scanner(text))
    try:
        root = parser.whole()
    except UnparsableError as stopped:
        return stopped.problem
    return Condition(root, parser.braced_test)


class _Parser:
    """Recursive descent, a method a level of binding.

    Attributes:
        braced_test: Something that is more than an expression stood in braces.
    """

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._depth = 0
        self._quoted = Slice(0, 0)
        self.braced_test = False

    def whole(self) -> ConditionNode:
        """Reads a condition, which has to be all there is."""
        self.space()
        if self._scanner.at_end():
            raise self._scanner.fault("the condition is empty", "write a comparison or a value")
        root = self.disjunction()
        self.space()
        if not self._scanner.at_end():
            raise self.operator_fault()
        return root

    def space(self) -> None:
        """Skips white space."""
        self._scanner.match(_SPACE)

    def disjunction(self) -> ConditionNode:
        """Reads `a || b`."""
        return self._chain("||", self._conjunction, Or)

    def _conjunction(self) -> ConditionNode:
        return self._chain("&&", self._comparison, And)

    def _chain(
        self, operator: str, operand: Callable[[], ConditionNode], node: type[And] | type[Or]
    ) -> ConditionNode:
        start = self._scanner.at
        operands = [operand()]
        end = self._scanner.at
        self.space()
        while self._scanner.take(operator):
            self.space()
            operands.append(operand())
            end = self._scanner.at
            self.space()
        if len(operands) == 1:
            return operands[0]
        return node(tuple(operands), Slice(start, end))

    def _comparison(self) -> ConditionNode:
        start = self._scanner.at
        left = self._unary()
        end = self._scanner.at
        self.space()
        operator = self._scanner.match(_COMPARISON)
        if operator is None:
            self._scanner.at = end
            return left
        self.space()
        right = self._unary()
        where = self._scanner.since(start)
        self._no_chain()
        return Comparison(left, cast("Operator", operator[0]), right, where)

    def _no_chain(self) -> None:
        end = self._scanner.at
        self.space()
        if self._scanner.look(_COMPARISON):
            raise self._scanner.fault(
                "comparisons do not chain",
                "join two comparisons with `&&`",
                end=self._scanner.at + 2,
            )
        self._scanner.at = end

    def _unary(self) -> ConditionNode:
        start = self._scanner.at
        if not self._scanner.take("!"):
            return self._postfix()
        self._deeper()
        self.space()
        operand = self._unary()
        self._depth -= 1
        return Not(operand, self._scanner.since(start))

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._scanner.fault(
                f"the condition is nested deeper than {_DEEPEST} levels",
                "split it in several criteria",
            )

    def _postfix(self) -> ConditionNode:
        start = self._scanner.at
        node = self._primary()
        if self._scanner.next not in (".", "["):
            return node
        if self._scanner.text[self._scanner.at - 1] not in ")}":
            raise self._scanner.fault(
                f"`{self._scanner.next}` reaches into no value",
                "only expressions have members",
            )
        members = read_members(self._scanner)
        if not members:
            raise self._scanner.fault("a name is missing after `.`", "write `.NAME` or `[0]`")
        return Access(node, members, self._scanner.since(start))

    def _primary(self) -> ConditionNode:
        if self._scanner.at_end():
            raise self._scanner.fault("an operand is missing", "write an expression or a literal")
        read = _OPERANDS.get(self._scanner.next)
        if read is not None:
            return read(self)
        word = self._scanner.look(_WORD)
        if word is not None and word[0] in _WORDS:
            start = self._scanner.at
            self._scanner.match(_WORD)
            return self._word(word[0], start)
        raise self._no_operand()

    def _word(self, word: str, start: int) -> ConditionNode:
        where = self._scanner.since(start)
        value = _WORDS[word]
        return NullLiteral(where) if value is None else BooleanLiteral(value, where)

    def _no_operand(self) -> UnparsableError:
        operator = self._scanner.look(_OPERATOR)
        if operator is not None:
            return self._scanner.fault(
                f"an operand is missing before `{operator[0]}`",
                "write an expression or a literal",
                end=operator.end(),
            )
        run = self._scanner.look(_RUN)
        text = run[0] if run else self._scanner.next
        return self._scanner.fault(
            f"`{excerpt(text)}` is neither an expression nor a literal",
            operand_hint(text),
            end=self._scanner.at + len(text),
        )

    def group(self) -> ConditionNode:
        """Reads `( ... )`."""
        opening = self._scanner.at
        self._scanner.take("(")
        self._deeper()
        self.space()
        inside = self.disjunction()
        self.space()
        if not self._scanner.take(")"):
            if self._scanner.at_end():
                raise self._scanner.fault("`(` is not closed", "write a `)`", opening, opening + 1)
            raise self.operator_fault()
        self._depth -= 1
        return inside

    def reference(self) -> ConditionNode:
        """Reads a runtime expression without braces."""
        start = self._scanner.at
        if self._scanner.sees("$.") or self._scanner.sees("$["):
            raise self._no_operand()
        self._not_foreign()
        end = expression_end(self._scanner.text, start, self._scanner.end)
        expression = parse_expression(self._scanner.text, start, end)
        if isinstance(expression, SyntaxProblem):
            raise UnparsableError(expression)
        self._scanner.at = end
        return Reference(expression, self._scanner.since(start))

    def braced(self) -> ConditionNode:
        """Reads a runtime expression in braces, or a condition.

        `{$response.body#/a == 1}` could be one expression with a strange pointer: it is a comparison.
        """
        start = self._scanner.at
        self._not_foreign()
        closing = self._scanner.text.find("}", start, self._scanner.end)
        if closing < 0:
            raise self._scanner.fault("`{` is not closed", "write a `}`")
        inside = _Parser(Scanner(self._scanner.text, start + 1, closing))
        self._scanner.at = closing + 1
        expression = parse_expression(self._scanner.text, start + 1, closing)
        try:
            node = inside.whole()
        except UnparsableError:
            if isinstance(expression, SyntaxProblem):
                raise
            return Reference(expression, self._scanner.since(start), braced=True)
        if isinstance(node, Reference) and not isinstance(expression, SyntaxProblem):
            return Reference(expression, self._scanner.since(start), braced=True)
        self.braced_test = True
        return node

    def _not_foreign(self) -> None:
        """Stops at `{{inputs.id}}` and `${inputs.id}`, by which other languages put in values."""
        found = self._scanner.look(_FOREIGN)
        if found is not None:
            raise self._scanner.fault(
                f"`{excerpt(found[0])}` is another language's way to put in a value",
                f"write `${found[1]}`",
                end=found.end(),
            )

    def single_quoted(self) -> ConditionNode:
        """Reads `'text'`."""
        start = self._scanner.at
        found = self._scanner.match(_SINGLE)
        if found is None:
            raise self._scanner.fault(
                "the text has no closing quote",
                "write `'`; a quote inside the text is doubled, as in `'it''s'`",
                end=self._scanner.end,
            )
        self._quoted = self._scanner.since(start)
        return StringLiteral(found[1].replace("''", "'"), self._quoted)

    def double_quoted(self) -> ConditionNode:
        """Reads the wild form `"text"`."""
        start = self._scanner.at
        found = self._scanner.match(_DOUBLE)
        if found is None:
            raise self._scanner.fault(
                "the text has no closing quote",
                "write the text in single quotes, as in `'text'`",
                end=self._scanner.end,
            )
        value = re.sub(
            r"\\(.)", lambda each: _ESCAPES.get(each[1], each[1]), found[1], flags=re.DOTALL
        )
        return StringLiteral(value, self._scanner.since(start), double_quoted=True)

    def number(self) -> ConditionNode:
        """Reads a number as JSON writes it."""
        start = self._scanner.at
        found = self._scanner.match(_NUMBER)
        if found is None or self._scanner.look(_WORD) or self._scanner.next == ".":
            self._scanner.at = start
            raise self._no_operand()
        if len(found[0]) > _LONGEST_NUMBER:
            raise self._scanner.fault("the number is too long", None, start, found.end())
        value = float(found[0]) if found["real"] else int(found[0])
        if value in (float("inf"), float("-inf")):
            raise self._scanner.fault("the number is too large", None, start, found.end())
        return NumberLiteral(value, self._scanner.since(start))

    def operator_fault(self) -> UnparsableError:
        """The fault where an operator should stand."""
        scanner = self._scanner
        if scanner.sees(")"):
            return scanner.fault("`)` closes no parenthesis", "remove it, or write a `(`")
        run = scanner.look(_RUN)
        text = run[0] if run else scanner.next
        quoted = self._quoted
        if quoted.end == scanner.at and _CONDITION_INSIDE.search(
            scanner.text, quoted.start, quoted.end
        ):
            return scanner.fault(
                "the text has no closing quote of its own",
                "write `'` where it ends: it goes on to the quote that opens the next text",
                quoted.start,
                quoted.end,
            )
        return scanner.fault(
            f"an operator is missing before `{excerpt(text)}`",
            operator_hint(text),
            end=scanner.at + len(text),
        )


_OPERANDS: Final[Mapping[str, Callable[[_Parser], ConditionNode]]] = {
    "(": _Parser.group,
    "$": _Parser.reference,
    "{": _Parser.braced,
    "'": _Parser.single_quoted,
    '"': _Parser.double_quoted,
    **dict.fromkeys("-0123456789", _Parser.number),
}
_WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}
