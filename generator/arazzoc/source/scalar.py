"""What a YAML scalar means: the core schema of YAML 1.2 (section 10.3)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

__all__ = ["CORE_TAGS", "Scalar", "plain_scalar", "tagged_scalar"]

Scalar: TypeAlias = "bool | int | float | str | None"

_WORDS: Final[Mapping[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
# Most scalars are text that starts with a letter: one look at the first character settles them.
_SUSPICIOUS: Final = frozenset({"", *(word[0] for word in _WORDS if word), *"-+.0123456789"})
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)").fullmatch
_PREFIXED: Final = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+").fullmatch
_FLOAT: Final = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
).fullmatch


def plain_scalar(text: str) -> Scalar:
    """The value of an unquoted scalar without a tag.

    Two exceptions to the core schema: a number with leading zeros (`007`, a code or a zip) and one that
    no float or int can hold stay text.
    """
    if text[:1] not in _SUSPICIOUS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    try:
        if _INTEGER(text):
            return int(text)
        if _PREFIXED(text):
            return int(text, 0)
    except ValueError:  # more digits than Python converts
        return text
    if _FLOAT(text):
        value = float(text)
        return text if math.isinf(value) else value
    return text


def _typed(kind: type) -> Callable[[str], Scalar]:
    def convert(text: str) -> Scalar:
        value = plain_scalar(text)
        if type(value) is not kind:
            raise ValueError(text)
        return value

    return convert


def _float(text: str) -> Scalar:
    value = plain_scalar(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(text)
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError(text) from error


CORE_TAGS: Final[Mapping[str, Callable[[str], Scalar]]] = {
    "!": str,
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:null": _typed(type(None)),
    "tag:yaml.org,2002:bool": _typed(bool),
    "tag:yaml.org,2002:int": _typed(int),
    "tag:yaml.org,2002:float": _float,
}
"""The tags of the core schema's scalars, and `!`, which says "text"."""


def tagged_scalar(tag: str, text: str) -> Scalar:
    """The value of a scalar with an explicit tag, whatever its style.

    Raises:
        ValueError: The text does not spell a value of that type.
        KeyError: The tag is none of the core schema's.
    """
    return CORE_TAGS[tag](text)
