"""A stand-in for the jobs and sessions of the IBM Quantum runtime.

Its contract is `specs/ibm-quantum/*.openapi.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.standins.base import EXAMPLE_BEARER, Json, Received, Reply, Route, StandIn, Trouble

FINAL_STATUSES = frozenset({"Completed", "Cancelled", "Failed"})
MODES = ("batch", "dedicated")
CREATED = "2026-03-15T09:00:00Z"
ENDED = "2026-03-15T09:05:00Z"


@dataclass(slots=True)
class Session:
    """One session; `state` is `open`, `active`, `inactive` or `closed`."""

    state: str = "open"
    accepting_jobs: bool = True
    backend: str = "ibm_fez"
    mode: str = "dedicated"
    max_ttl: int | None = None


@dataclass(slots=True)
class _Job:
    """One job, with the statuses that successive reads will tell; the last one stays."""

    statuses: list[str | None]
    backend: str = "ibm_fez"
    program_id: str = "sampler"
    session_id: str | None = None
    params: Json = None

    @property
    def status(self) -> str | None:
        return self.statuses[0]

    def advance(self) -> None:
        if len(self.statuses) > 1:
            self.statuses.pop(0)


class IbmQuantumApi(StandIn):
    """Jobs that go on by one status a read, and sessions that open, pause and close.

    Args:
        jobs: Each job's id with the statuses it goes through. A read tells the first one and
            moves on, so `["Running", "Completed"]` is a job that ends right after it was seen
            to run: cancelling it is refused. None in place of a status leaves the member out
            of the body; any text may stand, also one that the API does not name.
        sessions: Each session's id with the session.
        new_job: The statuses of jobs submitted later.
        backends: The backends that there are.
        forbidden_crn: A service instance that the caller may not use: 403.
        token: The bearer token that is let in.
        faults: What to do to the n-th request instead of answering it.
    """

    prefix = "/api"

    def __init__(
        self,
        *,
        jobs: Mapping[str, Sequence[str | None]] | None = None,
        sessions: Mapping[str, Session] | None = None,
        new_job: Sequence[str | None] = ("Queued", "Running", "Completed"),
        backends: Sequence[str] = ("ibm_fez", "ibm_torino"),
        forbidden_crn: str = "crn:forbidden",
        token: str = EXAMPLE_BEARER,
        faults: Mapping[int, Trouble] | None = None,
    ) -> None:
        super().__init__(token=token, faults=faults)
        self.sessions = dict(sessions or {})
        self._jobs = {name: _Job(list(statuses)) for name, statuses in (jobs or {}).items()}
        self._new_job = list(new_job)
        self._backends = frozenset(backends)
        self._forbidden_crn = forbidden_crn

    def routes(self) -> Sequence[Route]:
        """Jobs, then sessions."""
        return (
            Route("POST", "/v1/jobs", self._create_job),
            Route("GET", "/v1/jobs/{id}", self._get_job),
            Route("POST", "/v1/jobs/{id}/cancel", self._cancel_job),
            Route("POST", "/v1/sessions", self._create_session),
            Route("GET", "/v1/sessions/{id}", self._get_session),
            Route("PATCH", "/v1/sessions/{id}", self._update_session),
            Route("DELETE", "/v1/sessions/{id}/close", self._close_session),
        )

    def failure(self, status: int, message: str) -> Json:
        """The runtime's error body."""
        return {
            "trace": f"trace-{len(self.requests)}",
            "errors": [{"code": 1000 + status, "message": message, "more_info": None}],
        }

    def examples(self) -> Sequence[str]:
        """The token, the jobs and the sessions."""
        return [
            *super().examples(),
            "header Service-CRN: any text; IBM-API-Version: 2026-03-15",
            *(f"job {name}: {' -> '.join(map(str, j.statuses))}" for name, j in self._jobs.items()),
            *(f"session {name}: {session.state}" for name, session in self.sessions.items()),
        ]

    def job_status(self, job_id: str) -> str | None:
        """The status that the next read of the job would tell."""
        return self._jobs[job_id].status

    def _create_job(self, request: Received, _: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        body = self._body(request, "program_id", "backend")
        session_id = body.get("session_id")
        if session_id is not None:
            session = self.sessions.get(str(session_id))
            if session is None:
                raise self.refused(404, f"there is no session {session_id}")
            if not session.accepting_jobs:
                raise self.refused(400, f"session {session_id} takes no jobs")
            session.state = "active"
        name = f"job-{len(self._jobs) + 1}"
        job = _Job(
            list(self._new_job),
            str(body["backend"]),
            str(body["program_id"]),
            None if session_id is None else str(session_id),
            body.get("params"),
        )
        self._jobs[name] = job
        return Reply(200, {"id": name, "backend": job.backend, "session_id": job.session_id})

    def _get_job(self, request: Received, path: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        job = self._job(path["id"])
        body: dict[str, Json] = {
            "id": path["id"],
            "backend": job.backend,
            "program": {"id": job.program_id},
            "created": CREATED,
            "ended": ENDED if job.status in FINAL_STATUSES else None,
            "session_id": job.session_id,
            "estimated_running_time_seconds": 2.5,
        }
        if job.status is not None:
            body["status"] = job.status
        if job.params is not None and request.query.get("exclude_params") != ["true"]:
            body["params"] = job.params
        job.advance()
        return Reply(200, body)

    def _cancel_job(self, request: Received, path: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        job = self._job(path["id"])
        if job.status in FINAL_STATUSES:
            raise self.refused(409, f"job {path['id']} is {job.status} and cannot be cancelled")
        job.statuses = ["Cancelled"]
        return Reply(204)

    def _create_session(self, request: Received, _: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        body = self._body(request, "backend")
        mode = body.get("mode", "dedicated")
        if mode not in MODES:
            raise self.refused(400, "mode must be batch or dedicated")
        max_ttl = body.get("max_ttl")
        if max_ttl is not None and not isinstance(max_ttl, int):
            raise self.refused(400, "max_ttl must be an integer")
        session = Session(backend=str(body["backend"]), mode=str(mode), max_ttl=max_ttl)
        name = f"session-{len(self.sessions) + 1}"
        self.sessions[name] = session
        return Reply(200, _session_body(name, session))

    def _get_session(self, request: Received, path: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        return Reply(200, _session_body(path["id"], self._session(path["id"])))

    def _update_session(self, request: Received, path: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        session = self._session(path["id"])
        accepting = self._body(request, "accepting_jobs")["accepting_jobs"]
        if not isinstance(accepting, bool):
            raise self.refused(400, "accepting_jobs must be true or false")
        if session.state == "closed":
            raise self.refused(400, f"session {path['id']} is closed")
        session.accepting_jobs = accepting
        session.state = "open" if accepting else "inactive"
        return Reply(204)

    def _close_session(self, request: Received, path: Mapping[str, str]) -> Reply:
        self._check_headers(request)
        session = self._session(path["id"])
        session.state = "closed"
        session.accepting_jobs = False
        return Reply(204)

    def _check_headers(self, request: Received) -> None:
        crn = request.headers.get("service-crn", "")
        if not crn:
            raise self.refused(400, "header Service-CRN is missing")
        if crn == self._forbidden_crn:
            raise self.refused(403, "this service instance is not yours")
        version = request.headers.get("ibm-api-version")
        if version is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", version):
            raise self.refused(400, "header IBM-API-Version must be a day")

    def _body(self, request: Received, *required: str) -> Mapping[str, Json]:
        body = request.json_object()
        if body is None:
            raise self.refused(400, "the body must be a JSON object")
        for name in required:
            if name not in body:
                raise self.refused(400, f"{name} is missing")
        backend = body.get("backend")
        if "backend" in required and backend not in self._backends:
            raise self.refused(404, f"there is no backend {backend}")
        return body

    def _job(self, name: str) -> _Job:
        if name not in self._jobs:
            raise self.refused(404, f"there is no job {name}")
        return self._jobs[name]

    def _session(self, name: str) -> Session:
        if name not in self.sessions:
            raise self.refused(404, f"there is no session {name}")
        return self.sessions[name]


def _session_body(name: str, session: Session) -> Json:
    return {
        "id": name,
        "state": session.state,
        "accepting_jobs": session.accepting_jobs,
        "backend_name": session.backend,
        "mode": session.mode,
        "max_ttl": session.max_ttl,
        "started_at": CREATED if session.state == "active" else None,
        "closed_at": ENDED if session.state == "closed" else None,
    }
