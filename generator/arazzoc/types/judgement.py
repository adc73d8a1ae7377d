"""Criteria as tests over typed values (Arazzo 1.1.0, Criterion Object)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from arazzoc.diagnostics.model import Rule, Severity
from arazzoc.diagnostics.registry import expression as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.expr import condition as syntax
from arazzoc.expr.ast import AllInputs, Expression, Slice, StatusCode
from arazzoc.expr.condition_parser import parse_condition
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.extent import is_plain
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.regex import check_frame, check_regex
from arazzoc.expr.substituted import Substituted, parse_substituted
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Criterion as StatedCriterion
from arazzoc.source.node import Node
from arazzoc.source.removal import without
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Criterion,
    Holds,
    Matches,
    Not,
    Operator,
    Test,
    XPathHolds,
)
from arazzoc.types.facts import Viewpoint
from arazzoc.types.predicate import predicate_of
from arazzoc.types.resolve import Problem, Resolved, member_of, resolve
from arazzoc.types.secrets import is_secret
from arazzoc.types.valuation import Located, located
from arazzoc.types.value import (
    Constant,
    Embedded,
    ObjectValue,
    Outcome,
    ResponseBody,
    ResponseStatus,
    Value,
)
from arazzoc.types.xpath import xpath_of

__all__ = ["Judged", "criterion_of"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion, lowered, and what is wrong with how it is written.

    Attributes:
        criterion: None where a problem that is not tolerated leaves it without meaning.
    """

    criterion: Criterion | None
    problems: tuple[Located, ...] = ()


def criterion_of(stated: StatedCriterion, view: Viewpoint) -> Judged:
    """What a criterion tests where it stands."""
    text = stated.condition.text
    if text is None:
        return Judged(None)
    return _READERS[stated.type](stated, text, view)


class _Reading:
    """Collects the problems and operands of one criterion."""

    def __init__(self, view: Viewpoint) -> None:
        self.view = view
        self.problems: list[Located] = []
        self.operands: dict[str, Value] = {}
        self.failed = False

    def note(self, node: Node, problem: Problem) -> None:
        """A tolerated form."""
        self.problems.append(located(node, problem))

    def fail(self, node: Node, problem: Problem) -> None:
        """A problem that leaves the criterion without meaning."""
        self.failed = True
        self.note(node, problem)

    def reference(self, node: Node, expression: Expression, *, bare: bool = False) -> Value:
        """The value of an expression in `node`; any value where it has none.

        What is written instead of a `bare` operand of a condition gets braces where it needs them.
        """
        resolved = resolve(expression, self.view)
        if not isinstance(resolved, Resolved):
            self.fail(node, _as_operand(resolved) if bare else resolved)
            return Constant(None)
        for note in resolved.notes:
            self.note(node, _as_operand(note) if bare else note)
        if _is_shown(resolved.value):
            self.operands[str(expression)] = resolved.value
        return resolved.value

    def judged(self, text: str, test: Test) -> Judged:
        """The criterion, or none where a part of it failed."""
        criterion = Criterion(text, test, tuple(self.operands.items()))
        return Judged(None if self.failed else criterion, tuple(self.problems))


def _simple(stated: StatedCriterion, text: str, view: Viewpoint) -> Judged:
    parsed = parse_condition(text)
    if isinstance(parsed, SyntaxProblem):
        return _invalid(stated.condition, parsed, rules.INVALID_CONDITION)
    reading = _Reading(view)
    if parsed.braced:
        hint = f"write `{parsed}`"
        where = Slice(0, len(text))
        message = "a condition stands in braces"
        problem = Problem(wild.BRACED_CONDITION, message, hint, where, str(parsed))
        reading.note(stated.condition, problem)
    if _says_that_a_workflow_succeeded(parsed.root, view):
        problem = _status_of_a_workflow(text)
        reading.problems.append(
            Located(problem, stated.condition.part(0, len(text)), without(stated.node))
        )
        return reading.judged(str(parsed), AllOf(()))
    test = _SimpleReader(stated.condition, reading).test(parsed.root)
    return reading.judged(str(parsed), test)


def _says_that_a_workflow_succeeded(node: syntax.ConditionNode, view: Viewpoint) -> bool:
    """Whether a condition compares the status with one of success where a workflow was run."""
    if view.step is None or view.step.callee is None or view.silent:
        return False
    match node:
        case syntax.Comparison(syntax.Reference(StatusCode()), "==", syntax.NumberLiteral(value)):
            return 200 <= value < 300
        case _:
            return False


def _status_of_a_workflow(text: str) -> Problem:
    return Problem(
        wild.STATUS_OF_A_WORKFLOW,
        "a step that runs a workflow has no status",
        "remove the criterion: the step succeeds where the workflow does",
        Slice(0, len(text)),
    )


def _as_operand(problem: Problem) -> Problem:
    if problem.instead is None or is_plain(problem.instead):
        return problem
    return replace(problem, instead=f"{{{problem.instead}}}")


class _SimpleReader:
    """Lowers the nodes of one simple condition."""

    def __init__(self, node: Node, reading: _Reading) -> None:
        self._node = node
        self._reading = reading

    def test(self, node: syntax.ConditionNode) -> Test:
        """What the node tests; a bare value holds unless it is false or null."""
        match node:
            case syntax.Comparison(left, operator, right):
                return _compared(self.value(left), operator, self.value(right))
            case syntax.Not(operand):
                return Not(self.test(operand))
            case syntax.And(operands):
                return AllOf(tuple(map(self.test, operands)))
            case syntax.Or(operands):
                return AnyOf(tuple(map(self.test, operands)))
            case _:
                return Holds(self.value(node))

    def value(self, node: syntax.ConditionNode) -> Value:
        """The value of an operand."""
        match node:
            case syntax.StringLiteral(value):
                if node.double_quoted:
                    self._reading.note(self._node, _double_quoted(node))
                if _is_quoted_expression(value):
                    self._reading.note(self._node, _quoted(node))
                return Constant(value)
            case syntax.NumberLiteral(value) | syntax.BooleanLiteral(value):
                return Constant(value)
            case syntax.NullLiteral():
                return Constant(None)
            case syntax.Reference(expression):
                bare = not node.braced
                return self._reading.reference(self._node, expression, bare=bare)
            case syntax.Access(base, members):
                tokens = [str(member) for member in members]
                return member_of(self.value(base), tokens, self._reading.view)
            case _:
                return Outcome(self.test(node))


def _compared(left: Value, operator: Operator, right: Value) -> Test:
    """A comparison; the outcome of another one is the same as its equality to `true`."""
    if isinstance(right, Outcome) and not isinstance(left, Outcome) and operator in ("==", "!="):
        left, right = right, left
    if not isinstance(left, Outcome) or not isinstance(right, Constant):
        return Compare(left, operator, right)
    if operator not in ("==", "!=") or not isinstance(right.value, bool):
        return Compare(left, operator, right)
    return left.test if right.value is (operator == "==") else Not(left.test)


def _double_quoted(node: syntax.StringLiteral) -> Problem:
    return Problem(
        wild.DOUBLE_QUOTED_LITERAL,
        "text in a condition stands in single quotes",
        f"write `{node}`",
        node.where,
        str(node),
    )


def _is_quoted_expression(text: str) -> bool:
    """Whether a literal is an expression, or has one in braces."""
    if text.startswith("$"):
        whole = parse_expression(text)
        return not isinstance(whole, SyntaxProblem | AllInputs)
    return isinstance(parse_substituted(text), Substituted)


def _quoted(node: syntax.StringLiteral) -> Problem:
    return Problem(
        rules.QUOTED_EXPRESSION,
        f"`{node}` is compared as the text that it is: quotes keep an expression from having a value",
        "write the expression without quotes; text around a value takes a criterion of type `regex`",
        node.where,
    )


def _regex(stated: StatedCriterion, text: str, view: Viewpoint) -> Judged:
    substituted = parse_substituted(text)
    if isinstance(substituted, SyntaxProblem):
        return _invalid(stated.condition, substituted, rules.INVALID_EXPRESSION)
    problem = check_regex(text) if substituted is None else check_frame(substituted)
    if problem is not None:
        return _invalid(stated.condition, problem, rules.INVALID_REGEX)
    reading = _Reading(view)
    context = _context(stated, reading)
    if substituted is None:
        return reading.judged(text, Matches(context, text))
    parts = tuple(
        part if isinstance(part, str) else reading.reference(stated.condition, part)
        for part in substituted.parts
    )
    absent = any(not isinstance(part, str) and part.absent for part in parts)
    return reading.judged(text, Matches(context, Embedded(parts, absent=absent)))


def _jsonpath(stated: StatedCriterion, text: str, view: Viewpoint) -> Judged:
    reading = _Reading(view)
    context = _context(stated, reading)
    expression = (stated.context.text if stated.context is not None else None) or ""
    lowered = predicate_of(text, context, expression, view, stated.version)
    if isinstance(lowered, SyntaxProblem):
        return _invalid(stated.condition, lowered, rules.INVALID_JSONPATH)
    for problem in lowered.problems:
        fatal = problem.rule.severity is Severity.ERROR
        (reading.fail if fatal else reading.note)(stated.condition, problem)
    if lowered.test is None:
        reading.failed = True
        return reading.judged(text, Holds(context))
    reading.operands = {name: value for name, value in lowered.operands if _is_shown(value)}
    return reading.judged(text, lowered.test)


def _xpath(stated: StatedCriterion, text: str, view: Viewpoint) -> Judged:
    reading = _Reading(view)
    context = _context(stated, reading)
    query = xpath_of(text, stated.version, partial(reading.reference, stated.condition))
    if isinstance(query, Problem):
        reading.fail(stated.condition, query)
        return reading.judged(text, Holds(context))
    for problem in query.told:
        reading.note(stated.condition, problem)
    return reading.judged(text, XPathHolds(context, query))


def _context(stated: StatedCriterion, reading: _Reading) -> Value:
    """The value that a criterion looks at; that one is missing has been said when it was read."""
    node = stated.context
    if node is None or node.text is None:
        reading.failed = True
        return Constant(None)
    parsed = parse_expression(node.text)
    if isinstance(parsed, SyntaxProblem):
        where = Slice(parsed.start, parsed.end)
        problem = Problem(
            rules.INVALID_EXPRESSION, parsed.message, parsed.hint, where, parsed.instead
        )
        reading.fail(node, problem)
        return Constant(None)
    return reading.reference(node, parsed)


def _is_shown(value: Value) -> bool:
    """Whether errors show the value: they tell the status anyway, and no object as a whole."""
    whole = ResponseStatus | ResponseBody | ObjectValue
    return not isinstance(value, whole) and not is_secret(value)


def _invalid(node: Node, problem: SyntaxProblem, rule: Rule) -> Judged:
    where = Slice(problem.start, problem.end)
    stated = Problem(rule, problem.message, problem.hint, where, problem.instead)
    return Judged(None, (located(node, stated),))


_READERS: Final[Mapping[str, Callable[[StatedCriterion, str, Viewpoint], Judged]]] = {
    "simple": _simple,
    "regex": _regex,
    "jsonpath": _jsonpath,
    "xpath": _xpath,
}
