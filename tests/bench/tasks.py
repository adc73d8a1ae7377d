"""Async functions of three calls against the same calls written by hand on `httpx2.AsyncClient`."""

from __future__ import annotations

import asyncio
import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import ModuleType

import httpx2

from arazzoc.compiler import compile_documents
from arazzoc.edition import Edition
from tests.standins.ibm_quantum import IbmQuantumApi
from tests.standins.server import serving

__all__ = ["measure_tasks"]

_ROUNDS = 400
_TOKEN = "example-token"
_DOCUMENT = Path(__file__).parents[2] / "specs" / "ibm-quantum" / "cancel-running-job.arazzo.yaml"
_Call = Callable[[str, str], Awaitable[object]]


def measure_tasks() -> Mapping[str, tuple[float, float]]:
    """Median seconds of the generated function and of the one by hand, by what sends the requests.

    They are called in turn on one server, each over connections that it keeps.
    """
    threads, httpx = (
        _generated(Edition(is_async=True, http=http)) for http in ("stdlib", "httpx2")
    )
    return {"httpx2": asyncio.run(_measured(httpx)), "in threads": asyncio.run(_measured(threads))}


async def _measured(module: ModuleType) -> tuple[float, float]:
    jobs = [f"job-{number}" for number in range(2 * _ROUNDS)]
    generated: list[float] = []
    by_hand: list[float] = []
    async with (
        vars(module)["AsyncHttpTransport"]() as transport,
        httpx2.AsyncClient(timeout=30) as client,
    ):

        async def call(base_url: str, job: str) -> object:
            outputs = await vars(module)["cancel_running_job"](
                access_token=_TOKEN,
                service_crn="crn:v1",
                api_version="2026-03-15",
                job_id=job,
                jobs_api_url=base_url,
                transport=transport,
            )
            return outputs.final_status

        async def call_by_hand(base_url: str, job: str) -> object:
            return await _by_hand(client, base_url, job)

        with serving(IbmQuantumApi(jobs={job: ["Running"] for job in jobs})) as base_url:
            for first, second in zip(jobs[::2], jobs[1::2], strict=True):
                generated.append(await _timed(call, base_url, first))
                by_hand.append(await _timed(call_by_hand, base_url, second))
    return statistics.median(generated), statistics.median(by_hand)


async def _timed(call: _Call, base_url: str, job: str) -> float:
    start = time.perf_counter()
    await call(base_url, job)
    return time.perf_counter() - start


def _generated(edition: Edition) -> ModuleType:
    """The module in an edition; it needs no file once it is imported."""
    (module,) = compile_documents([_DOCUMENT], edition=edition).modules
    name = f"cancel_by_{edition.http}"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.py").write_text(module.source, "utf-8")
        sys.path.insert(0, folder)
        try:
            return importlib.import_module(name)
        finally:
            sys.path.remove(folder)


async def _by_hand(client: httpx2.AsyncClient, base_url: str, job: str) -> object:
    headers = {
        "Authorization": f"Bearer {_TOKEN}",
        "Service-CRN": "crn:v1",
        "IBM-API-Version": "2026-03-15",
    }
    response = await client.get(f"{base_url}/v1/jobs/{job}", headers=headers)
    response.raise_for_status()
    if response.json()["status"] != "Running":
        return None
    response = await client.post(f"{base_url}/v1/jobs/{job}/cancel", headers=headers)
    response.raise_for_status()
    response = await client.get(f"{base_url}/v1/jobs/{job}", headers=headers)
    response.raise_for_status()
    status: object = response.json()["status"]
    return status
