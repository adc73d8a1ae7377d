"""`arazzoc generate --runtime shared`: the runtime is written once, beside the modules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke

SPECS = Path(__file__).parents[2] / "specs"
CANCEL = "ibm-quantum/cancel-running-job.arazzo.yaml"
BATCH = "pasqal/cancel-batch-jobs.arazzo.yaml"


@pytest.fixture
def specs(folder: Path) -> Path:
    shutil.copytree(SPECS, folder / "specs")
    return folder / "specs"


def _texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.py")}


@pytest.mark.usefixtures("specs")
def test_the_runtime_is_the_same_whatever_is_generated(arazzoc_: Invoke, folder: Path) -> None:
    for number, document in enumerate((CANCEL, BATCH)):
        shared = ["--runtime", "shared", "-o", f"out{number}"]
        assert arazzoc_("generate", f"specs/{document}", *shared).exit_code == 0
    one, other = _texts(folder / "out0/arazzo_runtime"), _texts(folder / "out1/arazzo_runtime")
    assert one == other
    assert {"__init__.py", "errors.py", "sending.py", "aio/sending.py"} <= one.keys()
    assert not [name for name in one if "httpx2" in name]


@pytest.mark.usefixtures("specs")
def test_runs_into_one_folder_agree(arazzoc_: Invoke, folder: Path) -> None:
    plain = ["--runtime", "shared", "-o", "out"]
    other = [*plain, "--async", "--http", "httpx2"]
    assert arazzoc_("generate", f"specs/{CANCEL}", *plain).exit_code == 0
    assert arazzoc_("generate", f"specs/{BATCH}", *other).exit_code == 0
    assert arazzoc_("generate", f"specs/{CANCEL}", *plain, "--check").exit_code == 0
    assert arazzoc_("generate", f"specs/{BATCH}", *other, "--check").exit_code == 0
    assert (folder / "out/arazzo_runtime/aio/httpx2_transport.py").exists()
    assert not (folder / "out/arazzo_runtime/httpx2_transport.py").exists()


@pytest.mark.usefixtures("specs")
def test_the_folder_is_a_package_and_the_table_names_the_runtime(
    arazzoc_: Invoke, folder: Path
) -> None:
    shared = ["--runtime", "shared", "-o", "out"]
    result = arazzoc_("generate", f"specs/{CANCEL}", *shared)
    assert result.stdout.splitlines()[-1].split() == ["out/arazzo_runtime/", "written"]
    assert (folder / "out/__init__.py").exists()
    again = arazzoc_("generate", f"specs/{CANCEL}", *shared)
    assert again.stdout.splitlines()[-1].split() == ["out/arazzo_runtime/", "unchanged"]


@pytest.mark.usefixtures("specs")
def test_check_looks_at_the_runtime_too(arazzoc_: Invoke, folder: Path) -> None:
    shared = ["--runtime", "shared", "-o", "out"]
    arazzoc_("generate", f"specs/{CANCEL}", *shared)
    part = folder / "out/arazzo_runtime/errors.py"
    part.write_text(part.read_text() + "# mine\n")
    result = arazzoc_("generate", f"specs/{CANCEL}", *shared, "--check")
    assert result.exit_code == 1
    assert "-# mine" in result.stdout


def test_a_folder_of_documents_cannot_have_the_runtime_s_name(
    arazzoc_: Invoke, specs: Path
) -> None:
    (specs / "ibm-quantum").rename(specs / "arazzo-runtime")
    document = "specs/arazzo-runtime/cancel-running-job.arazzo.yaml"
    result = arazzoc_("generate", document, "--runtime", "shared", "-o", "out")
    assert result.exit_code == 1
    assert "rename the folder" in result.stderr
