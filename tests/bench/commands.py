"""What users wait for at the command line: times and memory of whole processes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "cold", "cold_and_warm", "cost_of"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command takes.

    Attributes:
        wall: Seconds until it ends.
        cpu: Seconds of all processors, those of processes that it starts included.
        memory: Bytes that its largest process holds at most.
    """

    wall: float
    cpu: float
    memory: int


def cold_and_warm(arguments: Sequence[str], rounds: int) -> tuple[Cost, Cost]:
    """What `arazzoc` takes with nothing kept from an earlier run, and again when nothing has changed since.

    These are the medians of some rounds.
    """
    costs: list[tuple[Cost, Cost]] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as cache:
            costs.append((_arazzoc(arguments, cache), _arazzoc(arguments, cache)))
    first, second = zip(*costs, strict=True)
    return _middle(first), _middle(second)


def cold(arguments: Sequence[str], rounds: int) -> Cost:
    """What `arazzoc` takes with nothing kept from an earlier run: the medians of some rounds."""
    costs: list[Cost] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as cache:
            costs.append(_arazzoc(arguments, cache))
    return _middle(costs)


def cost_of(command: Sequence[str], cache: str = "") -> Cost:
    """What any command takes, whatever it says and however it ends.

    Args:
        command: The program with its arguments.
        cache: The folder where `arazzoc` keeps results.
    """
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py"))]
    told = subprocess.run(
        [*launcher, *command], capture_output=True, check=True, env=_environment(cache)
    )
    wall, cpu, memory = json.loads(told.stdout)
    return Cost(wall, cpu, memory)


def _arazzoc(arguments: Sequence[str], cache: str) -> Cost:
    return cost_of([sys.executable, "-m", "arazzoc", *arguments], cache)


def _environment(cache: str) -> Mapping[str, str]:
    """As users have it: modules are compiled once, when they are installed or first imported."""
    own = {**os.environ, "ARAZZOC_CACHE": cache, "PYTHONPATH": _generator()}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def _generator() -> str:
    return str(Path(__file__).parents[2] / "generator")


def _middle(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(each.wall for each in costs),
        statistics.median(each.cpu for each in costs),
        int(statistics.median(each.memory for each in costs)),
    )
