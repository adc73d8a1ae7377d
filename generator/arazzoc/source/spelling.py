"""How a scalar is spelled in its text: which source characters stand for which characters of its value.

Every way back is checked: what the source characters decode to is compared with the value, and where they
differ (a form that these decoders do not know) the scalar is only known as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.block_scalar import decode_block
from arazzoc.source.decoding import Decoded
from arazzoc.source.scalar import Scalar

__all__ = ["Spelling", "end_of_properties", "spelled", "spelled_json"]

_PROPERTIES: Final = re.compile(
    r"(?:(?:&[^\s,\[\]{}]+|!<[^>]*>|![^\s,\[\]{}]*)(?:\s+(?:#[^\r\n]*\s+)*|(?=[,\]}])))+"
)
_ALIAS: Final = re.compile(r"\*[^\s,\[\]{}]+")
_BREAK: Final = re.compile(r"\r\n|[\r\n\x85]")
_FOLD: Final = re.compile(r"[ \t]*(?:\r\n|[\r\n\x85])(?:[ \t]*(?:\r\n|[\r\n\x85]))*[ \t]*")
_ESCAPED_BREAK: Final = re.compile(r"\\(?:\r\n|[\r\n\x85])[ \t]*")
_NULL: Final = re.compile(r"null|Null|NULL|~")
_TOKEN: Final = re.compile(r"[^\s,\[\]{}]+")
_REST_OF_LINE: Final = re.compile(r"[^\r\n]*")
_SURROGATES: Final = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_ESCAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "0": "\0",
        "a": "\a",
        "b": "\b",
        "t": "\t",
        "\t": "\t",
        "n": "\n",
        "v": "\v",
        "f": "\f",
        "r": "\r",
        "e": "\x1b",
        " ": " ",
        '"': '"',
        "/": "/",
        "\\": "\\",
        "N": "\x85",
        "_": "\xa0",
        "L": "\u2028",
        "P": "\u2029",
    }
)
_HEX_DIGITS: Final[Mapping[str, int]] = MappingProxyType({"x": 2, "u": 4, "U": 8})


@dataclass(frozen=True, slots=True)
class Spelling:
    """Where a scalar stands, as offsets into the text.

    Attributes:
        start: Where its source text starts: at its first character, quote or `|`, after anchor and tag.
        end: Where it ends, exclusive, without the line break of a block scalar.
        ranges: For each character of the value, start and end of what stands for it; None where the way
            back is not known.
    """

    start: int
    end: int
    ranges: list[tuple[int, int]] | None

    def part(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of what stands for characters `start` to `end`; the whole where that is not known."""
        ranges = self.ranges
        if ranges is None or not 0 <= start <= end <= len(ranges):
            return self.start, self.end
        if start < end:
            return ranges[start][0], ranges[end - 1][1]
        if start < len(ranges):
            return ranges[start][0], ranges[start][0]
        place = ranges[-1][1] if ranges else min(self.start + 1, self.end)
        return place, place


def spelled(text: str, start: int, value: Scalar) -> Spelling:
    """How the scalar that stands at `start` of a YAML or JSON text spells `value`.

    Args:
        text: The whole text.
        start: Where the scalar starts, anchor and tag included.
        value: Its value; for a mapping's key its source text.
    """
    first = end_of_properties(text, start)
    bare = text[start:first].rstrip()
    if (
        bare
        and value in (None, "")
        and not _NULL.match(text, first)
        and text[first : first + 1] not in _DECODERS
    ):
        return Spelling(start, start + len(bare), [])
    alias = _ALIAS.match(text, first)
    if alias:
        return Spelling(first, alias.end(), None)
    decode = _DECODERS.get(text[first : first + 1])
    if not isinstance(value, str):
        return _not_text(text, first, value, decode)
    decoded = decode(text, first, value) if decode else _decode_plain(text, first, value)
    if decoded.matches(value):
        return Spelling(first, decoded.end, decoded.ranges[: len(value)])
    line = _REST_OF_LINE.match(text, first)
    return Spelling(first, line.end() if line else first, None)


def spelled_json(text: str, start: int, value: str) -> Spelling:
    """How the string that stands at `start` of a JSON text spells `value`."""
    decoded = Decoded(start + 1)
    while text[decoded.end] != '"':
        if text[decoded.end] == "\\":
            _unescape(decoded, text)
        else:
            decoded.add(text[decoded.end], 1)
    matches = decoded.matches(value)
    return Spelling(start, decoded.end + 1, decoded.ranges if matches else None)


def end_of_properties(text: str, start: int) -> int:
    """Where a node's own text starts whose anchor and tag, if it has any, start at `start`."""
    found = _PROPERTIES.match(text, start)
    return found.end() if found else start


def _not_text(
    text: str, start: int, value: Scalar, decode: Callable[[str, int, str], Decoded] | None
) -> Spelling:
    if decode:
        return Spelling(start, decode(text, start, "").end, None)
    token = (_NULL if value is None else _TOKEN).match(text, start)
    return Spelling(start, token.end() if token else start, None)


def _decode_plain(text: str, start: int, value: str) -> Decoded:
    """Decodes an unquoted scalar; its end is where the value is complete."""
    decoded = Decoded(start)
    if text.startswith(value, start):
        decoded.copy(value, start)
        return decoded
    while len(decoded.ranges) < len(value) and decoded.end < len(text):
        _fold_or_copy(decoded, text)
    return decoded


def _decode_single(text: str, start: int, value: str) -> Decoded:  # noqa: ARG001
    decoded = Decoded(start + 1)
    while decoded.end < len(text):
        if text.startswith("''", decoded.end):
            decoded.add("'", 2)
        elif text[decoded.end] == "'":
            decoded.end += 1
            break
        else:
            _fold_or_copy(decoded, text)
    return decoded


def _decode_double(text: str, start: int, value: str) -> Decoded:  # noqa: ARG001
    decoded = Decoded(start + 1)
    while decoded.end < len(text):
        character = text[decoded.end]
        if character == '"':
            decoded.end += 1
            break
        if character == "\\":
            _unescape(decoded, text)
        else:
            _fold_or_copy(decoded, text)
    return decoded


def _unescape(decoded: Decoded, text: str) -> None:
    at = decoded.end
    continued = _ESCAPED_BREAK.match(text, at)
    if continued:
        decoded.end = continued.end()
        return
    pair = _SURROGATES.match(text, at)
    if pair:
        high, low = int(pair[1], 16) - 0xD800, int(pair[2], 16) - 0xDC00
        decoded.add(chr(0x10000 + (high << 10) + low), 12)
        return
    letter = text[at + 1 : at + 2]
    digits = _HEX_DIGITS.get(letter)
    if digits is None:
        decoded.add(_ESCAPES.get(letter, "\\"), 2)
    else:
        decoded.add(chr(int(text[at + 2 : at + 2 + digits], 16)), 2 + digits)


def _fold_or_copy(decoded: Decoded, text: str) -> None:
    """Takes the next character; a line break is a space, each further one in a row a line break."""
    fold = _FOLD.match(text, decoded.end)
    if fold is None:
        decoded.add(text[decoded.end], 1)
        return
    breaks = len(_BREAK.findall(fold[0]))
    decoded.add("\n" * (breaks - 1) or " ", len(fold[0]))


_DECODERS: Final[Mapping[str, Callable[[str, int, str], Decoded]]] = MappingProxyType(
    {"'": _decode_single, '"': _decode_double, "|": decode_block, ">": decode_block}
)
