"""`arazzoc generate`: modules in a folder, a table on standard output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Severity
from tests.cli.conftest import DOCUMENT, FakeCompiler, Invoke
from tests.cli.modules import MODULE, SOURCE


@pytest.fixture
def compiler(compiler: FakeCompiler) -> FakeCompiler:
    compiler.modules = (MODULE,)
    return compiler


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.py")}


@pytest.mark.usefixtures("compiler")
def test_modules_are_written_into_packages(arazzoc_: Invoke, folder: Path) -> None:
    result = arazzoc_("generate", DOCUMENT, "-o", "out")
    assert result.exit_code == 0
    assert result.stdout == (
        "MODULE                       WORKFLOW       FUNCTION  STEPS\n"
        "out/hello/greet.py  written  greet-someone  greet     2\n"
        "                             leave          leave     1\n"
    )
    assert result.stderr == "1 module written, 0 unchanged\n"
    written = texts(folder / "out")
    assert written["hello/greet.py"] == SOURCE
    assert set(written) == {"hello/__init__.py", "hello/greet.py"}


@pytest.mark.usefixtures("compiler")
def test_a_second_time_changes_nothing(arazzoc_: Invoke, folder: Path) -> None:
    arazzoc_("generate", "-o", "out")
    before = (folder / "out/hello/greet.py").stat().st_mtime_ns
    result = arazzoc_("generate", "-o", "out")
    assert result.stderr == "0 modules written, 1 unchanged\n"
    assert (folder / "out/hello/greet.py").stat().st_mtime_ns == before


@pytest.mark.usefixtures("compiler")
def test_a_package_s_own_init_is_left_alone(arazzoc_: Invoke, folder: Path) -> None:
    init = folder / "out/hello/__init__.py"
    init.parent.mkdir(parents=True)
    init.write_text("own = 1\n")
    arazzoc_("generate", "-o", "out")
    assert init.read_text() == "own = 1\n"


def test_a_document_with_errors_leaves_the_others(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    compiler.severities = [Severity.ERROR]
    result = arazzoc_("generate", "-o", "out")
    assert result.exit_code == 1
    assert "error[AZ199] finding 1" in result.stderr
    assert "finding" not in result.stdout
    assert (folder / "out/hello/greet.py").exists()


def test_nothing_to_write(arazzoc_: Invoke, compiler: FakeCompiler, folder: Path) -> None:
    compiler.severities = [Severity.ERROR]
    compiler.modules = ()
    result = arazzoc_("generate", "-o", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert not (folder / "out").exists()


@pytest.mark.usefixtures("compiler")
def test_check_shows_what_is_missing_and_writes_nothing(arazzoc_: Invoke, folder: Path) -> None:
    result = arazzoc_("generate", "-o", "out", "--check")
    assert result.exit_code == 1
    assert "--- /dev/null\n+++ out/hello/greet.py\n" in result.stdout
    assert result.stderr == "2 files are out of date\n"
    assert not (folder / "out").exists()


@pytest.mark.usefixtures("compiler")
def test_check_is_content_with_what_generate_wrote(arazzoc_: Invoke) -> None:
    arazzoc_("generate", "-o", "out")
    result = arazzoc_("generate", "-o", "out", "--check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "all modules are up to date\n"


@pytest.mark.usefixtures("compiler")
def test_check_shows_a_diff(arazzoc_: Invoke, folder: Path) -> None:
    arazzoc_("generate", "-o", "out")
    path = folder / "out/hello/greet.py"
    path.write_text(SOURCE.replace("nobody is there", "who is there"))
    result = arazzoc_("generate", "-o", "out", "--check")
    assert result.exit_code == 1
    assert '+        raise WorkflowError(f"step greet: nobody is there' in result.stdout
    assert result.stderr == "1 file is out of date\n"
    assert "who is there" in path.read_text()


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("option", ["--check", "--strict"])
def test_an_output_that_is_a_file_is_told_without_a_traceback(
    arazzoc_: Invoke, folder: Path, option: str
) -> None:
    (folder / "out").write_text("precious")
    result = arazzoc_("generate", "-o", "out", option)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: cannot write 'out")
    assert (folder / "out").read_text() == "precious"


def test_two_documents_for_one_module_are_told(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    compiler.modules = (MODULE, replace(MODULE, document="other/hello/greet.yaml"))
    result = arazzoc_("generate", "-o", "out")
    assert result.exit_code == 1
    assert "both compile to 'hello/greet.py'" in result.stderr
    assert not (folder / "out").exists()


@pytest.mark.usefixtures("compiler")
def test_without_an_output_is_wrong_usage(arazzoc_: Invoke) -> None:
    assert arazzoc_("generate").exit_code == 2


@pytest.mark.usefixtures("compiler")
def test_a_folder_that_cannot_be_is_a_message(arazzoc_: Invoke) -> None:
    result = arazzoc_("generate", DOCUMENT, "-o", "a" * 300)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: File name too long: 'aaa")
