"""Real processes that are stopped, that find no room or may not write, and that run at the same time."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.permissions import bound_by_permissions
from tests.compiling import JOBS, workflow

_GENERATOR = Path(__file__).resolve().parents[2] / "generator"
_OLD = "# the old text\n"
_STOPPED = """if True:
    import os, pathlib, sys
    from arazzoc.cli.main import main
    real = pathlib.Path.write_bytes
    def write_bytes(path, data):
        real(path, data[: len(data) // 2])
        if path.parent.name == "flows" and "b.py" in path.name:
            os.kill(os.getpid(), {signal})
        return real(path, data)
    pathlib.Path.write_bytes = write_bytes
    main(sys.argv[1:])
"""
"""The program, which gets a signal when half of a module's text is written, behind another one's."""

_WAITING = """if True:
    import os, sys, time
    from arazzoc.cli.main import main
    from arazzoc.kept import keeping
    def outcomes(paths):
        os.write(1, b"working\\n")
        time.sleep(100)
    keeping._outcomes = outcomes
    main(sys.argv[1:])
"""
"""The program, whose other processes say that they work, and never end."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with three documents, of two of which there are modules, which are out of date."""
    project = tmp_path / "project"
    flows, out = project / "flows", project / "out/flows"
    flows.mkdir(parents=True)
    out.mkdir(parents=True)
    (project / "pyproject.toml").write_text("")
    (flows / "api.yaml").write_text(JOBS)
    for name in ("a", "b", "c"):
        text = workflow("steps: [{stepId: list, operationId: list}]")
        (flows / f"{name}.arazzo.yaml").write_text(text)
    for name in ("__init__", "a", "b"):
        (out / f"{name}.py").write_text(_OLD)
    return project


def _arguments(*more: str) -> list[str]:
    return ["generate", "flows", "-o", "out", *more]


def _started(
    project: Path,
    arguments: list[str],
    *,
    program: list[str] | None = None,
    before: Callable[[], object] | None = None,
) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(_GENERATOR),
        "ARAZZOC_CACHE": str(project.parent / "cache"),
    }
    return subprocess.Popen(
        [sys.executable, *(program or ["-m", "arazzoc"]), *arguments],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 -- it sets a limit, and no thread runs
    )


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=120)
    assert "Traceback" not in errors
    return process.returncode, errors


def _modules(project: Path) -> dict[str, str]:
    return {
        path.name: path.read_text() for path in (project / "out/flows").iterdir() if path.is_file()
    }


def _is_old(project: Path) -> bool:
    texts = _modules(project)
    return texts["a.py"] == texts["b.py"] == _OLD and "c.py" not in texts


def _fresh(project: Path) -> dict[str, str]:
    assert _ended(_started(project, _arguments("--no-cache")))[0] == 0
    return {name: text for name, text in _modules(project).items() if not name.startswith(".")}


def test_ctrl_c_while_files_are_written_leaves_the_old_ones(project: Path) -> None:
    program = ["-c", _STOPPED.format(signal="2")]
    status, errors = _ended(_started(project, _arguments(), program=program))
    assert status == 130
    assert errors.splitlines()[-1] == "interrupted"
    assert _is_old(project)
    assert {*_modules(project)} == {"__init__.py", "a.py", "b.py"}


def test_what_is_killed_leaves_the_old_files_and_keeps_no_other_run_from_writing(
    project: Path,
) -> None:
    program = ["-c", _STOPPED.format(signal="9")]
    status, _ = _ended(_started(project, _arguments(), program=program))
    assert status == -signal.SIGKILL
    assert _is_old(project)
    made = _fresh(project)
    assert {*made} == {"__init__.py", "a.py", "b.py", "c.py"}
    assert all("def flow(" in made[name] for name in ("a.py", "b.py", "c.py"))


def test_ctrl_c_ends_all_processes_of_a_run(project: Path) -> None:
    """A terminal sends it to all of them; none has a traceback to show."""
    text = (project / "flows/a.arazzo.yaml").read_text()
    for number in range(20):
        folder = project / f"more{number}"
        folder.mkdir()
        (folder / "a.arazzo.yaml").write_text(text)
    arguments = ["generate", ".", "-o", "out", "--jobs", "2"]
    process = _started(project, arguments, program=["-c", _WAITING], before=os.setsid)
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    os.killpg(process.pid, signal.SIGINT)
    status, errors = _ended(process)
    assert status == 130
    assert errors.splitlines()[-1] == "interrupted"
    assert _is_old(project)


def test_without_room_the_old_files_stay_and_the_fault_is_told(project: Path) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    status, errors = _ended(_started(project, _arguments("--jobs", "1"), before=little_room))
    assert status == 1
    assert "cannot write" in errors.splitlines()[-1]
    assert _is_old(project)
    assert {*_modules(project)} == {"__init__.py", "a.py", "b.py"}


def test_a_full_disk_behind_standard_output_is_told(project: Path) -> None:
    for arguments in (_arguments(), ["lint", "flows", "--format", "json"], ["explain"]):
        with Path("/dev/full").open("w") as output:
            found = subprocess.run(
                [sys.executable, "-m", "arazzoc", *arguments],
                cwd=project,
                env={**os.environ, "PYTHONPATH": str(_GENERATOR)},
                stdout=output,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert found.returncode == 1
        assert "Traceback" not in found.stderr
        assert "No space left on device" in found.stderr


def test_a_folder_that_may_not_be_written_is_told(project: Path) -> None:
    folder = project / "out/flows"
    folder.chmod(0o500)
    status, errors = _ended(_started(project, _arguments(), before=bound_by_permissions))
    folder.chmod(0o700)
    assert status == 1
    assert "cannot write" in errors.splitlines()[-1]
    assert _is_old(project)


@pytest.mark.parametrize("place", ["out", "out/flows"])
def test_a_file_in_the_place_of_a_folder_is_told(project: Path, place: str) -> None:
    for path in sorted((project / "out").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (project / "out").rmdir()
    path = project / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(_OLD)
    status, errors = _ended(_started(project, _arguments()))
    assert status == 1
    assert "cannot write" in errors.splitlines()[-1]
    assert path.read_text() == _OLD


def test_runs_at_once_write_the_same(project: Path) -> None:
    """They share the output folder and what is kept."""
    for cache in ((), ("--no-cache",)):
        for path in (project / "out/flows").iterdir():
            path.write_text(_OLD)
        running = [_started(project, _arguments("--jobs", "1", *cache)) for _ in range(4)]
        assert [_ended(process)[0] for process in running] == [0] * 4
        at_once = _modules(project)
        assert {*at_once} == {"__init__.py", "a.py", "b.py", "c.py"}
        (project / "out/flows/a.py").write_text(_OLD)
        assert _fresh(project) == at_once
    assert _ended(_started(project, _arguments("--check")))[0] == 0


def test_nothing_is_left_of_runs_at_once_in_what_is_kept(project: Path) -> None:
    running = [_started(project, ["lint", "flows"]) for _ in range(4)]
    assert [_ended(process)[0] for process in running] == [0] * 4
    assert not [*(project.parent / "cache").rglob("*.tmp")]
    assert _ended(_started(project, ["lint", "flows"]))[0] == 0
