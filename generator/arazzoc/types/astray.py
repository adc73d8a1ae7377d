"""What is said of expressions that lead astray in a response's body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arazzoc.diagnostics.registry import response as rules
from arazzoc.expr import ast
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.source.node import pointer_of
from arazzoc.suggestion import closest, surely
from arazzoc.types.facts import StepFacts
from arazzoc.types.lacking import Gap, gap_in_body
from arazzoc.types.reaching import Problem
from arazzoc.types.responses import expected_responses
from arazzoc.types.schema import SchemaTypes

__all__ = ["astray_in_body", "astray_in_header", "astray_in_output", "listed", "told"]

_MOST_LISTED = 8


def astray_in_body(
    expression: ast.ResponseReference, step: StepFacts, tokens: Sequence[str], types: SchemaTypes
) -> tuple[Problem, ...]:
    """That `tokens` leads nowhere in the body that the step answers with; nothing where it may."""
    gap = gap_in_body(step, tokens, types)
    if gap is None:
        return ()
    instead = None
    sure = surely(tokens[gap.depth], gap.members)
    source = expression.source
    if sure is not None and isinstance(source, ast.Body) and source.pointer and not source.members:
        pointer = (*tokens[: gap.depth], sure, *tokens[gap.depth + 1 :])
        instead = str(replace(expression, source=replace(source, pointer=pointer)))
    return (told(gap, tokens, step, expression.where, instead),)


def astray_in_output(
    expression: ast.Expression,
    step: StepFacts,
    output: str,
    tokens: Sequence[str],
    types: SchemaTypes,
) -> tuple[Problem, ...]:
    """That `tokens` leads nowhere in an output that is read from a response; nothing where it may."""
    node = step.step.outputs.get(output)
    parsed = parse_expression(node.text) if tokens and node is not None and node.text else None
    if parsed is None or isinstance(parsed, SyntaxProblem):
        return ()
    source = parsed.source if isinstance(parsed, ast.ResponseReference) else None
    if not isinstance(source, ast.Body):
        return ()
    before = (*(source.pointer or ()), *(str(member) for member in source.members))
    way = (*before, *tokens)
    gap = gap_in_body(step, way, types)
    # What is wrong with the way to the output itself is said where that stands.
    if gap is None or gap.depth < len(before):
        return ()
    return (told(gap, way, step, expression.where, None),)


def astray_in_header(
    expression: ast.ResponseReference, header: ast.Header, step: StepFacts
) -> tuple[Problem, ...]:
    """That the responses of a step state headers, and that this is none of them but nearly is one."""
    wanted = header.name.lower()
    stated = [each.name for response in expected_responses(step) for each in response.headers]
    near = closest(wanted, [name.lower() for name in stated])
    if near is None or wanted in (name.lower() for name in stated):
        return ()
    meant = next(name for name in stated if name.lower() == near)
    return (
        Problem(
            rules.UNLISTED_MEMBER,
            f"the response of step `{step.step.step_id}` states no header `{header.name}`",
            f"did you mean `{meant}`?",
            expression.where,
        ),
    )


def told(
    gap: Gap, tokens: Sequence[str], step: StepFacts, where: ast.Slice, instead: str | None
) -> Problem:
    """The words for a gap in the response of a step."""
    token, way = tokens[gap.depth], pointer_of(tuple(tokens[: gap.depth]))
    response = f"the response of step `{step.step.step_id}`"
    place = f"`{way}` of {response}" if way else response
    near = closest(token, gap.members)
    if gap.reason in ("unlisted", "closed"):
        rule = rules.NO_SUCH_PLACE if gap.is_sure else rules.UNLISTED_MEMBER
        hint = f"did you mean `{near}`?" if near else f"its schema has {listed(gap.members)}"
        return Problem(rule, f"{place} has no member `{token}`", hint, where, instead)
    if gap.reason == "list":
        message = f"{place} is a list, which has no member `{token}`"
        first = pointer_of((*tokens[: gap.depth], "0", *tokens[gap.depth :]))
        return Problem(rules.NO_SUCH_PLACE, message, f"choose an item, such as `{first}`", where)
    message = f"{place} is {gap.reason}, which has no member `{token}`"
    return Problem(rules.NO_SUCH_PLACE, message, f"end the way there: `{way}`", where)


def listed(names: Sequence[str]) -> str:
    """Names as a hint lists them, the first few."""
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_LISTED])
    return f"{shown} and others" if len(names) > _MOST_LISTED else shown
