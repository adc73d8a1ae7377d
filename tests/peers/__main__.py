"""Runs all sequences with this compiler and its peers, and prints a table of who sends what."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import click

from arazzoc import __version__
from tests.peers.runners import ARAZZO_RUNNER, REDOCLY, Runner, arazzoc, peers
from tests.peers.sequences import Case, Scripted, cases, differences
from tests.standins.base import Received, Reply
from tests.standins.server import serving


class Timed(Scripted):
    """A server that notes when requests arrive."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.times: list[float] = []

    def answer(self, request: Received) -> Reply:
        """The next answer."""
        self.times.append(time.monotonic())
        return super().answer(request)


def install(folder: Path) -> None:
    """Installs the peers into `folder`, each from its registry, where they are not yet."""
    folder.mkdir(parents=True, exist_ok=True)
    redocly, runner = peers(folder)
    if not redocly.program.exists():
        where = ("--prefix", str(folder / "node"), "--no-audit", "--no-fund")
        subprocess.run(("npm", "install", *where, f"@redocly/cli@{REDOCLY}"), check=True)
    if not runner.program.exists():
        subprocess.run((sys.executable, "-m", "venv", folder / "venv"), check=True)
        pip = (folder / "venv/bin/python", "-m", "pip", "install", "--quiet")
        subprocess.run((*pip, f"arazzo-runner=={ARAZZO_RUNNER}"), check=True)


def judge(case: Case, runner: Runner) -> list[str]:
    """Where what a runner sends, and when, is not what the specification says."""
    with tempfile.TemporaryDirectory() as folder:
        server = Timed(case)
        with serving(server) as base_url:
            slept = runner(case.write(Path(folder), base_url), case.inputs, base_url)
    found = differences(case, server.requests)
    gaps = [second - first for first, second in zip(server.times, server.times[1:], strict=False)]
    for wait, gap in zip(case.waits, gaps if slept is None else slept, strict=False):
        if not found and not 0.9 * wait <= gap <= wait + 3:
            found.append(f"it waits {gap:.1f} s, not {wait} s")
    return found


def _runners(folder: Path) -> Mapping[str, Runner]:
    runners: dict[str, Runner] = {f"arazzoc {__version__}": arazzoc}
    return {**runners, **{f"{each.name} {each.version}": each.run for each in peers(folder)}}


def main() -> None:
    """Prints a row a sequence, and who sends how many of them as the specification says."""
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the peers are installed")
    options = parser.parse_args()
    install(options.folder)
    runners = _runners(options.folder.resolve())
    total = dict.fromkeys(runners, 0)
    click.echo(
        f"| sequence | what decides | {' | '.join(runners)} |\n|---|---|{'---|' * len(runners)}"
    )
    every = list(cases())
    for case in every:
        cells: list[str] = []
        for name, runner in runners.items():
            found = judge(case, runner)
            total[name] += not found
            cells.append("; ".join(found).replace("|", "%7C") or "yes")
        click.echo(f"| `{case.name}` | {case.decides} | {' | '.join(cells)} |")
    counts = (f"{count} of {len(every)}" for count in total.values())
    click.echo(f"| all | | {' | '.join(counts)} |")


if __name__ == "__main__":
    main()
