"""What the own keywords of a schema say of one literal value: its type, its choices and its bounds."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from arazzoc.expr.automaton import finds
from arazzoc.expr.regex import check_regex
from arazzoc.frozen import dataclass
from arazzoc.source.node import JsonValue, Node
from arazzoc.suggestion import closest
from arazzoc.types.formats import INTEGER_RANGES, breaks_format

__all__ = [
    "Unmet",
    "allowed_kinds",
    "beyond",
    "choices_of",
    "kind_of",
    "kinds_in_words",
    "shown",
    "unmet",
]

_WORDS: Final = {
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_LONGEST_SHOWN: Final = 40
_MOST_CHOICES: Final = 8
_LONGEST_MATCHED: Final = 2000


@dataclass(frozen=True, slots=True)
class Unmet:
    """A demand of a schema that a value surely does not meet.

    Attributes:
        wanted: What the schema takes, in words: `an integer`.
        hint: What to write instead, where that is known.
        instead: The text that was meant beyond doubt.
    """

    wanted: str
    hint: str | None = None
    instead: str | None = None


def unmet(value: JsonValue, schema: Node, *, textual: bool) -> Unmet | None:
    """The first demand of `schema` itself that `value` does not meet; None where there is none for sure.

    What stands in other schemas (`allOf`, members, items) is not looked at.

    Args:
        value: A literal of a document.
        schema: A schema, not a reference to one.
        textual: Whether the value is sent as text, so that `5` and `"5"` are the same.
    """
    if textual and (value is None or _is_list_in_text(value, schema)):
        return None
    first: Unmet | None = None
    for reading in _readings(value) if textual else (value,):
        found = next(_demands(reading, schema), None)
        if found is None:
            return None
        first = first or found
    return first


def allowed_kinds(schema: Node) -> frozenset[str] | None:
    """The JSON types that a schema takes by its `type`, null included; None where it does not say.

    `file` (OpenAPI 2.0) and types that are none say nothing.
    """
    stated = schema.get("type")
    if stated is None:
        return None
    names = [stated.value] if stated.text is not None else [item.value for item in stated.items()]
    kinds = {name for name in names if isinstance(name, str)}
    if not kinds or len(kinds) < len(names) or not kinds <= _WORDS.keys():
        return None
    nullable = schema.get("nullable")
    if nullable is not None and nullable.value is True:
        kinds.add("null")
    return frozenset(kinds)


def kind_of(value: JsonValue) -> str:
    """The JSON type of a value; whole numbers are integers (JSON Schema 2020-12, section 6.1.1)."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def kinds_in_words(kinds: frozenset[str]) -> str:
    """JSON types as a sentence has them: `an integer or null`."""
    return " or ".join(words for kind, words in _WORDS.items() if kind in kinds)


def choices_of(schema: Node) -> list[JsonValue] | None:
    """The values of `enum` or `const`; None where it has neither."""
    constant, listed = schema.get("const"), schema.get("enum")
    if constant is not None:
        return [constant.value]
    return listed.value if listed is not None and isinstance(listed.value, list) else None


def shown(value: JsonValue) -> str:
    """A value as a message has it; long ones by their kind."""
    if isinstance(value, dict | list):
        return kinds_in_words(frozenset({kind_of(value)}))
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > _LONGEST_SHOWN:
        return f"a text of {len(value)} characters" if isinstance(value, str) else "this number"
    return f"`{text}`" if value is not None else "null"


def _readings(value: JsonValue) -> Iterator[JsonValue]:
    """What a value may be taken for by a server that gets it as text."""
    yield value
    if isinstance(value, str):
        text = value.strip()
        if _NUMBER.fullmatch(text):
            yield json.loads(text) if _is_json(text) else float(text)
        elif text.lower() in ("true", "false"):
            yield text.lower() == "true"
    elif isinstance(value, bool | int | float):
        yield json.dumps(value)


def _is_json(text: str) -> bool:
    digits = text.lstrip("-")
    return not (digits.startswith("0") and digits[1:2].isdigit())


def _is_list_in_text(value: JsonValue, schema: Node) -> bool:
    """Whether a scalar is sent where the schema takes a list or an object, which it may be the text of."""
    kinds = allowed_kinds(schema)
    scalar = not isinstance(value, dict | list)
    return scalar and kinds is not None and bool(kinds & {"array", "object"})


def _demands(value: JsonValue, schema: Node) -> Iterator[Unmet]:
    yield from _type(value, schema)
    yield from _choice(value, schema)
    match value:
        case bool() | None:
            return
        case int() | float():
            yield from _number(value, schema)
        case str():
            yield from _text(value, schema)
        case list():
            yield from _length(len(value), schema, "minItems", "maxItems", "item")
        case _:
            return


def _type(value: JsonValue, schema: Node) -> Iterator[Unmet]:
    kinds, kind = allowed_kinds(schema), kind_of(value)
    if kinds is None or kind in kinds or (kind == "integer" and "number" in kinds):
        return
    hint = None
    if isinstance(value, str) and kinds & {kind_of(each) for each in list(_readings(value))[1:]}:
        hint = "take the quotes away"
    elif "string" in kinds and isinstance(value, bool | int | float):
        hint = "put quotes around it"
    yield Unmet(kinds_in_words(kinds), hint)


def _choice(value: JsonValue, schema: Node) -> Iterator[Unmet]:
    choices = choices_of(schema)
    if value is None and "null" in (allowed_kinds(schema) or {"null"}):
        return  # what `enum` without null means beside `nullable` is disputed
    if not choices or any(_is_same(value, choice) for choice in choices):
        return
    texts = [choice for choice in choices if isinstance(choice, str)]
    near = closest(value, texts) if isinstance(value, str) else None
    listed = ", ".join(map(shown, choices[:_MOST_CHOICES]))
    more = ", ..." if len(choices) > _MOST_CHOICES else ""
    wanted = f"one of {listed}{more}" if len(choices) > 1 else f"nothing but {listed}"
    only_case = near is not None and isinstance(value, str) and near.lower() == value.lower()
    hint = f"did you mean `{near}`?" if near is not None else None
    yield Unmet(wanted, hint, near if only_case else None)


def _is_same(value: JsonValue, choice: JsonValue) -> bool:
    """Whether a choice means the value: YAML makes numbers and flags of choices that were meant as text."""
    if isinstance(value, bool) == isinstance(choice, bool) and value == choice:
        return True
    if isinstance(value, str) and not isinstance(choice, str):
        return choice is not None and value.lower() == json.dumps(choice).lower()
    return isinstance(value, dict | list)


def _number(value: float, schema: Node) -> Iterator[Unmet]:
    least, most = _bound(schema, "minimum"), _bound(schema, "maximum")
    above, below = _bound(schema, "exclusiveMinimum"), _bound(schema, "exclusiveMaximum")
    if least is not None and value < least:
        yield Unmet(f"{least} or more")
    if most is not None and value > most:
        yield Unmet(f"{most} or less")
    if _excludes(schema, "exclusiveMinimum"):
        above = least
    if _excludes(schema, "exclusiveMaximum"):
        below = most
    if above is not None and value <= above:
        yield Unmet(f"more than {above}")
    if below is not None and value >= below:
        yield Unmet(f"less than {below}")
    step = _bound(schema, "multipleOf")
    countable = step is not None and step > 0 and math.isfinite(value)
    if countable and Decimal(repr(value)) % Decimal(repr(step)):
        yield Unmet(f"a multiple of {step}")
    stated = schema.get("format")
    first, last = INTEGER_RANGES.get((stated.text if stated is not None else None) or "", (0, 0))
    kinds = allowed_kinds(schema) or frozenset()
    if last and "integer" in kinds and not first <= value <= last:
        yield Unmet(f"a number from {first} to {last}")


def beyond(operator: str, number: float, schema: Node) -> str | None:
    """What numbers of a schema are, in words, where none of them is in that order to `number`.

    Args:
        operator: `<`, `<=`, `>` or `>=`.
        number: What stands behind it.
        schema: A schema of numbers.
    """
    upward = operator in (">", ">=")
    bound = _bound(schema, "maximum" if upward else "minimum")
    keyword = "exclusiveMaximum" if upward else "exclusiveMinimum"
    excluded = _bound(schema, keyword) if not _excludes(schema, keyword) else bound
    words = "or less" if upward else "or more"
    if excluded is not None and (number >= excluded if upward else number <= excluded):
        return f"{'less' if upward else 'more'} than {excluded}"
    if bound is None or (number < bound if upward else number > bound):
        return None
    return f"{bound} {words}" if number != bound or operator in ("<", ">") else None


def _text(value: str, schema: Node) -> Iterator[Unmet]:
    yield from _length(len(value), schema, "minLength", "maxLength", "character")
    kinds = allowed_kinds(schema)
    stated = schema.get("format")
    if stated is not None and stated.text is not None and (kinds is None or "string" in kinds):
        words = breaks_format(value, stated.text)
        if words is not None:
            yield Unmet(words)
    pattern = schema.get("pattern")
    if pattern is not None and pattern.text is not None and not _matches(pattern.text, value):
        yield Unmet(f"text that matches `{pattern.text}`")


def _matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text, or cannot be judged; `re` itself could take for ever to tell."""
    if len(text) > _LONGEST_MATCHED or check_regex(pattern) is not None:
        return True
    return finds(pattern, text) is not False


def _length(length: int, schema: Node, least: str, most: str, unit: str) -> Iterator[Unmet]:
    low, high = _bound(schema, least), _bound(schema, most)
    if low is not None and length < low:
        yield Unmet(f"at least {low} {unit}{'s' if low != 1 else ''}")
    if high is not None and length > high:
        yield Unmet(f"at most {high} {unit}{'s' if high != 1 else ''}")


def _bound(schema: Node, keyword: str) -> float | None:
    stated = schema.get(keyword)
    value = stated.value if stated is not None else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _excludes(schema: Node, keyword: str) -> bool:
    """Whether the bound itself is out, as OpenAPI 3.0 and 2.0 write it."""
    stated = schema.get(keyword)
    return stated is not None and stated.value is True
