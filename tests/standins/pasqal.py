"""A stand-in for Pasqal Cloud's cancellation of many jobs at once.

Its contract is `specs/pasqal/pasqal-jobs.openapi.yaml`.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from tests.standins.base import EXAMPLE_BEARER, Json, Received, Reply, Route, StandIn, Trouble

STATUSES = ("PENDING", "RUNNING", "DONE", "ERROR", "CANCELED")
FINAL_STATUSES = frozenset({"DONE", "ERROR", "CANCELED"})
ORIGINS = ("CLIENT", "AZURE", "UNKNOWN")
EXAMPLE_BATCH = "11111111-1111-4111-8111-111111111111"
EXAMPLE_PROJECT = "22222222-2222-4222-8222-222222222222"
EXAMPLE_USER = "user-1"
CREATED = "2026-03-15T09:00:00Z"
UPDATED = "2026-03-15T10:00:00Z"


@dataclass(slots=True)
class PasqalJob:
    """One job of a batch.

    Attributes:
        id: Identifies the job; a UUID.
        status: One of `STATUSES`.
        runs: How many times the sequence is repeated.
        project_id: The project; a UUID.
        user_id: The user; the API filters by it but does not tell it.
        origin: One of `ORIGINS`; the API filters by it but does not tell it.
        started: When the job began, as RFC 3339 text.
        ended: When the job was over, as RFC 3339 text.
        errors: What went wrong while the job ran.
        stuck: Why the job cannot be cancelled, or None where it can.
    """

    id: str
    status: str = "PENDING"
    runs: int = 100
    project_id: str = EXAMPLE_PROJECT
    user_id: str = EXAMPLE_USER
    origin: str = "CLIENT"
    started: str | None = None
    ended: str | None = None
    errors: Sequence[str] = ()
    stuck: str | None = None


Test: TypeAlias = Callable[[PasqalJob], bool]


class InvalidValueError(ValueError):
    """A value that its parameter must not have; the kind of fault and a message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class PasqalApi(StandIn):
    """Batches whose jobs can be cancelled.

    Args:
        batches: Each batch's id, a UUID, with its jobs.
        without_data: Whether answers leave `data` out, as the API's contract allows.
        token: The bearer token that is let in.
        faults: What to do to the n-th request instead of answering it.
    """

    prefix = "/core-fast"

    def __init__(
        self,
        *,
        batches: Mapping[str, Sequence[PasqalJob]] | None = None,
        without_data: bool = False,
        token: str = EXAMPLE_BEARER,
        faults: Mapping[int, Trouble] | None = None,
    ) -> None:
        super().__init__(token=token, faults=faults)
        self.batches = {name: list(jobs) for name, jobs in (batches or {}).items()}
        self._without_data = without_data

    def routes(self) -> Sequence[Route]:
        """The one operation."""
        template = "/api/v2/batches/{batch__id}/cancel/jobs"
        return (Route("PATCH", template, self._cancel_jobs),)

    def failure(self, status: int, message: str) -> Json:
        """The cloud's error body."""
        return {"detail": f"{HTTPStatus(status).phrase}: {message}"}

    def examples(self) -> Sequence[str]:
        """The token, the batches and their jobs."""
        return [
            *super().examples(),
            *(
                f"batch {name}, job {job.id}: {job.status}"
                for name, jobs in self.batches.items()
                for job in jobs
            ),
        ]

    def _cancel_jobs(self, request: Received, path: Mapping[str, str]) -> Reply:
        faults: list[Json] = []
        batch_id = path["batch__id"]
        if not _is_uuid(batch_id):
            faults.append(_fault("path", "batch__id", "type_error.uuid", "value is not a uuid"))
        tests: list[Test] = []
        for name, values in request.query.items():
            if name not in FILTERS:
                continue
            try:
                tests.append(FILTERS[name](values, batch_id))
            except InvalidValueError as invalid:
                faults.append(_fault("query", name, invalid.kind, str(invalid)))
        if faults:
            return Reply(422, {"detail": faults})
        if batch_id not in self.batches:
            raise self.refused(404, f"there is no batch {batch_id}")
        cancelled: list[Json] = []
        errors: dict[str, Json] = {}
        for order, job in enumerate(self.batches[batch_id], start=1):
            if not all(test(job) for test in tests):
                continue
            if job.stuck is not None or job.status in FINAL_STATUSES:
                errors[job.id] = job.stuck or f"a job that is {job.status} cannot be cancelled"
                continue
            job.status = "CANCELED"
            job.ended = UPDATED
            cancelled.append(_job_body(batch_id, order, job))
        return Reply(
            200, {} if self._without_data else {"data": {"jobs": cancelled, "errors": errors}}
        )


def _fault(place: str, name: str, kind: str, message: str) -> Json:
    return {"loc": [place, name], "msg": message, "type": kind}


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _moment(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValueError("value_error.datetime", "invalid datetime format") from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=datetime.UTC)
    return moment


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InvalidValueError("type_error.integer", "value is not a valid integer") from None


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise InvalidValueError("type_error.bool", "value could not be parsed to a boolean")
    return text == "true"


def _named(values: Sequence[str], names: Sequence[str]) -> Sequence[str]:
    for value in values:
        if value not in names:
            raise InvalidValueError("type_error.enum", f"{value} is not one of {', '.join(names)}")
    return values


def _any_id(values: Sequence[str], _: str) -> Test:
    return lambda job: job.id in values


def _starts_with(values: Sequence[str], _: str) -> Test:
    return lambda job: job.id.startswith(values[-1])


def _any_batch(values: Sequence[str], batch_id: str) -> Test:
    return lambda _: batch_id in values


def _any_project(values: Sequence[str], _: str) -> Test:
    return lambda job: job.project_id in values


def _any_user(values: Sequence[str], _: str) -> Test:
    return lambda job: job.user_id in values


def _any_status(values: Sequence[str], _: str) -> Test:
    statuses = _named(values, STATUSES)
    return lambda job: job.status in statuses


def _at_least(values: Sequence[str], _: str) -> Test:
    bound = _integer(values[-1])
    return lambda job: job.runs >= bound


def _at_most(values: Sequence[str], _: str) -> Test:
    bound = _integer(values[-1])
    return lambda job: job.runs <= bound


def _with_errors(values: Sequence[str], _: str) -> Test:
    wanted = _boolean(values[-1])
    return lambda job: bool(job.errors) is wanted


def _any_origin(values: Sequence[str], _: str) -> Test:
    origins = _named(values, ORIGINS)
    return lambda job: job.origin in origins


def _started_from(values: Sequence[str], _: str) -> Test:
    bound = _moment(values[-1])
    return lambda job: job.started is not None and _moment(job.started) >= bound


def _ended_by(values: Sequence[str], _: str) -> Test:
    bound = _moment(values[-1])
    return lambda job: job.ended is not None and _moment(job.ended) <= bound


FILTERS: Mapping[str, Callable[[Sequence[str], str], Test]] = {
    "id": _any_id,
    "id__starts_with": _starts_with,
    "batch_id": _any_batch,
    "project_id": _any_project,
    "user_id": _any_user,
    "status": _any_status,
    "min_runs": _at_least,
    "max_runs": _at_most,
    "errors": _with_errors,
    "origin": _any_origin,
    "start_date": _started_from,
    "end_date": _ended_by,
}
"""The query parameters, each with what makes a test of its values and the batch's id."""


def _job_body(batch_id: str, order: int, job: PasqalJob) -> Json:
    body: dict[str, Json] = {
        "id": job.id,
        "status": job.status,
        "runs": job.runs,
        "batch_id": batch_id,
        "project_id": job.project_id,
        "created_at": CREATED,
        "updated_at": UPDATED,
        "creation_order": order,
        "progress": 0,
    }
    if job.started is not None:
        body["start_timestamp"] = job.started
    if job.ended is not None:
        body["end_timestamp"] = job.ended
    if job.errors:
        body["errors"] = list(job.errors)
    return body
