"""A stand-in for the job operations of IBM Quantum direct access.

Its contract is `specs/ibm-direct-access/direct-access.openapi.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.standins.base import EXAMPLE_BEARER, Json, Received, Reply, Route, StandIn, Trouble

FINAL_STATUSES = frozenset({"Completed", "Cancelled", "Failed"})
LOG_LEVELS = ("info", "debug", "warning", "error", "critical")
REQUEST_TYPES: Mapping[str, type] = {
    "id": str,
    "backend": str,
    "program_id": str,
    "storage": dict,
    "timeout_secs": int,
}
CREATED = "2026-03-15T09:00:00Z"
ENDED = "2026-03-15T09:05:00Z"


@dataclass(slots=True)
class _Job:
    """One job, with the statuses that successive reads will tell; the last one stays."""

    statuses: list[str | None]
    backend: str = "ibm_rensselaer"
    program_id: str = "sampler"
    log_level: str = "warning"
    storage: Json = field(default_factory=dict[str, Json])
    timeout_secs: int = 60
    refused_deletions: int = 0

    @property
    def status(self) -> str | None:
        return self.statuses[0]

    def advance(self) -> None:
        if len(self.statuses) > 1:
            self.statuses.pop(0)


class DirectAccessApi(StandIn):
    """A system that runs jobs under their callers' ids, and forgets them when told to.

    Args:
        jobs: Each job's id with the statuses it goes through. A read tells the first one and
            moves on. None in place of a status leaves the member out of the body; any text
            may stand, also one that the API does not name.
        new_job: The statuses of jobs submitted later.
        backends: The backends that there are.
        reserved: Those of them that are reserved for somebody else: 423.
        busy: How many submissions find no room: 429.
        retry_after: The Retry-After of those, in seconds or as an HTTP date; None is none.
        lingering: How many deletions of a job that has ended are refused all the same: 409.
        largest_body: Bytes that a body may have: 413.
        token: The bearer token that is let in.
        faults: What to do to the n-th request instead of answering it.
    """

    def __init__(
        self,
        *,
        jobs: Mapping[str, Sequence[str | None]] | None = None,
        new_job: Sequence[str | None] = ("Running", "Running", "Completed"),
        backends: Sequence[str] = ("ibm_rensselaer", "ibm_cleveland"),
        reserved: Sequence[str] = (),
        busy: int = 0,
        retry_after: str | None = "1",
        lingering: int = 0,
        largest_body: int = 100_000,
        token: str = EXAMPLE_BEARER,
        faults: Mapping[int, Trouble] | None = None,
    ) -> None:
        super().__init__(token=token, faults=faults)
        self._jobs = {name: _Job(list(statuses)) for name, statuses in (jobs or {}).items()}
        self._new_job = list(new_job)
        self._backends = frozenset(backends)
        self._reserved = frozenset(reserved)
        self._busy = busy
        self._retry_after = retry_after
        self._lingering = lingering
        self._largest_body = largest_body

    def routes(self) -> Sequence[Route]:
        """The five operations."""
        return (
            Route("POST", "/v1/jobs", self._submit),
            Route("GET", "/v1/jobs", self._list),
            Route("GET", "/v1/jobs/{job-id}", self._get),
            Route("DELETE", "/v1/jobs/{job-id}", self._delete),
            Route("POST", "/v1/jobs/{job-id}/cancel", self._cancel),
        )

    def failure(self, status: int, message: str) -> Json:
        """The system's error body."""
        return {
            "trace": f"trace-{len(self.requests)}",
            "errors": [{"code": f"error_{status}", "message": message, "more_info": None}],
        }

    def examples(self) -> Sequence[str]:
        """The token, the backends and the jobs."""
        return [
            *super().examples(),
            f"backends: {', '.join(sorted(self._backends))}",
            *(f"job {name}: {' -> '.join(map(str, j.statuses))}" for name, j in self._jobs.items()),
        ]

    def job_ids(self) -> Sequence[str]:
        """The jobs that there are, the oldest first."""
        return list(self._jobs)

    def _submit(self, request: Received, _: Mapping[str, str]) -> Reply:
        if len(request.body) > self._largest_body:
            raise self.refused(413, "the body is too large")
        body = request.json_object()
        if body is None:
            raise self.refused(400, "the body must be a JSON object")
        name, backend, program_id, storage, timeout_secs = self._validated(body)
        if backend not in self._backends:
            raise self.refused(404, f"there is no backend {backend}")
        if backend in self._reserved:
            raise self.refused(423, f"backend {backend} is reserved")
        if name in self._jobs:
            raise self.refused(409, f"there is a job {name} already")
        if self._busy > 0:
            self._busy -= 1
            headers = {} if self._retry_after is None else {"Retry-After": self._retry_after}
            raise self.refused(429, f"backend {backend} has no room", headers)
        self._jobs[name] = _Job(
            list(self._new_job),
            backend,
            program_id,
            str(body.get("log_level", "warning")),
            storage,
            timeout_secs,
        )
        return Reply(204)

    def _validated(self, body: Mapping[str, Json]) -> tuple[str, str, str, Json, int]:
        for name, kind in REQUEST_TYPES.items():
            if name not in body:
                raise self.refused(422, f"{name} is missing")
            if not isinstance(body[name], kind) or isinstance(body[name], bool):
                raise self.refused(422, f"{name} must be of type {kind.__name__}")
        if body.get("log_level", "warning") not in LOG_LEVELS:
            raise self.refused(422, "log_level must be one of " + ", ".join(LOG_LEVELS))
        return (
            str(body["id"]),
            str(body["backend"]),
            str(body["program_id"]),
            body["storage"],
            int(str(body["timeout_secs"])),
        )

    def _list(self, _: Received, __: Mapping[str, str]) -> Reply:
        jobs = [_job_body(name, job) for name, job in self._jobs.items()]
        return Reply(200, {"jobs": jobs or None})

    def _get(self, _: Received, path: Mapping[str, str]) -> Reply:
        job = self._job(path["job-id"])
        reply = Reply(200, _job_body(path["job-id"], job))
        job.advance()
        return reply

    def _delete(self, _: Received, path: Mapping[str, str]) -> Reply:
        job = self._job(path["job-id"])
        if job.status not in FINAL_STATUSES:
            raise self.refused(409, "the job has not ended, cancel it first")
        if job.refused_deletions < self._lingering:
            job.refused_deletions += 1
            raise self.refused(409, "the job is still being put away")
        del self._jobs[path["job-id"]]
        return Reply(204)

    def _cancel(self, _: Received, path: Mapping[str, str]) -> Reply:
        job = self._job(path["job-id"])
        if job.status in FINAL_STATUSES:
            raise self.refused(409, f"the job is {job.status} and cannot be cancelled")
        job.statuses = ["Cancelled"]
        return Reply(204)

    def _job(self, name: str) -> _Job:
        if name not in self._jobs:
            raise self.refused(404, f"there is no job {name}")
        return self._jobs[name]


def _job_body(name: str, job: _Job) -> Json:
    body: dict[str, Json] = {
        "id": name,
        "backend": job.backend,
        "program_id": job.program_id,
        "created_time": CREATED,
        "log_level": job.log_level,
        "storage": job.storage,
        "timeout_secs": job.timeout_secs,
    }
    if job.status is not None:
        body["status"] = job.status
    if job.status in FINAL_STATUSES:
        body["end_time"] = ENDED
    if job.status == "Completed":
        body["usage"] = {"quantum_nanoseconds": 1_500_000_000}
    if job.status == "Cancelled":
        body["reason_message"] = "The job was cancelled"
    if job.status == "Failed":
        body["reason_code"] = 9999
        body["reason_message"] = "The program raised an error"
        body["reason_solution"] = "Mend the program and submit it again"
    return body
