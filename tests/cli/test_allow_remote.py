"""`--allow-remote` and `arazzoc.lock`: what is fetched, what is pinned, and that nothing is fetched unasked."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from arazzoc.cli.main import main
from arazzoc.source.network import network
from arazzoc.source.network.network import NotFetchedError
from tests.compiling import JOBS

_API = "https://docs.example/v1/api.yaml"
_SHARED = "https://docs.example/v1/shared.yaml"
_DOCUMENT = f"""\
arazzo: 1.0.1
info: {{title: Jobs, version: 1.0.0}}
sourceDescriptions: [{{name: api, url: {_API}, type: openapi}}]
workflows:
  - workflowId: read-jobs
    steps: [{{stepId: read, operationId: list}}]
"""


class Web:
    """What is at addresses, and which of them were fetched."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {_API: JOBS}
        self.fetched: list[str] = []

    def fetch(self, url: str) -> bytes:
        self.fetched.append(url)
        if url not in self.pages:
            raise NotFetchedError("the server answers with status 404")
        return self.pages[url].encode()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    web = Web()
    monkeypatch.setattr(network, "fetched", web.fetch)
    return web


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text("")
    (project / "jobs.arazzo.yaml").write_text(_DOCUMENT)
    monkeypatch.chdir(project)
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path / "cache"))
    return project


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def _lint(*more: str) -> Result:
    return _run("lint", "jobs.arazzo.yaml", "--allow-remote", *more)


@pytest.mark.parametrize(
    "command", [("lint",), ("lint", "--fix"), ("generate", "-o", "out"), ("graph",), ("run",)]
)
def test_nothing_is_fetched_unless_it_is_asked_for(
    project: Path, web: Web, command: tuple[str, ...]
) -> None:
    for _ in range(2):  # what an earlier run found is not taken for the other
        refused = _run(*command, "jobs.arazzo.yaml")
        assert refused.exit_code == 1
        assert "AZ006" in refused.output
        assert "--allow-remote" in refused.output
        assert not web.fetched
        allowed = _run(*command, "jobs.arazzo.yaml", "--allow-remote")
        assert "AZ0" not in allowed.output
        assert web.fetched == [_API]
        web.fetched.clear()
    assert (project / "out").exists() == ("out" in command)


def test_a_project_cannot_allow_it_to_itself(project: Path, web: Web) -> None:
    for name in ("allow-remote", "update-lock"):
        (project / "pyproject.toml").write_text(f"[tool.arazzoc]\n{name} = true\n")
        result = _run("lint", "jobs.arazzo.yaml")
        assert result.exit_code == 2
        assert name in result.output
    assert not web.fetched


def test_a_lock_alone_allows_nothing(project: Path, web: Web) -> None:
    assert _lint("--update-lock").exit_code == 0
    web.fetched.clear()
    assert "AZ006" in _run("lint", "jobs.arazzo.yaml").output
    assert not web.fetched


def test_http_without_tls_is_not_fetched(project: Path, web: Web) -> None:
    path = project / "jobs.arazzo.yaml"
    path.write_text(_DOCUMENT.replace("https:", "http:"))
    assert "AZ006" in _lint().output
    assert not web.fetched


def test_references_of_a_fetched_document_start_from_its_address(project: Path, web: Web) -> None:
    web.pages[_API] = JOBS.replace("#/components/responses/Job'", "shared.yaml#/job'")
    web.pages[_SHARED] = "job: {$ref: '/v2/x.yaml#/a~1b'}\n"
    web.pages["https://docs.example/v2/x.yaml"] = "a/b: {description: A job.}\n"
    (project / "jobs.arazzo.yaml").write_text(_DOCUMENT.replace("list", "submit"))
    result = _lint()
    assert "AZ0" not in result.output
    assert web.fetched == [_API, _SHARED, "https://docs.example/v2/x.yaml"]


def test_findings_name_the_address(project: Path, web: Web) -> None:
    web.pages[_API] = "openapi: 3.1.0\ninfo: {title: [}\n"
    result = _lint()
    assert f"{_API}:2:" in result.output
    sarif = json.loads(_lint("--format", "sarif").stdout)
    places = [
        place["physicalLocation"]["artifactLocation"]
        for found in sarif["runs"][0]["results"]
        for place in found["locations"]
    ]
    assert {"uri": _API} in places


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://docs.example/x.yaml", "ftp://docs.example/x.yaml", "http://["],
)
def test_a_fetched_document_names_no_files(project: Path, web: Web, address: str) -> None:
    (project / "local.yaml").write_text("job: {description: A job.}\n")
    web.pages[_API] = JOBS.replace("#/components/responses/Job'", f"{address}#/job'")
    (project / "jobs.arazzo.yaml").write_text(_DOCUMENT.replace("list", "submit"))
    result = _lint()
    assert f"`{address}` is named by a document of the network and leads to no" in result.output
    assert web.fetched == [_API]


def test_a_fetched_document_does_not_move_itself_to_this_machine(project: Path, web: Web) -> None:
    (project / "local.yaml").write_text("job: {description: A job.}\n")
    moved = JOBS.replace("openapi: 3.1.0", f"openapi: 3.2.0\n$self: {project.as_uri()}/api.yaml")
    web.pages[_API] = moved.replace("#/components/responses/Job'", "local.yaml#/job'")
    (project / "jobs.arazzo.yaml").write_text(_DOCUMENT.replace("list", "submit"))
    result = _lint()
    assert "`local.yaml` is named by a document of the network and leads to no" in result.output


def test_what_cannot_be_fetched_is_told_where_it_is_named(project: Path, web: Web) -> None:
    web.pages.clear()
    result = _lint()
    assert "jobs.arazzo.yaml:3:" in result.output
    assert "AZ024" in result.output
    assert "the server answers with status 404" in result.output
    web.pages[_API] = JOBS
    assert _lint().exit_code == 0  # the fault was not kept


def test_what_changes_changes_what_is_found(project: Path, web: Web) -> None:
    """Outcomes that are kept depend on what is fetched."""
    assert _lint().exit_code == 0
    web.pages[_API] = JOBS.replace("operationId: list", "operationId: enumerate")
    assert "AZ301" in _lint().output
    web.pages[_API] = JOBS
    assert _lint().exit_code == 0
    assert web.fetched == [_API] * 3


@pytest.mark.usefixtures("project", "web")
class TestLock:
    """What `arazzoc.lock` pins."""

    def test_it_holds_addresses_and_digests(self, project: Path) -> None:
        result = _lint("--update-lock")
        assert "'arazzoc.lock' written" in result.stderr
        digest = sha256(JOBS.encode()).hexdigest()
        assert json.loads((project / "arazzoc.lock").read_text()) == {
            "version": 1,
            "documents": {_API: f"sha256:{digest}"},
        }
        assert "'arazzoc.lock' unchanged" in _lint("--update-lock").stderr

    @pytest.mark.parametrize("cached", [True, False])
    def test_what_has_changed_is_an_error(self, project: Path, web: Web, cached: bool) -> None:
        _lint("--update-lock", *(() if cached else ("--no-cache",)))
        before = (project / "arazzoc.lock").read_bytes()
        web.pages[_API] = JOBS.replace("Jobs", "Work")
        result = _lint("--no-cache")
        assert result.exit_code == 1
        assert "AZ025" in result.output
        assert "--update-lock" in result.output
        assert (project / "arazzoc.lock").read_bytes() == before
        assert _lint("--update-lock").exit_code == 0
        assert _lint("--no-cache").exit_code == 0

    def test_a_locked_build_works_without_the_network(self, web: Web) -> None:
        _lint("--update-lock")
        web.pages.clear()
        web.fetched.clear()
        assert _lint().exit_code == 0
        for _ in range(2):
            made = _run("generate", "jobs.arazzo.yaml", "-o", "out", "--allow-remote")
            assert made.exit_code == 0
        assert _run("graph", "jobs.arazzo.yaml", "--allow-remote").exit_code == 0
        assert not web.fetched

    def test_what_is_locked_is_fetched_once(self, web: Web) -> None:
        """On another machine, where nothing has been fetched yet."""
        _lint("--update-lock", "--no-cache")
        web.fetched.clear()
        for _ in range(3):
            assert _lint().exit_code == 0
        assert web.fetched == [_API]

    def test_a_document_that_is_not_locked_is_an_error(self, project: Path, web: Web) -> None:
        _lint("--update-lock")
        other = "https://docs.example/other.yaml"
        web.pages[other] = JOBS
        (project / "jobs.arazzo.yaml").write_text(_DOCUMENT.replace(_API, other))
        web.fetched.clear()
        result = _lint()
        assert f"`{other}` is not in `arazzoc.lock`" in result.output
        assert not web.fetched

    def test_what_other_documents_use_stays_locked(self, project: Path, web: Web) -> None:
        _lint("--update-lock")
        other = "https://docs.example/other.yaml"
        web.pages[other] = JOBS
        (project / "more.arazzo.yaml").write_text(_DOCUMENT.replace(_API, other))
        _run("lint", "more.arazzo.yaml", "--allow-remote", "--update-lock")
        assert {*json.loads((project / "arazzoc.lock").read_text())["documents"]} == {_API, other}
        assert _lint().exit_code == 0

    def test_nothing_is_locked_where_something_cannot_be_fetched(
        self, project: Path, web: Web
    ) -> None:
        web.pages.clear()
        assert _lint("--update-lock").exit_code == 1
        assert not (project / "arazzoc.lock").exists()

    @pytest.mark.parametrize(
        "text",
        [
            *("", "[]", "{}", "[" * 100_000, '{"version": 2, "documents": {}}'),
            '{"version": 1, "documents": {"a": 1}}',
            '{"version": 1, "documents": {"a": "sha256:12"}}',
        ],
    )
    def test_a_broken_lock_locks_everything(self, project: Path, web: Web, text: str) -> None:
        (project / "arazzoc.lock").write_text(text)
        result = _lint()
        assert "AZ025" in result.output
        assert not web.fetched
        assert _lint("--update-lock").exit_code == 0
        assert _lint().exit_code == 0

    def test_what_is_kept_is_not_trusted(self, web: Web, tmp_path: Path) -> None:
        _lint("--update-lock")
        (kept,) = (tmp_path / "cache" / "remote").iterdir()
        kept.write_text(json.dumps("openapi: 3.1.0"))
        for entry in (tmp_path / "cache" / "outcomes").iterdir():
            entry.unlink()
        web.fetched.clear()
        assert _lint().exit_code == 0
        assert web.fetched == [_API]

    def test_it_is_asked_for_with_fetching(self) -> None:
        result = _run("lint", "jobs.arazzo.yaml", "--update-lock")
        assert result.exit_code == 2
        assert "--allow-remote" in result.output


def test_what_a_stranger_names_is_bounded(project: Path, web: Web) -> None:
    names = [f"https://docs.example/{number}.yaml" for number in range(300)]
    web.pages.update((name, JOBS) for name in names)
    listed = ", ".join(
        f"{{name: a{number}, url: '{name}', type: openapi}}" for number, name in enumerate(names)
    )
    (project / "jobs.arazzo.yaml").write_text(
        _DOCUMENT.replace("[{name: api", f"[{listed}, {{name: api")
    )
    result = _lint()
    assert "100 documents were fetched, the limit" in result.output
    assert len(web.fetched) == 100
