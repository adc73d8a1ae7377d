"""JSON Schema as Python types; `tests/fixtures/schema` shows schemas, annotations and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Findings
from arazzoc.names import Scope
from arazzoc.render.annotations import Annotations, TypeView
from arazzoc.render.imports import Imports
from arazzoc.render.literals import literal
from arazzoc.source.node import Node
from arazzoc.source.workspace import Workspace
from arazzoc.types.model import ANY, INT, STR, Choice, MapType, Union
from arazzoc.types.schema import SchemaTypes, union

FIXTURES = Path(__file__).parents[2] / "fixtures" / "schema"


def _blocks() -> Iterator[tuple[str, str]]:
    for path in sorted(FIXTURES.glob("*.txt")):
        plain = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        for block in re.split(r"\n\n+", plain.strip()):
            schemas, _, expected = block.strip().partition("\n=> ")
            yield schemas, expected.strip()


BLOCKS = list(_blocks())


def schemas(text: str, folder: Path) -> tuple[Node, SchemaTypes]:
    """The schema `it`, and the types of its document."""
    path = folder / "api.yaml"
    members = "".join(f"    {line}\n" for line in text.splitlines())
    path.write_text(f"components:\n  schemas:\n{members}", "utf-8")
    workspace = Workspace(Findings())
    document = workspace.load(path)
    assert document is not None

    def follow(node: Node) -> Node | None:
        if not isinstance(node.value, dict) or "$ref" not in node.value:
            return node
        found = workspace.follow(node)
        return found if isinstance(found, Node) else None

    found = document.node.at(["components", "schemas", "it"])
    assert found is not None
    return found, SchemaTypes(follow)


def drawn(view: TypeView) -> str:
    """A definition on one line."""
    if view.template == "type_alias":
        return f"{view.name} = {view.annotation}"
    if view.template == "typed_dict":
        return (
            f"{view.name} {{{'; '.join(f'{each.key}: {each.annotation}' for each in view.fields)}}}"
        )
    fields = "; ".join(f"{literal(each.key)}: {each.annotation}" for each in view.fields)
    return f"{view.name} ({fields})"


@pytest.mark.parametrize(("stated", "expected"), BLOCKS, ids=[stated for stated, _ in BLOCKS])
def test_schemas_become_types(stated: str, expected: str, tmp_path: Path) -> None:
    schema, types = schemas(stated, tmp_path)
    annotations = Annotations(types, Scope(), Imports())
    text = annotations.of(types.of(schema, "it"), "received")
    assert "\n".join([text, *map(drawn, annotations.definitions())]) == expected


@pytest.mark.parametrize(
    ("stated", "given"),
    [
        ("it: {type: array, items: {type: string}}", "Sequence[str]"),
        ("it: {type: object, additionalProperties: {type: array}}", "Mapping[str, Sequence[Any]]"),
        ("it: {type: string, nullable: true}", "str | None"),
        ("it: {type: string, format: binary}", "bytes"),
    ],
)
def test_arguments_take_any_sequence_and_mapping(stated: str, given: str, tmp_path: Path) -> None:
    schema, types = schemas(stated, tmp_path)
    assert Annotations(types, Scope(), Imports()).of(types.of(schema, "it"), "given") == given


def test_an_object_that_is_given_and_received_has_two_types(tmp_path: Path) -> None:
    schema, types = schemas(
        "it: {type: object, required: [tags], properties: {tags: {type: array, items: {type: string}}}}",
        tmp_path,
    )
    annotations = Annotations(types, Scope(), Imports())
    type_ = types.of(schema, "it")
    names = [annotations.of(type_, "given"), annotations.of(type_, "received")]
    assert names == ["It", "ItOutput"]
    assert list(map(drawn, annotations.definitions())) == [
        "It {tags: Sequence[str]}",
        "ItOutput {tags: list[str]}",
    ]


@pytest.mark.parametrize(
    ("pointer", "annotation", "certain"),
    [
        (["id"], "str", True),
        (["note"], "str", False),
        (["owner", "name"], "str", True),
        (["tags", "0"], "str", False),
        (["tags", "first"], "Any", False),
        (["maybe", "name"], "str", False),
        (["more", "x"], "int", False),
        (["elsewhere"], "Any", False),
        (["either", "a"], "int | str", True),
        (["either", "b"], "Any", False),
    ],
)
def test_pointers_lead_to_types(
    pointer: list[str], annotation: str, certain: bool, tmp_path: Path
) -> None:
    schema, types = schemas(
        """it:
  type: object
  required: [id, owner, tags, maybe, more, either]
  properties:
    id: {type: string}
    note: {type: string}
    owner: {type: object, required: [name], properties: {name: {type: string}}}
    tags: {type: array, items: {type: string}}
    maybe: {type: object, nullable: true, required: [name], properties: {name: {type: string}}}
    more: {type: object, additionalProperties: {type: integer}}
    either:
      oneOf:
        - {type: object, required: [a], properties: {a: {type: integer}, b: {type: string}}}
        - {type: object, required: [a], properties: {a: {type: string}}}""",
        tmp_path,
    )
    found, surely = types.walk(types.of(schema, "it"), pointer)
    assert Annotations(types, Scope(), Imports()).of(found, "received") == annotation
    assert surely is certain


def test_a_union_is_flat_and_without_repetition() -> None:
    nested = Union((STR, Choice(("a",))))
    assert union([nested, INT, STR, Choice(("b", "a"))]) == Union((STR, INT, Choice(("a", "b"))))
    assert union([MapType(STR)]) == MapType(STR)


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "allOf"])
def test_the_ways_through_shared_schemas_are_not_gone_one_by_one(
    keyword: str, tmp_path: Path
) -> None:
    """There are as many as the 80th number of Fibonacci."""
    names = ["it", *(f"s{number}" for number in range(1, 80)), "leaf", "leaf"]
    lines = ["leaf: {type: object}"]
    for name, *inner in zip(names[:-2], names[1:], names[2:], strict=False):
        parts = ", ".join(f"{{$ref: '#/components/schemas/{each}'}}" for each in inner)
        lines.append(f"{name}: {{{keyword}: [{parts}]}}")
    node, types = schemas("\n".join(lines), tmp_path)
    assert types.of(node, "it") in (MapType(ANY), ANY)


@pytest.mark.parametrize("keyword", ["oneOf", "allOf"])
def test_shared_schemas_that_lead_back_come_to_an_end(keyword: str, tmp_path: Path) -> None:
    lines: list[str] = []
    for number in range(60):
        name = f"s{number}" if number else "it"
        others = [(number + 1) % 60 or 1, (number * 7 + 3) % 60 or 1]
        parts = ", ".join(f"{{$ref: '#/components/schemas/s{each}'}}" for each in others)
        lines.append(f"{name}: {{{keyword}: [{{type: array, items: {{{keyword}: [{parts}]}}}}]}}")
    node, types = schemas("\n".join(lines), tmp_path)
    assert types.of(node, "it") is not None
