"""What a workflow's test relies on: states that move on, faults on demand, a log."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.standins import (
    DirectAccessApi,
    Fault,
    IbmQuantumApi,
    Lacking,
    PasqalApi,
    PasqalJob,
    Session,
    serving,
)
from tests.standins.base import Json
from tests.standins.client import AUTHORIZED, Client
from tests.standins.contract import Contract, ContractError

ROOT = Path(__file__).parents[2]
CRN = {**AUTHORIZED, "Service-CRN": "crn:v1:example"}
BATCH = "11111111-1111-4111-8111-111111111111"
CANCEL = f"/api/v2/batches/{BATCH}/cancel/jobs"


def test_a_job_moves_on_by_one_status_a_read() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Queued", "Running", "Completed"]})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        seen = [client.send("GET", "/v1/jobs/job-1").json()["status"] for _ in range(4)]

    assert seen == ["Queued", "Running", "Completed", "Completed"]


def test_a_job_that_was_cancelled_says_so() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        before = client.send("GET", "/v1/jobs/job-1").json()["status"]
        accepted = client.send("POST", "/v1/jobs/job-1/cancel").status
        after = client.send("GET", "/v1/jobs/job-1").json()["status"]

    assert (before, accepted, after) == ("Running", 204, "Cancelled")


def test_a_job_that_ends_right_after_it_was_read_cannot_be_cancelled() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running", "Completed"]})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        assert client.send("GET", "/v1/jobs/job-1").json()["status"] == "Running"
        assert client.send("POST", "/v1/jobs/job-1/cancel").status == 409


def test_a_job_shows_its_input_unless_it_is_asked_not_to() -> None:
    with serving(IbmQuantumApi()) as base_url, Client(base_url, CRN) as client:
        job: Json = {"program_id": "sampler", "backend": "ibm_fez", "params": {"shots": 10}}
        name = client.send("POST", "/v1/jobs", job).json()["id"]

        assert client.send("GET", f"/v1/jobs/{name}").json()["params"] == {"shots": 10}
        assert "params" not in client.send("GET", f"/v1/jobs/{name}?exclude_params=true").json()


def test_a_session_is_opened_used_paused_and_closed() -> None:
    with serving(IbmQuantumApi()) as base_url, Client(base_url, CRN) as client:
        opened = client.send("POST", "/v1/sessions", {"backend": "ibm_fez", "mode": "batch"})
        session = f"/v1/sessions/{opened.json()['id']}"
        job = {"program_id": "sampler", "backend": "ibm_fez", "session_id": opened.json()["id"]}
        states = [opened.json()["state"]]
        client.send("POST", "/v1/jobs", job)
        states.append(client.send("GET", session).json()["state"])
        client.send("PATCH", session, {"accepting_jobs": False})
        states.append(client.send("GET", session).json()["state"])
        refused = client.send("POST", "/v1/jobs", job)
        client.send("DELETE", f"{session}/close")
        states.append(client.send("GET", session).json()["state"])

    assert states == ["open", "active", "inactive", "closed"]
    assert refused.status == 400


def test_a_paused_session_can_be_opened_again() -> None:
    api = IbmQuantumApi(sessions={"session-1": Session("inactive", accepting_jobs=False)})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        client.send("PATCH", "/v1/sessions/session-1", {"accepting_jobs": True})
        session = client.send("GET", "/v1/sessions/session-1").json()

    assert (session["state"], session["accepting_jobs"]) == ("open", True)


@pytest.mark.parametrize("retry_after", ["7", "Sun, 15 Mar 2026 09:00:00 GMT", None])
def test_a_full_backend_turns_the_first_submissions_away(retry_after: str | None) -> None:
    submission: Json = {
        "id": "job-1",
        "backend": "ibm_rensselaer",
        "program_id": "sampler",
        "timeout_secs": 60,
        "storage": {},
    }
    api = DirectAccessApi(busy=2, retry_after=retry_after)
    with serving(api) as base_url, Client(base_url) as client:
        answers = [client.send("POST", "/v1/jobs", submission) for _ in range(3)]

    assert [answer.status for answer in answers] == [429, 429, 204]
    assert [answer.headers.get("retry-after") for answer in answers] == [
        retry_after,
        retry_after,
        None,
    ]
    assert api.job_ids() == ["job-1"]


def test_a_lingering_job_is_deleted_at_the_second_try() -> None:
    api = DirectAccessApi(jobs={"job-1": ["Completed"]}, lingering=1)
    with serving(api) as base_url, Client(base_url) as client:
        statuses = [client.send("DELETE", "/v1/jobs/job-1").status for _ in range(3)]

    assert statuses == [409, 204, 404]


PENDING = PasqalJob("33333333-3333-4333-8333-333333333331", runs=10, user_id="ada")
RUNNING = PasqalJob(
    "44444444-4444-4444-8444-444444444442",
    "RUNNING",
    runs=500,
    project_id="55555555-5555-4555-8555-555555555555",
    origin="AZURE",
    started="2026-03-15T09:30:00Z",
    errors=["the laser was off"],
)
DONE = PasqalJob("33333333-3333-4333-8333-333333333333", "DONE", ended="2026-03-15T08:00:00Z")
NAMES = {PENDING.id: "pending", RUNNING.id: "running", DONE.id: "done"}


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", "pending running done"),
        (f"id={PENDING.id}&id={DONE.id}", "pending done"),
        ("id__starts_with=4444", "running"),
        (f"batch_id={BATCH}", "pending running done"),
        ("batch_id=other", ""),
        (f"project_id={RUNNING.project_id}", "running"),
        ("user_id=ada", "pending"),
        ("status=PENDING&status=RUNNING", "pending running"),
        ("min_runs=100", "running done"),
        ("max_runs=100", "pending done"),
        ("errors=true", "running"),
        ("errors=false", "pending done"),
        ("origin=AZURE&origin=UNKNOWN", "running"),
        ("start_date=2026-03-15T10:00:00%2B01:00", "running"),
        ("end_date=2026-03-15T09:00:00Z", "done"),
        ("status=RUNNING&user_id=ada", ""),
    ],
)
def test_filters_choose_the_jobs_of_a_batch(query: str, chosen: str) -> None:
    jobs = [
        PasqalJob(
            it.id,
            it.status,
            it.runs,
            it.project_id,
            it.user_id,
            it.origin,
            it.started,
            it.ended,
            it.errors,
        )
        for it in (PENDING, RUNNING, DONE)
    ]
    with serving(PasqalApi(batches={BATCH: jobs})) as base_url, Client(base_url) as client:
        data = client.send("PATCH", f"{CANCEL}?{query}").json()["data"]

    found = {job["id"] for job in data["jobs"]} | set(data["errors"])
    assert found == {name for name, label in NAMES.items() if label in chosen.split()}


def test_jobs_that_are_stuck_or_over_are_told_as_errors() -> None:
    jobs = [PasqalJob(PENDING.id, stuck="the device does not answer"), PasqalJob(DONE.id, "DONE")]
    with serving(PasqalApi(batches={BATCH: jobs})) as base_url, Client(base_url) as client:
        data = client.send("PATCH", CANCEL).json()["data"]

    assert data == {
        "jobs": [],
        "errors": {
            PENDING.id: "the device does not answer",
            DONE.id: "a job that is DONE cannot be cancelled",
        },
    }


def test_the_log_keeps_requests_as_they_were_sent() -> None:
    api = IbmQuantumApi()
    with serving(api) as base_url, Client(base_url, CRN) as client:
        client.send("GET", "/v1/jobs/a%2Fb%20%C3%A9?exclude_params=true")
        client.send("POST", "/v1/jobs", {"program_id": "sampler"})

    first, second = api.requests
    assert (first.method, first.target) == (
        "GET",
        "/api/v1/jobs/a%2Fb%20%C3%A9?exclude_params=true",
    )
    assert first.query == {"exclude_params": ["true"]}
    assert first.headers["service-crn"] == "crn:v1:example"
    assert second.json() == {"program_id": "sampler"}


def test_a_path_segment_is_decoded_after_the_path_is_split() -> None:
    api = IbmQuantumApi(jobs={"a/b": ["Running"]})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        assert client.send("GET", "/v1/jobs/a%2Fb").json()["id"] == "a/b"
        assert client.send("GET", "/v1/jobs/a/b").status == 404


def test_a_request_outside_the_prefix_finds_nothing() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]})
    with serving(api) as base_url, Client(base_url.removesuffix("/api"), CRN) as client:
        assert client.send("GET", "/v1/jobs/job-1").status == 404
    assert [request.path for request in api.requests] == ["/v1/jobs/job-1"]


def test_a_dropped_connection_ends_without_an_answer() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, faults={2: Fault.DROP})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        assert client.send("GET", "/v1/jobs/job-1").status == 200
        with pytest.raises(http.client.RemoteDisconnected):
            client.send("GET", "/v1/jobs/job-1")
        assert client.send("GET", "/v1/jobs/job-1").status == 200

    assert len(api.requests) == 3


def test_a_fault_can_be_an_error_or_a_page_of_html() -> None:
    faults = {1: Fault.SERVER_ERROR, 2: Fault.NOT_JSON}
    with serving(DirectAccessApi(faults=faults)) as base_url, Client(base_url) as client:
        error = client.send("GET", "/v1/jobs")
        page = client.send("GET", "/v1/jobs")

    assert (error.status, error.json()["errors"][0]["code"]) == (500, "error_500")
    assert (page.status, page.headers["content-type"]) == (200, "text/html")


def test_a_fault_can_be_a_refusal_that_the_state_would_not_lead_to() -> None:
    faults = {1: Fault.UNAUTHORIZED, 2: Fault.NOT_FOUND}
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, faults=faults)
    with serving(api) as base_url, Client(base_url, CRN) as client:
        statuses = [client.send("GET", "/v1/jobs/job-1").status for _ in range(3)]

    assert statuses == [401, 404, 200]


def test_a_fault_can_take_members_out_of_the_answer() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, faults={1: Lacking(["status", "ended"])})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        lacking, whole = (client.send("GET", "/v1/jobs/job-1").json() for _ in range(2))

    assert whole.keys() - lacking.keys() == {"status", "ended"}


def test_a_stalled_request_lasts_as_long_as_its_client_waits() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]}, faults={1: Fault.STALL})
    with serving(api) as base_url:
        parts = urlsplit(base_url)
        with socket.create_connection((parts.hostname, parts.port), timeout=0.05) as connection:
            connection.sendall(b"GET /api/v1/jobs/job-1 HTTP/1.1\r\nHost: x\r\n\r\n")
            with pytest.raises(TimeoutError):
                connection.recv(1)
        with Client(base_url, CRN) as client:
            assert client.send("GET", "/v1/jobs/job-1").status == 200

    assert api.connections == 2


def test_answers_on_a_kept_connection_come_at_once() -> None:
    api = IbmQuantumApi(jobs={"job-1": ["Running"]})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        client.send("GET", "/v1/jobs/job-1")
        begin = time.perf_counter()
        for _ in range(20):
            client.send("GET", "/v1/jobs/job-1")
        spent = time.perf_counter() - begin

    # Head and body in two packets would wait for delayed acknowledgements: 40 ms a request.
    assert spent < 0.6


def test_a_request_is_held_against_its_contract() -> None:
    contract = Contract("ibm-quantum/ibm-quantum-sessions.openapi.yaml")
    api = IbmQuantumApi(sessions={"session-1": Session()})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        client.send("PATCH", "/v1/sessions/session-1", {"accepting_jobs": True})
        client.send("PATCH", "/v1/sessions/session-1", {"accepting_jobs": "true"})
        client.send("GET", "/v1/sessions/session-1?state=open")
        client.send("GET", "/v1/sessions/session-1", headers={"Service-CRN": ""})

    good, wrong_body, undeclared, missing = api.requests
    assert contract.check_request(good).operation_id == "update_session"
    with pytest.raises(ContractError, match="accepting_jobs"):
        contract.check_request(wrong_body)
    with pytest.raises(ContractError, match=re.escape("query ['state']")):
        contract.check_request(undeclared)
    with pytest.raises(ContractError, match="header Service-CRN is missing"):
        contract.check_request(missing)


@pytest.mark.parametrize(
    ("name", "stop"),
    [
        ("ibm-quantum", signal.SIGINT),
        ("direct-access", signal.SIGTERM),
        ("pasqal", signal.SIGINT),
    ],
)
def test_a_stand_in_runs_by_hand_until_it_is_stopped(name: str, stop: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.standins", name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        token_line = process.stdout.readline().strip()
        with Client(base_url, {}) as client:
            status = client.send("GET", "/nowhere").status
        process.send_signal(stop)

    assert (status, token_line, process.returncode) == (404, "bearer token: example-token", 0)
