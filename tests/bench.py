"""Measures what users wait for: `python -m tests.bench specs/*`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

_ROUNDS = 5


def measure(*arguments: str) -> float:
    """The median of a few runs of `arazzoc` with these arguments, in seconds."""
    return statistics.median(_once(arguments) for _ in range(_ROUNDS))


def _once(arguments: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "arazzoc", *arguments], capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Prints a line a command."""
    paths = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "--help": ("--help",),
            "explain": ("explain",),
            "lint": ("lint", *paths),
            "generate": ("generate", *paths, "-o", folder),
        }
        for name, arguments in commands.items():
            sys.stdout.write(f"{name:<10} {measure(*arguments):6.3f} s\n")


if __name__ == "__main__":
    main()
