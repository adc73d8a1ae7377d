"""Stand-ins say nothing that the OpenAPI documents do not allow, and nearly all that they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

from tests.standins import (
    DirectAccessApi,
    Fault,
    IbmQuantumApi,
    PasqalApi,
    PasqalJob,
    Session,
    StandIn,
    serving,
)
from tests.standins.base import Json
from tests.standins.client import AUTHORIZED, Answer, Client
from tests.standins.contract import SPECS, Contract, ContractError

IBM = Contract(
    "ibm-quantum/ibm-quantum-jobs.openapi.yaml", "ibm-quantum/ibm-quantum-sessions.openapi.yaml"
)
DIRECT = Contract("ibm-direct-access/direct-access.openapi.yaml")
PASQAL = Contract("pasqal/pasqal-jobs.openapi.yaml")

CRN = {**AUTHORIZED, "Service-CRN": "crn:v1:example", "IBM-API-Version": "2026-03-15"}
SUBMISSION: Mapping[str, Json] = {
    "id": "job-9",
    "backend": "ibm_rensselaer",
    "program_id": "sampler",
    "timeout_secs": 60,
    "storage": {
        "input": {"type": "s3_compatible", "presigned_url": "https://s3.example/in"},
        "results": {"type": "s3_compatible", "presigned_url": "https://s3.example/out"},
    },
}
BATCH = "11111111-1111-4111-8111-111111111111"
CANCEL = f"/api/v2/batches/{BATCH}/cancel/jobs"


def _ibm(faults: Mapping[int, Fault] | None = None) -> StandIn:
    return IbmQuantumApi(
        jobs={"job-1": ["Queued", "Running", "Failed"], "job-2": ["Completed"]},
        sessions={"session-1": Session(), "session-2": Session("closed", False)},
        faults=faults,
    )


def _ibm_down() -> StandIn:
    return _ibm({1: Fault.SERVER_ERROR})


def _direct() -> StandIn:
    return DirectAccessApi(
        jobs={"run": ["Running"], "ok": ["Completed"], "bad": ["Failed"], "gone": ["Cancelled"]},
        reserved=["ibm_cleveland"],
        largest_body=1000,
    )


def _direct_busy() -> StandIn:
    return DirectAccessApi(busy=1)


def _direct_down() -> StandIn:
    return DirectAccessApi(jobs={"run": ["Running"]}, faults={1: Fault.SERVER_ERROR})


def _pasqal() -> StandIn:
    return PasqalApi(
        batches={
            BATCH: [
                PasqalJob("33333333-3333-4333-8333-333333333331"),
                PasqalJob(
                    "33333333-3333-4333-8333-333333333332",
                    "RUNNING",
                    started="2026-03-15T09:30:00Z",
                    errors=["the laser was off"],
                ),
                PasqalJob("33333333-3333-4333-8333-333333333333", "DONE"),
            ]
        }
    )


def _pasqal_without_data() -> StandIn:
    return PasqalApi(batches={BATCH: []}, without_data=True)


@dataclass(frozen=True)
class Probe:
    """One request and the status it is answered with."""

    api: Callable[[], StandIn]
    status: int
    method: str
    target: str
    payload: Json = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: CRN)

    def __str__(self) -> str:
        return f"{self.api.__name__}-{self.method}-{self.target}-{self.status}"

    def answer(self) -> Answer:
        with serving(self.api()) as base_url, Client(base_url, self.headers) as client:
            return client.send(self.method, self.target, self.payload, body=self.body)


NOBODY: Mapping[str, str] = {"Service-CRN": "crn:v1:example"}
NO_CRN = AUTHORIZED
STRANGER = {**CRN, "Service-CRN": "crn:forbidden"}
JOB: Mapping[str, Json] = {"program_id": "sampler", "backend": "ibm_fez", "params": {"shots": 10}}
SESSION: Json = {"backend": "ibm_fez", "mode": "batch", "max_ttl": 600}
NO_JOB: Json = {"program_id": "sampler", "backend": "ibm_none"}
NO_SESSION: Json = {"backend": "ibm_none"}
PAUSE: Json = {"accepting_jobs": False}

IBM_PROBES = [
    Probe(_ibm, 200, "POST", "/v1/jobs", JOB),
    Probe(_ibm, 200, "POST", "/v1/jobs", {**JOB, "session_id": "session-1"}),
    Probe(_ibm, 400, "POST", "/v1/jobs", {**JOB, "session_id": "session-2"}),
    Probe(_ibm, 404, "POST", "/v1/jobs", {**JOB, "session_id": "session-9"}),
    Probe(_ibm, 400, "POST", "/v1/jobs", {"backend": "ibm_fez"}),
    Probe(_ibm, 400, "POST", "/v1/jobs", body=b"{"),
    Probe(_ibm, 404, "POST", "/v1/jobs", NO_JOB),
    Probe(_ibm, 200, "GET", "/v1/jobs/job-1?exclude_params=true"),
    Probe(_ibm, 200, "GET", "/v1/jobs/job-2"),
    Probe(_ibm, 204, "POST", "/v1/jobs/job-1/cancel"),
    Probe(_ibm, 409, "POST", "/v1/jobs/job-2/cancel"),
    Probe(_ibm, 200, "POST", "/v1/sessions", SESSION),
    Probe(_ibm, 400, "POST", "/v1/sessions", {"backend": "ibm_fez", "mode": "shared"}),
    Probe(_ibm, 400, "POST", "/v1/sessions", {"backend": "ibm_fez", "max_ttl": "long"}),
    Probe(_ibm, 404, "POST", "/v1/sessions", NO_SESSION),
    Probe(_ibm, 200, "GET", "/v1/sessions/session-1"),
    Probe(_ibm, 200, "GET", "/v1/sessions/session-2"),
    Probe(_ibm, 204, "PATCH", "/v1/sessions/session-1", PAUSE),
    Probe(_ibm, 400, "PATCH", "/v1/sessions/session-2", PAUSE),
    Probe(_ibm, 400, "PATCH", "/v1/sessions/session-1", {"accepting_jobs": "no"}),
    Probe(_ibm, 204, "DELETE", "/v1/sessions/session-1/close"),
    *(
        Probe(api, status, method, target.replace("ID", name), payload, headers=headers)
        for method, target, payload, name in (
            ("POST", "/v1/jobs", JOB, ""),
            ("GET", "/v1/jobs/ID", None, "job-1"),
            ("POST", "/v1/jobs/ID/cancel", None, "job-1"),
            ("POST", "/v1/sessions", SESSION, ""),
            ("GET", "/v1/sessions/ID", None, "session-1"),
            ("PATCH", "/v1/sessions/ID", PAUSE, "session-1"),
            ("DELETE", "/v1/sessions/ID/close", None, "session-1"),
        )
        for api, status, headers in (
            (_ibm, 400, NO_CRN),
            (_ibm, 400, {**CRN, "IBM-API-Version": "soon"}),
            (_ibm, 401, NOBODY),
            (_ibm, 401, {**CRN, "Authorization": "Bearer $inputs.accessToken"}),
            (_ibm, 403, STRANGER),
            (_ibm_down, 500, CRN),
        )
    ),
    *(
        Probe(_ibm, 404, method, target, payload)
        for method, target, payload in (
            ("GET", "/v1/jobs/job-9", None),
            ("POST", "/v1/jobs/job-9/cancel", None),
            ("GET", "/v1/sessions/session-9", None),
            ("PATCH", "/v1/sessions/session-9", PAUSE),
            ("DELETE", "/v1/sessions/session-9/close", None),
        )
    ),
]

DIRECT_PROBES = [
    Probe(_direct, 204, "POST", "/v1/jobs", SUBMISSION),
    Probe(_direct, 204, "POST", "/v1/jobs", {**SUBMISSION, "log_level": "debug"}),
    Probe(_direct, 400, "POST", "/v1/jobs", body=b"{"),
    Probe(_direct, 404, "POST", "/v1/jobs", {**SUBMISSION, "backend": "ibm_none"}),
    Probe(_direct, 409, "POST", "/v1/jobs", {**SUBMISSION, "id": "run"}),
    Probe(_direct, 413, "POST", "/v1/jobs", {**SUBMISSION, "program_id": "x" * 2000}),
    Probe(_direct, 422, "POST", "/v1/jobs", {"id": "job-9"}),
    Probe(_direct, 422, "POST", "/v1/jobs", {**SUBMISSION, "timeout_secs": "60"}),
    Probe(_direct, 422, "POST", "/v1/jobs", {**SUBMISSION, "timeout_secs": True}),
    Probe(_direct, 422, "POST", "/v1/jobs", {**SUBMISSION, "log_level": "chatty"}),
    Probe(_direct, 423, "POST", "/v1/jobs", {**SUBMISSION, "backend": "ibm_cleveland"}),
    Probe(_direct_busy, 429, "POST", "/v1/jobs", SUBMISSION),
    Probe(_direct, 200, "GET", "/v1/jobs"),
    Probe(_direct_busy, 200, "GET", "/v1/jobs"),
    *(Probe(_direct, 200, "GET", f"/v1/jobs/{name}") for name in ("run", "ok", "bad", "gone")),
    Probe(_direct, 404, "GET", "/v1/jobs/none"),
    Probe(_direct, 204, "DELETE", "/v1/jobs/ok"),
    Probe(_direct, 404, "DELETE", "/v1/jobs/none"),
    Probe(_direct, 409, "DELETE", "/v1/jobs/run"),
    Probe(_direct, 204, "POST", "/v1/jobs/run/cancel"),
    Probe(_direct, 404, "POST", "/v1/jobs/none/cancel"),
    Probe(_direct, 409, "POST", "/v1/jobs/ok/cancel"),
    Probe(_direct_down, 500, "POST", "/v1/jobs/run/cancel"),
    *(
        Probe(_direct, 401, method, target, payload, headers=NOBODY)
        for method, target, payload in (
            ("POST", "/v1/jobs", SUBMISSION),
            ("GET", "/v1/jobs", None),
            ("GET", "/v1/jobs/run", None),
            ("DELETE", "/v1/jobs/ok", None),
            ("POST", "/v1/jobs/run/cancel", None),
        )
    ),
]

PASQAL_PROBES = [
    Probe(_pasqal, 200, "PATCH", CANCEL),
    Probe(_pasqal, 200, "PATCH", f"{CANCEL}?status=PENDING&status=RUNNING"),
    Probe(_pasqal, 200, "PATCH", f"{CANCEL}?min_runs=101"),
    Probe(_pasqal_without_data, 200, "PATCH", CANCEL),
    Probe(_pasqal, 401, "PATCH", CANCEL, headers=NOBODY),
    Probe(_pasqal, 404, "PATCH", CANCEL.replace("1111-4", "2222-4")),
    Probe(_pasqal, 422, "PATCH", CANCEL.replace(BATCH, "batch-1")),
    *(
        Probe(_pasqal, 422, "PATCH", f"{CANCEL}?{query}")
        for query in (
            "status=QUEUED",
            "origin=MARS",
            "min_runs=few",
            "max_runs=",
            "errors=True",
            "start_date=yesterday",
            # An offset's plus sign that was not encoded arrives as a blank.
            "end_date=2026-03-15T09:00:00+01:00",
        )
    ),
]

PROBES = [
    *((IBM, probe) for probe in IBM_PROBES),
    *((DIRECT, probe) for probe in DIRECT_PROBES),
    *((PASQAL, probe) for probe in PASQAL_PROBES),
]

NEVER_GIVEN = {("submit_job", 408)}
"""A body that does not arrive is nothing that a test should wait for."""


@pytest.mark.parametrize("path", sorted(SPECS.glob("*/*.openapi.yaml")), ids=lambda it: it.name)
def test_every_openapi_document_is_valid(path: Path) -> None:
    validate(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("contract", "probe"), [pytest.param(*each, id=str(each[1])) for each in PROBES]
)
def test_an_answer_is_as_documented(contract: Contract, probe: Probe) -> None:
    answer = probe.answer()
    target = f"{probe.api().prefix}{probe.target}"

    assert answer.status == probe.status, answer.body
    contract.check_reply(
        probe.method, target, answer.status, answer.headers.get("content-type"), answer.body
    )


@pytest.mark.parametrize(
    ("contract", "probes"),
    [(IBM, IBM_PROBES), (DIRECT, DIRECT_PROBES), (PASQAL, PASQAL_PROBES)],
    ids=["ibm-quantum", "direct-access", "pasqal"],
)
def test_every_documented_status_is_probed(contract: Contract, probes: Sequence[Probe]) -> None:
    documented = {
        (operation.operation_id, status)
        for operation in contract.operations
        for status in operation.statuses
    }
    probed = {
        (
            contract.operation(it.method, f"{it.api().prefix}{it.target}").operation_id,
            it.status,
        )
        for it in probes
    }

    assert documented - probed == documented & NEVER_GIVEN


@pytest.mark.parametrize("status", ["Paused", None], ids=["unnamed", "missing"])
def test_a_status_that_breaks_the_contract_is_one_that_was_asked_for(status: str | None) -> None:
    api = IbmQuantumApi(jobs={"job-1": [status]})
    with serving(api) as base_url, Client(base_url, CRN) as client:
        answer = client.send("GET", "/v1/jobs/job-1")

    with pytest.raises(ContractError, match=r"status|Paused"):
        IBM.check_reply("GET", "/api/v1/jobs/job-1", 200, "application/json", answer.body)
