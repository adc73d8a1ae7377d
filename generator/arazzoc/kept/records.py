"""Results as JSON and back: what is kept may have been written by anybody, so nothing in it is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Final, TypeAlias, TypeVar, cast

from arazzoc.diagnostics.model import Diagnostic, Edit, Fix, Related, Rule, Severity
from arazzoc.diagnostics.registry import RULES
from arazzoc.result import CompiledWorkflow, InputArgument, Module
from arazzoc.source.node import JsonValue
from arazzoc.text import Position, Span

__all__ = [
    "Reads",
    "UnreadableError",
    "diagnostic_of",
    "list_of",
    "module_of",
    "text_of",
    "written",
]

Reads: TypeAlias = Callable[[JsonValue], object]
"""Makes a value of its JSON; raises UnreadableError where it is not that of such a value."""

_Kind = TypeVar("_Kind")


class UnreadableError(Exception):
    """What was kept is not what was written: it is as if nothing had been kept."""


def written(value: object) -> JsonValue:
    """The JSON of a result: a dataclass is the list of its fields, a rule its code.

    Args:
        value: A dataclass, enumeration, tuple, mapping, path or scalar.
    """
    if isinstance(value, Rule):
        return value.code
    if isinstance(value, Enum):
        return value.name
    if is_dataclass(value):
        return [written(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {name: written(member) for name, member in members.items()}
    if isinstance(value, (list, tuple)):
        items = cast("list[object] | tuple[object, ...]", value)
        return [written(item) for item in items]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _scalar(kind: type) -> Reads:
    def read(value: JsonValue) -> object:
        if type(value) is not kind:
            raise UnreadableError
        return value

    return read


def _optional(read: Reads) -> Reads:
    return lambda value: None if value is None else read(value)


def list_of(read: Reads) -> Callable[[JsonValue], tuple[object, ...]]:
    """Reads a tuple of such values."""

    def read_all(value: JsonValue) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise UnreadableError
        return tuple(map(read, value))

    return read_all


def _texts(value: JsonValue) -> object:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise UnreadableError
    return value


def _member(members: Mapping[str, object]) -> Reads:
    def read(value: JsonValue) -> object:
        if not isinstance(value, str) or value not in members:
            raise UnreadableError
        return members[value]

    return read


def _record(kind: type[_Kind], *reads: Reads) -> Callable[[JsonValue], _Kind]:
    """Reads a dataclass, each field of which has its own reader, in the order of the class."""
    assert is_dataclass(kind)
    assert len(fields(kind)) == len(reads), f"{kind.__name__} has other fields than are read"

    def read(value: JsonValue) -> _Kind:
        if not isinstance(value, list) or len(value) != len(reads):
            raise UnreadableError
        return kind(*(each(item) for each, item in zip(reads, value, strict=True)))

    return read


_TEXT: Final = _scalar(str)
_COUNT: Final = _scalar(int)
_FLAG: Final = _scalar(bool)
_MAYBE_TEXT: Final = _optional(_TEXT)
_RULE: Final = _member(RULES)
_SEVERITY: Final = _member(dict(Severity.__members__))
_POSITION: Final = _record(Position, _COUNT, _COUNT)
_SPAN: Final = _record(Span, _TEXT, _POSITION, _POSITION)
_RELATED: Final = _record(Related, _SPAN, _TEXT)
_FIX: Final = _record(Fix, _TEXT, list_of(_record(Edit, _SPAN, _TEXT)))
_INPUT: Final = _record(InputArgument, _TEXT, _TEXT, _FLAG, _MAYBE_TEXT, _TEXT, _FLAG, _TEXT)
_WORKFLOW: Final = _record(CompiledWorkflow, _TEXT, _TEXT, _COUNT, list_of(_INPUT), _texts, _texts)

text_of: Final = _TEXT
"""Reads a text."""

diagnostic_of: Final = _record(
    Diagnostic, _RULE, _SEVERITY, _SPAN, _TEXT, _MAYBE_TEXT, list_of(_RELATED), _optional(_FIX)
)
"""Reads a finding."""

module_of: Final = _record(Module, _TEXT, _TEXT, _TEXT, list_of(_WORKFLOW))
"""Reads a generated module."""
