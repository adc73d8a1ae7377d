"""Payloads against the schemas of bodies, and arguments against the inputs of workflows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.called import called
from tests.mutations.kinds.operations import Schema, retyped
from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Place, Subject, misspelt


def members(subject: Subject) -> Iterator[tuple[Place, Schema, Schema]]:
    """The members of payloads, with their schema and that of the object that they are in."""
    for step in subject.places("workflows/*/steps/*"):
        operation, payload = called(subject, step), step.get("requestBody", "payload")
        if operation is not None and operation.body is not None and payload is not None:
            yield from _members(payload, operation.body)


def _members(value: Place, schema: Schema) -> Iterator[tuple[Place, Schema, Schema]]:
    for child in value.children():
        if child.key is None:
            yield from _members(child, schema.get("items", {}))
            continue
        own = schema.get("properties", {}).get(child.name)
        if own is not None:
            yield child, own, schema
            yield from _members(child, own)


def literals(subject: Subject) -> Iterator[tuple[Place, Schema]]:
    for member, schema, _ in members(subject):
        if member.scalar and "$" not in member.scalar and not _is_replaced(subject, member):
            yield member, schema


def _is_replaced(subject: Subject, member: Place) -> bool:
    """Whether a replacement puts something else there."""
    pointer = _pointer(member)
    return any(target.scalar == pointer for target in _targets(subject, member))


def _targets_below(subject: Subject, member: Place) -> Iterator[Place]:
    """The targets of replacements of a part of a member."""
    below = f"{_pointer(member)}/"
    return (each for each in _targets(subject, member) if each.scalar.startswith(below))


def _targets(subject: Subject, member: Place) -> Iterator[Place]:
    step = subject.step(member)
    for each in step.members("requestBody", "replacements") if step else ():
        target = each.get("target")
        assert target is not None
        yield target


def _pointer(member: Place) -> str:
    return "".join(f"/{token}" for token in member.route[6:])


def _is_json(subject: Subject, member: Place) -> bool:
    """Whether the body is JSON, as it is where nothing else is stated: in a form every value is text."""
    step = subject.step(member)
    stated = step.value_of("requestBody", "contentType") if step is not None else ""
    return not stated or stated.endswith("json")


@kind("a required member left out of a body", "AZ324")
def no_member(subject: Subject) -> Iterator[Mutant]:
    for member, _, owner in members(subject):
        if member.name not in owner.get("required", ()) or _is_replaced(subject, member):
            continue  # a replacement fills it
        assert member.parent is not None
        line = member.parent.key_line if member.parent.key else member.parent.line
        targets = list(_targets_below(subject, member))
        yield fault(
            (member.removed(),),
            *((target.line for target in targets) if targets else (line,)),
            codes=frozenset({"AZ322"}) if targets else None,
        )


@kind("a member of a body misspelt", "AZ325", "AZ326", "AZ324")
def misspelt_member(subject: Subject) -> Iterator[Mutant]:
    for member, _, _ in members(subject):
        targets = list(_targets_below(subject, member))
        yield fault(
            (member.renamed(misspelt(member.name)),),
            *((target.line for target in targets) if targets else (member.key_line,)),
            codes=frozenset({"AZ322"}) if targets else None,
        )


@kind("a member of a body in another notation", "AZ325", "AZ326", "AZ324")
def other_notation(subject: Subject) -> Iterator[Mutant]:
    for member, _, _ in members(subject):
        first, *rest = member.name.split("_")
        if rest:
            camel = first + "".join(each.capitalize() for each in rest)
            yield fault((member.renamed(camel),), member.key_line)


@kind("a member that a closed body does not have", "AZ325")
def unknown_member(subject: Subject) -> Iterator[Mutant]:
    for member, _, owner in members(subject):
        if owner.get("additionalProperties") is False:
            yield fault((member.followed("colour: red"),), member.last_line + 1)


@kind("text for a number in a body", "AZ327")
def text_for_number(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if schema.get("type") in ("integer", "number"):
            yield fault((member.replaced("many"),), member.line)


@kind("a number in quotes in a body", "AZ327")
def number_in_quotes(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if schema.get("type") in ("integer", "number") and _is_json(subject, member):
            yield fault((member.replaced(f"'{member.scalar}'"),), member.line)


@kind("`yes` for a truth value in a body", "AZ327")
def yes_for_true(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if schema.get("type") == "boolean":
            yield fault((member.replaced("yes"),), member.line)


@kind("a number for text in a body", "AZ327")
def number_for_text(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if schema.get("type") == "string":
            yield fault((member.replaced("12345"),), member.line)


@kind("a literal in a body that its enum does not have", "AZ327")
def misspelt_literal(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if "enum" in schema:
            yield fault((member.replaced(misspelt(member.scalar)),), member.line)


@kind("a number that the body's schema rules out", "AZ327")
def number_out_of_range(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if "minimum" in schema:
            yield fault((member.replaced(str(schema["minimum"] - 1)),), member.line)


@kind("an object in a body where a list belongs", "AZ327", "AZ322")
def object_for_list(subject: Subject) -> Iterator[Mutant]:
    for member, schema, _ in members(subject):
        items = list(member.children())
        if schema.get("type") == "array" and len(items) == 1 and items[0].key is None:
            at = items[0].start - 2
            dash = subject.text[at : items[0].start]
            if dash == "- ":
                lines = [target.line for target in _targets(subject, member)]
                yield fault((Edit(at, at + 2, "  "),), member.key_line, *lines)


@kind(
    "an input of another type than the member that it fills",
    "AZ328",
    also=("AZ312", "AZ330", "AZ331"),
)
def other_type(subject: Subject) -> Iterator[Mutant]:
    for member, schema, _ in members(subject):
        yield from retyped(subject, member, schema)


@kind("a replacement that leads nowhere", "AZ322")
def wrong_target(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"/(\w+)", "**/replacements/*/target"):
        if not token.text.isdigit() and token.start - 1 == token.place.start:
            yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("an argument of a workflow misspelt", "AZ412", "AZ413")
def misspelt_argument(subject: Subject) -> Iterator[Mutant]:
    for name in _arguments(subject, "name"):
        yield fault((name.replaced(misspelt(name.scalar)),), name.line)


@kind("a required argument of a workflow left out", "AZ413")
def no_argument(subject: Subject) -> Iterator[Mutant]:
    for name in _arguments(subject, "name"):
        step = subject.step(name)
        assert step is not None
        assert name.parent is not None
        call = step.get("workflowId")
        assert call is not None
        yield fault((name.parent.removed(),), call.line)


@kind("an argument of a workflow of the wrong type", "AZ330")
def wrong_argument(subject: Subject) -> Iterator[Mutant]:
    for value in _arguments(subject, "value"):
        if not value.scalar.startswith("$"):
            yield fault((value.replaced("[1, 2]"),), value.line)


def _arguments(subject: Subject, field: str) -> Iterator[Place]:
    for step in subject.places("workflows/*/steps/*"):
        if step.get("workflowId") is not None:
            for parameter in step.members("parameters"):
                found = parameter.get(field)
                assert found is not None
                yield found


@kind("a type in the schema of an input that does not exist", "AZ124")
def wrong_type(subject: Subject) -> Iterator[Mutant]:
    other = {
        "string": "str",
        "integer": "int",
        "boolean": "bool",
        "array": "list",
        "object": "dict",
    }
    for place in subject.places("workflows/*/inputs/properties/*/type"):
        yield fault((place.replaced(other[place.scalar]),), place.line)


@kind("a default that the input's schema rules out", "AZ331")
def wrong_default(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/inputs/properties/*/type"):
        if place.parent is not None and place.parent.get("default") is None:
            line = place.line + (not place.flow)
            wrong = "[]" if place.scalar != "array" else "none"
            yield fault((place.followed(f"default: {wrong}"),), line)
