"""`--allow-outside`: documents name files of other projects only where the command line says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from arazzoc.cli.main import main
from tests.compiling import JOBS

_DOCUMENT = """\
arazzo: 1.0.1
info: {title: Jobs, version: 1.0.0}
sourceDescriptions: [{name: api, url: ../elsewhere/api.yaml, type: openapi}]
workflows:
  - workflowId: read-jobs
    steps: [{stepId: read, operationId: list}]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (elsewhere / "api.yaml").write_text(JOBS)
    (project / "pyproject.toml").write_text("")
    (project / "jobs.arazzo.yaml").write_text(_DOCUMENT)
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return project


@pytest.mark.parametrize("command", [("lint",), ("lint", "--fix"), ("generate", "-o", "out")])
def test_a_file_outside_is_read_where_that_is_allowed(
    project: Path, command: tuple[str, ...]
) -> None:
    arguments = [*command, "jobs.arazzo.yaml"]
    for _ in range(2):  # what an earlier run found is not taken for the other
        refused = CliRunner().invoke(main, arguments)
        assert refused.exit_code == 1
        assert "AZ007" in refused.output
        assert "--allow-outside" in refused.output
        allowed = CliRunner().invoke(main, [*arguments, "--allow-outside"])
        assert allowed.exit_code == 0, allowed.output
    assert (project / "out").exists() == ("out" in command)


def test_a_project_cannot_allow_it_to_itself(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.arazzoc]\nallow-outside = true\n")
    result = CliRunner().invoke(main, ["lint", "jobs.arazzo.yaml"])
    assert result.exit_code == 2
    assert "allow-outside" in result.output
