"""`python -m tests.fuzz SECONDS`: breaks documents at random until the time is over."""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from typing import Final

from tests.fuzz.cases import case_of
from tests.fuzz.holding import hold

_PATIENCE: Final = 30
"""Seconds of a processor that one document may take; a hundred times what one usually takes."""
_MEMORY: Final = 3 * 2**30
"""Bytes of address space."""
_FOUND: Final = Path("build/fuzz")


class _SlowError(Exception):
    """A document takes too long."""


def _too_slow(*_: object) -> None:
    raise _SlowError(f"more than {_PATIENCE} s")


def main(seconds: float, seed: int) -> int:
    """Says how many documents were compiled and refused; writes those that bring out a fault to build/fuzz."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGPROF, _too_slow)
    random, end = Random(seed), time.monotonic() + seconds
    counted: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    slowest = 0.0
    while time.monotonic() < end:
        case = case_of(random)
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
        try:
            counted[hold(case)] += 1
        except Exception as error:
            name = _place(error)
            faults[name] += 1
            if faults[name] == 1:
                _FOUND.mkdir(parents=True, exist_ok=True)
                kept = _FOUND / f"{len(faults)}-{case.path.parent.name}-{case.changed.name}"
                kept.write_bytes(case.data)
                print(f"{name}\n    {case.path} with {kept}", flush=True)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - started)
    told = ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))
    print(f"seed {seed}: {told}; {len(faults)} faults; the slowest took {slowest:.1f} s")
    return 1 if faults else 0


def _place(error: Exception) -> str:
    """An error and where it was raised, which tells faults from each other."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "?" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return f"{type(error).__name__} at {where}: {str(error)[:200]!r}"


if __name__ == "__main__":
    given = sys.argv[2:] or [str(SystemRandom().randrange(2**32))]
    sys.exit(main(float(sys.argv[1]), int(given[0])))
