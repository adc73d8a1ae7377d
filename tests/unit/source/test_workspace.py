"""How documents find each other, and what users are told where they don't."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Findings
from arazzoc.source.document import Document
from arazzoc.source.fault import Problem
from arazzoc.source.limits import Limits
from arazzoc.source.location import base_folder
from arazzoc.source.workspace import Workspace
from arazzoc.text import Position, Span
from tests.unit.source.reading import told


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a workflow and two descriptions, and a secret beside it."""
    (tmp_path / "secret.yaml").write_text("password: x\n")
    root = tmp_path / "project"
    for folder in ("flows", "openapi", ".git"):
        (root / folder).mkdir(parents=True)
    (root / "flows/buy.arazzo.yaml").write_text("arazzo: 1.0.1\n")
    (root / "openapi/shop.yaml").write_text("openapi: 3.1.0\n")
    (root / "openapi/my shop.yaml").write_text("openapi: 3.1.0\n")
    return root


@pytest.fixture
def workspace(project: Path) -> Workspace:
    return Workspace(Findings(), working_folder=project)


@pytest.fixture
def entry(workspace: Workspace, project: Path) -> Document:
    document = workspace.load(project / "flows/buy.arazzo.yaml")
    assert document is not None
    return document


AT = Span("flows/buy.arazzo.yaml", Position(3, 10), Position(3, 20))


def found_by(workspace: Workspace) -> list[str]:
    """All findings as `file:line:column code message => hint`."""
    return [f"{each.span.file}:{told(each)}" for each in workspace.findings.sorted()]


@pytest.mark.parametrize(
    "url",
    [
        "../openapi/my%20shop.yaml",
        "../openapi/my shop.yaml",
        "./../flows/../openapi/my%20shop.yaml#/info",
        "../openapi/my%20shop.yaml?version=2",
        "FILE_URI",
    ],
)
def test_addresses_start_from_the_document(
    workspace: Workspace, entry: Document, project: Path, url: str
) -> None:
    target = project / "openapi/my shop.yaml"
    url = url.replace("FILE_URI", target.as_uri())
    assert workspace.resolve_url(entry, url) == target
    opened = workspace.open(entry, url, AT)
    assert opened is not None
    assert opened.name == "openapi/my shop.yaml"
    assert opened is workspace.open(entry, "../openapi/my%20shop.yaml", AT)
    assert found_by(workspace) == []


@pytest.mark.parametrize("url", ["", "#/components", "buy.arazzo.yaml", "./buy.arazzo.yaml#"])
def test_a_document_may_name_itself(workspace: Workspace, entry: Document, url: str) -> None:
    assert workspace.open(entry, url, AT) is entry


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "../openapi/shop.yml",
            (
                "AZ001 `../openapi/shop.yml` does not exist: there is no file `openapi/shop.yml`"
                " => did you mean `../openapi/shop.yaml`?"
            ),
        ),
        (
            "../openapi/shop.openapi.json",
            (
                "AZ001 `../openapi/shop.openapi.json` does not exist: there is no file"
                " `openapi/shop.openapi.json` => did you mean `../openapi/shop.yaml`?"
            ),
        ),
        (
            "../opnapi/shop.yaml",
            (
                "AZ001 `../opnapi/shop.yaml` does not exist: there is no file `opnapi/shop.yaml`"
                " => did you mean the folder `openapi`?"
            ),
        ),
        (
            "x/y/z.yaml",
            (
                "AZ001 `x/y/z.yaml` does not exist: there is no file `flows/x/y/z.yaml`"
                " => the folder of `flows/x/y/z.yaml` does not exist either"
            ),
        ),
        (
            "..\\openapi\\shop.yaml",
            (
                "AZ001 `..\\openapi\\shop.yaml` does not exist: there is no file"
                " `flows/..\\openapi\\shop.yaml` => write `/` between folders, not `\\`"
            ),
        ),
        (
            "https://shop.example/openapi.yaml",
            (
                "AZ006 `https://shop.example/openapi.yaml` is a network address, and nothing is fetched"
                " while compiling => download it and keep it beside this document: name it by a relative"
                " path, or by its `$self`; `--allow-remote` fetches over `https`"
            ),
        ),
        (
            "//shop.example/openapi.yaml",
            (
                "AZ006 `//shop.example/openapi.yaml` is a network address, and nothing is fetched"
                " while compiling => download it and keep it beside this document: name it by a relative"
                " path, or by its `$self`; `--allow-remote` fetches over `https`"
            ),
        ),
        ("../openapi", "AZ012 `openapi` is a folder => name the file in it that is meant"),
        (
            "file:./openapi.yaml",
            "AZ022 `file:./openapi.yaml` names no file => write the relative path alone: `openapi.yaml`",
        ),
        (
            "ftp://shop.example/a.yaml",
            (
                "AZ022 `ftp://shop.example/a.yaml` names no file => documents are read from files:"
                " download it, and name it by a relative path"
            ),
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_reported_where_it_stands(
    workspace: Workspace, entry: Document, url: str, message: str
) -> None:
    assert workspace.open(entry, url, AT) is None
    assert found_by(workspace) == [f"flows/buy.arazzo.yaml:3:10 {message}"]


@pytest.mark.parametrize(
    "url", ["file://host/a.yaml", "file:a.yaml", "a%00.yaml", "a%FF.yaml", "urn:x:y", "http:/[a"]
)
def test_odd_addresses_are_problems_and_no_crash(
    workspace: Workspace, entry: Document, url: str
) -> None:
    assert isinstance(workspace.resolve_url(entry, url), Problem)


@pytest.mark.parametrize(
    "url", ["../../secret.yaml", "%2e%2e/../secret.yaml", "link.yaml", "/etc/passwd", "SECRET_URI"]
)
def test_no_document_leads_out_of_its_project(
    workspace: Workspace, entry: Document, project: Path, url: str
) -> None:
    secret = project.parent / "secret.yaml"
    (project / "flows/link.yaml").symlink_to(secret)
    url = url.replace("SECRET_URI", secret.as_uri())
    assert workspace.open(entry, url, AT) is None
    (message,) = found_by(workspace)
    assert message.startswith(
        f"flows/buy.arazzo.yaml:3:10 AZ007 `{url}` lies outside of the folder"
    )


def test_leading_out_may_be_allowed(project: Path) -> None:
    workspace = Workspace(Findings(), working_folder=project, allow_outside=True)
    document = workspace.load(project / "flows/buy.arazzo.yaml")
    assert document is not None
    assert workspace.open(document, "../../secret.yaml", AT) is not None


def test_a_given_base_folder_replaces_the_project(project: Path) -> None:
    workspace = Workspace(Findings(), bases=(project / "flows",), working_folder=project)
    document = workspace.load(project / "flows/buy.arazzo.yaml")
    assert document is not None
    assert workspace.open(document, "../openapi/shop.yaml", AT) is None


def test_the_base_folder_is_the_project_else_the_parent_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    outside_any = base_folder(Path("/no-such-folder/b/c/entry.yaml"))
    assert outside_any == Path("/no-such-folder/b")
    assert base_folder(Path("/no-such-folder/entry.yaml")) == Path("/no-such-folder")
    (tmp_path / "a/pyproject.toml").touch()
    assert base_folder(tmp_path / "a/b/c/entry.yaml") == tmp_path / "a"


def test_what_the_user_names_may_lie_anywhere_but_must_exist(
    workspace: Workspace, project: Path
) -> None:
    assert workspace.load(project.parent / "secret.yaml") is not None
    assert workspace.load(project / "flows/by.arazzo.yaml") is None
    assert found_by(workspace) == [
        (
            "flows/by.arazzo.yaml:1:1 AZ001 there is no file `flows/by.arazzo.yaml`"
            " => did you mean `buy.arazzo.yaml`?"
        )
    ]


def test_a_fault_in_a_document_is_reported_once_and_there(
    workspace: Workspace, entry: Document, project: Path
) -> None:
    (project / "flows/bad.yaml").write_text("a: 1\nb: @x\n")
    assert workspace.load(project / "flows/bad.yaml") is None
    assert workspace.load(project / "flows/bad.yaml") is None
    assert workspace.open(entry, "bad.yaml", AT) is None
    assert [line.split(" the text")[0] for line in found_by(workspace)] == [
        "flows/bad.yaml:2:4 AZ002",
        (
            "flows/buy.arazzo.yaml:3:10 AZ012 `bad.yaml` cannot be read, because `flows/bad.yaml` has"
            " errors => mend that document first"
        ),
    ]


def test_no_more_than_the_limit_is_read(project: Path) -> None:
    workspace = Workspace(Findings(), working_folder=project, limits=Limits(file_size=10))
    assert workspace.load(project / "flows/buy.arazzo.yaml") is None
    assert found_by(workspace) == [
        (
            "flows/buy.arazzo.yaml:1:1 AZ005 the file has more than 10 bytes, the limit"
            " => take out what no workflow uses"
        )
    ]


def test_documents_lists_what_was_read(workspace: Workspace, entry: Document) -> None:
    shop = workspace.open(entry, "../openapi/shop.yaml", AT)
    assert workspace.documents == (entry, shop)
    assert shop is not None
    assert shop.digest == hashlib.sha256(b"openapi: 3.1.0\n").hexdigest()


def test_a_pipe_is_not_waited_for(workspace: Workspace, entry: Document, project: Path) -> None:
    os.mkfifo(project / "flows/pipe.yaml")
    assert workspace.open(entry, "pipe.yaml", AT) is None
    assert found_by(workspace) == [
        "flows/buy.arazzo.yaml:3:10 AZ012 `flows/pipe.yaml` is no regular file"
    ]
