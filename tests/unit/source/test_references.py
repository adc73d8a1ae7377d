"""Where `$ref` leads, and what users are told where it leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Diagnostic, Findings
from arazzoc.source.node import Node
from arazzoc.source.workspace import Workspace
from tests.unit.source.reading import told

SHOP = """\
components:
  schemas:
    Order:
      type: object
      properties:
        id: {type: string}
        /a~b {c}: {type: integer}
    Alias:
      $ref: '#/components/schemas/Order'
    Far:
      $ref: './more.yaml#/Order'
      description: of no account
    Through:
      $ref: '#/components/schemas/Far/properties/id'
    Escaped:
      $ref: '#/components/schemas/Alias/properties/~1a~0b%20%7Bc%7D'
    Item:
      $ref: '#/list/1'
    list: x
    $ref: {type: string}
    Round: {$ref: '#/components/schemas/About'}
    About: {$ref: '#/components/schemas/Round'}
    Self: {$ref: '#/components/schemas/Self/properties'}
    NoMore: {$ref: 'more.yaml#/Nothing'}
    Typo: {$ref: '#/components/schemas/Ordr'}
    Scalar: {$ref: '#/components/schemas/list/x'}
    Long: {$ref: '#/list/2'}
    Anchor: {$ref: '#order'}
    Gone: {$ref: 'mor.yaml#/Order'}
    Remote: {$ref: 'https://a.example/b.yaml#/c'}
    Bad: {$ref: '#/%FF'}
    Whole: {$ref: 'more.yaml'}
list: [a, {b: c}]
"""

MORE = """\
Order:
  $ref: shop.yaml#/components/schemas/Alias
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "shop.yaml").write_text(SHOP)
    (tmp_path / "more.yaml").write_text(MORE)
    return Workspace(Findings(), working_folder=tmp_path, bases=(tmp_path,))


def schema(workspace: Workspace, tmp_path: Path, name: str) -> Node:
    document = workspace.load(tmp_path / "shop.yaml")
    assert document is not None
    node = document.node.at(("components", "schemas", name))
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("name", "file", "pointer"),
    [
        ("Order", "shop.yaml", "/components/schemas/Order"),
        ("Alias", "shop.yaml", "/components/schemas/Order"),
        ("Far", "shop.yaml", "/components/schemas/Order"),
        ("Through", "shop.yaml", "/components/schemas/Order/properties/id"),
        ("Escaped", "shop.yaml", "/components/schemas/Order/properties/~1a~0b {c}"),
        ("Item", "shop.yaml", "/list/1"),
        ("list", "shop.yaml", "/components/schemas/list"),
        ("Whole", "more.yaml", ""),
    ],
)
def test_a_reference_leads_to_its_value(
    workspace: Workspace, tmp_path: Path, name: str, file: str, pointer: str
) -> None:
    found = workspace.resolve(schema(workspace, tmp_path, name))
    assert found is not None
    assert (found.document.name, found.pointer) == (file, pointer)
    assert not workspace.findings.sorted()


def test_a_member_that_is_named_ref_is_no_reference(workspace: Workspace, tmp_path: Path) -> None:
    document = workspace.load(tmp_path / "shop.yaml")
    assert document is not None
    schemas = document.node.at(("components", "schemas"))
    assert schemas is not None
    assert workspace.follow(schemas) is schemas


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "Round",
            (
                "21:19 AZ009 the reference `#/components/schemas/About` leads back to itself"
                " => put what is meant in the place of one of these references"
            ),
        ),
        (
            "Self",
            (
                "23:18 AZ009 the reference `#/components/schemas/Self/properties` leads back to itself"
                " => put what is meant in the place of one of these references"
            ),
        ),
        (
            "NoMore",
            (
                "24:20 AZ008 the reference `more.yaml#/Nothing` leads nowhere:"
                " the document in `more.yaml` has no `Nothing`"
            ),
        ),
        (
            "Typo",
            (
                "25:18 AZ008 the reference `#/components/schemas/Ordr` leads nowhere:"
                " `/components/schemas` has no `Ordr` => did you mean `Order`?"
            ),
        ),
        (
            "Scalar",
            (
                "26:20 AZ008 the reference `#/components/schemas/list/x` leads nowhere:"
                " `/components/schemas/list` has nothing inside it"
            ),
        ),
        (
            "Long",
            "27:18 AZ008 the reference `#/list/2` leads nowhere: `/list` has 2 items and no `2`",
        ),
        (
            "Anchor",
            (
                "28:20 AZ021 `#order` names an anchor, and anchors are not supported"
                " => write the JSON Pointer that leads to it, such as `#/components/schemas/order`"
            ),
        ),
        (
            "Gone",
            (
                "29:18 AZ001 `mor.yaml` does not exist: there is no file `mor.yaml`"
                " => did you mean `more.yaml`?"
            ),
        ),
        (
            "Remote",
            (
                "30:20 AZ006 `https://a.example/b.yaml` is a network address, and nothing is fetched"
                " while compiling => download it and keep it beside this document: name it by a relative"
                " path, or by its `$self`; `--allow-remote` fetches over `https`"
            ),
        ),
        (
            "Bad",
            "31:17 AZ008 the reference `#/%FF` leads nowhere: `/%FF` is not percent-encoded UTF-8",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_reported_where_it_stands(
    workspace: Workspace, tmp_path: Path, name: str, message: str
) -> None:
    node = schema(workspace, tmp_path, name)
    found = workspace.follow(node)
    assert isinstance(found, Diagnostic)
    assert told(found) == message
    assert not workspace.findings.sorted()
    assert workspace.resolve(node) is None
    assert workspace.findings.sorted() == (found,)


def test_a_cycle_shows_its_way(workspace: Workspace, tmp_path: Path) -> None:
    found = workspace.follow(schema(workspace, tmp_path, "Round"))
    assert isinstance(found, Diagnostic)
    assert [(str(each.span), each.message) for each in found.related] == [
        ("shop.yaml:22:19", "through `#/components/schemas/Round`")
    ]


def test_a_long_chain_is_followed(workspace: Workspace, tmp_path: Path) -> None:
    lines = [f"s{each}: {{$ref: '#/s{each + 1}'}}" for each in range(150)]
    (tmp_path / "chain.yaml").write_text("\n".join([*lines, "s150: {end: true}"]))
    document = workspace.load(tmp_path / "chain.yaml")
    assert document is not None
    first = document.node.get("s0")
    assert first is not None
    found = workspace.resolve(first)
    assert found is not None
    assert found.value == {"end": True}


def test_only_what_is_asked_for_is_opened(workspace: Workspace, tmp_path: Path) -> None:
    workspace.resolve(schema(workspace, tmp_path, "Alias"))
    assert [each.name for each in workspace.documents] == ["shop.yaml"]


@pytest.mark.parametrize("token", ["01", "-1", "٣", "9" * 5000, "", "a"])
def test_what_is_no_index_leads_nowhere(workspace: Workspace, tmp_path: Path, token: str) -> None:
    document = workspace.load(tmp_path / "shop.yaml")
    assert document is not None
    assert document.node.at(("list", token)) is None
