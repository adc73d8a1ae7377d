"""JSON documents (RFC 8259), and what is wrong with them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final, NoReturn, cast

from arazzoc.diagnostics.registry import source as rules
from arazzoc.frozen import dataclass
from arazzoc.source.fault import Fault
from arazzoc.source.limits import DEFAULT_LIMITS, Limits, exceeds_depth
from arazzoc.source.node import JsonValue

__all__ = ["JsonReading", "read_json"]

_CONSTANT: Final = re.compile(r'"(?:[^"\\]+|\\.)*"|(NaN|-?Infinity)', re.DOTALL)
_NUMBER: Final = re.compile(r'"(?:[^"\\]+|\\.)*"|(-?[0-9][-+.0-9eE]*)', re.DOTALL)
_LONE_SURROGATE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_STRUCTURE: Final = re.compile(r'("(?:[^"\\]+|\\.)*")(\s*:)?|([{\[])|([}\]])', re.DOTALL)
_TRAILING_COMMA: Final = re.compile(r",\s*[}\]]")
_SHOWN_DIGITS: Final = 20
_HINTS_BY_CHARACTER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "'": "write text in double quotes",
        "/": "remove the comment, or make the document YAML",
        "#": "remove the comment, or make the document YAML",
        "": "the text ends too early: check that each brace and bracket is closed",
    }
)
_HINTS: Final = (
    ("expecting property name", "write each member's name in double quotes"),
    ("expecting ',' delimiter", "put a comma between this and what stands before it"),
    ("expecting ':' delimiter", 'write a member as `"name": value`'),
    ("expecting value", "write text in double quotes"),
    ("invalid control character", "write a line break inside text as `\\n`, a tab as `\\t`"),
    ("invalid \\escape", "write a backslash inside text as `\\\\`"),
    ("unterminated string", "close the quote that opens here"),
    ("extra data", "the document ends before this: check the braces and brackets"),
)


@dataclass(slots=True)
class JsonReading:
    """What a JSON text holds.

    Attributes:
        value: Its value; None where `complete` is False.
        faults: What is wrong with it.
        complete: Whether it could be read to its end.
    """

    value: JsonValue = None
    faults: list[Fault] = field(default_factory=list[Fault])
    complete: bool = True


def read_json(text: str, limits: Limits = DEFAULT_LIMITS) -> JsonReading:
    """Reads a JSON text, which has no byte order mark.

    Of members written twice the first counts, and the second is a fault.
    """
    reader = _Reader(text)
    reading = JsonReading()
    try:
        reading.value = reader.read()
    except RecursionError:
        reading.faults.append(_too_deep(text, limits))
    except json.JSONDecodeError as error:
        reading.faults.append(_syntax_fault(text, error))
    except _NumberError as error:
        reading.faults.append(_number_fault(text, error))
    else:
        if exceeds_depth(reading.value, limits.depth):
            reading.faults.append(_too_deep(text, limits))
        elif (surrogate := _lone_surrogate(text)) is not None:
            reading.faults.append(surrogate)
    reading.complete = not reading.faults
    if not reading.complete:
        reading.value = None
    elif reader.has_duplicates:
        reading.faults.extend(_duplicates(text))
    return reading


class _NumberError(ValueError):
    """A number that JSON does not allow or Python does not hold; its argument is its text."""


class _Reader:
    """`json.loads` with hooks that notice what it would let pass."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.has_duplicates = False

    def read(self) -> JsonValue:
        """The text's value.

        Raises:
            json.JSONDecodeError: It is not JSON.
            _NumberError: It holds `NaN`, an infinity or a number beyond all bounds.
            RecursionError: It nests too deep for the reader.
        """
        value = json.loads(
            self._text,
            object_pairs_hook=self._members,
            parse_constant=_reject_number,
            parse_float=_finite,
            parse_int=_integer,
        )
        return cast("JsonValue", value)

    def _members(self, pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        members = dict(pairs)
        if len(members) < len(pairs):
            self.has_duplicates = True
            members.update(reversed(pairs))
        return members


def _reject_number(text: str) -> NoReturn:
    raise _NumberError(text)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _reject_number(text)


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # more digits than Python converts
        _reject_number(text)


def _number_fault(text: str, error: _NumberError) -> Fault:
    number = str(error)
    pattern = _CONSTANT if number[-1:].isalpha() else _NUMBER
    start = next((each.start() for each in pattern.finditer(text) if each[1] == number), 0)
    shown = number if len(number) <= _SHOWN_DIGITS else number[:_SHOWN_DIGITS] + "..."
    message = f"the number `{shown}` is not one that JSON can carry"
    return Fault(rules.INVALID_JSON, start, start + len(number), message)


def _lone_surrogate(text: str) -> Fault | None:
    if "\\ud" not in text and "\\uD" not in text:
        return None
    for found in _LONE_SURROGATE.finditer(text):
        if found[1]:
            return Fault(
                rules.INVALID_JSON,
                found.start(),
                found.end(),
                f"`{found[0]}` is half a surrogate pair, which is no character",
                "write the character itself, or both halves of the pair",
            )
    return None


def _too_deep(text: str, limits: Limits) -> Fault:
    depth = 0
    offset = 0
    for found in _STRUCTURE.finditer(text):
        depth += (found[3] is not None) - (found[4] is not None)
        offset = found.start()
        if depth > limits.depth:
            break
    message = f"more than {limits.depth} mappings and lists are nested here"
    hint = "move inner ones to a place of their own, and refer to them by `$ref`"
    return Fault(rules.NESTED_TOO_DEEP, offset, offset + 1, message, hint)


def _duplicates(text: str) -> list[Fault]:
    """The members written twice; the whole text is walked, but only where there are any."""
    faults: list[Fault] = []
    stack: list[dict[str, tuple[int, int]]] = []
    for found in _STRUCTURE.finditer(text):
        if found[3]:
            stack.append({})
        elif found[4]:
            stack.pop()
        elif found[2]:
            key: str = json.loads(found[1])
            place = found.span(1)
            first = stack[-1].setdefault(key, place)
            if first != place:
                message = (
                    f"the key `{key}` stands twice in this object, and only the first one counts"
                )
                faults.append(
                    Fault(
                        rules.DUPLICATE_KEY,
                        *place,
                        message,
                        "remove or rename one of the two",
                        first,
                        "the first one stands here",
                    )
                )
    return faults


def _syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    offset = min(error.pos, len(text))
    problem = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
    comma = _trailing_comma(text, offset)
    if comma is not None:
        message = "the text is not valid JSON: a comma stands after the last member"
        return Fault(rules.INVALID_JSON, comma, comma + 1, message, "remove the comma")
    message = f"the text is not valid JSON: {problem}"
    end = min(offset + 1, len(text))
    if problem.startswith("expecting ',' delimiter"):
        before = len(text[:offset].rstrip())
        if "\n" in text[before:offset]:
            hint = "put a comma behind this, or close the braces or brackets that are open"
            return Fault(rules.INVALID_JSON, before - 1, before, message, hint)
    return Fault(rules.INVALID_JSON, offset, end, message, _hint(text, offset, problem))


def _trailing_comma(text: str, offset: int) -> int | None:
    """Where a comma stands before a closing brace or bracket; releases of Python differ in the place."""
    for found in _TRAILING_COMMA.finditer(text, max(0, offset - 1000)):
        if found.start() <= offset < found.end():
            return found.start()
    return None


def _hint(text: str, offset: int, problem: str) -> str | None:
    character = text[offset : offset + 1]
    by_character = _HINTS_BY_CHARACTER.get(character)
    if by_character and not problem.startswith(("invalid", "unterminated")):
        return by_character
    return next((hint for start, hint in _HINTS if problem.startswith(start)), None)
