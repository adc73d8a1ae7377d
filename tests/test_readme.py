"""What the README says is so: its excerpts are real, its commands work, its list of limits is whole."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from arazzoc.diagnostics.registry import unsupported
from arazzoc.diagnostics.writers.pages import page_name
from tests.golden.goldens import Goldens
from tests.markdown import ROOT, Block, blocks

README = (ROOT / "README.md").read_text("utf-8")
LONGEST = 199
PORT = "8080"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the checkout's documents and tests, with `arazzoc` and `python` on the path."""
    for name in ("specs", "tests", "generated"):
        ignored = shutil.ignore_patterns("__pycache__", "cassettes", "invalid", "near-misses")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    commands = tmp_path / "commands"
    commands.mkdir()
    for name, call in (("arazzoc", "-m arazzoc"), ("python", "")):
        command = commands / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n', "utf-8")
        command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "generator"), str(tmp_path)]))
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path / "cache"))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def port() -> str:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture
def stand_in(checkout: Path, port: str) -> Generator[None, None, None]:
    """The server that the README starts in a second terminal."""
    (block,) = (block for block in blocks(README) if block.mark == "serve")
    with subprocess.Popen(
        ["sh", "-c", f"exec {block.text.replace(PORT, port)}"],
        cwd=checkout,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("http://")
        yield
        server.terminate()
        server.communicate()


@pytest.mark.usefixtures("stand_in")
def test_commands_and_examples_work_in_the_order_in_which_they_stand(
    checkout: Path, port: str
) -> None:
    ran = 0
    for block, printed in _to_run():
        text = block.text.replace(PORT, port)
        command = ["sh", "-e", "-c", text] if block.mark == "run" else ["python", "-c", text]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        if printed is not None:
            assert done.stdout == printed.text
        ran += 1
    assert ran == 5


def _to_run() -> Iterator[tuple[Block, Block | None]]:
    """The blocks that are run, each with the one that shows what it prints."""
    shown = list(blocks(README))
    for block, following in zip(shown, [*shown[1:], None], strict=True):
        if block.mark in ("run", "python"):
            printed = following is not None and following.mark == "prints"
            yield block, following if printed else None


def test_make_has_the_targets_that_are_named() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text("utf-8")
        named = [
            word
            for call in re.findall(r"^make ([a-z -]+?)(?: +#.*)?$", text, re.M)
            for word in call.split()
        ]
        assert set(named) <= set(targets)
    assert re.findall(r"^make ([a-z]+)", README, re.M) == ["generate", "test"]


def test_what_is_not_compiled_yet_is_listed_as_the_registry_has_it(goldens: Goldens) -> None:
    before, _, rest = README.partition("<!-- unsupported -->\n")
    found, _, after = rest.partition("<!-- end -->")
    expected = "".join(f"{line}\n" for line in _limits())
    if goldens.update:
        text = f"{before}<!-- unsupported -->\n{expected}<!-- end -->{after}"
        (ROOT / "README.md").write_text(text, "utf-8")
    else:
        assert found == expected, "pytest tests/test_readme.py --update-golden writes the list anew"


def _limits() -> Iterator[str]:
    """A line a rule: its code, its title, and its explanation without the sentence that all have."""
    for rule in unsupported.RULES:
        what = re.sub(r" (is|are) not supported yet$", "", rule.title)
        more = rule.explanation.partition(" The workflow that uses it")[0]
        link = f"docs/rules/{page_name(rule)}"
        yield f"- [{rule.code}]({link}): {what}. {more}"


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= LONGEST
