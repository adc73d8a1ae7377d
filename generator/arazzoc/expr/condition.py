"""Simple conditions as data (Arazzo 1.1.0, "Criterion Object").

Nodes print as the specification writes them, so that `parse_condition(str(node))` has the same nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.extent import is_plain
from arazzoc.expr.spelling import Member, spell_members
from arazzoc.frozen import dataclass

__all__ = [
    "Access",
    "And",
    "BooleanLiteral",
    "Comparison",
    "Condition",
    "ConditionNode",
    "Not",
    "NullLiteral",
    "NumberLiteral",
    "Operator",
    "Or",
    "Reference",
    "StringLiteral",
]

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]

_OR, _AND, _COMPARISON, _UNARY, _PRIMARY = range(5)


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """`'text'`; a quote inside is doubled. `double_quoted` marks the wild `"text"`."""

    value: str
    where: Slice = field(compare=False)
    double_quoted: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        quoted = self.value.replace("'", "''")
        return f"'{quoted}'"


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number: exact where it is written as an integer, else the nearest double."""

    value: int | float
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return repr(self.value)


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
class Reference:
    """A runtime expression as an operand.

    Attributes:
        braced: It stands in braces. It prints with them where it needs them.
    """

    expression: Expression
    where: Slice = field(compare=False)
    braced: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        text = str(self.expression)
        return text if is_plain(text) else f"{{{text}}}"


@dataclass(frozen=True, slots=True)
class Access:
    """`.` and `[]` after an expression in parentheses or braces: `(...).a[0]`, at least one member."""

    base: ConditionNode
    members: tuple[Member, ...]
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        base = f"({self.base})"
        if isinstance(self.base, Reference):
            base = f"{{{self.base.expression}}}"
        return base + spell_members(self.members)


@dataclass(frozen=True, slots=True)
class Not:
    """`!operand`; binds tighter than a comparison."""

    operand: ConditionNode
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "!" + _within(self.operand, _UNARY)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`. Comparisons do not chain."""

    left: ConditionNode
    operator: Operator
    right: ConditionNode
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"{_within(self.left, _UNARY)} {self.operator} {_within(self.right, _UNARY)}"


@dataclass(frozen=True, slots=True)
class And:
    """`a && b && c`, at least two operands; binds tighter than `||`."""

    operands: tuple[ConditionNode, ...]
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return " && ".join(_within(operand, _COMPARISON) for operand in self.operands)


@dataclass(frozen=True, slots=True)
class Or:
    """`a || b || c`, at least two operands."""

    operands: tuple[ConditionNode, ...]
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return " || ".join(_within(operand, _AND) for operand in self.operands)


ConditionNode: TypeAlias = (
    StringLiteral
    | NumberLiteral
    | BooleanLiteral
    | NullLiteral
    | Reference
    | Access
    | Not
    | Comparison
    | And
    | Or
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A whole simple condition.

    Attributes:
        root: What it says.
        braced: The wild form `{$statusCode == 401}`, also of a part; the specification has an example.
    """

    root: ConditionNode
    braced: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return str(self.root)


_BINDING: Final[Mapping[type[ConditionNode], int]] = {
    Or: _OR,
    And: _AND,
    Comparison: _COMPARISON,
    Not: _UNARY,
}


def _within(node: ConditionNode, binding: int) -> str:
    """The node's text, in parentheses where it binds less tightly than it has to."""
    return str(node) if _BINDING.get(type(node), _PRIMARY) >= binding else f"({node})"
