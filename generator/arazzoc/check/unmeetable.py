"""Comparisons that the schema of a value rules out: by its bounds, format, pattern or choices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from arazzoc.expr.automaton import finds
from arazzoc.frozen import dataclass
from arazzoc.runtime.comparison import Ordering, compare
from arazzoc.source.node import JsonValue, Node
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Criterion,
    Language,
    Matches,
    Not,
    Operator,
    Test,
)
from arazzoc.types.constraints import allowed_kinds, beyond, unmet
from arazzoc.types.described import Parts, schemas_of
from arazzoc.types.facts import Viewpoint
from arazzoc.types.unequal import choices_of
from arazzoc.types.value import Constant, ResponseStatus, Value
from arazzoc.types.verdict import comparisons, never_equal

__all__ = ["Unmeetable", "unmeetable"]

_MIRRORED: Final[Mapping[Operator, Operator]] = {
    "==": "==",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}
_NUMBERS: Final = frozenset({"integer", "number"})
_MOST_LISTED: Final = 8


@dataclass(frozen=True, slots=True)
class Unmeetable:
    """A comparison that no value of its schema meets, in words.

    Attributes:
        shown: The literal, as conditions have it; a pattern as it is.
    """

    message: str
    hint: str
    shown: str


def unmeetable(criterion: Criterion, view: Viewpoint) -> Iterator[Unmeetable]:
    """The comparisons and patterns of a criterion that no value of a schema meets.

    What types alone tell of equalities (`never_equal`) is left out.
    """
    names = {value: text for text, value in criterion.operands}
    for comparison in comparisons(criterion.test):
        if never_equal(comparison, view.facts.types) is None:
            for value, operator, literal in _sides(comparison):
                subject = f"`{names[value]}`" if value in names else "what is compared"
                told = _compared(subject, value, operator, literal, comparison.language, view)
                if told is not None:
                    yield told
    for value, pattern in _patterns(criterion.test):
        choices = choices_of(value.type, view.facts.types)
        if choices and all(finds(pattern, choice) is False for choice in choices):
            subject = f"`{names[value]}`" if value in names else "what is looked at"
            message = f"{subject} never matches `{pattern}`"
            yield Unmeetable(message, f"by its schema it is {_listed(choices)}", pattern)


def _sides(comparison: Compare) -> Iterator[tuple[Value, Operator, Constant]]:
    """What is compared with a literal, read as if the literal stood behind the operator."""
    left, operator, right = comparison.left, comparison.operator, comparison.right
    if isinstance(right, Constant) and not isinstance(left, Constant | ResponseStatus):
        yield left, operator, right
    if isinstance(left, Constant) and not isinstance(right, Constant | ResponseStatus):
        yield right, _MIRRORED[operator], left


def _compared(
    subject: str,
    value: Value,
    operator: Operator,
    literal: Constant,
    language: Language,
    view: Viewpoint,
) -> Unmeetable | None:
    stated = literal.value
    if isinstance(stated, dict | list):
        return None
    shown = stated if isinstance(stated, str) else json.dumps(stated)
    wanted = _wanted(value, operator, stated, language, view)
    if wanted is None:
        return None
    if operator in ("==", "!="):
        message = f"{subject} is never `{shown}`"
        message += ", so this always holds" if operator == "!=" else ""
    else:
        message = f"{subject} is never `{operator} {shown}`"
    return Unmeetable(message, f"by its schema it is {wanted}", shown)


def _wanted(
    value: Value, operator: Operator, stated: JsonValue, language: Language, view: Viewpoint
) -> str | None:
    """What a value is by its schema, in words, where that is never in the order; None where it may be."""
    schemas = schemas_of(value, view)
    choices = choices_of(value.type, view.facts.types)
    if stated is None:
        return None  # what a schema requires is not always there
    match operator:
        case "==" | "!=":
            refused = [_refused(stated, parts, language) for parts in schemas if not choices]
            return refused[0] if refused and None not in refused else None
        case order:
            return _out_of_order(
                order, stated, schemas, choices, simple=language is Language.SIMPLE
            )


def _out_of_order(
    order: Ordering,
    stated: JsonValue,
    schemas: Sequence[Parts],
    choices: Sequence[str],
    *,
    simple: bool,
) -> str | None:
    """What a value is in words that is never in an order to a literal; types alone tell of equality."""
    if choices and simple and not any(compare(each, order, stated) for each in choices):
        return _listed(choices)
    outside = [_beyond(order, stated, parts, simple=simple) for parts in schemas]
    return outside[0] if outside and None not in outside else None


def _refused(stated: JsonValue, parts: Parts, language: Language) -> str | None:
    """What a schema wants of a value that it refuses, however a simple condition may read the literal."""
    readings, simple = [stated], language is Language.SIMPLE
    if simple:
        if stated == "" or (_is_number(stated) and _may_be_text(parts)):
            return None  # a guard against what no schema tells; `7` is `007` and `7.0` too
        readings += _readings(stated)
    first: str | None = None
    for reading in readings:
        found = next(
            (
                each
                for part in parts
                if (each := unmet(reading, part, textual=False, caseless=simple))
            ),
            None,
        )
        if found is None:
            return None
        first = first or found.wanted
    return first


def _readings(stated: JsonValue) -> Iterator[JsonValue]:
    """What else a simple condition finds equal to a literal: the number that text states."""
    number = _number(stated) if isinstance(stated, str) else None
    if number is not None:
        yield number


def _is_number(stated: JsonValue) -> bool:
    return isinstance(stated, int | float) and not isinstance(stated, bool)


def _may_be_text(parts: Parts) -> bool:
    kinds = _kinds(parts)
    return not kinds or "string" in kinds


def _beyond(operator: Operator, stated: JsonValue, parts: Parts, *, simple: bool) -> str | None:
    kinds = _kinds(parts)
    if not kinds or not kinds <= _NUMBERS:
        return None
    text = isinstance(stated, str)
    number = _number(stated) if not text or simple else None
    if number is None:
        return "a number" if text else None
    return next((each for part in parts if (each := beyond(operator, number, part))), None)


def _number(stated: JsonValue) -> float | None:
    try:
        known = isinstance(stated, str | int | float) and not isinstance(stated, bool)
        return float(stated) if known and isinstance(stated, str | int | float) else None
    except (ValueError, OverflowError):
        return None


def _kinds(parts: Sequence[Node]) -> frozenset[str]:
    """The JSON types that parts of a schema state; none where they do not say, or one may be null."""
    stated = [kinds for each in parts if (kinds := allowed_kinds(each)) is not None]
    return frozenset[str]().union(*stated)


def _patterns(test: Test) -> Iterator[tuple[Value, str]]:
    match test:
        case Matches(value, str() as pattern):
            yield value, pattern
        case AllOf(tests) | AnyOf(tests):
            for each in tests:
                yield from _patterns(each)
        case Not(inner):
            yield from _patterns(inner)
        case _:
            return


def _listed(choices: Sequence[str]) -> str:
    listed = ", ".join(f"`{choice}`" for choice in choices[:_MOST_LISTED])
    many = "one of " if len(choices) > 1 else "always "
    return many + listed + (" and others" if len(choices) > _MOST_LISTED else "")
