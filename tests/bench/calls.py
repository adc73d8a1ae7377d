"""A generated function of three calls against the same calls written by hand on `http.client`.

By hand, requests carry the three headers that the description asks for and what `http.client` adds: `Host` and
`Accept-Encoding: identity`. Generated, they say who sends them too, and ask for gzip. Nothing is checked by hand but
the status.
"""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from generated.ibm_quantum.cancel_running_job import cancel_running_job
from tests.standins.ibm_quantum import IbmQuantumApi
from tests.standins.server import serving

__all__ = ["measure_calls"]

_ROUNDS = 400
_TOKEN = "example-token"


def measure_calls() -> tuple[float, float]:
    """Median seconds of the generated function and of the one by hand, called on one server.

    They take turns in going first: what the server still has to do for the last call falls to the next one.
    """
    jobs = [f"job-{number}" for number in range(2 * _ROUNDS)]
    api = IbmQuantumApi(jobs={job: ["Running"] for job in jobs})
    generated: list[float] = []
    by_hand: list[float] = []
    with serving(api) as base_url:
        turns = [(_generated, generated), (_by_hand, by_hand)]
        for pair in zip(jobs[::2], jobs[1::2], strict=True):
            turns.reverse()
            for (call, times), job in zip(turns, pair, strict=True):
                times.append(_timed(call, base_url, job))
    return statistics.median(generated), statistics.median(by_hand)


def _timed(call: Callable[[str, str], object], base_url: str, job: str) -> float:
    start = time.perf_counter()
    call(base_url, job)
    return time.perf_counter() - start


def _generated(base_url: str, job: str) -> object:
    return cancel_running_job(
        access_token=_TOKEN,
        service_crn="crn:v1",
        api_version="2026-03-15",
        job_id=job,
        jobs_api_url=base_url,
    ).final_status


def _by_hand(base_url: str, job: str) -> object:
    url = urlsplit(base_url)
    headers = {
        "Authorization": f"Bearer {_TOKEN}",
        "Service-CRN": "crn:v1",
        "IBM-API-Version": "2026-03-15",
    }
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=30)
    try:
        if _sent(connection, "GET", f"{url.path}/v1/jobs/{job}", headers)["status"] != "Running":
            return None
        _sent(connection, "POST", f"{url.path}/v1/jobs/{job}/cancel", headers)
        return _sent(connection, "GET", f"{url.path}/v1/jobs/{job}", headers)["status"]
    finally:
        connection.close()


def _sent(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str]
) -> dict[str, object]:
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status not in (200, 204):
        raise RuntimeError(f"{method} {path} answered {response.status}")
    parsed: dict[str, object] = json.loads(body) if body else {}
    return parsed
