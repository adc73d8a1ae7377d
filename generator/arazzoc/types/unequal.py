"""Literals that no value of a type is equal to, and what is said of them."""

from __future__ import annotations

import json

from arazzoc.runtime.comparison import equal
from arazzoc.suggestion import closest
from arazzoc.types.condition import Language
from arazzoc.types.model import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    STR,
    Choice,
    ListType,
    MapType,
    Record,
    Type,
    Union,
)
from arazzoc.types.schema import SchemaTypes

__all__ = ["choices_of", "differs", "never_words"]

_MOST_LISTED = 8


def differs(type_: Type, literal: object, language: Language, types: SchemaTypes) -> bool:
    """Whether no value of a type is equal to a literal, by the rules of a language."""
    match types.content(type_):
        case Union(members):
            return all(
                differs(member, literal, language, types) for member in members if member != NONE
            )
        case Choice(values):
            return not any(_is_equal(value, literal, language) for value in values)
        case ListType():
            return not isinstance(literal, list)
        case MapType() | Record():
            return not isinstance(literal, dict)
        case other if other == BOOL:
            return not isinstance(literal, bool)
        case other if other in (INT, FLOAT):
            return not any(_is_equal(number, literal, language) for number in _near(literal))
        case other if other == STR:
            numeric = isinstance(literal, int | float) and not isinstance(literal, bool)
            wanted = isinstance(literal, str) or (numeric and language is Language.SIMPLE)
            return not wanted
        case _:
            return False


def never_words(
    subject: str, type_: Type, literal: object, types: SchemaTypes, *, always: bool
) -> tuple[str, str]:
    """The message and the hint for a comparison with a literal that no value is equal to.

    Args:
        subject: What is compared, in words.
        type_: Its type.
        literal: What it is compared with.
        types: The types of the module.
        always: It asks whether they differ, so that it always holds.
    """
    shown = literal if isinstance(literal, str) else json.dumps(literal)
    choices = choices_of(type_, types)
    if choices:
        near = closest(shown, choices)
        listed = ", ".join(f"`{choice}`" for choice in choices[:_MOST_LISTED])
        listed += " and others" if len(choices) > _MOST_LISTED else ""
        listed = f"one of {listed}" if len(choices) > 1 else f"always {listed}"
        hint = f"did you mean `{near}`?" if near else f"by its schema it is {listed}"
    else:
        hint = "compare it with a value of its own type: text stands in quotes, others do not"
    return f"{subject} is never `{shown}`" + (", so this always holds" if always else ""), hint


def choices_of(type_: Type, types: SchemaTypes) -> list[str]:
    """The values of an enumeration as text; none of another type."""
    content = types.content(type_)
    members = content.members if isinstance(content, Union) else (content,)
    found_in = [types.content(member) for member in members if member != NONE]
    return [
        str(value) if isinstance(value, str) else json.dumps(value)
        for member in found_in
        if isinstance(member, Choice)
        for value in member.values
    ]


def _near(literal: object) -> list[float]:
    """The number that a literal states, if it states one."""
    try:
        return [float(literal)] if isinstance(literal, str | int | float) else []
    except (ValueError, OverflowError):
        return []


def _is_equal(value: object, literal: object, language: Language) -> bool:
    if language is Language.SIMPLE:
        return equal(value, literal)
    return isinstance(value, bool) == isinstance(literal, bool) and value == literal
