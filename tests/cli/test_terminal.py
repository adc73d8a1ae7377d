"""What somebody at a terminal sees of a long run, and what is left where they end it."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bench.documents import write_description, write_workflows

INTERRUPTED = 130
GENERATOR = Path(__file__).resolve().parents[2] / "generator"


@pytest.fixture(name="many")
def _many(tmp_path: Path) -> Path:
    """Documents that take a while, and one description."""
    folder = tmp_path / "many"
    folder.mkdir()
    description = write_description(folder, 3, "yaml")
    first = write_workflows(folder, 8, description, 3)
    for number in range(20):
        (folder / f"copy-{number}.arazzo.yaml").write_bytes(first.read_bytes())
    return folder


def _environment(tmp_path: Path) -> dict[str, str]:
    cache = str(tmp_path / "cache")
    return {**os.environ, "ARAZZOC_CACHE": cache, "PYTHONPATH": str(GENERATOR)}


class Terminal:
    """A run of `arazzoc` whose standard error is a terminal."""

    def __init__(self, arguments: Sequence[str], tmp_path: Path) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**_environment(tmp_path), "TERM": "xterm"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "arazzoc", *arguments],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.shown = ""

    def wait_for(self, pattern: str) -> None:
        """Reads what is shown until it holds the pattern."""
        while not re.search(pattern, self.shown):
            assert self._read(), f"it ended: {self.shown}"

    def interrupt(self) -> None:
        """Ctrl-C reaches the whole group of processes."""
        os.killpg(self._process.pid, signal.SIGINT)

    def ended(self) -> int:
        """Reads to the end, and gives the exit status."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait()

    def _read(self) -> bool:
        try:
            data = os.read(self._ours, 4096)
        except OSError:  # on Linux, that nobody has the other end
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)


def test_a_terminal_shows_how_far_a_long_run_is(many: Path, tmp_path: Path) -> None:
    terminal = Terminal(["lint", "--jobs", "1", str(many)], tmp_path)
    assert terminal.ended() == 0
    counts = [int(each) for each in re.findall(r"(\d+) of 21", terminal.shown)]
    assert counts == sorted(counts)
    assert len(counts) > 1
    last = terminal.shown.splitlines()[-1]
    assert last.endswith("no problems found in 21 documents"), "what was counted is wiped away"


def test_what_is_no_terminal_shows_no_progress(many: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "arazzoc", "lint", str(many)],
        capture_output=True,
        check=True,
        env=_environment(tmp_path),
    )
    assert done.stderr == b"no problems found in 21 documents\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_no_half_of_anything(many: Path, tmp_path: Path, jobs: str) -> None:
    output = tmp_path / "generated"
    package = output / "many"
    package.mkdir(parents=True)
    before = {package / "copy_0.py": "old = 1\n", package / "kept.py": "kept = 1\n"}
    for path, text in before.items():
        path.write_text(text)
    terminal = Terminal(["generate", "--jobs", jobs, str(many), "-o", str(output)], tmp_path)
    terminal.wait_for(r"\d+ of 21")
    terminal.interrupt()
    assert terminal.ended() == INTERRUPTED
    assert "Traceback" not in terminal.shown
    assert terminal.shown.rstrip().endswith("interrupted")
    left = {path: path.read_text() for path in output.rglob("*") if path.is_file()}
    assert left == before
    deadline = time.monotonic() + 10
    while (found := [*(tmp_path / "cache").rglob("*.tmp")]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found == []
