"""Texts that are meant as expressions, and are none as they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from arazzoc.diagnostics.registry import expression as rules
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.expression import ROOTS, parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.suggestion import surely
from arazzoc.types.facts import WorkflowFacts
from arazzoc.types.reaching import Problem

__all__ = [
    "doubled",
    "loosely_braced",
    "misspelt_roots",
    "outputs_by_name",
    "templated",
    "undollared",
]

_WITHOUT_DOLLAR: Final = re.compile(
    r"(?<![\w$.#/{-])(?:(?P<brace>\{)|(?P<parenthesis>\$\()|\$[ ]+)?(?<![\w.#/-])"
    r"(?P<word>(?:inputs|steps\.[\w-]+\.outputs)\.[\w-]+(?:#/[\w/~-]*)?"
    r"|(?:response)\.(?:body|header\.[\w-]+)(?:#/[\w/~-]*)?|statusCode)"
    r"(?(brace)\})(?(parenthesis)\))(?![\w.-])"
)
_LOOSE: Final = re.compile(r"(?<![\w${])\$(?P<root>[A-Za-z]{4,})(?P<rest>\.[\w-]+(?:\.[\w-]+)*)")
_DOUBLED: Final = re.compile(r"\{\{\s*(?P<expression>\$[^{}]+?)\s*\}\}")
_OPENED: Final = re.compile(r"(\{{1,2})\s*\Z")
_CLOSED: Final = re.compile(r"\s*(\}{1,2})")
_DOLLARED: Final = re.compile(r"(?<![\w$\\])\$\{(?P<expression>\$[^{}]+)\}")
_TEMPLATE: Final = frozenset("{<$[")
_NAMED: Final = re.compile(
    r"\{\{\s*(?P<mustache>[A-Za-z_][\w-]*)\s*\}\}|\$\{\s*(?P<shell>[A-Za-z_][\w-]*)\s*\}"
    r"|\{?\$?inputs\[(?P<quote>['\"])(?P<member>[\w-]+)(?P=quote)\]\}?"
)
"""`{{token}}`, `${token}` and `$inputs['token']`."""
_ALONE: Final = re.compile(
    r"(?:[\w-]+ )?(?P<form>\{(?P<brace>[A-Za-z_][\w-]*)\}|<(?P<angle>[A-Za-z_][\w-]*)>"
    r"|\$(?P<dollar>[A-Za-z_]\w*))"
)
"""`{token}`, `<token>` and `$token`, alone or behind a word: elsewhere they belong to other languages."""


def undollared(text: str) -> Iterator[tuple[Expression, Problem]]:
    """The expressions that stand in a text without their `$`, each with what to say of it."""
    for found in _WITHOUT_DOLLAR.finditer(text):
        word = found["word"]
        parsed = parse_expression(f"${word}")
        if isinstance(parsed, SyntaxProblem):
            continue
        whole = found[0] == text
        instead = f"${word}" if whole and not found["brace"] else f"{{${word}}}"
        yield (
            parsed,
            Problem(
                rules.MISSING_DOLLAR,
                f"`{word}` is text: an expression starts with `$`",
                f"write `{instead}`",
                Slice(*found.span()),
                instead,
            ),
        )


def misspelt_roots(text: str) -> Iterator[tuple[Expression, Problem]]:
    """The expressions that stand in a text without braces, with a slip in their first word."""
    for found in _LOOSE.finditer(text):
        sure = surely(found["root"], ROOTS)
        if found["root"] in ROOTS or sure is None:
            continue
        parsed = parse_expression(f"${sure}{found['rest']}")
        if not isinstance(parsed, SyntaxProblem):
            name, instead = f"${found['root']}", f"{{${sure}{found['rest']}}}"
            yield (
                parsed,
                Problem(
                    rules.INVALID_EXPRESSION,
                    f"there is no runtime expression `{name}`",
                    f"did you mean `${sure}`?",
                    Slice(*found.span()),
                    instead,
                ),
            )


def doubled(text: str) -> Iterator[Problem]:
    """What to say of expressions in two pairs of braces."""
    for found in _DOUBLED.finditer(text):
        expression = found["expression"]
        if isinstance(parse_expression(expression), SyntaxProblem):
            continue
        whole = found[0] == text
        instead = expression if whole else f"{{{expression}}}"
        yield Problem(
            rules.DOUBLE_BRACES,
            f"`{found[0]}` puts a pair of braces around the value",
            f"write `{instead}`",
            Slice(*found.span()),
            instead,
        )


def loosely_braced(text: str, where: Slice, *, single: bool) -> Slice:
    """An expression with the braces that stand around it with white space between, or the expression alone.

    Args:
        text: What it stands in.
        where: Where it stands.
        single: Whether one pair of braces counts too, which is text of its own in templates such as GraphQL.
    """
    opened, closed = _OPENED.search(text, 0, where.start), _CLOSED.match(text, where.end)
    if opened is None or closed is None or len(opened[1]) != len(closed[1]):
        return where
    if len(opened[1]) == 1 and not single:
        return where
    return Slice(opened.start(), closed.end())


def outputs_by_name(facts: WorkflowFacts) -> Mapping[str, str]:
    """The expressions of outputs that a name alone can mean: one step has it, and no input."""
    steps = [
        (name, step.step.step_id) for step in facts.steps.values() for name in step.step.outputs
    ]
    times = Counter(name for name, _ in steps)
    return {
        name: f"$steps.{step_id}.outputs.{name}"
        for name, step_id in steps
        if times[name] == 1 and name not in facts.inputs
    }


def templated(text: str, outputs: Mapping[str, str]) -> Iterator[tuple[Expression, Problem]]:
    """The expressions that the value of a parameter holds as templates of other languages have them.

    They are expressions in braces with a `$` before these, and names of inputs and of `outputs`.
    """
    if _TEMPLATE.isdisjoint(text):
        return
    for found in _DOLLARED.finditer(text):
        expression = parse_expression(found["expression"])
        if not isinstance(expression, SyntaxProblem):
            message = f"the `$` before `{{{expression}}}` is sent with the value"
            instead = _instead(found["expression"], found)
            where = Slice(*found.span())
            hint = f"write `{instead}`"
            yield expression, Problem(rules.DOLLAR_BEFORE_BRACES, message, hint, where, instead)
    alone = _ALONE.fullmatch(text)
    for found in (*_NAMED.finditer(text), *([alone] if alone is not None else ())):
        names = (
            ("mustache", "shell", "member") if found is not alone else ("brace", "angle", "dollar")
        )
        given = next(found[each] for each in names if found[each] is not None)
        name = outputs.get(given, f"$inputs.{given}")
        where = Slice(*found.span("form" if found is alone else 0))
        expression = parse_expression(name)
        if not isinstance(expression, SyntaxProblem):
            written = text[where.start : where.end]
            message = (
                f"`{written}` is text: the {'output' if given in outputs else 'input'} is `{name}`"
            )
            instead = name if written == text else f"{{{name}}}"
            yield (
                expression,
                Problem(rules.MISSING_DOLLAR, message, f"write `{instead}`", where, instead),
            )


def _instead(expression: str, found: re.Match[str]) -> str:
    """What to write for a match: the expression, in braces where other text stands beside it."""
    return expression if found[0] == found.string else f"{{{expression}}}"
