"""Any callable will do as a transport."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

import pytest

from generated.ibm_quantum import pause_session_and_confirm as another_module
from generated.ibm_quantum.cancel_running_job import (
    CancelRunningJobOutputs,
    HttpTransport,
    Request,
    Response,
    StepFailed,
    Transport,
    TransportError,
    cancel_running_job,
)
from tests.standins import IbmQuantumApi, serving

JSON = {"content-type": "application/json"}


def _job(status: str) -> Response:
    return Response(200, JSON, json.dumps({"id": "job-1", "status": status}).encode())


def _completed(request: Request) -> Response:
    return _job("Completed")


def _as_told(status: str, request: Request) -> Response:
    return _job(status)


@dataclass
class Script:
    """Answers in turn, and keeps the requests."""

    answers: Iterator[Response]
    requests: list[Request] = field(default_factory=list[Request])

    def __call__(self, request: Request, /) -> Response:
        self.requests.append(request)
        return next(self.answers)


def _cancel(transport: Transport) -> CancelRunningJobOutputs:
    return cancel_running_job(
        access_token="s3cret",
        service_crn="crn:v1:example",
        api_version="2026-03-15",
        job_id="job/1",
        transport=transport,
    )


TRANSPORTS: Mapping[str, Transport] = {
    "function": _completed,
    "lambda": lambda _: _job("Completed"),
    "partial": partial(_as_told, "Completed"),
    "object": Script(iter([_job("Completed")])),
    "method": Script(iter([_job("Completed")])).__call__,
}


@pytest.mark.parametrize("name", TRANSPORTS)
def test_any_callable_works(name: str) -> None:
    assert _cancel(TRANSPORTS[name]) == CancelRunningJobOutputs(final_status=None)


def test_a_transport_gets_complete_requests() -> None:
    script = Script(iter([_job("Queued"), Response(204, {}, b""), _job("Cancelled")]))

    assert _cancel(script) == CancelRunningJobOutputs(final_status="Cancelled")
    server = "https://quantum.cloud.ibm.com/api/v1/jobs/job%2F1"
    headers = {
        "Authorization": "Bearer s3cret",
        "Service-CRN": "crn:v1:example",
        "IBM-API-Version": "2026-03-15",
    }
    assert script.requests == [
        Request("GET", server, headers),
        Request("POST", f"{server}/cancel", headers),
        Request("GET", server, headers),
    ]


def test_a_transport_can_wrap_the_built_in_one() -> None:
    api = IbmQuantumApi(jobs={"job/1": ["Running"]}, token="s3cret")
    statuses: list[int] = []
    with serving(api) as here, HttpTransport() as inner:

        def traced(request: Request) -> Response:
            url = request.url.replace("https://quantum.cloud.ibm.com/api", here)
            response = inner(replace(request, url=url, headers={**request.headers, "X-Trace": "7"}))
            statuses.append(response.status)
            return response

        _cancel(traced)

    assert statuses == [200, 204, 200]
    assert {request.headers["x-trace"] for request in api.requests} == {"7"}


def _raises(error: BaseException) -> Transport:
    def transport(request: Request) -> Response:
        raise error

    return transport


@pytest.mark.parametrize(
    "error",
    [
        OSError("the cable is out"),
        TimeoutError("too slow"),
        ConnectionResetError("reset"),
        TransportError(Request("GET", "https://api.example/", {}), "the cable is out"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_answer_fails_the_step_from_the_transport_s_error(error: Exception) -> None:
    with pytest.raises(StepFailed) as raised:
        _cancel(_raises(error))

    assert raised.value.__cause__ is error
    assert (raised.value.step_id, raised.value.criterion) == ("getJobStatus", None)
    assert raised.value.response is None
    assert raised.value.request is not None
    assert raised.value.request.path == "/api/v1/jobs/job%2F1"


@pytest.mark.parametrize(
    "error", [LookupError("a bug"), KeyboardInterrupt()], ids=lambda error: type(error).__name__
)
def test_a_transport_s_own_mistakes_are_not_taken_for_silence(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised:
        _cancel(_raises(error))

    assert raised.value is error


def test_the_transport_of_another_module_serves_as_well() -> None:
    nobody = "http://127.0.0.1:9"
    with (
        another_module.HttpTransport(timeout=2.0) as transport,
        pytest.raises(StepFailed) as caught,
    ):
        cancel_running_job(
            access_token="s3cret",
            service_crn="crn:v1:example",
            api_version="2026-03-15",
            job_id="job/1",
            jobs_api_url=nobody,
            transport=cast("Transport", transport),
        )
    assert isinstance(caught.value.__cause__, another_module.TransportError)
