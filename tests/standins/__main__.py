"""Runs a stand-in by hand: `python -m tests.standins ibm-quantum --port 8080`."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Mapping

from tests.standins.base import StandIn
from tests.standins.direct_access import DirectAccessApi
from tests.standins.ibm_quantum import IbmQuantumApi, Session
from tests.standins.pasqal import EXAMPLE_BATCH, PasqalApi, PasqalJob
from tests.standins.server import serving


def _ibm_quantum() -> StandIn:
    return IbmQuantumApi(
        jobs={
            "job-queued": ["Queued"],
            "job-running": ["Running"],
            "job-done": ["Completed"],
            "job-too-late": ["Running", "Completed"],
            "job-paused": ["Paused"],
            "job-nameless": [None],
        },
        sessions={"session-open": Session(), "session-closed": Session("closed", False)},
    )


def _direct_access() -> StandIn:
    return DirectAccessApi(
        jobs={"job-running": ["Running"], "job-done": ["Completed"], "job-failed": ["Failed"]},
        busy=1,
    )


def _pasqal() -> StandIn:
    return PasqalApi(
        batches={
            EXAMPLE_BATCH: [
                PasqalJob("33333333-3333-4333-8333-333333333331"),
                PasqalJob("33333333-3333-4333-8333-333333333332", "RUNNING"),
                PasqalJob("33333333-3333-4333-8333-333333333333", "DONE"),
            ]
        }
    )


APIS: Mapping[str, Callable[[], StandIn]] = {
    "ibm-quantum": _ibm_quantum,
    "direct-access": _direct_access,
    "pasqal": _pasqal,
}


def main() -> None:
    """Serves one API until it is interrupted or terminated."""
    # A background job of a shell starts with interrupts ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parser = argparse.ArgumentParser(prog="python -m tests.standins", description=__doc__)
    parser.add_argument("api", choices=sorted(APIS))
    parser.add_argument("--port", type=int, default=0, help="port on loopback; 0 is any free one")
    arguments = parser.parse_args()
    api = APIS[arguments.api]()
    with contextlib.suppress(KeyboardInterrupt), serving(api, port=arguments.port) as base_url:
        sys.stdout.write("\n".join([base_url, *api.examples()]) + "\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
