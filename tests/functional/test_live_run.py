"""`arazzoc run` as a process: over loopback, to the stand-ins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click.testing
import pytest

from arazzoc.cli.main import main
from tests.standins import DirectAccessApi, IbmQuantumApi, serving

ROOT = Path(__file__).parents[2]
CANCEL = "specs/ibm-quantum/cancel-running-job.arazzo.yaml"
SUBMIT = "specs/ibm-direct-access/submit-wait-delete.arazzo.yaml"
REHEARSE = "specs/ibm-quantum/rehearse-job.arazzo.yaml"
TOKEN = "s3cret-token"
INPUTS: Mapping[str, str] = {
    "accessToken": TOKEN,
    "serviceCrn": "crn:v1:example",
    "apiVersion": "2026-03-15",
    "jobId": "job-1",
}


def _run(
    *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("ARAZZOC_")
    }
    return subprocess.run(
        [sys.executable, "-m", "arazzoc", "run", *arguments],
        cwd=ROOT,
        env={
            **inherited,
            "PYTHONPATH": str(ROOT / "generator"),
            "NO_COLOR": "1",
            **(environment or {}),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def _requests(api: IbmQuantumApi | DirectAccessApi) -> list[str]:
    return [f"{request.method} {request.path}" for request in api.requests]


def _told(stderr: str) -> str:
    """The error, without the findings that stand before it."""
    before, error, after = stderr.partition("Error:")
    return error + after if before.endswith("\n") or not before else stderr


def test_workflows_of_other_documents_are_run() -> None:
    api = IbmQuantumApi(token=TOKEN)
    more: dict[str, object] = {"backend": "ibm_fez", "programId": "sampler", "params": {}}
    inputs = {**{name: INPUTS[name] for name in INPUTS if name != "jobId"}, **more}
    servers = ("--server", "jobsApi={}", "--server", "sessionsApi={}")
    with serving(api) as here:
        arguments = (each.format(here) for each in servers)
        result = _run(REHEARSE, "--inputs", json.dumps(inputs), *arguments)

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {
        "sessionId": "session-1",
        "jobId": "job-1",
        "finalStatus": "Cancelled",
    }
    assert len(api.requests) == 6


def test_a_running_job_takes_three_requests() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, token=TOKEN)
    with serving(api) as here:
        result = _run(CANCEL, "--inputs", json.dumps(INPUTS), "--server", f"jobsApi={here}")

    assert (result.returncode, json.loads(result.stdout)) == (0, {"finalStatus": "Cancelled"})
    assert _requests(api) == [
        "GET /api/v1/jobs/job-1",
        "POST /api/v1/jobs/job-1/cancel",
        "GET /api/v1/jobs/job-1",
    ]
    assert api.connections == 1
    assert TOKEN not in result.stdout + result.stderr


def test_a_completed_job_takes_one_request() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Completed"]}, token=TOKEN)
    with serving(api) as here:
        result = _run(CANCEL, "--inputs", json.dumps(INPUTS), "--server", f"jobsApi={here}")

    assert (result.returncode, json.loads(result.stdout)) == (0, {"finalStatus": None})
    assert _requests(api) == ["GET /api/v1/jobs/job-1"]


def test_a_credential_comes_from_the_environment_and_inputs_from_a_file(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs.json"
    stored = {"type": "s3_compatible", "presigned_url": "https://s3.example/?signature=s3cret"}
    values = {
        "jobId": "6c1b0a0e-9f7c-4d9c-8d52-0c8d3c2f0a11",
        "backend": "ibm_rensselaer",
        "programId": "sampler",
        "storage": {"input": stored, "results": stored},
    }
    inputs.write_text(json.dumps(values), "utf-8")
    api = DirectAccessApi(new_job=["Failed"], token=TOKEN)
    with serving(api) as here:
        result = _run(
            *(SUBMIT, "--inputs", f"@{inputs}", "--input", "timeoutSecs=60"),
            *("--server", f"directAccess={here}"),
            environment={"ARAZZOC_BEARER_TOKEN": TOKEN},
        )

    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "jobId": values["jobId"],
        "status": "Failed",
        "reasonCode": 9999,
        "reasonMessage": "The program raised an error",
        "quantumNanoseconds": None,
    }
    assert api.requests[0].json() == {
        "id": values["jobId"],
        "backend": "ibm_rensselaer",
        "program_id": "sampler",
        "storage": values["storage"],
        "timeout_secs": 60,
    }


def test_a_failed_run_is_told_in_one_line_without_secrets() -> None:
    api = IbmQuantumApi()
    inputs = json.dumps({**INPUTS, "accessToken": "s3cret-but-wrong"})
    with serving(api) as here:
        result = _run(CANCEL, "--inputs", inputs, "--server", f"jobsApi={here}")

    assert (result.returncode, result.stdout) == (1, "")
    assert _told(result.stderr) == (
        "Error: step getJobStatus: GET /api/v1/jobs/job-1 answered 401, "
        "and $statusCode == 200 does not hold\n"
    )
    assert "s3cret" not in result.stderr


def test_a_server_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with serving(IbmQuantumApi()) as here:
        pass
    result = click.testing.CliRunner().invoke(
        main, ["run", CANCEL, "--inputs", json.dumps(INPUTS), "--server", f"jobsApi={here}"]
    )

    told = _told(result.stderr)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told.startswith("Error: step getJobStatus: GET /api/v1/jobs/job-1 got no response")
    assert told.count("\n") == 1
    assert TOKEN not in result.stderr


def test_an_input_that_is_missing_is_named_with_what_it_is() -> None:
    inputs = {name: value for name, value in INPUTS.items() if name != "serviceCrn"}
    result = _run(CANCEL, "--inputs", json.dumps(inputs))

    assert (result.returncode, result.stdout) == (2, "")
    assert _told(result.stderr) == (
        "Error: cannot run 'cancel-running-job':\n"
        "  missing input 'serviceCrn': Cloud resource name of the Qiskit Runtime instance.\n"
    )
