"""JSON Schema to Python types (2020-12 as in OpenAPI 3.1, and the dialect of OpenAPI 2.0 and 3.0)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from arazzoc.names import ClassName, singular
from arazzoc.source.node import Node
from arazzoc.types.model import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    AnyType,
    Choice,
    Field,
    ListType,
    MapType,
    Named,
    Record,
    Type,
    Union,
)

__all__ = ["Follow", "SchemaTypes", "called", "union", "without_none"]

Follow: TypeAlias = Callable[[Node], Node | None]
"""Follows a schema's `$ref`s to the schema itself; None where one leads nowhere."""

_SCALARS: Final[dict[str, Type]] = {
    "string": STR,
    "integer": INT,
    "number": FLOAT,
    "boolean": BOOL,
    "null": NONE,
}
_SHAPES: Final = ("properties", "additionalProperties", "items")
_DEEPEST: Final = 100
_ONE_OF: Final = "\0"
"""Stands behind the name of a list, for one of its items."""
_MOST_SCHEMAS: Final = 50_000
"""How many schemas are gone through for one type: of those that refer to one another there are many ways."""


class SchemaTypes:
    """Turns schemas into types, and remembers what it named.

    Objects with properties, and enumerations that stand in a component or a property, become `Named` types.
    Recursion ends in the name.

    Attributes:
        named: The content of every named type, by key.
        suggested: The name each one would like to have, by key: its component's, or one made up.
        made_up: What the names are made of that no component has, by key; see `called`.
        described: The schema's description, by key.
    """

    def __init__(self, follow: Follow) -> None:
        self._follow = follow
        self._open: set[str] = set()
        self._known: dict[str, Type] = {}
        self._shaped: dict[tuple[str, str], Type] = {}
        self._looked = self._cut = 0
        self.named: dict[str, Type] = {}
        self.suggested: dict[str, str] = {}
        self.made_up: dict[str, str] = {}
        self.described: dict[str, str] = {}

    def of(self, schema: Node | None, suggestion: str) -> Type:
        """The type of `schema`.

        Args:
            schema: The schema's node, or a reference to it; None is a schema that says nothing.
            suggestion: What to call it, should it need a name and be no component.
        """
        if schema is None:
            return ANY
        target = self._follow(schema)
        if target is None or not isinstance(target.value, dict):
            return ANY
        if target.path != schema.path or target.document is not schema.document:
            suggestion = _component_name(target) or suggestion
        key = f"{target.document.path}#{target.pointer}"
        if key in self._known:
            return self._known[key]
        if (key, suggestion) in self._shaped:
            return self._shaped[key, suggestion]
        self._looked = self._looked + 1 if self._open else 0
        if key in self._open or len(self._open) > _DEEPEST or self._looked > _MOST_SCHEMAS:
            self._cut += 1
            if not _has_properties(target) or key not in self._open:
                return ANY
            return union((Named(key), NONE)) if _is_nullable(target) else Named(key)
        self._open.add(key)
        cut = self._cut
        try:
            found = self._shape(target, suggestion)
        finally:
            self._open.discard(key)
        named = self._name(key, found, suggestion, target)
        if self._cut == cut or not self._open:  # else it depends on where it is met
            self._shaped[key, suggestion] = named
        return named

    def schema(self, node: Node | None) -> Node | None:
        """The schema that stands at `node` or that its `$ref`s lead to; None where there is none."""
        target = self._follow(node) if node is not None else None
        return target if target is not None and isinstance(target.value, dict) else None

    def content(self, type_: Type) -> Type:
        """The type itself, or what its name stands for."""
        return self.named.get(type_.key, ANY) if isinstance(type_, Named) else type_

    def step_into(self, type_: Type, token: str) -> tuple[Type, bool]:
        """What a JSON Pointer token leads to in a value of `type_`.

        Returns:
            The type found there, and whether every value of `type_` has something there.
        """
        match self.content(type_):
            case Record() as record:
                field = record.field(token)
                if field is not None:
                    return field.type, field.required
                return ANY, False
            case ListType(item) if token.isdecimal():
                return item, False
            case MapType(value):
                return value, False
            case Union(members):
                ways = [self.step_into(member, token) for member in members if member != NONE]
                certain = NONE not in members and all(way[1] for way in ways)
                return union(way[0] for way in ways), certain
            case _:
                return ANY, False

    def walk(self, type_: Type, tokens: Iterable[str]) -> tuple[Type, bool]:
        """What a JSON Pointer leads to; see `step_into`."""
        certain = True
        for token in tokens:
            type_, here = self.step_into(type_, token)
            certain = certain and here
        return type_, certain

    def _name(self, key: str, found: Type, suggestion: str, schema: Node) -> Type:
        nullable = isinstance(found, Union) and NONE in found.members
        content = without_none(found)
        if not isinstance(content, Record | Choice) or not suggestion:
            return found
        self.named[key] = content
        self.suggested[key] = called(suggestion)
        if _component_name(schema) != suggestion:
            self.made_up[key] = suggestion
        description = schema.get("description")
        if description is not None and description.text:
            self.described[key] = description.text
        self._known[key] = union((Named(key), NONE)) if nullable else Named(key)
        return self._known[key]

    def _shape(self, schema: Node, suggestion: str) -> Type:
        found = self._unnullable(schema, suggestion)
        return union((found, NONE)) if _is_nullable(schema) else found

    def _unnullable(self, schema: Node, suggestion: str) -> Type:
        for keyword, read in (("const", _constant), ("enum", _enumeration)):
            stated = schema.get(keyword)
            if stated is not None:
                return read(stated)
        for keyword in ("oneOf", "anyOf"):
            branches = schema.get(keyword)
            shaped = any(schema.get(shape) is not None for shape in _SHAPES)
            if branches is not None and not shaped:
                return union(self._branch(branch, suggestion) for branch in branches.items())
        parts = schema.get("allOf")
        if parts is not None:
            return self._together(schema, parts, suggestion)
        return self._by_type(schema, suggestion)

    def _branch(self, branch: Node, suggestion: str) -> Type:
        """One of several: constants that stand there themselves are choices of the whole."""
        inline = branch.get("const") is not None or branch.get("enum") is not None
        return self.of(branch, "" if inline else suggestion)

    def _by_type(self, schema: Node, suggestion: str) -> Type:
        stated = schema.get("type")
        if stated is None:
            return self._object(schema, suggestion) if _has_properties(schema) else ANY
        names = [stated.text] if stated.text is not None else [item.text for item in stated.items()]
        return union(self._of_type(name or "", schema, suggestion) for name in names)

    def _of_type(self, name: str, schema: Node, suggestion: str) -> Type:
        if name == "object":
            return self._object(schema, suggestion)
        if name == "array":
            return ListType(self.of(schema.get("items"), suggestion and f"{suggestion}{_ONE_OF}"))
        if name == "file" or (name == "string" and _is_binary(schema)):
            return BYTES
        return _SCALARS.get(name, ANY)

    def _object(self, schema: Node, suggestion: str) -> Type:
        properties = schema.get("properties")
        if properties is None or not _has_properties(schema):
            values = schema.get("additionalProperties")
            has_schema = values is not None and isinstance(values.value, dict)
            return MapType(self.of(values, "") if has_schema else ANY)
        required = schema.get("required")
        demanded = {item.text for item in required.items()} if required is not None else set[str]()
        additional = schema.get("additionalProperties")
        return Record(
            tuple(
                Field(
                    name,
                    self.of(member, f"{suggestion} {name}" if suggestion else ""),
                    name in demanded,
                    _description(member),
                )
                for name, member in properties.members()
            ),
            closed=additional is not None and additional.value is False,
        )

    def _together(self, schema: Node, parts: Node, suggestion: str) -> Type:
        """`allOf`: the members of all parts in one record, where all of them are records."""
        found = [self.of(part, suggestion) for part in parts.items()]
        if _has_properties(schema):
            found.append(self._object(schema, suggestion))
        known = [part for part in found if not isinstance(self.content(part), AnyType)]
        demanded = self._demanded(schema, parts)
        if len(known) == 1 and not self._adds(demanded, known[0]):
            return known[0]
        fields: dict[str, Field] = {}
        for part in known:
            record = self.content(part)
            if not isinstance(record, Record):
                return ANY
            for field in record.fields:
                earlier = fields.get(field.name)
                required = (
                    field.required
                    or field.name in demanded
                    or (earlier is not None and earlier.required)
                )
                fields[field.name] = replace(field, required=required)
        return Record(tuple(fields.values())) if fields else ANY

    def _demanded(self, schema: Node, parts: Node) -> set[str | None]:
        """The members that the schema requires, itself or in a part without other members."""
        targets = [schema, *(self._follow(part) for part in parts.items())]
        stated = [target.get("required") for target in targets if target is not None]
        return {
            item.text for required in stated if required is not None for item in required.items()
        }

    def _adds(self, demanded: set[str | None], part: Type) -> bool:
        """Whether a member that `part` leaves open is demanded."""
        record = self.content(part)
        return isinstance(record, Record) and any(
            field.name in demanded and not field.required for field in record.fields
        )


def union(types: Iterable[Type]) -> Type:
    """One type for values of any of `types`: flat, without repetition, `None` last; `Any` swallows all."""
    members: dict[Type, None] = {}
    choices: dict[tuple[type, str | int | bool], None] = {}  # 1 is not true
    for type_ in types:
        if isinstance(type_, AnyType):
            return ANY
        for member in type_.members if isinstance(type_, Union) else (type_,):
            if isinstance(member, Choice):
                choices.update(dict.fromkeys((type(value), value) for value in member.values))
            else:
                members[member] = None
    if choices:
        members[Choice(tuple(value for _, value in choices))] = None
    if INT in members and FLOAT in members:
        del members[INT]
    flat = [member for member in members if member != NONE]
    if NONE in members:
        flat.append(NONE)
    if not flat:
        return ANY
    return flat[0] if len(flat) == 1 else Union(tuple(flat))


def without_none(type_: Type) -> Type:
    """The type without `None`, for values whose absence is noted apart."""
    if isinstance(type_, Union) and NONE in type_.members:
        return union(member for member in type_.members if member != NONE)
    return type_


def _is_binary(schema: Node) -> bool:
    """Whether a string is bytes: by its format, or by its media type where it is not encoded (3.1)."""
    stated, media = schema.get("format"), schema.get("contentMediaType")
    if stated is not None and stated.value == "binary":
        return True
    if media is None or media.text is None or schema.get("contentEncoding") is not None:
        return False
    name = media.text.partition(";")[0].strip().lower()
    return not name.startswith("text/") and not name.endswith(("json", "xml"))


def _constant(stated: Node) -> Type:
    return _literal([stated.value])


def _enumeration(stated: Node) -> Type:
    return _literal([item.value for item in stated.items()])


def _literal(values: list[object]) -> Type:
    literals = tuple(value for value in values if isinstance(value, str | int | bool))
    rest: list[Type] = [NONE] if None in values else []
    if len(literals) + len(rest) < len(values) or not (literals or rest):
        return ANY
    return union([Choice(literals), *rest]) if literals else NONE


def _has_properties(schema: Node) -> bool:
    properties = schema.get("properties")
    return properties is not None and isinstance(properties.value, dict) and bool(properties.value)


def _is_nullable(schema: Node) -> bool:
    """Whether the schema allows null: by `nullable` (OpenAPI 3.0), or as one of its types."""
    nullable, types = schema.get("nullable"), schema.get("type")
    listed = [item.text for item in types.items()] if types is not None else []
    return (nullable is not None and nullable.value is True) or "null" in listed


def _component_name(schema: Node) -> str | None:
    """The last token of `#/components/schemas/Job`, `#/definitions/Job` or `#/$defs/Job`."""
    if len(schema.path) >= 2 and schema.path[-2] in ("schemas", "definitions", "$defs", "inputs"):
        return str(schema.path[-1])
    return None


def called(suggestion: str, others: Container[ClassName] = (), *, plainly: bool = False) -> str:
    """A made-up name: an item of `jobs` is a `job`, and one of `staff` a `staff item`.

    Args:
        suggestion: What it is made of.
        others: Names that others have: where `Job` is one, the item is a `jobs item`.
        plainly: Whether all items are called so.
    """
    *lists, rest = suggestion.split(_ONE_OF)
    name = ""
    for words in lists:
        many = f"{name}{words}"
        one = singular(many)
        is_taken = one == many or plainly or ClassName.of(one) in others
        name = f"{many} item" if is_taken else one
    return f"{name}{rest}"


def _description(schema: Node) -> str | None:
    stated = schema.get("description")
    return stated.text if stated is not None else None
