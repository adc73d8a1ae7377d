"""Prints the measurements: `python -m tests.bench specs/*`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.calls import measure_calls
from tests.bench.commands import cold, cold_and_warm
from tests.bench.peers import measure_runner, redocly, redocly_lints
from tests.bench.picture import Chart, picture
from tests.bench.subjects import (
    Subject,
    of_chained_steps,
    of_unused_operations,
    of_workflows,
    subjects,
)
from tests.bench.tasks import measure_tasks

_WORKFLOWS = {5: 3, 50: 3, 500: 1, 5000: 1}
"""The rounds that each number of workflows is measured in."""
_UNUSED = (0, 125, 250, 500, 1000)
_CHAINED = (1250, 2500, 5000)
_USED = 3
_Point = tuple[float, float]


def main() -> None:
    """Prints tables in Markdown, and draws the curves where it is told where to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("specs", nargs="+", help="real documents, and folders of them")
    parser.add_argument("--peers", type=Path, default=Path("build/peers"))
    parser.add_argument("--picture", type=Path, help="an SVG file to draw curves into")
    parser.add_argument("--short", action="store_true", help="leave out what takes minutes")
    options = parser.parse_args()
    _print(_calls(options.peers))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = subjects(options.specs, folder)
        if options.short:
            chosen = (each for each in chosen if not each.name.endswith("0 workflows"))
        _print(_commands(chosen, folder, redocly(options.peers)))
        if options.picture is not None:
            charts = (
                _by_workflows(folder / "w"),
                _by_operations(folder / "o"),
                _by_steps(folder / "s"),
            )
            options.picture.write_text(picture(charts), "utf-8")


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.stdout.write("\n")


def _calls(peers: Path) -> Iterator[str]:
    yield "| three calls | generated | against it | ratio |"
    yield "|---|---:|---:|---:|"
    pairs = {"`http.client` by hand": measure_calls()}
    for name, pair in measure_tasks().items():
        pairs[f"async, {name}: `httpx2` by hand"] = pair
    runner = measure_runner(peers)
    if runner is not None:
        pairs["arazzo-runner"] = runner
    for name, (generated, other) in pairs.items():
        times = f"{generated * 1e6:,.0f} µs | {other * 1e6:,.0f} µs"
        # Against hand-written code one wants to know how much more; of the runner, how much it takes.
        ratio = other / generated if name == "arazzo-runner" else generated / other
        yield f"| {name} | {times} | {ratio:.2f} |"


def _commands(chosen: Iterator[Subject], folder: Path, program: str | None) -> Iterator[str]:
    yield "| documents | command | s | s of CPU | MB | CPU, against `lint` cold |"
    yield "|---|---|---:|---:|---:|---:|"
    for subject in chosen:
        out = str(folder / "generated")
        lint = ("lint", *subject.paths)
        generate = ("generate", *subject.paths, "-o", out)
        lint_cold, lint_warm = cold_and_warm(lint, subject.rounds)
        generate_cold, generate_warm = cold_and_warm(generate, subject.rounds)
        costs = {
            "`lint`, cold": lint_cold,
            "`lint`, warm": lint_warm,
            "`generate`, cold": generate_cold,
            "`generate`, warm": generate_warm,
        }
        if program is not None:
            costs["`redocly lint`"] = redocly_lints(program, subject.files)
        for name, cost in costs.items():
            told = f"{cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory / 1e6:.0f}"
            yield f"| {subject.name} | {name} | {told} | {cost.cpu / lint_cold.cpu:.2f} |"


def _by_workflows(folder: Path) -> Chart:
    folder.mkdir()
    lint: list[_Point] = []
    generate: list[_Point] = []
    for workflows, rounds in _WORKFLOWS.items():
        subject = of_workflows(folder, workflows)
        lint.append((workflows, cold(["lint", *subject.paths], rounds).cpu))
        out = str(folder / "generated")
        generate.append((workflows, cold(["generate", *subject.paths, "-o", out], rounds).cpu))
    curves = {"lint, cold": lint, "generate, cold": generate}
    title = "Time grows with the workflows"
    return Chart(title, "workflows", "seconds of CPU", curves, logarithmic=True)


def _by_operations(folder: Path) -> Chart:
    folder.mkdir()
    curves: dict[str, Sequence[_Point]] = {}
    for syntax in ("json", "yaml"):
        files = {
            number: of_unused_operations(folder, _USED + number, syntax).paths for number in _UNUSED
        }
        out = str(folder / "generated")
        curves[f"lint, {syntax.upper()}"] = [
            (number, cold(["lint", *paths], 3).cpu) for number, paths in files.items()
        ]
        curves[f"generate, {syntax.upper()}"] = [
            (number, cold(["generate", *paths, "-o", out], 3).cpu)
            for number, paths in files.items()
        ]
    title = "What no workflow uses is read, and no more"
    return Chart(title, "operations that no workflow uses", "seconds of CPU", curves)


def _by_steps(folder: Path) -> Chart:
    folder.mkdir()
    files = {steps: of_chained_steps(folder, steps).paths for steps in _CHAINED}
    out = str(folder / "generated")
    curves: dict[str, Sequence[_Point]] = {
        "lint": [(steps, cold(["lint", *paths], 1).cpu) for steps, paths in files.items()],
        "generate": [
            (steps, cold(["generate", *paths, "-o", out], 1).cpu) for steps, paths in files.items()
        ],
    }
    title = "Steps that each read an output of the last one"
    return Chart(title, "steps of one workflow", "seconds of CPU", curves)


if __name__ == "__main__":
    main()
