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


def template_json(text: str) -> TemplateJson | SyntaxProblem:
    """The JSON that `text` is once its expressions have values, or why it is none.

    An expression that stands outside of quotes, in braces or not, is read as if it were in quotes. Text with
    numbers that Python's would round is none that could be written again.
    """
    pieces = [*_quoted(text)]
    try:
        value: JsonValue = json.loads(
            "".join(piece for _, piece in pieces), parse_float=_exact, parse_constant=_none
        )
    except json.JSONDecodeError as error:
        return _fault(error, pieces, text)
    except RecursionError:
        return SyntaxProblem("the payload nests too deeply", "write it as YAML", 0, 1)
    except ValueError as error:
        start = max(text.find(str(error)), 0)
        message = f"the number `{error}` cannot be kept as it is written"
        return SyntaxProblem(message, "write fewer digits", start, start + len(str(error)))
    return TemplateJson(value)


def _fault(error: json.JSONDecodeError, pieces: list[tuple[int, str]], text: str) -> SyntaxProblem:
    """Where `text`, which the pieces make up once expressions are in quotes, is no JSON."""
    left = error.pos
    place = len(text)
    for start, piece in pieces:
        if left < len(piece):
            place = start + (left if text.startswith(piece, start) else 0)
            break
        left -= len(piece)
    place = min(place, max(len(text.rstrip()) - 1, 0))
    hint = "mend the JSON, or write the payload as YAML"
    return SyntaxProblem("the payload is no JSON from here on", hint, place, place + 1)


def _quoted(text: str) -> Iterator[tuple[int, str]]:
    """The pieces of `text` with where they start, and with quotes around the expressions that have none."""
    position, inside = 0, False
    while position < len(text):
        character = text[position]
        end = 0 if inside else _end_of_expression(text, position)
        if end:
            yield position, json.dumps(text[position:end])
            position = end
            continue
        taken = 2 if inside and character == "\\" else 1
        inside = inside != (character == '"')
        yield position, text[position : position + taken]
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
