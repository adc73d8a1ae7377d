"""Runs a command and prints what it took as JSON: seconds, seconds of CPU, bytes.

A process of its own: the largest size that Linux tells of a child counts that of the process that it was
forked off, and a small one does no harm.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

if __name__ == "__main__":
    start = time.perf_counter()
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    sys.stdout.write(json.dumps([wall, used.ru_utime + used.ru_stime, memory]))
