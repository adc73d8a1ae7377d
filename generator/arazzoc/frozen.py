"""Frozen dataclasses whose methods are made when they are first called.

The compiler has some three hundred of them. The standard library compiles six methods for each while a module
is imported, which took half of all the time that imports take; most classes are never used in a run.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

__all__ = ["dataclass"]

_Member: TypeAlias = "Field[Any]"
_SET: Final = object.__setattr__
_decorated: Final = cast("Callable[..., type]", dataclasses.dataclass)


def _dataclass(
    *, frozen: bool = False, eq: bool = True, order: bool = False, **options: bool
) -> Callable[[type], type]:
    """What `dataclasses.dataclass` does, with the same options; for frozen classes faster.

    `dataclasses.fields`, `replace` and `asdict` take such classes, and they are pickled and copied.
    """
    if not frozen or order:
        return lambda cls: _decorated(cls, frozen=frozen, eq=eq, order=order, **options)
    return lambda cls: _made(cls, eq=eq, **options)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def _made(cls: type, *, eq: bool, **options: bool) -> type:
    own = vars(cls)
    shows = options.pop("repr", True)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else a signature is worked out
    made = cast("type[Any]", _decorated(cls, init=False, repr=False, eq=False, **options))
    members = fields(made)
    methods: dict[str, object] = {
        "__init__": _first_call(made),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        **_pickling(members),
        **(_showing(members) if shows else {}),
        **(_comparison(members) if eq else {}),
    }
    for name, method in methods.items():
        if own.get(name) is None:
            type.__setattr__(made, name, method)
    return made


def _first_call(cls: type) -> Callable[..., None]:
    """An `__init__` that puts the real one in its place, and calls it."""

    def initialize(self: object, *values: object, **named: object) -> None:
        real = _initializer(cls)
        type.__setattr__(cls, "__init__", real)
        real(self, *values, **named)

    return initialize


def _initializer(cls: type) -> Callable[..., None]:
    scope: dict[str, object] = {"_set": _SET, "_missing": MISSING}
    placed, named, lines = ["self"], list[str](), list[str]()
    for each in fields(cls):
        scope[f"_default_{each.name}"] = each.default
        scope[f"_make_{each.name}"] = each.default_factory
        if each.init:
            (named if each.kw_only else placed).append(_parameter(each))
        lines.extend(_assignment(each))
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join([*placed, *(["*", *named] if named else ())])
    body = "\n    ".join(lines or ["pass"])
    code = f"def __init__({parameters}):\n    {body}\n"
    exec(code, scope)  # noqa: S102 -- made of the names of fields alone
    return cast("Callable[..., None]", scope["__init__"])


def _parameter(each: _Member) -> str:
    if each.default is not MISSING:
        return f"{each.name}=_default_{each.name}"
    return each.name if each.default_factory is MISSING else f"{each.name}=_missing"


def _assignment(each: _Member) -> list[str]:
    name, given = each.name, each.name
    if each.default_factory is not MISSING:
        made = f"_make_{name}()"
        given = f"{made} if {name} is _missing else {name}" if each.init else made
    elif not each.init:
        given = "" if each.default is MISSING else f"_default_{name}"
    return [f"_set(self, {name!r}, {given})"] if given else []


def _comparison(members: Sequence[_Member]) -> dict[str, object]:
    compared = _getter(each for each in members if each.compare)
    hashed = _getter(each for each in members if (each.compare if each.hash is None else each.hash))

    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared(self) == compared(other)

    def hash_of(self: object) -> int:
        return hash(hashed(self))

    return {"__eq__": equal, "__hash__": hash_of}


def _getter(members: Iterable[_Member]) -> Callable[[object], object]:
    names = [each.name for each in members]
    return attrgetter(*names) if names else lambda _: ()


def _showing(members: Sequence[_Member]) -> dict[str, object]:
    names = [each.name for each in members if each.repr]

    @recursive_repr()
    def shown(self: object) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"

    return {"__repr__": shown}


def _pickling(members: Sequence[_Member]) -> dict[str, object]:
    names = [each.name for each in members]

    def state(self: object) -> list[object]:
        return [getattr(self, name) for name in names]

    def restore(self: object, values: list[object]) -> None:
        for name, value in zip(names, values, strict=True):
            _SET(self, name, value)

    return {"__getstate__": state, "__setstate__": restore}


def _refuse_to_set(self: object, name: str, value: object) -> None:
    del self, value
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    del self
    raise FrozenInstanceError(f"cannot delete field {name!r}")
