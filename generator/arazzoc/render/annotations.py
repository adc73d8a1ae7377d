"""Types as the text of annotations, and the definitions that a module needs for them."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, Literal

from arazzoc.frozen import dataclass
from arazzoc.model.prose import brief
from arazzoc.names import ClassName, Scope
from arazzoc.render.imports import Imports
from arazzoc.types.model import (
    AnyType,
    Choice,
    ListType,
    MapType,
    Named,
    Primitive,
    Record,
    Type,
    Union,
)
from arazzoc.types.origin import is_given
from arazzoc.types.schema import SchemaTypes, called
from arazzoc.types.value import Value

__all__ = ["Annotations", "FieldView", "TypeView", "direction"]

_WORD: Final = re.compile(r"[A-Za-z_][0-9A-Za-z_]*")

Direction = Literal["given", "received"]
"""Arguments take any `Mapping` and `Sequence`; what comes out of a response is a `dict` or `list`."""

_ROLES: Final[Mapping[Direction, str]] = {"given": "input", "received": "output"}
"""What a type is called by that has another definition for the other direction."""


def direction(value: Value) -> Direction:
    """Where a value comes from, which decides on the types of its lists and objects."""
    return "given" if is_given(value) else "received"


@dataclass(frozen=True, slots=True)
class FieldView:
    """A member of a `TypedDict` as its template writes it."""

    key: str
    annotation: str
    description: str


@dataclass(frozen=True, slots=True)
class TypeView:
    """A definition of a type as its template writes it.

    Attributes:
        template: `typed_dict`, `typed_dict_call` (for keys that are no identifiers) or `type_alias`.
    """

    template: str
    name: str
    description: str
    annotation: str
    fields: tuple[FieldView, ...]


class Annotations:
    """Writes the types of one module, and collects the definitions that they mention.

    Names are claimed in the order of first use, so the same document always gives the same names.
    """

    def __init__(self, types: SchemaTypes, scope: Scope, imports: Imports) -> None:
        self._types = types
        self._scope = scope
        self._imports = imports
        self._names: dict[tuple[str, Direction], ClassName] = {}
        self._definitions: dict[ClassName, TypeView] = {}

    def of(self, type_: Type, direction: Direction, *, optional: bool = False) -> str:
        """The annotation of `type_`; with `| None` where `optional`."""
        text = _WRITERS[type(type_)](self, type_, direction)
        if not optional or text in ("Any", "None") or text.endswith("| None"):
            return text
        return f"{text} | None"

    def definitions(self) -> tuple[TypeView, ...]:
        """The definitions mentioned so far, in the order of their names' first use."""
        return tuple(self._definitions.values())

    def any(self, type_: Type, direction: Direction) -> str:
        """`Any`."""
        del type_, direction
        self._imports.add("typing", "Any")
        return "Any"

    def primitive(self, type_: Type, direction: Direction) -> str:
        """`str`, `int`, `float`, `bool`, `bytes` or `None`."""
        del direction
        assert isinstance(type_, Primitive)
        return type_.name

    def choice(self, type_: Type, direction: Direction) -> str:
        """`Literal[...]`."""
        del direction
        assert isinstance(type_, Choice)
        self._imports.add("typing", "Literal")
        return f"Literal[{', '.join(map(repr, type_.values))}]"

    def list(self, type_: Type, direction: Direction) -> str:
        """`list[...]`, or `Sequence[...]` where given."""
        assert isinstance(type_, ListType)
        item = self.of(type_.item, direction)
        if direction == "received":
            return f"list[{item}]"
        self._imports.add("collections.abc", "Sequence")
        return f"Sequence[{item}]"

    def map(self, type_: Type, direction: Direction) -> str:
        """`dict[str, ...]`, or `Mapping[str, ...]` where given."""
        assert isinstance(type_, MapType)
        value = self.of(type_.value, direction)
        if direction == "received":
            return f"dict[str, {value}]"
        self._imports.add("collections.abc", "Mapping")
        return f"Mapping[str, {value}]"

    def record(self, type_: Type, direction: Direction) -> str:
        """A record without a name is any object."""
        del type_
        self._imports.add("typing", "Any")
        return self.map(MapType(AnyType()), direction)

    def union(self, type_: Type, direction: Direction) -> str:
        """`A | B | None`."""
        assert isinstance(type_, Union)
        texts = dict.fromkeys(self.of(member, direction) for member in type_.members)
        if "Any" in texts:
            return "Any"
        return " | ".join(texts)

    def reference(self, type_: Type, direction: Direction) -> str:
        """The name of a definition, which the module gets."""
        assert isinstance(type_, Named)
        content = self._types.content(type_)
        if not isinstance(content, Record | Choice):
            return self.of(content, direction)
        if isinstance(content, Choice):
            direction = "received"
        known = self._names.get((type_.key, direction))
        if known is not None:
            return known
        name = self._claimed(type_.key, content, direction)
        self._names[type_.key, direction] = name
        self._definitions[name] = TypeView("", name, "", "", ())  # keeps the place in the order
        description = brief(self._types.described.get(type_.key))
        if isinstance(content, Choice):
            self._imports.add("typing", "TypeAlias")
            view = TypeView("type_alias", name, description, self.choice(content, direction), ())
        else:
            view = self._typed_dict(name, content, direction, description)
        self._definitions[name] = view
        return name

    def _claimed(self, key: str, content: Record | Choice, direction: Direction) -> ClassName:
        """A name for a type: a component has its own before others; one that is taken tells what it is."""
        suggested, made_up = self._types.suggested[key], self._types.made_up.get(key)
        found = [ClassName.of(suggested)]
        if made_up is not None:
            others = self._of_components
            found = [ClassName.of(called(made_up, others, plainly=each)) for each in (False, True)]
            found = [name for name in found if name not in others] or found
        if any(known == key for known, _ in self._names):
            found.append(ClassName.of(f"{suggested} {_ROLES[direction]}"))
        kind = "object" if isinstance(content, Record) else "value"
        found.append(ClassName.of(f"{found[-1]} {kind}"))
        free = (name for name in found if name not in self._scope and not name.endswith("_"))
        return self._scope.claim(next(free, found[-1]))

    @cached_property
    def _of_components(self) -> frozenset[ClassName]:
        types = self._types
        own = types.suggested.keys() - types.made_up.keys()
        return frozenset(ClassName.of(types.suggested[key]) for key in own)

    def _typed_dict(
        self, name: ClassName, record: Record, direction: Direction, description: str
    ) -> TypeView:
        self._imports.add("typing", "TypedDict")
        fields = tuple(
            FieldView(
                field.name,
                self._member(field.type, direction, required=field.required),
                brief(field.description),
            )
            for field in record.fields
        )
        mentioned = {word for field in fields for word in _WORD.findall(field.annotation)}
        plain = all(_is_name(field.key) and field.key not in mentioned for field in fields)
        return TypeView("typed_dict" if plain else "typed_dict_call", name, description, "", fields)

    def _member(self, type_: Type, direction: Direction, *, required: bool) -> str:
        text = self.of(type_, direction)
        if required:
            return text
        self._imports.add("typing", "NotRequired")
        return f"NotRequired[{text}]"


def _is_name(key: str) -> bool:
    """Whether a class body takes the key as it is: Python would change `__id` and `\ufb01`."""
    return key.isidentifier() and key.isascii() and not keyword.iskeyword(key) and key[:2] != "__"


_WRITERS: Final[Mapping[type[Type], Callable[[Annotations, Type, Direction], str]]] = {
    AnyType: Annotations.any,
    Primitive: Annotations.primitive,
    Choice: Annotations.choice,
    ListType: Annotations.list,
    MapType: Annotations.map,
    Record: Annotations.record,
    Union: Annotations.union,
    Named: Annotations.reference,
}
