"""How operations are found in a description."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Findings
from arazzoc.model.openapi_document import OpenApi
from arazzoc.source.workspace import Workspace

from .reading import description, told

PETS = """\
    openapi: 3.2.0
    paths:
      x-note: {get: {operationId: no}}
      /pets:
        parameters: []
        get: {operationId: list}
        post: {operationId: create}
        query: {operationId: search}
        additionalOperations:
          COPY: {operationId: copy}
      /pets/{id}:
        $ref: 'paths.yaml#/pet'
        delete: {operationId: remove}
      /again:
        get: {operationId: list}
        put: 7
"""
PATHS = """\
    pet:
      get: {operationId: read}
      delete: {operationId: hidden}
"""


def test_operations_are_found_by_id_across_references(tmp_path: Path) -> None:
    api, findings = description(tmp_path, PETS, paths=PATHS)
    assert {
        name: [(site.method, site.path) for site in sites]
        for name, sites in api.operation_ids.items()
    } == {
        "list": [("GET", "/pets"), ("GET", "/again")],
        "create": [("POST", "/pets")],
        "search": [("QUERY", "/pets")],
        "copy": [("COPY", "/pets")],
        "read": [("GET", "/pets/{id}")],
        "remove": [("DELETE", "/pets/{id}")],
    }
    read = api.find("read")
    assert read is not None
    assert read.node.span.file == "paths.yaml"
    assert api.find("Read") is None
    assert not findings.sorted()


def test_operations_are_found_by_pointer(tmp_path: Path) -> None:
    api, _ = description(tmp_path, PETS, paths=PATHS)
    ids = [
        site and site.node.value
        for site in (
            api.operation_at(("paths", "/pets", "post")),
            api.operation_at(("paths", "/pets", "additionalOperations", "COPY")),
            api.operation_at(("paths", "/pets/{id}", "get")),
            api.operation_at(("paths", "/pets", "put")),
            api.operation_at(("paths", "/pet", "get")),
            api.operation_at(("components", "get")),
        )
    ]
    assert ids == [
        {"operationId": "create"},
        {"operationId": "copy"},
        {"operationId": "read"},
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "name: pets\n",
            "1:1 AZ601 this is not an OpenAPI description: it has neither `openapi` nor `swagger`",
        ),
        ("openapi: 4.0.0\n", "1:10 AZ601 OpenAPI version `4.0.0` is not known"),
        ("swagger: '1.2'\n", "1:10 AZ601 OpenAPI version `1.2` is not known"),
        (
            "- a\n",
            "1:1 AZ601 this is not an OpenAPI description: it has neither `openapi` nor `swagger`",
        ),
    ],
)
def test_what_is_no_description(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "api.yaml").write_text(text, "utf-8")
    findings = Findings()
    workspace = Workspace(findings, bases=(tmp_path,))
    document = workspace.load(tmp_path / "api.yaml")
    assert document is not None
    assert OpenApi.of(document, workspace, findings) is None
    assert [told(found).partition(" =>")[0] for found in findings.sorted()] == [expected]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("swagger: 2.0\n", "2.0"),
        ("swagger: '2.0'\n", "2.0"),
        ("openapi: 3.0.4-rc1\n", "3.0"),
        ("openapi: 3.1.1\n", "3.1"),
        ("openapi: 3.2.0\n", "3.2"),
    ],
)
def test_versions(tmp_path: Path, text: str, dialect: str) -> None:
    api, _ = description(tmp_path, text)
    assert api.dialect == dialect
    assert api.find("list") is None


def test_a_search_takes_no_more_steps_in_a_large_description(tmp_path: Path) -> None:
    assert _steps_of_a_search(tmp_path, schemas=1000) == _steps_of_a_search(tmp_path, schemas=1)


def _steps_of_a_search(folder: Path, *, schemas: int) -> int:
    """How many functions a search for an operation calls."""
    stated = "".join(f"    s{at}: {{type: object}}\n" for at in range(schemas))
    paths = "".join(f"  /p{at}: {{get: {{operationId: o{at}}}}}\n" for at in range(10))
    api, _ = description(
        folder, f"openapi: 3.0.0\npaths:\n{paths}components:\n  schemas:\n{stated}"
    )
    calls: list[str] = []
    sys.setprofile(lambda _, event, __: calls.append(event) if event == "call" else None)
    try:
        assert api.find("o9") is not None
    finally:
        sys.setprofile(None)
    return len(calls)
