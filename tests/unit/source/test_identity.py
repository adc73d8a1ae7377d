"""Addresses by `$self`: of Arazzo 1.1 and OpenAPI 3.2, absolute and relative."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Findings
from arazzoc.source.fault import Problem
from arazzoc.source.identity import base_address
from arazzoc.source.workspace import Workspace

ADDRESS = "https://example.com/flows/shop.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(Findings(), working_folder=tmp_path, bases=(tmp_path,))


def leads_to(workspace: Workspace, entry: Path, url: str) -> Path | Problem:
    document = workspace.load(entry)
    assert document is not None
    return workspace.resolve_url(document, url)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"arazzo: 1.1.0\n$self: {ADDRESS}\n", ADDRESS),
        (f"openapi: 3.2.0\n$self: '{ADDRESS}#top'\n", ADDRESS),
        (f"arazzo: 1.0.1\n$self: {ADDRESS}\n", None),
        (f"openapi: 3.1.0\n$self: {ADDRESS}\n", None),
        (f"$self: {ADDRESS}\n", None),
        ("arazzo: 1.1.0\n$self: 5\n", None),
        ("arazzo: 1.1.0\n$self: 'http://['\n", None),
        ("arazzo: 1.1.0\n$self: ../flows/shop.yaml\n", "FOLDER/flows/shop.yaml"),
    ],
)
def test_what_a_document_says_of_its_address(
    workspace: Workspace, tmp_path: Path, text: str, expected: str | None
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/any.yaml").write_text(text)
    document = workspace.load(tmp_path / "cache/any.yaml")
    assert document is not None
    wanted = expected and expected.replace("FOLDER", tmp_path.as_uri())
    assert base_address(document) == wanted


@pytest.mark.parametrize(
    "text",
    [
        f"arazzo: 1.1.0\n$self: {ADDRESS}\n",
        f'{{"arazzo": "1.1.0", "$self": "{ADDRESS}"}}',
        f"arazzo: 1.1.0\n'$self' : \"{ADDRESS}\" # here\n",
    ],
)
def test_a_document_is_found_however_it_is_written(
    workspace: Workspace, tmp_path: Path, text: str
) -> None:
    (tmp_path / "entry.yaml").write_text("arazzo: 1.0.1\n")
    (tmp_path / "z.yaml").write_text(text)
    assert leads_to(workspace, tmp_path / "entry.yaml", f"{ADDRESS}#/info") == tmp_path / "z.yaml"


def test_what_only_looks_like_it_is_not_taken(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "entry.yaml").write_text("arazzo: 1.0.1\n")
    (tmp_path / "inner.yaml").write_text(f"arazzo: 1.1.0\nx-a:\n  $self: {ADDRESS}\n")
    (tmp_path / "notes.txt").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\n")
    os.mkfifo(tmp_path / "pipe.yaml")
    found = leads_to(workspace, tmp_path / "entry.yaml", ADDRESS)
    assert isinstance(found, Problem)
    assert found.rule.code == "AZ006"


def test_a_relative_self_is_where_references_start(workspace: Workspace, tmp_path: Path) -> None:
    for folder in ("cache", "flows"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "api.yaml").write_text("openapi: 3.1.0\n")
    (tmp_path / "cache/entry.yaml").write_text("arazzo: 1.1.0\n$self: ../flows/entry.yaml\n")
    found = leads_to(workspace, tmp_path / "cache/entry.yaml", "api.yaml")
    assert found == tmp_path / "flows/api.yaml"


def test_a_document_that_names_its_own_self_is_meant(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "entry.yaml").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\n")
    found = leads_to(workspace, tmp_path / "entry.yaml", "shop.yaml#/info")
    assert found == tmp_path / "entry.yaml"


def test_a_link_that_leads_out_of_the_base_is_not_followed(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret.yaml").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / "entry.yaml").write_text("arazzo: 1.0.1\n")
    (project / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    workspace = Workspace(Findings(), working_folder=project, bases=(project,))
    assert isinstance(leads_to(workspace, project / "entry.yaml", ADDRESS), Problem)


def test_an_address_that_is_none_stays_a_finding(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "entry.yaml").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\n")
    found = leads_to(workspace, tmp_path / "entry.yaml", "http://[/x")
    assert isinstance(found, Problem)


def test_a_document_that_cannot_be_read_is_the_one_that_it_seems_to_be(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "entry.yaml").write_text("arazzo: 1.0.1\n")
    (tmp_path / "broken.yaml").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\ninfo: {{\n")
    assert leads_to(workspace, tmp_path / "entry.yaml", ADDRESS) == tmp_path / "broken.yaml"
    assert [found.rule.code for found in workspace.findings.sorted()] == ["AZ002"]


def test_a_document_that_can_be_read_goes_before_one_that_cannot(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "entry.yaml").write_text("arazzo: 1.0.1\n")
    (tmp_path / "broken.yaml").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\ninfo: {{\n")
    (tmp_path / "whole.yaml").write_text(f"arazzo: 1.1.0\n$self: {ADDRESS}\n")
    assert leads_to(workspace, tmp_path / "entry.yaml", ADDRESS) == tmp_path / "whole.yaml"
