"""What other tools start: pre-commit's hooks, the GitHub Action, and shells that complete."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any, Final

import click.testing
import pytest
import yaml

from arazzoc.cli.main import main

ROOT: Final = Path(__file__).parents[1]
SPEC: Final = ROOT / "specs/invalid/az501-braceless-expression.arazzo.yaml"


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


HOOKS: Final = _yaml(".pre-commit-hooks.yaml")
ACTION: Final = _yaml("action.yml")


def _step(name: str) -> Any:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return step


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_starts_a_command_that_there_is(hook: Any) -> None:
    program, *arguments = shlex.split(hook["entry"])
    assert program == "arazzoc"
    result = click.testing.CliRunner().invoke(main, [*arguments, "--help"])
    assert result.exit_code == 0


@pytest.mark.parametrize("hook", HOOKS[:2], ids=lambda hook: str(hook["id"]))
def test_hooks_that_lint_are_given_documents_alone(hook: Any) -> None:
    found = re.compile(hook["files"]).search
    assert all(map(found, ["a.arazzo.yaml", "b/c.arazzo.yml", "d.arazzo.json"]))
    assert not any(map(found, ["a.yaml", "a.openapi.json", "a.arazzo.yaml.md"]))


def test_the_action_uses_every_input() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert all(f"inputs.{name} }}}}" in text for name in ACTION["inputs"])


def test_no_input_of_the_action_becomes_a_part_of_a_script() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Where the action installs: a program that says how it was started, and fails as `STATUS` says."""
    program = tmp_path / "arazzoc/bin/arazzoc"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "[%s]" "$@"; echo\nexit "${STATUS:-0}"\n')
    program.chmod(0o755)
    return tmp_path


def _linted(installed: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATHS": ".", "STRICT": "false", "SARIF": "", **inputs}
    environment |= {"RUNNER_TEMP": str(installed), "PATH": os.environ["PATH"]}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", _step("Lint")["run"]],
        cwd=installed,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_lints_what_it_is_told_to(installed: Path) -> None:
    ran = _linted(installed, PATHS="a.yaml\nspecs/*/b $(echo c)", STRICT="true")
    assert ran.returncode == 0
    assert ran.stdout == ("[lint][--strict][--format][github][--][a.yaml][specs/*/b][$(echo][c)]\n")


def test_the_action_fails_where_there_are_errors_and_writes_sarif_all_the_same(
    installed: Path,
) -> None:
    ran = _linted(installed, SARIF="found.sarif", STATUS="1")
    assert ran.returncode == 1
    assert ran.stdout == "[lint][--format][github][--][.]\n"
    assert (installed / "found.sarif").read_text() == "[lint][--format][sarif][--][.]\n"


def test_the_action_stops_at_wrong_usage(installed: Path) -> None:
    assert _linted(installed, SARIF="found.sarif", STATUS="2").returncode == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str) -> None:
    runner = click.testing.CliRunner()
    script = runner.invoke(main, prog_name="arazzoc", env={"_ARAZZOC_COMPLETE": f"{shell}_source"})
    assert script.exit_code == 0
    assert "_ARAZZOC_COMPLETE" in script.stdout
    words = {"bash": "arazzoc li", "zsh": "arazzoc li", "fish": "arazzoc li"}[shell]
    completed = runner.invoke(
        main,
        prog_name="arazzoc",
        env={
            "_ARAZZOC_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": "li" if shell == "fish" else "1",
        },
    )
    assert "lint" in completed.stdout
    assert "generate" not in completed.stdout


def test_names_of_formats_and_options_complete() -> None:
    for words, position, wanted in [
        ("arazzoc lint --format s", "3", "sarif"),
        ("arazzoc lint --wri", "2", "--write-baseline"),
    ]:
        environment = {
            "_ARAZZOC_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": position,
        }
        result = click.testing.CliRunner().invoke(main, prog_name="arazzoc", env=environment)
        assert result.stdout.split(",")[-1].strip() == wanted
