"""Which documents a user means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
import pytest

from arazzoc.cli.documents import find_document, find_documents, is_arazzo

ARAZZO = "arazzo: 1.0.1\ninfo: {}\n"
OPENAPI = "openapi: 3.1.0\ninfo: {}\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "jobs/cancel.arazzo.yaml": ARAZZO,
        "jobs/submit.yml": ARAZZO,
        "jobs/api.yaml": OPENAPI,
        "jobs/deep/wait.json": '{"info": {"title": "x"}, "arazzo": "1.0.1"}',
        "jobs/deep/package.json": '{"dependencies": {"arazzo": "^1.0.0"}}',
        "jobs/notes.md": "arazzo: 1.0.1",
        ".git/x.arazzo.yaml": ARAZZO,
        "node_modules/x.arazzo.yaml": ARAZZO,
        "empty/readme.txt": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(paths: Iterable[Path]) -> list[str]:
    return [path.as_posix() for path in paths]


ALL = ["jobs/cancel.arazzo.yaml", "jobs/submit.yml", "jobs/deep/wait.json"]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ALL),
        (["."], ALL),
        (["jobs"], ALL),
        (["jobs/"], ALL),
        (["jobs/*"], ALL[:2]),
        (["jobs/*.yml"], ALL[1:2]),
        (["**/*.json"], ALL[2:]),
        (["**"], sorted(ALL)),
        (["jobs/**/*"], sorted(ALL)),
        (["jobs/submit.yml", "jobs"], ["jobs/submit.yml", ALL[0], ALL[2]]),
        (["jobs/submit.yml", "./jobs/submit.yml"], ["jobs/submit.yml"]),
        (["jobs/api.yaml"], ["jobs/api.yaml"]),
    ],
    ids=" ".join,
)
def test_documents_are_found(arguments: list[str], expected: list[str]) -> None:
    assert names(find_documents(arguments)) == expected


def test_absolute_globs(tree: Path) -> None:
    found = find_documents([str(tree / "jobs" / "*.yaml")])
    assert names(found) == [(tree / "jobs/cancel.arazzo.yaml").as_posix()]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tree: Path) -> None:
    (tree / "a[1].yaml").write_text(OPENAPI)
    assert names(find_documents(["a[1].yaml"])) == ["a[1].yaml"]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("jobs/cancle.arazzo.yaml", "Did you mean 'jobs/cancel.arazzo.yaml'?"),
        ("job/cancel.arazzo.yaml", "Did you mean 'jobs'?"),
        ("nothing-like-it", "There is no file or folder 'nothing-like-it'."),
        ("jobs/*.toml", "Nothing matches 'jobs/*.toml'."),
        ("jobs/**.yaml", "'jobs/**.yaml' is not a glob: "),
        ("empty", "No Arazzo document in 'empty'."),
    ],
)
def test_what_cannot_be_found_is_told(argument: str, message: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        find_documents([argument])
    assert message in caught.value.message


@pytest.mark.usefixtures("tree")
def test_a_command_for_one_document_lists_the_choice() -> None:
    with pytest.raises(click.UsageError) as caught:
        find_document("jobs")
    assert "holds 3 documents, choose one:\n  jobs/cancel.arazzo.yaml\n" in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", "# a comment\n---\narazzo: 1.0.1\n", True),
        ("a.yaml", "'arazzo': 1.0.1\n", True),
        ("a.yaml", "\ufeffarazzo: 1.0.1\n", True),
        ("a.yaml", "info: {}\narazzo:\n", True),
        ("a.yaml", "x:\n  arazzo: 1.0.1\n", False),
        ("a.yaml", "arazzo:x\n", False),
        ("a.yaml", '{"arazzo": "1.0.1"}', True),
        ("a.json", ' {"a": [{"arazzo": 1}], "b": "\\"arazzo\\": {"}', False),
        ("a.json", '{"a": ["]", {}], "arazzo" : "1.0.1"', True),
        ("a.txt", "arazzo: 1.0.1\n", False),
        ("a.arazzo.json", "not even JSON", True),
    ],
)
def test_a_document_is_told_by_its_name_or_its_first_lines(
    tmp_path: Path, name: str, text: str, *, expected: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert is_arazzo(path) is expected
