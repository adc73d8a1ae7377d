"""XPath conditions and selectors with the values of their variables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from arazzoc.diagnostics.registry import expression as rules
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.xpath import VERSIONS, Variable, XPathVersion, parse_xpath
from arazzoc.frozen import dataclass
from arazzoc.types.composing import put_in
from arazzoc.types.model import BOOL, FLOAT, INT, STR
from arazzoc.types.reaching import Problem, Resolved
from arazzoc.types.value import Argument, Constant, Embedded, JsonLiteral, ResponseStatus, Value

__all__ = ["References", "XPath", "xpath_of"]


@dataclass(frozen=True, slots=True)
class XPath:
    """A query with variables for what a run puts in.

    Attributes:
        text: The XPath; a value where only a run knows it.
        variables: What its variables stand for; where one has no value, the query has none either.
        told: That data decides what it asks for.
    """

    text: str | Embedded
    version: XPathVersion
    variables: tuple[tuple[str, Value], ...] = ()
    told: tuple[Problem, ...] = field(default=(), compare=False)


class References:
    """The values of the expressions in a text, and what is wrong with them.

    Attributes:
        failed: Whether one of them has no value there.
        operands: The values, by the texts of the expressions.
    """

    def __init__(self, resolved: Callable[[Expression], Resolved | Problem]) -> None:
        self._resolved = resolved
        self.problems: list[Problem] = []
        self.failed = False
        self.operands: dict[str, Value] = {}

    def value(self, expression: Expression) -> Value:
        """The value of an expression; any value where it has none."""
        resolved = self._resolved(expression)
        if isinstance(resolved, Problem):
            self.problems.append(resolved)
            self.failed = True
            return Constant(None)
        self.problems.extend(resolved.notes)
        self.operands[str(expression)] = resolved.value
        return resolved.value


def xpath_of(
    text: str,
    version: str | None,
    reference: Callable[[Expression], Value],
) -> XPath | Problem:
    """The query that `text` is, or why it is none.

    Args:
        text: As the document states it.
        version: The word of the Expression Type Object, such as `xpath-10`; None where it states none.
        reference: The value of an expression that is embedded; it keeps what is wrong with it.
    """
    parsed = parse_xpath(text, VERSIONS.get(version, "3.1"))
    if isinstance(parsed, SyntaxProblem):
        where = Slice(parsed.start, parsed.end)
        return Problem(rules.INVALID_XPATH, parsed.message, parsed.hint, where)
    variables = tuple((each.name, _value(each, reference)) for each in parsed.variables)
    if isinstance(parsed.text, str):
        return XPath(parsed.text, parsed.version, variables)
    parts = tuple(part if isinstance(part, str) else reference(part) for part in parsed.text.parts)
    absent = any(not isinstance(part, str) and part.absent for part in parts)
    example = "//job[@id = '{$inputs.id}']"
    told = tuple(put_in(expression.where, example) for expression in parsed.text.expressions)
    return XPath(Embedded(parts, absent=absent), parsed.version, variables, told)


def _value(variable: Variable, reference: Callable[[Expression], Value]) -> Value:
    parts = tuple(part if isinstance(part, str) else reference(part) for part in variable.parts)
    first = parts[0]
    if variable.place == "operand" and not isinstance(first, str):
        return first if _is_number(first) else JsonLiteral(first)
    if len(parts) == 1 and isinstance(first, Argument) and first.type == STR and not first.absent:
        return first
    return Embedded(parts, absent=any(not isinstance(part, str) and part.absent for part in parts))


def _is_number(value: Value) -> bool:
    """Whether the value is a number or a boolean in every run: callers and transports are held to types."""
    sure = isinstance(value, Argument | ResponseStatus)
    return sure and not value.absent and value.type in (INT, FLOAT, BOOL)
