"""What users wait for at the command line."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["measure_commands"]

_ROUNDS = 5


def measure_commands(paths: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The name of each command and the median of its wall times, in seconds.

    A cold lint has no verdicts of the OpenAPI validator kept from an earlier one.
    """
    with tempfile.TemporaryDirectory() as folder:
        output, kept = Path(folder) / "generated", Path(folder) / "cache"
        yield "--help", _median(["--help"], kept)
        yield "lint, cold", statistics.median(
            _once(["lint", *paths], Path(folder) / f"cold-{number}") for number in range(_ROUNDS)
        )
        yield "lint, warm", _median(["lint", *paths], kept)
        yield "generate", _median(["generate", *paths, "-o", str(output)], kept)


def _median(arguments: Sequence[str], cache: Path) -> float:
    _once(arguments, cache)
    return statistics.median(_once(arguments, cache) for _ in range(_ROUNDS))


def _once(arguments: Sequence[str], cache: Path) -> float:
    environment = {**os.environ, "ARAZZOC_CACHE": str(cache)}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "arazzoc", *arguments],
        capture_output=True,
        check=False,
        env=environment,
    )
    return time.perf_counter() - start
