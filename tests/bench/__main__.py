"""Prints the measurements: `python -m tests.bench specs/*`."""

from __future__ import annotations

import sys

from tests.bench.calls import measure_calls
from tests.bench.commands import measure_commands
from tests.bench.tasks import measure_tasks


def main() -> None:
    """Prints a line a measurement."""
    for name, seconds in measure_commands(sys.argv[1:]):
        sys.stdout.write(f"{name:<26} {seconds:7.3f} s\n")
    generated, by_hand = measure_calls()
    sys.stdout.write(f"{'three calls, generated':<26} {generated * 1e6:7.0f} us\n")
    sys.stdout.write(f"{'three calls, by hand':<26} {by_hand * 1e6:7.0f} us\n")
    sys.stdout.write(f"{'generated / by hand':<26} {generated / by_hand:7.2f}\n")
    for name, (generated, by_hand) in measure_tasks().items():
        sys.stdout.write(f"{f'{name}, generated':<26} {generated * 1e6:7.0f} us\n")
        sys.stdout.write(f"{f'{name}, by hand':<26} {by_hand * 1e6:7.0f} us\n")
        sys.stdout.write(f"{'generated / by hand':<26} {generated / by_hand:7.2f}\n")


if __name__ == "__main__":
    main()
