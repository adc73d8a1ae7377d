"""Where in a list or an object the single value probably is that somebody meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arazzoc.names import Identifier
from arazzoc.types.model import NONE, AnyType, ListType, MapType, Record, Type, Union
from arazzoc.types.schema import SchemaTypes

__all__ = ["way_to"]

_DEEPEST: Final = 4
_LEAST: Final = 2
"""How many letters the name of a member has at least that ends the wanted name."""


def way_to(type_: Type, wanted: Sequence[str], types: SchemaTypes) -> tuple[str, ...] | None:
    """The JSON Pointer's tokens to the value in a list or an object that one of the names means.

    A member of that very name, whatever its case, goes before one that the name ends with, as `jobId` does
    with `id`; then the one on the shortest way. None where there is none, or several are as near.

    Args:
        type_: What the value is looked for in.
        wanted: Names, such as those of the output and of the parameter.
        types: What the names of types stand for.
    """
    plain = [_plain(name) for name in wanted]
    ranked = sorted(
        (
            (_rank(way, plain), len(way), way)
            for way in _ways(type_, types)
            if _rank(way, plain) < _NONE
        ),
    )
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return ranked[0][2]


_NONE: Final = 2


def _rank(way: tuple[str, ...], wanted: Sequence[str]) -> int:
    name = _plain(way[-1])
    if name in wanted:
        return 0
    ends = len(name) >= _LEAST and any(each.endswith(name) for each in wanted)
    return 1 if ends else _NONE


def _plain(name: str) -> str:
    return Identifier.of(name).replace("_", "").casefold()


def _ways(type_: Type, types: SchemaTypes, depth: int = 0) -> Iterator[tuple[str, ...]]:
    """The ways to single values that names lead to."""
    match types.content(type_):
        case Record(fields) if depth < _DEEPEST:
            for field in fields:
                if _is_single(field.type, types):
                    yield (field.name,)
                yield from ((field.name, *way) for way in _ways(field.type, types, depth + 1))
        case ListType(item) if depth < _DEEPEST:
            yield from (("0", *way) for way in _ways(item, types, depth + 1))
        case Union(members):
            for member in members:
                yield from _ways(member, types, depth + 1)
        case _:
            return


def _is_single(type_: Type, types: SchemaTypes) -> bool:
    content = types.content(type_)
    if isinstance(content, Union):
        return all(_is_single(each, types) for each in content.members if each != NONE)
    return not isinstance(content, AnyType | ListType | MapType | Record)
