"""Patterns of criteria that a response can keep busy for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import cast

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry.criterion import SLOW_PATTERN
from arazzoc.expr.automaton import takes_exponential_time
from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.jsonpath.query import FunctionCall, StringLiteral
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted, parse_substituted
from arazzoc.model.arazzo import Criterion
from arazzoc.runtime.patterns import translated
from arazzoc.text import Span

__all__ = ["check_slow_patterns"]

_MATCHING = ("match", "search")
_HINT = (
    "a loop in it takes the same text in two ways: have what is repeated begin or end with a character "
    "that it holds nowhere else"
)


def check_slow_patterns(context: Context) -> Iterator[Diagnostic]:
    """No pattern of a criterion takes time that doubles with every character of a response."""
    for step in context.steps():
        lists = [step.step.success_criteria, *(action.criteria for action in step.actions)]
        for criterion in (each for criteria in lists for each in criteria):
            for pattern in _slow(criterion):
                message = (
                    f"the pattern `{pattern}` can take exponential time where it does not match"
                )
                yield found(SLOW_PATTERN, _place(criterion, pattern), message, _HINT)


def _slow(criterion: Criterion) -> Iterator[str]:
    text = criterion.condition.text
    if text is None:
        return
    if criterion.type == "regex":
        if parse_substituted(text) is None and takes_exponential_time(text):
            yield text
    elif criterion.type == "jsonpath":
        parsed = parse_criterion(text)
        if not isinstance(parsed, SyntaxProblem | Substituted):
            for call in _calls(parsed):
                pattern = call.arguments[-1]
                if isinstance(pattern, StringLiteral) and _is_slow(pattern.value, call.name):
                    yield pattern.value


def _is_slow(pattern: str, function: str) -> bool:
    """Whether an I-Regexp is such a one, as `match()` takes it, or as `search()` does."""
    try:
        return takes_exponential_time(translated(pattern), whole=function == "match")
    except re.error:
        return False


def _calls(syntax: object) -> Iterator[FunctionCall]:
    """The calls of functions with a pattern in any part of a query."""
    if isinstance(syntax, FunctionCall) and syntax.name in _MATCHING:
        yield syntax
    if isinstance(syntax, tuple):
        for each in cast("tuple[object, ...]", syntax):
            yield from _calls(each)
    elif is_dataclass(syntax):
        for each in fields(syntax):
            yield from _calls(cast("object", getattr(syntax, each.name)))


def _place(criterion: Criterion, pattern: str) -> Span:
    """Where a pattern stands in a condition; the condition where that is not clear."""
    text = criterion.condition.text or ""
    if text == pattern or text.count(pattern) != 1:
        return criterion.condition.span
    start = text.index(pattern)
    return criterion.condition.part(start, start + len(pattern))
