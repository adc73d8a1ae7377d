"""Where a value surely is not what a schema takes: member by member, literals and types of expressions.

Silence is the answer to every doubt. What `oneOf`, `anyOf`, `not` and `if` say is not looked at, but for a
single alternative beside null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.source.node import JsonValue, Node, Path
from arazzoc.suggestion import closest, surely
from arazzoc.types.clashes import clash
from arazzoc.types.constraints import (
    allowed_kinds,
    kinds_in_words,
    shown,
    unmet,
)
from arazzoc.types.kinds import kinds_of
from arazzoc.types.model import Choice
from arazzoc.types.object_schema import ObjectSchema, alternatives, object_schema
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.value import Constant, Embedded, ListValue, ObjectValue, Replaced, Value

__all__ = ["Described", "Fault", "Misfit", "Steps", "misfits"]

Fault: TypeAlias = Literal["literal", "type", "missing", "unknown", "misspelt", "read-only"]
Steps: TypeAlias = tuple[str | int, ...]
"""Names and indexes that lead from a value to a part of it."""

Described: TypeAlias = Callable[[Value], Sequence[Sequence[Node]]]

_DEEPEST: Final = 40
_STRUCTURES: Final = frozenset({"array", "object"})
_NUMBERS: Final = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """A part of a value that its schema does not take.

    Attributes:
        fault: A literal that is refused; an expression of a wrong type; a member that is missing, that is
            refused, that looks like a slip of the pen, or that only responses have.
        path: Where: the part itself; for a missing member, the object.
        wanted: What the schema takes there, in words, or the names of the members that are meant.
        given: What is there, in words.
        hint: What to write instead, where that is known.
        instead: The text that was meant beyond doubt.
        near: The member that was written in the place of a missing one.
    """

    fault: Fault
    path: Steps
    wanted: str
    given: str
    hint: str | None = None
    instead: str | None = None
    near: str | None = None


def misfits(
    value: Value,
    schema: Node | None,
    types: SchemaTypes,
    *,
    textual: bool = False,
    filled: frozenset[tuple[str, ...]] = frozenset(),
    described: Described = lambda _: (),
) -> Iterator[Misfit]:
    """Everything in `value` that `schema` surely does not take.

    Args:
        value: A value of a request, or an input's.
        schema: The schema or a reference to it; None takes anything.
        types: What follows references.
        textual: Whether scalars are sent as text: in URLs, headers and forms.
        filled: The ways to members that replacements put where nothing is written, in tokens of pointers.
        described: The schemas of which one describes an expression's value; none where that is not known.
    """
    told: set[tuple[Fault, Steps]] = set()
    for found in _Walk(types, textual, filled, described).value(value, schema, (), _DEEPEST):
        if (found.fault, found.path) not in told:
            told.add((found.fault, found.path))
            yield found


@dataclass(frozen=True, slots=True)
class _Walk:
    types: SchemaTypes
    textual: bool
    filled: frozenset[tuple[str, ...]]
    described: Described
    seen: set[tuple[int, Path, Steps]] = field(default_factory=set[tuple[int, Path, Steps]])

    def value(self, value: Value, schema: Node | None, path: Steps, depth: int) -> Iterator[Misfit]:
        target = self.types.schema(schema)
        if target is None or depth == 0 or not self._is_new(target, path):
            return
        members, items = _members(value), _items(value)
        if isinstance(value, Replaced):
            return
        if members is not None or items is not None:
            kind = "object" if members is not None else "array"
            kinds = allowed_kinds(target)
            if kinds is not None and kind not in kinds:
                yield self._wrong_kind(kinds, kind, path)
                return
        if members is not None:
            yield from self._object(members, target, path, depth)
            return
        yield from self._own(value, items, target, path)
        for index, item in enumerate(items or ()):
            yield from self.value(item, target.get("items"), (*path, index), depth - 1)
        if isinstance(value, Constant) and value.value is None:
            return  # whether null passes where parts of a schema differ is disputed
        parts = target.get("allOf")
        for part in parts.items() if parts is not None else ():
            yield from self.value(value, part, path, depth - 1)
        branches = alternatives(target)
        if len(branches) == 1:
            yield from self.value(value, branches[0], path, depth - 1)

    def _is_new(self, schema: Node, path: Steps) -> bool:
        """Whether a schema is read there for the first time: a part of it may hold the schema itself."""
        place = id(schema.document), schema.path, path
        is_new = place not in self.seen
        self.seen.add(place)
        return is_new

    def _own(
        self, value: Value, items: list[Value] | None, schema: Node, path: Steps
    ) -> Iterator[Misfit]:
        """What the schema's own keywords refuse of a value that is no object."""
        if isinstance(value, Constant):
            found = unmet(value.value, schema, textual=self.textual)
            if found is not None:
                given = _length(items) if items is not None else shown(value.value)
                yield Misfit("literal", path, found.wanted, given, found.hint, found.instead)
        elif items is not None:
            found = unmet(_blanks(len(items)), schema, textual=False)
            if found is not None:
                yield Misfit("literal", path, found.wanted, _length(items))
        else:
            yield from self._expression(value, schema, path)

    def _wrong_kind(self, kinds: frozenset[str], kind: str, path: Steps) -> Misfit:
        given = kinds_in_words(frozenset({kind}))
        return Misfit("literal", path, kinds_in_words(kinds), given)

    def _expression(self, value: Value, schema: Node, path: Steps) -> Iterator[Misfit]:
        if isinstance(value, Embedded) and len(value.parts) < 2:
            return  # a whole value in braces has a finding of its own
        type_ = without_none(self.types.content(without_none(value.type)))
        if isinstance(type_, Choice):
            yield from self._choices(type_, schema, path)
            return
        given, wanted = kinds_of(value.type, self.types), allowed_kinds(schema)
        if given is None or wanted is None or self._may_meet(given, wanted):
            yield from self._format(value, schema, path)
            return
        words = "which is " + kinds_in_words(given - {"integer"} if given >= _NUMBERS else given)
        yield Misfit("type", path, kinds_in_words(wanted), words)

    def _choices(self, type_: Choice, schema: Node, path: Steps) -> Iterator[Misfit]:
        """An enumeration of which the schema takes no member."""
        refused = [unmet(value, schema, textual=self.textual) for value in type_.values]
        first = refused[0] if refused else None
        if first is None or any(each is None for each in refused):
            return
        listed = ", ".join(map(shown, type_.values[:4])) + (", ..." if len(refused) > 4 else "")
        words = f"which is one of {listed}" if len(refused) > 1 else f"which is always {listed}"
        yield Misfit("type", path, first.wanted, words)

    def _format(self, value: Value, schema: Node, path: Steps) -> Iterator[Misfit]:
        """That what describes the value promises something that is never of the format that is wanted."""
        clashes = [clash(parts, schema, textual=self.textual) for parts in self.described(value)]
        first = clashes[0] if clashes else None
        if first is not None and None not in clashes:
            yield Misfit("type", path, first[0], f"which is {first[1]}")

    def _may_meet(self, given: frozenset[str], wanted: frozenset[str]) -> bool:
        """Whether some value is of both."""
        if given & wanted or (given & _NUMBERS and wanted & _NUMBERS):
            return True
        if not self.textual or given <= _STRUCTURES:
            return False
        if (wanted | given) & _STRUCTURES:
            return True  # text may be what a list becomes by the style of the parameter
        return "string" in given | wanted

    def _object(
        self, members: Mapping[str, Value], schema: Node, path: Steps, depth: int
    ) -> Iterator[Misfit]:
        known = object_schema(schema, self.types)
        strangers = [name for name in members if name not in known.properties]
        missing = list(_lacking(members, known, strangers, self.types))
        if missing:
            yield _missing(missing, strangers, path)
        for name, member in members.items():
            here = (*path, name)
            for each in known.properties.get(name, ()):
                if (stated := each.get("readOnly")) is not None and stated.value is True:
                    yield Misfit("read-only", here, "", name)
                yield from self.value(member, each, here, depth - 1)
            if name not in known.properties and known.additional is not None:
                yield from self.value(member, known.additional, here, depth - 1)
        filled = [name for name in members if tuple(map(str, (*path, name))) in self.filled]
        others = [name for name in known.properties if name not in members or name in filled]
        for name in strangers:
            if known.closed:
                yield _unknown(name, list(known.properties), (*path, name))
                continue
            meant = surely(name, others, slips=1) if known.complete else None
            if meant is not None and meant not in missing:
                hint = f"did you mean `{meant}`?"
                yield Misfit("misspelt", (*path, name), meant, name, hint, meant)
        branches = alternatives(schema)
        if len(branches) == 1 and (branch := self.types.schema(branches[0])) is not None:
            found = self.value(ObjectValue(tuple(members.items())), branch, path, depth - 1)
            shared = schema.get("properties") is not None
            yield from (each for each in found if not shared or each.fault != "unknown")


def _lacking(
    members: Mapping[str, Value], known: ObjectSchema, strangers: list[str], types: SchemaTypes
) -> Iterator[str]:
    """The required members that are not there.

    Where no others may be there, what is written instead of one is told of as that.
    """
    meant = {closest(name, known.properties) for name in strangers} if known.closed else ()
    for name in known.required_of_requests(types):
        if name not in members and name not in meant:
            yield name


def _missing(missing: list[str], strangers: list[str], path: Steps) -> Misfit:
    listed = ", ".join(f"`{name}`" for name in missing)
    near = closest(missing[0], strangers) if len(missing) == 1 else None
    hint = f"`{near}` was passed; did you mean {listed}?" if near is not None else None
    return Misfit("missing", path, listed, "", hint, near=near)


def _unknown(name: str, known: list[str], path: Steps) -> Misfit:
    near = closest(name, known)
    listed = ", ".join(f"`{each}`" for each in known[:8]) + (", ..." if len(known) > 8 else "")
    hint = f"did you mean `{near}`?" if near is not None else f"it takes {listed or 'none'}"
    return Misfit("unknown", path, listed, name, hint, surely(name, known))


def _members(value: Value) -> Mapping[str, Value] | None:
    """The members of an object that is written out."""
    match value:
        case ObjectValue(members):
            return dict(members)
        case Constant(dict() as content):
            return {name: Constant(member) for name, member in content.items()}
        case _:
            return None


def _items(value: Value) -> list[Value] | None:
    """The items of a list that is written out."""
    match value:
        case ListValue(items):
            return list(items)
        case Constant(list() as content):
            return [Constant(item) for item in content]
        case _:
            return None


def _length(items: list[Value]) -> str:
    return f"a list of {len(items)}"


def _blanks(count: int) -> list[JsonValue]:
    """A list of that length whose items are judged elsewhere."""
    return [None] * count
