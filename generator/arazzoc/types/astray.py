"""What is said of expressions that lead astray in a response's body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arazzoc.diagnostics.registry import response as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.expr import ast
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.spelling import spell_name
from arazzoc.frozen import dataclass
from arazzoc.source.node import pointer_of
from arazzoc.suggestion import closest, surely
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.header_names import is_customary
from arazzoc.types.lacking import Gap, gap_in_body
from arazzoc.types.reaching import Problem
from arazzoc.types.schema import SchemaTypes

__all__ = [
    "Origin",
    "astray_in_body",
    "astray_in_header",
    "astray_in_output",
    "astray_in_pointer",
    "listed",
    "origin_of",
    "told",
    "with_astray",
]

_MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """The part of a response's body that an expression reads.

    Attributes:
        step: The step that is answered with it.
        way: How to get there from the whole body.
    """

    step: StepFacts
    way: tuple[str, ...]


def origin_of(expression: ast.Expression, view: Viewpoint) -> Origin | None:
    """The part of a body that an expression reads, by itself or by way of a step's output.

    None where it reads something else, or where there may be no answer.
    """
    match expression:
        case ast.ResponseReference(source=ast.Body() as body):
            here = view.step if view.answered and not view.silent else None
            return None if here is None else Origin(here, _tokens(body))
        case ast.StepReference():
            step = view.facts.steps.get(expression.step_id)
            before = _read_by_output(step, expression.output) if step is not None else None
            if step is None or before is None or expression.step_id not in view.available.possibly:
                return None
            members = (str(member) for member in expression.members)
            return Origin(step, (*before, *members, *(expression.pointer or ())))
        case _:
            return None


def _tokens(body: ast.Body) -> tuple[str, ...]:
    return (*(body.pointer or ()), *(str(member) for member in body.members))


def _read_by_output(step: StepFacts, output: str) -> tuple[str, ...] | None:
    """What of the body of its own response an output is; None where it is something else."""
    node = step.step.outputs.get(output)
    parsed = parse_expression(node.text) if node is not None and node.text else None
    if parsed is None or isinstance(parsed, SyntaxProblem):
        return None
    source = parsed.source if isinstance(parsed, ast.ResponseReference) else None
    return _tokens(source) if isinstance(source, ast.Body) else None


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
    return (told(gap, tokens, step, expression.where, instead, whole=_Whole("$response.body")),)


def astray_in_output(
    expression: ast.Expression,
    step: StepFacts,
    output: str,
    tokens: Sequence[str],
    types: SchemaTypes,
) -> tuple[Problem, ...]:
    """That `tokens` leads nowhere in an output that is read from a response; nothing where it may."""
    before = _read_by_output(step, output) if tokens else None
    if before is None:
        return ()
    way = (*before, *tokens)
    gap = gap_in_body(step, way, types)
    # What is wrong with the way to the output itself is said where that stands.
    if gap is None or gap.depth < len(before):
        return ()
    whole = _Whole(f"$steps.{step.step.step_id}.outputs.{spell_name(output)}", len(before))
    return (told(gap, way, step, expression.where, None, whole=whole),)


def astray_in_pointer(
    origin: Origin | None, tokens: Sequence[str], where: ast.Slice, types: SchemaTypes
) -> tuple[Problem, ...]:
    """That the JSON Pointer of a Selector Object leads nowhere in what it is applied to."""
    if origin is None:
        return ()
    way = (*origin.way, *tokens)
    gap = gap_in_body(origin.step, way, types)
    if gap is None or gap.depth < len(origin.way):
        return ()
    return (told(gap, way, origin.step, where, None),)


def with_astray(notes: tuple[Problem, ...], astray: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of an expression; what is written with dots and can lead nowhere has one, with no mend.

    The JSON Pointer of the same names would lead nowhere as well.
    """
    dots = next((each for each in notes if each.rule is wild.DOTTED_PATH), None)
    nowhere = next((each for each in astray if each.rule is rules.NO_SUCH_PLACE), None)
    if dots is None or nowhere is None:
        return notes + astray
    message = f"{dots.message}, and {nowhere.message}"
    one = replace(dots, message=message, hint=nowhere.hint, instead=None)
    return tuple(one if each is dots else each for each in notes)


def astray_in_header(
    expression: ast.ResponseReference, header: ast.Header, step: StepFacts
) -> tuple[Problem, ...]:
    """That the responses of a step state headers, and that this is none of them.

    Headers that servers send of their own accord are told only where they nearly are a stated one.
    """
    responses = step.expected.responses
    wanted = header.name.lower()
    stated = {each.name.lower(): each.name for response in responses for each in response.headers}
    if wanted in stated:
        return ()
    message = f"the response of step `{step.step.step_id}` states no header `{header.name}`"
    near = closest(wanted, list(stated))
    if near is not None:
        hint = f"did you mean `{stated[near]}`?"
        return (Problem(rules.UNLISTED_MEMBER, message, hint, expression.where),)
    if is_customary(wanted) or not responses or not all(each.headers for each in responses):
        return ()
    hint = f"its description has {listed(list(stated.values()))}"
    return (Problem(rules.UNDOCUMENTED_HEADER, message, hint, expression.where),)


@dataclass(frozen=True, slots=True)
class _Whole:
    """An expression around a pointer, for hints that show all that is to be written.

    Attributes:
        stem: What stands before `#`.
        skipped: How many tokens of the way into the body it stands for.
    """

    stem: str = ""
    skipped: int = 0

    def spelt(self, tokens: Sequence[str]) -> str:
        """The expression that leads into the body by `tokens`; a pointer alone where it has no stem."""
        pointer = pointer_of(tuple(tokens[self.skipped :]))
        return f"{self.stem}#{pointer}" if self.stem and pointer else self.stem or pointer


def told(
    gap: Gap,
    tokens: Sequence[str | None],
    step: StepFacts,
    where: ast.Slice,
    instead: str | None,
    *,
    queried: bool = False,
    whole: _Whole | None = None,
) -> Problem:
    """The words for a gap in a step's response that a pointer or, where `queried`, a JSONPath meets."""
    token, shown = tokens[gap.depth], tuple("*" if each is None else each for each in tokens)
    way = pointer_of(shown[: gap.depth])
    response = f"the response of step `{step.step.step_id}`"
    place = f"`{way}` of {response}" if way else response
    whole = whole or _Whole()
    there = whole.spelt(shown[: gap.depth])
    end = "end the way there" if queried else f"end the way there: `{there}`"
    if token is None:
        message = f"{place} is {gap.reason}, which has no items"
        return Problem(rules.NO_SUCH_PLACE, message, end, where)
    near = closest(token, gap.members)
    if gap.reason in ("unlisted", "closed"):
        rule = rules.NO_SUCH_PLACE if gap.is_sure else rules.UNLISTED_MEMBER
        hint = f"did you mean `{near}`?" if near else f"its schema has {listed(gap.members)}"
        return Problem(rule, f"{place} has no member `{token}`", hint, where, instead)
    if gap.reason == "list":
        message = f"{place} is a list, which has no member `{token}`"
        first = whole.spelt((*shown[: gap.depth], "0", *shown[gap.depth :]))
        hint = "choose items: `[0]`, `[*]`" if queried else f"choose an item, such as `{first}`"
        return Problem(rules.NO_SUCH_PLACE, message, hint, where)
    message = f"{place} is {gap.reason}, which has no member `{token}`"
    return Problem(rules.NO_SUCH_PLACE, message, end, where)


def listed(names: Sequence[str]) -> str:
    """Names as a hint lists them, the first few."""
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_LISTED])
    return f"{shown} and others" if len(names) > _MOST_LISTED else shown
