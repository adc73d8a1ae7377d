"""Ways through `cancel-running-job` and `rehearse-job`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generated.ibm_quantum.cancel_running_job import JOBS_API_URL, cancel_running_job
from generated.ibm_quantum.rehearse_job import rehearse_job
from tests.scenarios.model import Scenario, Workflow
from tests.standins import Fault, IbmQuantumApi, Lacking, Trouble

TOKEN = "s3cret-ibm-token"
WRONG_TOKEN = "s3cret-but-wrong"

CANCEL = Workflow(
    "ibm-quantum", cancel_running_job, JOBS_API_URL, ("jobs_api_url",), (TOKEN, WRONG_TOKEN)
)
REHEARSE = Workflow(
    "ibm-quantum",
    rehearse_job,
    JOBS_API_URL,
    ("jobs_api_url", "sessions_api_url"),
    (TOKEN, WRONG_TOKEN),
)


def _cancel(
    name: str,
    requests: int,
    end: str,
    *,
    statuses: Sequence[str | None] = ("Running",),
    faults: Mapping[int, Trouble] | None = None,
    **inputs: object,
) -> Scenario:
    """A job of id `job-1` that goes through `statuses`, one a read."""
    job_id = inputs.get("job_id", "job-1")
    known = "job-1" if job_id == "job-of-nobody" else str(job_id)
    return Scenario(
        f"cancel-running-job--{name}",
        CANCEL,
        lambda: IbmQuantumApi(jobs={known: statuses}, faults=faults, token=TOKEN),
        requests,
        end,
        {
            "access_token": TOKEN,
            "service_crn": "crn:v1:example",
            "api_version": "2026-03-15",
            "job_id": job_id,
            **inputs,
        },
    )


def _rehearse(
    name: str,
    requests: int,
    end: str,
    *,
    faults: Mapping[int, Trouble] | None = None,
    **inputs: object,
) -> Scenario:
    """A job that starts to run when it is looked at first."""
    return Scenario(
        f"rehearse-job--{name}",
        REHEARSE,
        lambda: IbmQuantumApi(faults=faults, token=TOKEN),
        requests,
        end,
        {
            "access_token": TOKEN,
            "service_crn": "crn:v1:example",
            "api_version": "2026-03-15",
            "backend": "ibm_fez",
            "program_id": "sampler",
            "params": {"shots": 10},
            **inputs,
        },
    )


SCENARIOS = (
    # A job that can be cancelled takes three requests, one that is over takes one.
    _cancel("queued", 3, "returns", statuses=["Queued"]),
    _cancel("running", 3, "returns", statuses=["Running"]),
    _cancel("completed", 1, "returns", statuses=["Completed"]),
    _cancel("failed", 1, "returns", statuses=["Failed"]),
    _cancel("cancelled-before", 1, "returns", statuses=["Cancelled"]),
    # No action names this status, so the next step is taken.
    _cancel("status-that-no-action-names", 3, "returns", statuses=["Paused"]),
    _cancel("status-in-other-letters", 3, "returns", statuses=["COMPLETED"]),
    _cancel("id-that-must-be-encoded", 3, "returns", job_id="a/b c?d=e#ü%20"),
    # The first read fails.
    _cancel("wrong-token", 1, "StepFailed in getJobStatus", access_token=WRONG_TOKEN),
    _cancel("instance-of-others", 1, "StepFailed in getJobStatus", service_crn="crn:forbidden"),
    _cancel("version-that-is-no-day", 1, "StepFailed in getJobStatus", api_version="latest"),
    _cancel("unknown-job", 1, "StepFailed in getJobStatus", job_id="job-of-nobody"),
    _cancel("down", 1, "StepFailed in getJobStatus", faults={1: Fault.SERVER_ERROR}),
    _cancel("without-status", 1, "OutputMissing in getJobStatus", statuses=[None]),
    _cancel("page-for-a-job", 1, "OutputMissing in getJobStatus", faults={1: Fault.NOT_JSON}),
    # The cancellation fails.
    _cancel("over-meanwhile", 2, "StepFailed in cancelJob", statuses=["Running", "Completed"]),
    _cancel("token-runs-out", 2, "StepFailed in cancelJob", faults={2: Fault.UNAUTHORIZED}),
    _cancel("gone-meanwhile", 2, "StepFailed in cancelJob", faults={2: Fault.NOT_FOUND}),
    _cancel("down-meanwhile", 2, "StepFailed in cancelJob", faults={2: Fault.SERVER_ERROR}),
    _cancel("page-for-nothing", 2, "StepFailed in cancelJob", faults={2: Fault.NOT_JSON}),
    # The second read fails, although the job is cancelled.
    _cancel("gone-after", 3, "StepFailed in confirmCancelled", faults={3: Fault.NOT_FOUND}),
    _cancel("token-ran-out", 3, "StepFailed in confirmCancelled", faults={3: Fault.UNAUTHORIZED}),
    _cancel("down-after", 3, "StepFailed in confirmCancelled", faults={3: Fault.SERVER_ERROR}),
    _cancel(
        "no-status-after", 3, "OutputMissing in confirmCancelled", faults={3: Lacking(["status"])}
    ),
    # Two workflows of other documents, of three requests each.
    _rehearse("cancelled", 6, "returns"),
    _rehearse("unknown-backend", 1, "CallFailed in submit", backend="ibm_none"),
    _rehearse("wrong-token", 1, "CallFailed in submit", access_token=WRONG_TOKEN),
    _rehearse("session-without-id", 1, "CallFailed in submit", faults={1: Lacking(["id"])}),
    _rehearse("gone-meanwhile", 4, "CallFailed in cancel", faults={4: Fault.NOT_FOUND}),
    _rehearse("token-runs-out", 5, "CallFailed in cancel", faults={5: Fault.UNAUTHORIZED}),
)
