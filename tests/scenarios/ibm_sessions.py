"""Ways through `pause-session-and-confirm` and `session-run-and-close`."""

from __future__ import annotations

from collections.abc import Mapping

from generated.ibm_quantum.pause_session_and_confirm import (
    SESSIONS_API_URL,
    pause_session_and_confirm,
)
from generated.ibm_quantum.session_run_and_close import session_run_and_close
from tests.scenarios.ibm_jobs import TOKEN, WRONG_TOKEN
from tests.scenarios.model import Scenario, Workflow
from tests.standins import Fault, IbmQuantumApi, Lacking, Session, Trouble

PAUSE = Workflow(
    "ibm-quantum",
    pause_session_and_confirm,
    SESSIONS_API_URL,
    ("sessions_api_url",),
    (TOKEN, WRONG_TOKEN),
)
RUN = Workflow(
    "ibm-quantum",
    session_run_and_close,
    SESSIONS_API_URL,
    ("sessions_api_url", "jobs_api_url"),
    (TOKEN, WRONG_TOKEN),
)
CALLER: Mapping[str, object] = {
    "access_token": TOKEN,
    "service_crn": "crn:v1:example",
    "api_version": "2026-03-15",
}


def _pause(
    name: str,
    requests: int,
    end: str,
    *,
    state: str = "open",
    faults: Mapping[int, Trouble] | None = None,
    **inputs: object,
) -> Scenario:
    """A session `session-1` in `state`; it is to take no jobs any more unless `inputs` differ."""
    return Scenario(
        f"pause-session-and-confirm--{name}",
        PAUSE,
        lambda: IbmQuantumApi(
            sessions={"session-1": Session(state, state in {"open", "active"})},
            faults=faults,
            token=TOKEN,
        ),
        requests,
        end,
        {**CALLER, "session_id": "session-1", "accepting_jobs": False, **inputs},
    )


def _run(
    name: str,
    requests: int,
    end: str,
    *,
    faults: Mapping[int, Trouble] | None = None,
    **inputs: object,
) -> Scenario:
    """A sampler's job on `ibm_fez`, in a session of its own, unless `inputs` differ."""
    return Scenario(
        f"session-run-and-close--{name}",
        RUN,
        lambda: IbmQuantumApi(faults=faults, token=TOKEN),
        requests,
        end,
        {
            **CALLER,
            "backend": "ibm_fez",
            "mode": "dedicated",
            "program_id": "sampler",
            "params": {"pubs": [["OPENQASM 3.0; qubit q;", None, 128]], "version": 2},
            **inputs,
        },
    )


SCENARIOS = (
    # Whatever the session was, it ends up as it was asked to be, unless it is closed.
    _pause("open", 3, "returns", state="open"),
    _pause("active", 3, "returns", state="active"),
    _pause("paused-before", 3, "returns", state="inactive"),
    _pause("open-again", 3, "returns", state="inactive", accepting_jobs=True),
    _pause("open-before", 3, "returns", state="open", accepting_jobs=True),
    _pause("closed", 2, "StepFailed in updateSession", state="closed"),
    _pause("id-that-must-be-encoded", 1, "StepFailed in getSession", session_id="../sessions"),
    # The first read fails.
    _pause("wrong-token", 1, "StepFailed in getSession", access_token=WRONG_TOKEN),
    _pause("instance-of-others", 1, "StepFailed in getSession", service_crn="crn:forbidden"),
    _pause("unknown-session", 1, "StepFailed in getSession", session_id="session-of-nobody"),
    _pause("down", 1, "StepFailed in getSession", faults={1: Fault.SERVER_ERROR}),
    _pause("without-state", 1, "OutputMissing in getSession", faults={1: Lacking(["state"])}),
    _pause(
        "without-flag", 1, "OutputMissing in getSession", faults={1: Lacking(["accepting_jobs"])}
    ),
    _pause("page-for-a-session", 1, "OutputMissing in getSession", faults={1: Fault.NOT_JSON}),
    # The change fails.
    _pause("token-runs-out", 2, "StepFailed in updateSession", faults={2: Fault.UNAUTHORIZED}),
    _pause("gone-meanwhile", 2, "StepFailed in updateSession", faults={2: Fault.NOT_FOUND}),
    _pause("down-meanwhile", 2, "StepFailed in updateSession", faults={2: Fault.SERVER_ERROR}),
    # The second read fails, although the session is changed.
    _pause("gone-after", 3, "StepFailed in confirmSession", faults={3: Fault.NOT_FOUND}),
    _pause("down-after", 3, "StepFailed in confirmSession", faults={3: Fault.SERVER_ERROR}),
    _pause("no-state-after", 3, "OutputMissing in confirmSession", faults={3: Lacking(["state"])}),
    _pause(
        "no-flag-after",
        3,
        "OutputMissing in confirmSession",
        faults={3: Lacking(["accepting_jobs"])},
    ),
    # A session is opened, a job goes into it, and it is closed.
    _run("dedicated", 3, "returns"),
    _run("batch", 3, "returns", mode="batch", program_id="estimator"),
    _run("without-params", 3, "returns", params={}),
    _run(
        "params-in-many-letters", 3, "returns", params={"näme": 'ψ "0" \\ \n', "é": [1.5e-7, True]}
    ),
    # No session is opened.
    _run("wrong-token", 1, "StepFailed in createSession", access_token=WRONG_TOKEN),
    _run("instance-of-others", 1, "StepFailed in createSession", service_crn="crn:forbidden"),
    _run("unknown-mode", 1, "StepFailed in createSession", mode="shared"),
    _run("unknown-backend", 1, "StepFailed in createSession", backend="ibm_nowhere"),
    _run("session-without-id", 1, "OutputMissing in createSession", faults={1: Lacking(["id"])}),
    _run(
        "session-without-state", 1, "OutputMissing in createSession", faults={1: Lacking(["state"])}
    ),
    # A session is opened, but no job goes into it; the error tells the session.
    _run("token-runs-out", 2, "StepFailed in runJobInSession", faults={2: Fault.UNAUTHORIZED}),
    _run("session-gone", 2, "StepFailed in runJobInSession", faults={2: Fault.NOT_FOUND}),
    _run("down-meanwhile", 2, "StepFailed in runJobInSession", faults={2: Fault.SERVER_ERROR}),
    _run("job-without-id", 2, "OutputMissing in runJobInSession", faults={2: Lacking(["id"])}),
    # The session stays open; the error tells session and job.
    _run("gone-after", 3, "StepFailed in closeSession", faults={3: Fault.NOT_FOUND}),
    _run("down-after", 3, "StepFailed in closeSession", faults={3: Fault.SERVER_ERROR}),
    _run("page-for-nothing", 3, "StepFailed in closeSession", faults={3: Fault.NOT_JSON}),
)
