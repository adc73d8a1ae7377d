"""Conditions with embedded expressions, which only a run can turn into their final text."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.expr.ast import Expression
from arazzoc.expr.embedded import split_text
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.frozen import dataclass

__all__ = ["Substituted", "in_literals", "parse_substituted"]

_MARK: Final = re.compile(r"\\.|['\"]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Substituted:
    """A regex, JSONPath or XPath condition whose text only a run knows (Arazzo, "Criterion Object").

    Attributes:
        parts: Literal text and expressions in turn; each expression's `where` tells its place.
    """

    parts: tuple[str | Expression, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions alone, in order."""
        return tuple(part for part in self.parts if not isinstance(part, str))

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else f"{{{part}}}" for part in self.parts)


def parse_substituted(text: str) -> Substituted | SyntaxProblem | None:
    """The parts of `text`, or why an expression in it is wrong; None where it embeds no expression."""
    if "{$" not in text:
        return None
    try:
        return Substituted(split_text(text))
    except UnparsableError as stopped:
        return stopped.problem


def in_literals(frame: Substituted) -> tuple[bool, ...]:
    """For each part of the text, whether it begins within a string literal, as the document writes it."""
    found: list[bool] = []
    quote = ""
    for part in frame.parts:
        found.append(bool(quote))
        for mark in _MARK.findall(part) if isinstance(part, str) else ():
            if not quote:
                quote = mark if mark in ("'", '"') else ""
            elif mark == quote:
                quote = ""
    return tuple(found)
