"""Runs one workflow by a generated function and by arazzo-runner, in turn, in this process.

It is run by the Python that arazzo-runner is installed in; of the project it imports the server alone.
"""

from __future__ import annotations

import importlib
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.documents import SERVER
from tests.standins.base import Received, Reply, StandIn
from tests.standins.server import serving


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


class _Warehouse(StandIn):
    """Has everything that is asked for."""

    def answer(self, request: Received) -> Reply:
        """Always the same."""
        del request
        return Reply(200, {"id": "1", "state": "booked"})


def main(folder: Path, document: Path, description: Path, rounds: int) -> None:
    """Prints the medians of seconds as JSON: the generated function's, and the other's."""
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, str(folder))
    function = vars(importlib.import_module("called"))["round0"]
    peer = vars(importlib.import_module("arazzo_runner"))["ArazzoRunner"]
    with serving(_Warehouse()) as server:
        told = description.read_text("utf-8").replace(SERVER, server)
        description.write_text(told, "utf-8")
        runner = peer.from_arazzo_path(str(document))

        def interpreted() -> None:
            result = runner.execute_workflow("round0", {"resourceId": "1"})
            assert result.outputs["state2"] == "booked", result

        def generated() -> None:
            assert function(resource_id="1", warehouse_url=server).state2 == "booked"

        times = [(_timed(generated), _timed(interpreted)) for _ in range(rounds)]
    medians = [statistics.median(each) for each in zip(*times, strict=True)]
    sys.stdout.write(json.dumps(medians))


if __name__ == "__main__":
    own, arazzo, openapi = map(Path, sys.argv[1:4])
    main(own, arazzo, openapi, int(sys.argv[4]))
