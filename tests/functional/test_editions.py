"""Functions do the same in every edition: with and without `async`, by either HTTP, with either runtime."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from mypy import api as mypy

from arazzoc.edition import Edition
from tests.functional.editions import EDITIONS, called, generate_all, imported, name_of
from tests.scenarios import SCENARIOS, Scenario
from tests.standins import IbmQuantumApi, serving

OTHERS = [edition for edition in EDITIONS if edition != Edition()]
ASYNC = [edition for edition in EDITIONS if edition.is_async]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path, None, None]:
    """A folder with all editions, from which they can be imported."""
    folder = tmp_path_factory.mktemp("editions")
    generate_all(folder)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [*sys.modules]:
        if name.partition(".")[0] in map(name_of, EDITIONS):
            del sys.modules[name]


@pytest.mark.usefixtures("editions")
@pytest.mark.parametrize("edition", OTHERS, ids=name_of)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_scenario_ends_the_same(scenario: Scenario, edition: Edition) -> None:
    outcome, requests = called(scenario, edition)
    assert outcome.end == scenario.end, outcome
    assert [wait for _, wait in outcome.waits] == list(scenario.waits)
    assert requests == scenario.requests


def test_mypy_finds_nothing(
    editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(editions)
    options = ["--strict", "--no-error-summary", "--config-file", "", "--python-version", "3.11"]
    packages = ["--explicit-package-bases", "--namespace-packages"]
    out, errors, status = mypy.run([*options, *packages, "--cache-dir", str(tmp_path), "."])
    assert (out, errors, status) == ("", "", 0)


def test_pyright_finds_nothing(editions: Path) -> None:
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [str(editions)],
        "reportMissingModuleSource": False,
    }
    (editions / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--pythonpath", sys.executable),
            *("--project", str(editions), "--outputjson"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(ran.stdout)
    assert found["generalDiagnostics"] == []
    assert found["summary"]["filesAnalyzed"] > len(EDITIONS)


@pytest.mark.usefixtures("editions")
@pytest.mark.parametrize("edition", ASYNC, ids=name_of)
def test_many_calls_at_once_share_a_transport(edition: Edition) -> None:
    module = vars(imported(edition, "ibm_quantum.cancel_running_job"))
    jobs = {f"job-{number}": ["Running"] for number in range(20)}
    jobs |= {f"over-{number}": ["Completed"] for number in range(20)}
    api = IbmQuantumApi(jobs=jobs)

    async def cancel_all(here: str) -> list[object]:
        async with module["AsyncHttpTransport"]() as transport:
            calls = [
                module["cancel_running_job"](
                    access_token="example-token",
                    service_crn="crn:v1:example",
                    api_version="2026-03-15",
                    job_id=job,
                    jobs_api_url=here,
                    transport=transport,
                )
                for job in jobs
            ]
            return [outputs.final_status for outputs in await asyncio.gather(*calls)]

    with serving(api) as here:
        found = asyncio.run(cancel_all(here))

    assert found == ["Cancelled"] * 20 + [None] * 20
    assert len(api.requests) == 3 * 20 + 20
    assert api.connections < len(api.requests)


@pytest.mark.usefixtures("editions")
@pytest.mark.parametrize("edition", EDITIONS, ids=name_of)
def test_modules_hold_no_state_that_changes(edition: Edition) -> None:
    module = imported(edition, "ibm_quantum.cancel_running_job")
    held = [
        name
        for name, value in vars(module).items()
        if isinstance(value, dict | list | set) and not name.startswith("__")
    ]
    assert held == []


@pytest.mark.usefixtures("editions")
def test_one_except_serves_all_modules_that_share_a_runtime() -> None:
    edition = Edition(runtime="shared")
    one = vars(imported(edition, "ibm_quantum.cancel_running_job"))
    other = vars(imported(edition, "pasqal.cancel_batch_jobs"))
    runtime = vars(imported(edition, "arazzo_runtime"))
    assert one["StepFailed"] is other["StepFailed"] is runtime["StepFailed"]
    assert one["HttpTransport"] is other["HttpTransport"] is runtime["HttpTransport"]
    assert one["__all__"] == imported(Edition(), "ibm_quantum.cancel_running_job").__all__
