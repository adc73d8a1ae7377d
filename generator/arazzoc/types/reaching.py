"""How expressions reach a value once it is known what they start from: names, pointers, members."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import wild
from arazzoc.expr import ast
from arazzoc.expr.spelling import spell_members
from arazzoc.frozen import dataclass
from arazzoc.names import Identifier
from arazzoc.source.node import pointer_of
from arazzoc.suggestion import closest, surely
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.value import Member, ObjectValue, Returned, Value

__all__ = [
    "Problem",
    "Resolved",
    "dotted",
    "member_in",
    "member_of",
    "named",
    "output_of",
    "pointed",
    "returned",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an expression has no meaning where it stands, or (`rule.tolerated`) what is wrong with its form.

    Attributes:
        where: The piece of the text that was parsed.
        instead: What should stand there, where that is beyond doubt.
    """

    rule: Rule
    message: str
    hint: str | None
    where: ast.Slice
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of an expression.

    Attributes:
        notes: Tolerated forms that it uses.
    """

    value: Value
    notes: tuple[Problem, ...] = ()


def member_of(base: Value, tokens: Sequence[str], view: Viewpoint) -> Value:
    """What the pointer `tokens` leads to in `base`."""
    return member_in(base, tokens, view.facts.types)


def member_in(base: Value, tokens: Sequence[str], types: SchemaTypes) -> Value:
    """What the pointer `tokens` leads to in `base`, by the types of its schema."""
    if isinstance(base, ObjectValue) and tokens:
        known = dict(base.members)
        if tokens[0] in known:
            return member_in(known[tokens[0]], tokens[1:], types)
    if not tokens:
        return base
    type_, certain = types.walk(base.type, tokens)
    absent = base.absent or not certain
    if absent:
        type_ = without_none(type_)
    if isinstance(base, Member):
        return Member(base.base, (*base.tokens, *tokens), type_, absent)
    return Member(base, tuple(tokens), type_, absent)


def named(
    name: str, members: tuple[ast.Member, ...], known: Mapping[str, object]
) -> tuple[str, tuple[ast.Member, ...]] | None:
    """Splits `a.b[0].c` into a known name and members, the longest name first: a literal key goes before."""
    for length in range(len(members), 0, -1):
        head = name + spell_members(members[:length])
        if head in known:
            return head, members[length:]
    if name in known:
        return name, members
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        head = ".".join(parts[:length])
        if head in known:
            return head, (*parts[length:], *members)
    return None


def pointed(
    base: Value,
    expression: (
        ast.InputReference | ast.OutputReference | ast.StepReference | ast.WorkflowReference
    ),
    members: tuple[ast.Member, ...],
    view: Viewpoint,
) -> Resolved:
    """What the members and the pointer of an expression lead to in what it names."""
    tokens = (*(str(member) for member in members), *(expression.pointer or ()))
    notes = (dotted(expression, members, expression.pointer or ()),) if members else ()
    return Resolved(member_of(base, tokens, view), notes)


def dotted(
    expression: ast.Expression, members: Sequence[ast.Member], pointer: Sequence[str]
) -> Problem:
    """That members stand where a JSON Pointer belongs, before another one or none."""
    dots = "".join(f"[{m}]" if isinstance(m, int) else f".{m}" for m in members)
    tokens = (*(str(member) for member in members), *pointer)
    written = str(expression).partition("#")[0]
    known = [spelt for spelt in (dots, spell_members(members)) if written.endswith(spelt)]
    stem = written.removesuffix(known[0]) if known else written
    right = f"{stem}#{pointer_of(tokens)}"
    return Problem(
        wild.DOTTED_PATH,
        f"`{dots}` is no way into a value",
        f"write the JSON Pointer `{right}`",
        expression.where,
        right if known else None,
    )


def unknown(
    rule: Rule,
    message: str,
    name: str,
    known: Iterable[str],
    where: ast.Slice,
    otherwise: str | None = None,
    instead: Callable[[str], str] | None = None,
) -> Problem:
    """That a name is unknown, with the nearest one, or all, or `otherwise` as the hint.

    Where one name is meant beyond doubt, `instead` makes what should stand there of it.
    """
    names = list(known)
    near = closest(name, names)
    sure = surely(name, names)
    if near is not None:
        hint: str | None = f"did you mean `{near}`?"
    elif names and len(names) <= 8:
        hint = "there is " + ", ".join(f"`{known_name}`" for known_name in names)
    else:
        hint = otherwise
    return Problem(rule, message, hint, where, instead(sure) if instead and sure else None)


def returned(step: StepFacts, output: str) -> Returned:
    """An output of the workflow that a step has run."""
    assert step.callee is not None
    return output_of(step.callee, step.owner, output, step.result)


def output_of(callee: WorkflowFacts, owner: str, output: str, result: Identifier) -> Returned:
    """An output of a workflow whose function has given back `result`; see `Returned` for `owner`."""
    fact = callee.returns[output]
    return Returned(
        owner,
        output,
        result,
        fact.attribute,
        fact.type,
        fact.absent,
        fact.secret,
        fact.given,
    )
