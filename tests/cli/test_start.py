"""The program as a process: a quick start, the version, a clean end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from arazzoc.version import __version__

GENERATOR = Path(__file__).resolve().parents[2] / "generator"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(GENERATOR), "NO_COLOR": "1"}
HEAVY = ("black", "jinja2", "yaml", "openapi_spec_validator", "jsonschema", "arazzoc.compiler")


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version(tmp_path: Path) -> None:
    assert run("-m", "arazzoc", "--version", folder=tmp_path).stdout == f"arazzoc {__version__}\n"


def test_help_lists_the_commands_in_their_order(tmp_path: Path) -> None:
    text = run("-m", "arazzoc", "--help", folder=tmp_path).stdout
    commands = [line.split()[0] for line in text.split("Commands:\n")[1].splitlines()]
    assert commands == ["lint", "generate", "run", "explain", "graph", "lsp"]


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = f"""if True:
        import sys
        from arazzoc.cli.main import main
        for arguments in (["--help"], ["lint", "--help"], ["generate", "--help"], ["run", "--help"]):
            main(arguments, standalone_mode=False)
        print("HEAVY", [name for name in {HEAVY!r} if name in sys.modules])
    """
    assert run("-c", code, folder=tmp_path).stdout.splitlines()[-1] == "HEAVY []"


def test_importing_the_package_imports_nothing_else(tmp_path: Path) -> None:
    code = "import sys, arazzoc; print([name for name in sys.modules if 'arazzoc' in name])"
    result = run("-c", code, folder=tmp_path)
    assert result.stdout == "['arazzoc.version', 'arazzoc']\n"


def test_a_command_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    result = run("-m", "arazzoc", "lnit", folder=tmp_path)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: There is no command 'lnit'. Did you mean 'lint'?"
    )


def test_a_folder_without_documents_is_wrong_usage(tmp_path: Path) -> None:
    result = run("-m", "arazzoc", "lint", folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "No Arazzo document in the current folder." in result.stderr


def test_a_character_that_the_terminal_does_not_know_is_no_error(tmp_path: Path) -> None:
    code = f"""if True:
        import click
        from arazzoc.cli.console import accept_any_text
        accept_any_text()
        click.echo({chr(0x540D)!a})
    """
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "cp1252:strict"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout == "\\u540d\n"


def test_streams_that_are_closed_end_no_command_in_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.arazzo.yaml").write_text("arazzo: 1.0.1\n", "utf-8")
    shut = """if True:
        import os, sys
        os.close(int(sys.argv[1]))
        os.execv(sys.executable, [sys.executable, "-m", "arazzoc", *sys.argv[2:]])
    """
    commands = [("1", 1, ["lint"]), ("0", 2, ["run", "x.arazzo.yaml", "--inputs", "-"])]
    for stream, status, command in commands:
        result = run("-c", shut, stream, *command, folder=tmp_path)
        assert result.returncode == status
        assert "Traceback" not in result.stderr


def test_known_layouts_are_written_without_black(tmp_path: Path) -> None:
    specs = GENERATOR.parent / "specs" / "ibm-quantum"
    code = f"""if True:
        import sys
        from arazzoc.cli.main import main
        main(["generate", {str(specs)!r}, "-o", "out", "--no-cache"], standalone_mode=False)
        print("BLACK", "black" in sys.modules)
    """
    assert run("-c", code, folder=tmp_path).stdout.splitlines()[-1] == "BLACK False"
