"""Ways through `submit-wait-delete`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generated.ibm_direct_access.submit_wait_delete import DIRECT_ACCESS_URL, submit_wait_delete
from tests.scenarios.model import Scenario, Workflow
from tests.standins import DirectAccessApi, Fault, Lacking, Trouble

TOKEN = "s3cret-direct-token"
WRONG_TOKEN = "s3cret-but-wrong"
SIGNATURE = "s3cret-signature"
JOB_ID = "6c1b0a0e-9f7c-4d9c-8d52-0c8d3c2f0a11"

SUBMIT = Workflow(
    "ibm-direct-access",
    submit_wait_delete,
    DIRECT_ACCESS_URL,
    ("direct_access_url",),
    (TOKEN, WRONG_TOKEN, SIGNATURE),
)


def _stored(name: str) -> Mapping[str, str]:
    return {
        "type": "s3_compatible",
        "presigned_url": f"https://s3.example/{name}.json?signature={SIGNATURE}",
    }


STORAGE = {"input": _stored("input"), "results": _stored("results")}


def _submit(
    name: str,
    requests: int,
    end: str,
    *,
    waits: Sequence[float] = (),
    statuses: Sequence[str | None] = ("Completed",),
    busy: int = 0,
    retry_after: str | None = "1",
    lingering: int = 0,
    taken: bool = False,
    largest_body: int = 100_000,
    faults: Mapping[int, Trouble] | None = None,
    **inputs: object,
) -> Scenario:
    """A job that goes through `statuses`, on a system that is as the other arguments say."""
    return Scenario(
        name,
        SUBMIT,
        lambda: DirectAccessApi(
            jobs={JOB_ID: ["Running"]} if taken else None,
            new_job=statuses,
            reserved=["ibm_cleveland"],
            busy=busy,
            retry_after=retry_after,
            lingering=lingering,
            largest_body=largest_body,
            faults=faults,
            token=TOKEN,
        ),
        requests,
        end,
        {
            "job_id": JOB_ID,
            "backend": "ibm_rensselaer",
            "program_id": "sampler",
            "timeout_secs": 600,
            "storage": STORAGE,
            "bearer_token": TOKEN,
            **inputs,
        },
        waits,
    )


SCENARIOS = (
    # Submitted, read until it is over, deleted.
    _submit("completed-at-once", 3, "returns"),
    _submit(
        "completed-after-a-while",
        5,
        "returns",
        waits=[5, 5],
        statuses=["Running", "Running", "Completed"],
    ),
    _submit("failed", 4, "returns", waits=[5], statuses=["Running", "Failed"]),
    _submit("cancelled", 3, "returns", statuses=["Cancelled"]),
    _submit(
        "all-inputs",
        3,
        "returns",
        log_level="debug",
        storage={**STORAGE, "logs": _stored("logs")},
        program_id="estimator",
        job_id="job of mine/1",
    ),
    # No room: what Retry-After says goes before what the workflow says.
    _submit("no-room-for-seconds", 4, "returns", waits=[7], busy=1, retry_after="7"),
    _submit(
        "no-room-until-a-moment",
        4,
        "returns",
        waits=[42],
        busy=1,
        retry_after="Sun, 15 Mar 2026 09:00:42 GMT",
    ),
    _submit(
        "no-room-until-the-past",
        4,
        "returns",
        waits=[0],
        busy=1,
        retry_after="Sun, 15 Mar 2026 08:00:00 GMT",
    ),
    _submit("no-room-who-knows", 5, "returns", waits=[10, 10], busy=2, retry_after=None),
    _submit("no-room-in-vague-words", 4, "returns", waits=[10], busy=1, retry_after="soon"),
    _submit("room-at-the-last-try", 8, "returns", waits=[1] * 5, busy=5),
    _submit("no-room-ever", 6, "StepFailed in submit", waits=[1] * 5, busy=9),
    # The submission is refused.
    _submit("wrong-token", 1, "StepFailed in submit by unauthorized", bearer_token=WRONG_TOKEN),
    _submit("unknown-backend", 1, "StepFailed in submit by notFound", backend="ibm_nowhere"),
    _submit("id-taken", 1, "StepFailed in submit", taken=True),
    _submit("too-large", 1, "StepFailed in submit", largest_body=100),
    _submit("not-valid", 1, "StepFailed in submit", log_level="loud"),
    _submit("reserved", 1, "StepFailed in submit", backend="ibm_cleveland"),
    _submit("down", 1, "StepFailed in submit", faults={1: Fault.SERVER_ERROR}),
    _submit(
        "token-runs-out-for-want-of-room",
        2,
        "StepFailed in submit by unauthorized",
        waits=[1],
        busy=1,
        faults={2: Fault.UNAUTHORIZED},
    ),
    # Reads that tell nothing are repeated, others are not.
    _submit("down-while-waiting", 4, "returns", waits=[5], faults={2: Fault.SERVER_ERROR}),
    _submit("page-while-waiting", 4, "returns", waits=[5], faults={2: Fault.NOT_JSON}),
    _submit("no-status-while-waiting", 4, "returns", waits=[5], statuses=[None, "Completed"]),
    _submit("job-without-id", 2, "OutputMissing in wait", faults={2: Lacking(["id"])}),
    # Each step counts its retries for itself.
    _submit(
        "never-over",
        63,
        "StepFailed in wait",
        waits=[1, *[5] * 60],
        busy=1,
        statuses=["Running"],
    ),
    _submit(
        "token-runs-out-while-waiting",
        3,
        "StepFailed in wait by unauthorized",
        waits=[5],
        statuses=["Running"],
        faults={3: Fault.UNAUTHORIZED},
    ),
    _submit(
        "gone-while-waiting",
        2,
        "StepFailed in wait by notFound",
        faults={2: Fault.NOT_FOUND},
    ),
    # A job that is over may take a moment to be deleted.
    _submit("deleted-at-the-third-try", 5, "returns", waits=[2, 2], lingering=2),
    _submit(
        "never-deleted",
        8,
        "StepFailed in delete",
        waits=[1, 5, 2, 2, 2],
        busy=1,
        statuses=["Running", "Completed"],
        lingering=9,
    ),
    _submit(
        "token-runs-out-before-deletion",
        3,
        "StepFailed in delete by unauthorized",
        faults={3: Fault.UNAUTHORIZED},
    ),
    _submit(
        "gone-before-deletion",
        4,
        "StepFailed in delete by notFound",
        waits=[2],
        lingering=1,
        faults={4: Fault.NOT_FOUND},
    ),
    _submit("down-before-deletion", 3, "StepFailed in delete", faults={3: Fault.SERVER_ERROR}),
)
