"""Text with values put in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.render.literals import embedded_text, literal
from arazzoc.source.node import JsonValue

__all__ = ["Code", "constant_text", "interpolated"]

_COMFORTABLE: Final = 71
"""Characters of an f-string that fit a line of a request, whose arguments stand at column 16 mostly."""
_LONG: Final = 75
"""Characters that fit no line of a request as two f-strings: these never stand beside one another."""


@dataclass(frozen=True, slots=True)
class Code:
    """An expression, as opposed to literal text.

    Attributes:
        is_text: It is surely of type `str`.
        is_given: It is an argument: a caller without a type checker may have passed None.
    """

    text: str
    is_text: bool = False
    is_given: bool = False


def constant_text(value: JsonValue) -> str:
    """What a document states as Arazzo embeds it in text: strings as they are, the rest as compact JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def interpolated(
    parts: Sequence[str | Code], *, all_text: bool = False, lines: bool = False
) -> str:
    """Text with values put in: an f-string, or a sum where quotes forbid one.

    None for an argument is an error in both: a sum takes text alone, and `:d` numbers.

    Args:
        parts: Literal text, and code of type `str` or whose `str()` is right.
        all_text: All code is of type `str`.
        lines: Long text may be several f-strings, a line each.
    """
    codes = [part for part in parts if isinstance(part, Code)]
    if not codes:
        return literal("".join(part for part in parts if isinstance(part, str)))
    if len(parts) == 1 and codes[0].is_text and not codes[0].is_given:
        return codes[0].text
    quoted = any('"' in code.text or "\\" in code.text for code in codes)
    if quoted and lines and all(_fits_single_quotes(code.text) for code in codes):
        quoted = False
    if quoted or any(code.is_given and code.is_text for code in codes):
        pieces = [
            (
                literal(part)
                if isinstance(part, str)
                else (part.text if all_text or part.is_text else _number(part))
            )
            for part in parts
            if part
        ]
        return " + ".join(pieces)
    whole = _within(parts)
    return " ".join(map(_within, _lines(parts))) if lines and len(whole) > _LONG else whole


def _within(parts: Sequence[str | Code]) -> str:
    """The f-string of texts and code; a plain one where there is no code."""
    if all(isinstance(part, str) for part in parts):
        return literal("".join(map(str, parts)))
    texts = (
        (
            embedded_text(part)
            if isinstance(part, str)
            else f"{{{_formatted(part)}}}".replace('"', "'")
        )
        for part in parts
    )
    return f'f"{"".join(texts)}"'


def _fits_single_quotes(code: str) -> bool:
    """Whether code means the same within an f-string, its quotes single: no Python 3.11 takes `#` there."""
    return not any(sign in code for sign in "\\'#")


def _lines(parts: Sequence[str | Code]) -> Sequence[Sequence[str | Code]]:
    """The parts of a URL in lines that are not too long, each but the first of which begins with a slash."""
    pieces: list[str | Code] = []
    for index, part in enumerate(parts):
        if isinstance(part, str) and part.endswith("/") and index + 1 < len(parts):
            pieces += [part[:-1], "/"] if part[:-1] else ["/"]
        elif part:
            pieces.append(part)
    lines: list[list[str | Code]] = [[]]
    for index, piece in enumerate(pieces):
        after = pieces[index + 1 : index + 2] if piece == "/" else []
        is_full = len(_within([*lines[-1], piece, *after])) > _COMFORTABLE
        if is_full and isinstance(piece, str) and piece.startswith("/") and lines[-1]:
            lines.append([])
        lines[-1].append(piece)
    return lines


def _formatted(code: Code) -> str:
    """What stands between the braces of an f-string."""
    return f"{code.text}:d" if code.is_given and not code.is_text else code.text


def _number(code: Code) -> str:
    return f'f"{{{_formatted(code)}}}"' if code.is_given else f"str({code.text})"
