"""JSONPath criteria as tests over typed values (RFC 9535, and the predicate dialect)."""

from __future__ import annotations

from dataclasses import dataclass

from arazzoc.diagnostics.registry import unsupported, wild
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.jsonpath import query as syntax
from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted
from arazzoc.types.condition import AllOf, AnyOf, Compare, Exists, Language, Not, Test
from arazzoc.types.facts import Viewpoint
from arazzoc.types.resolve import Problem, Resolved, member_of, resolve
from arazzoc.types.value import Constant, Embedded, Size, Value

__all__ = ["Predicated", "predicate_of"]


@dataclass(frozen=True, slots=True)
class Predicated:
    """What a JSONPath criterion tests.

    Attributes:
        test: None where a problem that is not tolerated leaves it without meaning.
        operands: What it looks at, by the text of the query.
    """

    test: Test | None
    problems: tuple[Problem, ...] = ()
    operands: tuple[tuple[str, Value], ...] = ()


def predicate_of(text: str, context: Value, view: Viewpoint) -> Predicated | SyntaxProblem:
    """The test that a JSONPath criterion is.

    A query holds where it finds something. A bare logical expression is tolerated: its truth over the
    context decides.

    Args:
        text: The condition.
        context: The value that it looks at.
        view: What expressions inside the condition can see.
    """
    parsed = parse_criterion(text)
    if isinstance(parsed, SyntaxProblem):
        return parsed
    if isinstance(parsed, Substituted):
        message = "an expression inside a query cannot be compiled yet"
        return _refused(Problem(unsupported.CRITERION, message, None, Slice(0, len(text))))
    reader = _Reader(context, view)
    if isinstance(parsed, syntax.Query):
        return reader.outcome(reader.exists(parsed))
    reader.problems.append(_bare(text))
    return reader.outcome(reader.test(parsed.test))


def _bare(text: str) -> Problem:
    return Problem(
        wild.BARE_PREDICATE,
        "this JSONPath is a bare logical expression, not a query",
        "write it as a `simple` condition, such as `$response.body#/status == 'Queued'`",
        Slice(0, len(text)),
    )


def _refused(problem: Problem) -> Predicated:
    return Predicated(None, (problem,))


class _Reader:
    """Lowers the nodes of one criterion."""

    def __init__(self, context: Value, view: Viewpoint) -> None:
        self._context = context
        self._view = view
        self._failed = False
        self._operands: dict[str, Value] = {}
        self.problems: list[Problem] = []

    def outcome(self, test: Test) -> Predicated:
        """The test, or none where a part of it failed."""
        operands = tuple(self._operands.items())
        return Predicated(None if self._failed else test, tuple(self.problems), operands)

    def test(self, node: syntax.Test) -> Test:
        """A logical expression."""
        match node:
            case syntax.Comparison(left, operator, right):
                sides = self._operand(left), self._operand(right)
                return Compare(sides[0], operator, sides[1], Language.JSONPATH)
            case syntax.Existence(query):
                return self.exists(query)
            case syntax.Not(inner):
                return Not(self.test(inner))
            case syntax.And(tests):
                return AllOf(tuple(map(self.test, tests)))
            case syntax.Or(tests):
                return AnyOf(tuple(map(self.test, tests)))
            case syntax.FunctionTest(call):
                return Exists(self._not_yet(f"the function `{call.name}`", call.where))

    def exists(self, query: syntax.Query) -> Test:
        """A query that finds something."""
        return Exists(self._query(query))

    def _operand(self, node: syntax.Comparable) -> Value:
        match node:
            case syntax.StringLiteral(value):
                return Constant(value)
            case syntax.NumberLiteral(value) | syntax.BooleanLiteral(value):
                return Constant(value)
            case syntax.NullLiteral():
                return Constant(None)
            case syntax.Query():
                return self._query(node)
            case syntax.Length():
                size = Size(self._query(node.of))
                self._operands[str(node)] = size
                return size
            case syntax.RuntimeOperand(expression):
                return self._reference(expression)
            case syntax.Substitution(expression):
                value = self._reference(expression)
                return Embedded((value,), absent=value.absent)
            case syntax.FunctionCall(name):
                return self._not_yet(f"the function `{name}`", node.where)

    def _query(self, query: syntax.Query) -> Value:
        path = query.path
        if path is None:
            return self._not_yet("a query that can find several things", query.where)
        if any(_is_like_the_other(step) for step in path):
            return self._not_yet("a negative index, or a number as a name", query.where)
        value = member_of(self._context, [str(step) for step in path], self._view)
        self._operands[str(query)] = value
        return value

    def _reference(self, expression: Expression) -> Value:
        resolved = resolve(expression, self._view)
        if isinstance(resolved, Resolved):
            self.problems.extend(resolved.notes)
            self._operands[str(expression)] = resolved.value
            return resolved.value
        self._failed = True
        self.problems.append(resolved)
        return Constant(None)

    def _not_yet(self, what: str, where: Slice) -> Value:
        self._failed = True
        message = f"{what} cannot be compiled yet"
        hint = "compare single members, as in `$.status == 'Queued'`, or use a simple condition"
        self.problems.append(Problem(unsupported.CRITERION, message, hint, where))
        return Constant(None)


def _is_like_the_other(step: str | int) -> bool:
    """Whether a JSON Pointer's token for the step would also match a list's item, or an object's member."""
    return step.isdecimal() if isinstance(step, str) else step < 0
