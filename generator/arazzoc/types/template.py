"""JSON that a document writes as text, with runtime expressions in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NoReturn

from arazzoc.expr.expression import parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.frozen import dataclass
from arazzoc.source.node import JsonValue

__all__ = ["TemplateJson", "template_json"]

_BARE: Final = re.compile(r"\$[A-Za-z][^\s\"{},\]]*(?:\[\d+\][^\s\"{},\]]*)*")
"""What may be an expression without braces; an index in brackets belongs to it."""


@dataclass(frozen=True, slots=True)
class TemplateJson:
    """JSON whose strings may hold expressions."""

    value: JsonValue


def template_json(text: str) -> TemplateJson | None:
    """The JSON that `text` is once its expressions have values; None where it is none.

    An expression that stands outside of quotes, in braces or not, is read as if it were in quotes. Text with
    numbers that Python's would round is left as it is.
    """
    try:
        value: JsonValue = json.loads(
            "".join(_quoted(text)), parse_float=_exact, parse_constant=_none
        )
    except (ValueError, RecursionError):
        return None
    return TemplateJson(value)


def _quoted(text: str) -> Iterator[str]:
    """`text` with quotes around the expressions that have none."""
    position, inside = 0, False
    while position < len(text):
        character = text[position]
        end = 0 if inside else _end_of_expression(text, position)
        if end:
            yield json.dumps(text[position:end])
            position = end
            continue
        taken = 2 if inside and character == "\\" else 1
        inside = inside != (character == '"')
        yield text[position : position + taken]
        position += taken


def _end_of_expression(text: str, position: int) -> int:
    """Where the expression ends that starts at `position`; 0 where none does."""
    if text.startswith("{$", position):
        return text.find("}", position) + 1
    found = _BARE.match(text, position)
    if found is None or isinstance(parse_expression(found[0]), SyntaxProblem):
        return 0
    return found.end()


def _exact(number: str) -> float:
    if Decimal(number) != Decimal(repr(float(number))):
        raise ValueError(number)
    return float(number)


def _none(name: str) -> NoReturn:
    raise ValueError(name)
