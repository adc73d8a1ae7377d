"""Texts that are meant as expressions, and are none as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.diagnostics.registry import expression as rules
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.expression import ROOTS, parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.suggestion import surely
from arazzoc.types.reaching import Problem

__all__ = ["doubled", "misspelt_roots", "undollared"]

_WITHOUT_DOLLAR: Final = re.compile(
    r"(?<![\w$.#/{-])(?P<brace>\{)?"
    r"(?P<word>(?:inputs|steps\.[\w-]+\.outputs)\.[\w-]+(?:#/[\w/~-]*)?"
    r"|(?:response)\.(?:body|header\.[\w-]+)(?:#/[\w/~-]*)?|statusCode)"
    r"(?(brace)\})(?![\w.-])"
)
_LOOSE: Final = re.compile(r"(?<![\w${])\$(?P<root>[A-Za-z]{4,})(?P<rest>\.[\w-]+(?:\.[\w-]+)*)")
_DOUBLED: Final = re.compile(r"\{\{\s*(?P<expression>\$[^{}]+?)\s*\}\}")


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
