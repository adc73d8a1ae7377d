"""What is shipped works: the wheel is built and installed as users have it, and does the same."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPECS = ("pasqal", "cancel-batch-jobs.arazzo.yaml")


def _run(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command that sees nothing of the checkout but what it is given."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment with the wheel, whose dependencies are this environment's."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    (library,) = home.glob("lib/python3*/site-packages")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
    ]
    _run(
        [*install, "--disable-pip-version-check", "--prefix", home, "--ignore-installed", wheel],
        home,
    )
    assert (library / "arazzoc").is_dir()
    (library / "dependencies.pth").write_text(f"{_own_library()}\n")
    script = home / "bin" / "arazzoc"
    script.write_text(f"#!{home / 'bin' / 'python'}\n" + script.read_text().partition("\n")[2])
    return home / "bin"


def _own_library() -> Path:
    import click

    return Path(click.__file__).parents[1]


def test_the_wheel_has_the_templates_and_the_marker_of_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {path.name for path in (ROOT / "templates").iterdir()}
    assert {f"arazzoc/templates/{name}" for name in templates} <= names
    assert "arazzoc/py.typed" in names
    assert {
        f"arazzoc/runtime/{path.name}" for path in (ROOT / "generator/arazzoc/runtime").glob("*.py")
    } <= names
    assert not [name for name in names if name.startswith(("tests", "specs", "generated"))]


def test_the_installed_compiler_writes_what_the_checkout_writes(
    installed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / SPECS[0]
    folder.mkdir()
    for path in (ROOT / "specs" / SPECS[0]).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    _run([installed / "arazzoc", "generate", Path(*SPECS), "-o", "out"], tmp_path)
    script = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "import arazzoc.cli.main as cli; cli.main()"
    )
    checkout = ROOT / "generator"
    command: list[str | Path] = [
        sys.executable,
        "-c",
        script,
        checkout,
        "generate",
        Path(*SPECS),
        "-o",
        "again",
    ]
    _run(command, tmp_path)
    one, other = (
        {path.name: path.read_text("utf-8") for path in (tmp_path / name).rglob("*.py")}
        for name in ("out", "again")
    )
    assert one == other
    assert "cancel_batch_jobs.py" in one


def test_the_installed_compiler_is_the_wheel_s(installed: Path, tmp_path: Path) -> None:
    ran = _run([installed / "python", "-c", "import arazzoc; print(arazzoc.__file__)"], tmp_path)
    assert Path(ran.stdout.strip()).is_relative_to(installed.parent)
    assert "arazzoc" in _run([installed / "arazzoc", "--version"], tmp_path).stdout
