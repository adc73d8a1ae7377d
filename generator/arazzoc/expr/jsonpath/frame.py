"""JSONPaths that a run completes: what is known of them while they are compiled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.jsonpath.query import Predicate, Query
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted, in_literals

__all__ = ["check_frame"]

_PIECES: Final = (
    *(
        "==",
        "&&",
        "0",
        "1",
        "a",
        "'a'",
        "*",
        ".a",
        "[0]",
        "[*]",
        "..",
        ":",
        "$",
        "$.a",
        "@.a",
        "true",
    ),
    *("?@.a", "@.a == 1", "?@.a == 1", "[?@.a == 1]", "length", ""),
)
"""What values are likely to be: each is a piece of a query of another kind."""
_MOST: Final = 2
"""Expressions that get pieces of different kinds; where there are more, all get the same one."""


def check_frame(frame: Substituted) -> SyntaxProblem | None:
    """Why no value is likely to complete a query; None where one is, or where nothing can be told.

    A value may be any piece of a query. But a query starts with `$`, and what only ever becomes a logical
    expression is none: `$.status {$inputs.operator} 'Done'`.
    """
    hint = "write a query, as in `$.jobs[?@.n {$inputs.operator} 5]`"
    stated = str(frame)
    first = frame.parts[0]
    if isinstance(first, str) and first.strip() and not first.lstrip().startswith("$"):
        return SyntaxProblem("a query starts with `$`", hint, 0, len(stated))
    kinds = {type(parse_criterion(text)) for text in _completed(frame)}
    if Query in kinds or (Predicate not in kinds and len(_free(frame)) > _MOST):
        return None
    if Predicate in kinds:
        message = "with any value this is a logical expression, which a run cannot read as a query"
        return SyntaxProblem(message, f"{hint}, or a condition of type `simple`", 0, len(stated))
    return SyntaxProblem("no value is likely to make this a query", hint, 0, len(stated))


def _free(frame: Substituted) -> list[int]:
    """The numbers of the parts that are expressions outside of string literals."""
    quoted = in_literals(frame)
    return [
        number
        for number, part in enumerate(frame.parts)
        if not isinstance(part, str) and not quoted[number]
    ]


def _completed(frame: Substituted) -> Iterator[str]:
    """The text with values that the expressions are likely to have."""
    free = _free(frame)
    several = product(_PIECES, repeat=len(free)) if len(free) <= _MOST else ()
    for pieces in several or ((piece,) * len(free) for piece in _PIECES):
        given = dict(zip(free, pieces, strict=True))
        yield "".join(
            part if isinstance(part, str) else given.get(number, "a")
            for number, part in enumerate(frame.parts)
        )
