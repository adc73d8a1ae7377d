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
from arazzoc.source.json_places import JsonPlaces
from arazzoc.source.node import JsonValue, Path

__all__ = ["TemplateJson", "template_json"]

_BARE: Final = re.compile(r"\$[A-Za-z][^\s\"{},\]]*(?:\[\d+\][^\s\"{},\]]*)*")
"""What may be an expression without braces; an index in brackets belongs to it."""


@dataclass(frozen=True, slots=True)
class TemplateJson:
    """JSON whose strings may hold expressions.

    Attributes:
        pieces: The pieces of the text that became JSON, with where they start in what is written.
        places: Where its values stand in the JSON that the pieces make up.
    """

    value: JsonValue
    pieces: tuple[tuple[int, str], ...]
    places: JsonPlaces

    def part(self, path: Path, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` of the string at `path` stand in what is written.

        Raises:
            KeyError: An object on the way states a name twice, and the first has no such value.
        """
        first, last = self.places.part(path, start, end)
        return self._written(first), self._written(last)

    def key(self, path: Path) -> tuple[int, int]:
        """Where the name of the member at `path` stands, without its quotes.

        Raises:
            KeyError: As in `part`.
        """
        first, last = self.places.key(path)
        return self._written(first + 1), self._written(last - 1)

    def _written(self, offset: int) -> int:
        """The place in what is written of a place in the JSON."""
        left, at = offset, 0
        for number, (start, piece) in enumerate(self.pieces):
            following = self.pieces[number + 1][0] if number + 1 < len(self.pieces) else None
            if left < len(piece):
                quoted = following is not None and following - start < len(piece)
                return start + (max(left - 1, 0) if quoted else left)
            left -= len(piece)
            at = start + len(piece) if following is None else following
        return at + left


def template_json(text: str) -> TemplateJson | SyntaxProblem:
    """The JSON that `text` is once its expressions have values, or why it is none.

    An expression that stands outside of quotes, in braces or not, is read as if it were in quotes. Text with
    numbers that Python's would round is none that could be written again.
    """
    pieces = [*_quoted(text)]
    written = "".join(piece for _, piece in pieces)
    try:
        value: JsonValue = json.loads(written, parse_float=_exact, parse_constant=_none)
    except json.JSONDecodeError as error:
        return _fault(error, pieces, text)
    except RecursionError:
        return SyntaxProblem("the payload nests too deeply", "write it as YAML", 0, 1)
    except ValueError as error:
        start = max(text.find(str(error)), 0)
        message = f"the number `{error}` cannot be kept as it is written"
        return SyntaxProblem(message, "write fewer digits", start, start + len(str(error)))
    return TemplateJson(value, tuple(pieces), JsonPlaces(written))


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
