"""Ways through `cancel-batch-jobs`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generated.pasqal.cancel_batch_jobs import PASQAL_JOBS_URL, cancel_batch_jobs
from tests.scenarios.model import Scenario, Workflow
from tests.standins import Fault, PasqalApi, PasqalJob, Trouble

TOKEN = "s3cret-pasqal-token"
WRONG_TOKEN = "s3cret-but-wrong"
BATCH = "11111111-1111-4111-8111-111111111111"
OTHER_BATCH = "11111111-1111-4111-8111-111111111112"
OTHER_PROJECT = "55555555-5555-4555-8555-555555555555"
FIRST, SECOND, THIRD, FOURTH = (f"{n}3333333-3333-4333-8333-333333333333" for n in "1234")

CANCEL = Workflow(
    "pasqal", cancel_batch_jobs, PASQAL_JOBS_URL, ("pasqal_jobs_url",), (TOKEN, WRONG_TOKEN)
)


def _mixed() -> Sequence[PasqalJob]:
    """Two jobs that can be cancelled, one that is over, and one that is stuck."""
    return (
        PasqalJob(FIRST, runs=10, user_id="ada & söhne+co"),
        PasqalJob(
            SECOND,
            "RUNNING",
            runs=500,
            project_id=OTHER_PROJECT,
            origin="AZURE",
            started="2026-03-15T09:30:00Z",
            errors=["the laser was off"],
        ),
        PasqalJob(THIRD, "DONE", ended="2026-03-15T08:00:00Z"),
        PasqalJob(FOURTH, "RUNNING", runs=1000, stuck="the device does not answer"),
    )


def _over() -> Sequence[PasqalJob]:
    return (PasqalJob(THIRD, "DONE"), PasqalJob(FOURTH, "ERROR", errors=["no atoms"]))


def _cancel(
    name: str,
    end: str = "returns",
    *,
    jobs: Callable[[], Sequence[PasqalJob]] = _mixed,
    without_data: bool = False,
    faults: Mapping[int, Trouble] | None = None,
    **inputs: object,
) -> Scenario:
    """A batch of `jobs`, and one request."""
    return Scenario(
        name,
        CANCEL,
        lambda: PasqalApi(
            batches={BATCH: jobs()}, without_data=without_data, faults=faults, token=TOKEN
        ),
        1,
        end,
        {"batch_id": BATCH, "bearer_token": TOKEN, **inputs},
    )


SCENARIOS = (
    # Inputs that are not given filter nothing.
    _cancel("whole-batch"),
    _cancel("nothing-left", jobs=_over),
    _cancel("empty-batch", jobs=tuple),
    _cancel("answer-without-data", without_data=True),
    # Each input alone: lists repeat the parameter, and zero, false and "" are values.
    _cancel("one-job", job_ids=[FIRST]),
    _cancel("empty-list", job_ids=[]),
    _cancel("three-jobs", job_ids=(FIRST, SECOND, THIRD)),
    _cancel("id-prefix", id_prefix="2333"),
    _cancel("empty-id-prefix", id_prefix=""),
    _cancel("projects", project_ids=[OTHER_PROJECT]),
    _cancel("users-in-many-letters", user_ids=["ada & söhne+co", "a=b?c#d/e"]),
    _cancel("at-least-no-runs", min_runs=0),
    _cancel("at-most-runs", max_runs=500),
    _cancel("with-errors", with_errors=True),
    _cancel("without-errors", with_errors=False),
    _cancel("origins", origins=["AZURE", "UNKNOWN"]),
    _cancel("started-from", started_from="2026-03-15T10:00:00+01:00"),
    _cancel("ended-by", ended_by="2026-03-15T09:00:00Z"),
    # Together they narrow the choice.
    _cancel(
        "all-inputs",
        job_ids=[SECOND],
        id_prefix="2",
        project_ids=[OTHER_PROJECT],
        user_ids=["user-1"],
        min_runs=500,
        max_runs=500,
        with_errors=True,
        origins=["AZURE"],
        started_from="2026-03-15T09:00:00Z",
        ended_by="2026-03-16T00:00:00Z",
    ),
    _cancel("window-of-runs", min_runs=11, max_runs=999, with_errors=True),
    # Errors that the workflow names, and others.
    _cancel("page-for-an-answer", "StepFailed in cancel", faults={1: Fault.NOT_JSON}),
    _cancel("wrong-token", "StepFailed in cancel by unauthorized", bearer_token=WRONG_TOKEN),
    _cancel("unknown-batch", "StepFailed in cancel by notFound", batch_id=OTHER_BATCH),
    _cancel("batch-that-is-no-uuid", "StepFailed in cancel by invalid", batch_id="a/b"),
    _cancel(
        "many-wrong-inputs",
        "StepFailed in cancel by invalid",
        started_from="tomorrow",
        origins=["HOME"],
    ),
    _cancel("down", "StepFailed in cancel", faults={1: Fault.SERVER_ERROR}),
)
