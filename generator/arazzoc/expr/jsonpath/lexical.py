"""Reads the smallest pieces of JSONPath: names, strings, numbers (RFC 9535, 2.3 and appendix A)."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.expr.problem import UnparsableError
from arazzoc.expr.scanner import Scanner, excerpt

__all__ = [
    "read_integer",
    "read_number",
    "read_shorthand",
    "read_string",
    "skip_space",
]

LARGEST_INTEGER: Final = 2**53 - 1
_LONGEST_NUMBER: Final = 4000
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_SHORTHAND: Final = re.compile(
    "[A-Za-z_\\x80-\\ud7ff\\ue000-\\U0010ffff][A-Za-z0-9_\\x80-\\ud7ff\\ue000-\\U0010ffff]*"
)
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
_DIGITS: Final = re.compile(r"-?[0-9]+")
_NUMBER: Final = re.compile(
    r"(?P<whole>-?(?:0|[1-9][0-9]*))(?P<real>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![0-9A-Za-z_.])"
)
_PIECE: Final = {
    quote: re.compile(
        rf"""
        (?P<plain> [^{quote}\\\x00-\x1f\ud800-\udfff]+ )
        | \\ (?: (?P<short> [bfnrt/\\{quote}] )
               | u (?P<high> [dD][89abAB][0-9a-fA-F]{{2}} ) \\u (?P<low> [dD][c-fC-F][0-9a-fA-F]{{2}} )
               | u (?P<unit> (?: [0-9abcefABCEF][0-9a-fA-F] | [dD][0-7] ) [0-9a-fA-F]{{2}} ) )
        """,
        re.VERBOSE,
    )
    for quote in "'\""
}
_CONTROL: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def skip_space(scanner: Scanner) -> None:
    """Skips blank space (RFC 9535: `S`)."""
    scanner.match(_SPACE)


def read_shorthand(scanner: Scanner) -> str | None:
    """Reads a `member-name-shorthand`, if one comes next."""
    found = scanner.match(_SHORTHAND)
    return found[0] if found else None


def read_integer(scanner: Scanner) -> int | None:
    """Reads an index or a bound of a slice, if one comes next.

    Raises:
        UnparsableError: It has leading zeros, is `-0`, or is not exact in I-JSON (over 2**53 - 1).
    """
    start = scanner.at
    digits = scanner.look(_DIGITS)
    if digits is None:
        return None
    found = scanner.match(_INTEGER)
    if found is None or found.end() != digits.end():
        raise scanner.fault(
            f"`{excerpt(digits[0])}` is no index",
            "write it without leading zeros; `-0` is `0`",
            start,
            digits.end(),
        )
    if len(found[0]) > len(str(-LARGEST_INTEGER)) or abs(int(found[0])) > LARGEST_INTEGER:
        raise scanner.fault(
            f"`{excerpt(found[0])}` is beyond {LARGEST_INTEGER}",
            "RFC 9535 bounds indexes to the integers that are exact in JSON",
            start,
            found.end(),
        )
    return int(found[0])


def read_number(scanner: Scanner) -> int | float:
    """Reads a number literal.

    Raises:
        UnparsableError: It is not written as JSON does.
    """
    start = scanner.at
    found = scanner.match(_NUMBER)
    if found is None or len(found[0]) > _LONGEST_NUMBER:
        raise scanner.fault(
            "this is no number of JSON", "write it as JSON does, as in `0.5` or `-1e3`", start
        )
    return float(found[0]) if found["real"] else int(found[0])


def read_string(scanner: Scanner) -> str:
    """Reads a string literal in single or double quotes.

    Raises:
        UnparsableError: It is not closed, or holds a control character or an unknown escape.
    """
    start = scanner.at
    quote = scanner.next
    scanner.at += 1
    piece = _PIECE[quote]
    pieces: list[str] = []
    while found := scanner.match(piece):
        pieces.append(_value(found))
    if not scanner.take(quote):
        raise _string_fault(scanner, start, quote)
    return "".join(pieces)


def _value(found: re.Match[str]) -> str:
    if found["plain"] is not None:
        return found["plain"]
    if found["short"] is not None:
        return _CONTROL.get(found["short"], found["short"])
    if found["unit"] is not None:
        return chr(int(found["unit"], 16))
    high, low = int(found["high"], 16), int(found["low"], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _string_fault(scanner: Scanner, start: int, quote: str) -> UnparsableError:
    if scanner.at_end():
        return scanner.fault(
            "the text has no closing quote", f"write `{quote}`", start, scanner.end
        )
    if scanner.next == "\\":
        return scanner.fault(
            f"`{excerpt(scanner.rest[:2])}` is no escape",
            f"escapes are JSON's, and `\\{quote}`; write a backslash as `\\\\`",
            end=min(scanner.at + 2, scanner.end),
        )
    return scanner.fault(
        "control characters cannot stand in text", f"write `\\u{ord(scanner.next):04x}`"
    )
