"""Text with values put in."""

from __future__ import annotations

import json
from collections.abc import Sequence

from arazzoc.frozen import dataclass
from arazzoc.render.literals import embedded_text, literal
from arazzoc.source.node import JsonValue

__all__ = ["Code", "constant_text", "interpolated"]


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


def interpolated(parts: Sequence[str | Code], *, all_text: bool = False) -> str:
    """Text with values put in: an f-string, or a sum where quotes forbid one.

    None for an argument is an error in both: a sum takes text alone, and `:d` numbers.

    Args:
        parts: Literal text, and code of type `str` or whose `str()` is right.
        all_text: All code is of type `str`.
    """
    codes = [part for part in parts if isinstance(part, Code)]
    if not codes:
        return literal("".join(part for part in parts if isinstance(part, str)))
    if len(parts) == 1 and codes[0].is_text and not codes[0].is_given:
        return codes[0].text
    quoted = any('"' in code.text or "\\" in code.text for code in codes)
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
    inside = "".join(
        embedded_text(part) if isinstance(part, str) else f"{{{_formatted(part)}}}"
        for part in parts
    )
    return f'f"{inside}"'


def _formatted(code: Code) -> str:
    """What stands between the braces of an f-string."""
    return f"{code.text}:d" if code.is_given and not code.is_text else code.text


def _number(code: Code) -> str:
    return f'f"{{{_formatted(code)}}}"' if code.is_given else f"str({code.text})"
