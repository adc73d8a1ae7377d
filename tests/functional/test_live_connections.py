"""The built-in transport keeps a connection for the length of a call, and mends one that is closed."""

from __future__ import annotations

import pytest

from generated.ibm_quantum import cancel_running_job as cancelling
from generated.ibm_quantum import session_run_and_close as running
from tests.standins import Fault, IbmQuantumApi, serving


def _cancel(
    here: str, transport: cancelling.Transport | None = None
) -> cancelling.CancelRunningJobOutputs:
    return cancelling.cancel_running_job(
        access_token="example-token",
        service_crn="crn:v1:example",
        api_version="2026-03-15",
        job_id="job-1",
        jobs_api_url=here,
        transport=transport,
    )


def _run(sessions_url: str, jobs_url: str) -> running.SessionRunAndCloseOutputs:
    return running.session_run_and_close(
        access_token="example-token",
        service_crn="crn:v1:example",
        api_version="2026-03-15",
        backend="ibm_fez",
        mode="batch",
        program_id="sampler",
        params={},
        sessions_api_url=sessions_url,
        jobs_api_url=jobs_url,
    )


def test_three_requests_take_one_connection() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]})
    with serving(api) as here:
        _cancel(here)

    assert (len(api.requests), api.connections) == (3, 1)


def test_two_descriptions_of_one_server_share_a_connection() -> None:
    api = IbmQuantumApi()
    with serving(api) as here:
        _run(here, here)

    assert (len(api.requests), api.connections) == (3, 1)


def test_two_servers_take_two_connections() -> None:
    sessions, jobs = IbmQuantumApi(), IbmQuantumApi()
    with (
        serving(sessions) as sessions_url,
        serving(jobs) as jobs_url,
        pytest.raises(running.StepFailed) as raised,
    ):
        _run(sessions_url, jobs_url)

    assert raised.value.step_id == "runJobInSession"  # the other server knows no such session
    assert (len(sessions.requests), sessions.connections) == (1, 1)
    assert (len(jobs.requests), jobs.connections) == (1, 1)


def test_each_call_opens_its_own_connection() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Completed"]})
    with serving(api) as here:
        for _ in range(2):
            _cancel(here)

    assert (len(api.requests), api.connections) == (2, 2)


def test_calls_share_the_connection_of_a_transport_that_is_given() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Completed"]})
    with serving(api) as here, cancelling.HttpTransport() as transport:
        for _ in range(2):
            _cancel(here, transport)

    assert (len(api.requests), api.connections) == (2, 1)


def test_a_read_is_sent_again_where_the_kept_connection_was_closed() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, faults={3: Fault.DROP})
    with serving(api) as here:
        outputs = _cancel(here)

    assert outputs.final_status == "Cancelled"
    assert [request.method for request in api.requests] == ["GET", "POST", "GET", "GET"]
    assert api.connections == 2


def test_a_cancellation_is_not_sent_again() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, faults={2: Fault.DROP})
    with serving(api) as here, pytest.raises(cancelling.StepFailed) as raised:
        _cancel(here)

    assert raised.value.step_id == "cancelJob"
    assert [request.method for request in api.requests] == ["GET", "POST"]
