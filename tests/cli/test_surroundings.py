"""Real processes where something around them is out of order: files, folders, streams, what was kept."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.permissions import bound_by_permissions
from tests.compiling import JOBS, workflow

_GENERATOR = Path(__file__).resolve().parents[2] / "generator"
_LINT = ("lint", "flows", "--format", "json")
_GENERATE = ("generate", "flows", "-o", "out")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one document, which has a finding."""
    project = tmp_path / "project"
    (project / "flows").mkdir(parents=True)
    (project / "pyproject.toml").write_text("")
    (project / "flows/api.yaml").write_text(JOBS)
    text = workflow("steps: [{stepId: read, operationId: read, x-é: ☃}]")
    (project / "flows/a.arazzo.yaml").write_text(text, "utf-8")
    return project


def _run(
    project: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    bound: bool = False,
    before: str = "",
) -> subprocess.CompletedProcess[str]:
    """Runs `arazzoc` in the project; none of its runs may end in a traceback.

    Args:
        project: The folder.
        arguments: What follows the command.
        environment: Variables besides those of the test.
        bound: Whether file permissions count.
        before: Commands of a shell that come first, in which `"$@"` is the program.
    """
    program = [sys.executable, "-m", "arazzoc", *arguments]
    found = subprocess.run(
        ["/bin/sh", "-c", before, "sh", *program] if before else program,
        cwd=project,
        env={
            **os.environ,
            "PYTHONPATH": str(_GENERATOR),
            "ARAZZOC_CACHE": str(project.parent / "cache"),
            **(environment or {}),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        preexec_fn=bound_by_permissions if bound else None,
        check=False,
    )
    assert "Traceback" not in found.stderr + found.stdout, found.stderr
    return found


def test_a_document_that_may_not_be_read_is_told(project: Path) -> None:
    (project / "flows/a.arazzo.yaml").chmod(0)
    found = _run(project, "lint", "flows", bound=True)
    assert found.returncode == 1
    assert "AZ012" in found.stdout
    assert "`flows/a.arazzo.yaml` cannot be read: permission denied" in found.stdout


@pytest.mark.parametrize("mode", [0o500, 0])
def test_a_cache_that_may_not_be_used_is_as_good_as_none(project: Path, mode: int) -> None:
    sound = _run(project, *_LINT)
    cache = project.parent / "cache"
    for path in [*cache.rglob("*"), cache]:
        path.chmod(mode)
    found = _run(project, *_LINT, bound=True)
    for path in [cache, *sorted(cache.rglob("*"))]:
        path.chmod(0o700)
    assert (found.returncode, found.stdout) == (sound.returncode, sound.stdout)


@pytest.mark.parametrize("seed", range(2))
def test_what_was_kept_counts_only_while_it_is_whole(project: Path, seed: int) -> None:
    sound = _run(project, *_LINT)
    drawn = random.Random(seed)  # noqa: S311 - no secret
    kept = [path for path in (project.parent / "cache").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        data = bytearray(path.read_bytes())
        data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
        path.write_bytes(data if seed else data[: len(data) // 2])
    found = _run(project, *_LINT)
    assert (found.returncode, found.stdout) == (sound.returncode, sound.stdout)


@pytest.mark.parametrize("home", ["", "/dev/null/none"])
def test_no_home_is_no_fault(project: Path, home: str) -> None:
    found = _run(project, *_LINT, environment={"ARAZZOC_CACHE": "", "HOME": home})
    assert found.returncode == _run(project, *_LINT).returncode


@pytest.mark.parametrize("command", [("lint", "flows"), _GENERATE])
def test_a_locale_of_ascii_is_no_fault(project: Path, command: tuple[str, ...]) -> None:
    """A name that is no text in the locale stands in the cache's keys and in messages."""
    (project / "flows/a.arazzo.yaml").rename(project / "flows/ü.arazzo.yaml")
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    found = _run(project, *command, environment=ascii_only)
    assert found.returncode == _run(project, *command).returncode


def test_a_name_that_is_no_text_is_no_fault(project: Path) -> None:
    strange = os.fsdecode(b"\xff.arazzo.yaml")
    (project / "flows/a.arazzo.yaml").rename(project / "flows" / strange)
    for command in (("lint", "flows"), _GENERATE):
        assert _run(project, *command).stderr


@pytest.mark.parametrize("command", [("--help",), ("lint", "--help")])
def test_a_stream_without_room_is_told(project: Path, command: tuple[str, ...]) -> None:
    found = _run(project, *command, before='"$@" > /dev/full')
    assert found.returncode == 1
    assert "No space left on device" in found.stderr


@pytest.mark.parametrize("command", [("explain",), _LINT])
@pytest.mark.parametrize("shell", ['"$@" >&-', '"$@" | head -c 1 > /dev/null', '"$@" <&-'])
def test_streams_may_be_closed(project: Path, command: tuple[str, ...], shell: str) -> None:
    _run(project, *command, before=shell)


def test_a_folder_that_is_gone_is_told(project: Path) -> None:
    found = _run(project, "lint", before='mkdir ../gone; cd ../gone; rmdir ../gone; "$@"')
    assert found.returncode == 1
    assert found.stderr == "Error: the current folder does not exist any more\n"


def test_settings_that_nest_without_end_are_told(project: Path) -> None:
    (project / "arazzoc.toml").write_text("paths = " + "[" * 5000)
    found = _run(project, "lint")
    assert found.returncode == 2
    assert found.stderr.splitlines()[-1] == "Error: arazzoc.toml: it nests too deeply"


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_no_fault(project: Path, ends: str) -> None:
    places = [line for line in _run(project, "lint", "flows").stdout.splitlines() if "-->" in line]
    for path in (project / "flows").iterdir():
        path.write_text(path.read_text("utf-8"), "utf-8", newline=ends)
    found = _run(project, "lint", "flows").stdout
    assert [line for line in found.splitlines() if "-->" in line] == places
