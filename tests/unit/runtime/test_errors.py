from __future__ import annotations

import copy
import pickle

import pytest

from arazzoc.runtime.errors import (
    MissingValue,
    OutputMissing,
    StepFailed,
    TransportError,
    WorkflowError,
)
from arazzoc.runtime.messages import Request, Response

REQUEST = Request("GET", "https://me:s3cret@h/v1/jobs/7?key=s3cret", {"Authorization": "s3cret"})
RESPONSE = Response(404, {"set-cookie": "s3cret"}, b"s3cret")

ERRORS: list[tuple[WorkflowError, str]] = [
    (
        StepFailed("getJobStatus", "$statusCode == 200", REQUEST, RESPONSE),
        "step getJobStatus: GET /v1/jobs/7 answered 404, and $statusCode == 200 does not hold",
    ),
    (
        StepFailed(
            "wait",
            "$response.body#/status == 'Completed'",
            REQUEST,
            RESPONSE,
            action="giveUp",
            operands={"$response.body#/status": "Failed", "$response.body#/log": "x" * 100},
        ),
        (
            "step wait: GET /v1/jobs/7 answered 404, and $response.body#/status == 'Completed' "
            "does not hold; $response.body#/status is 'Failed'; "
            f"$response.body#/log is '{'x' * 76}...; ended by giveUp"
        ),
    ),
    (StepFailed("a", None, REQUEST, RESPONSE), "step a: GET /v1/jobs/7 answered 404"),
    (StepFailed("a", None, REQUEST), "step a: GET /v1/jobs/7 got no response"),
    (
        StepFailed("a", "$inputs.x has a value"),
        "step a: $inputs.x has a value does not hold, so nothing was sent",
    ),
    (
        MissingValue("cancel", "$steps.a.outputs.id"),
        "step cancel: $steps.a.outputs.id has no value, so nothing was sent",
    ),
    (
        OutputMissing("submit", "jobId", "/id", RESPONSE),
        "step submit: no value for output jobId: the response (status 404 with a body of another type, not JSON) has nothing at /id",
    ),
    (
        OutputMissing("submit", "job", "", RESPONSE),
        "step submit: no value for output job: the response (status 404 with a body of another type, not JSON) has no body to read",
    ),
    (TransportError(REQUEST, "timed out"), "GET h/v1/jobs/7: timed out"),
]


@pytest.mark.parametrize(("error", "message"), ERRORS, ids=lambda value: type(value).__name__)
def test_messages_say_what_happened_and_show_no_secret(error: WorkflowError, message: str) -> None:
    assert str(error) == message
    assert "s3cret" not in repr(error)


@pytest.mark.parametrize("error", [error for error, _ in ERRORS], ids=lambda e: type(e).__name__)
def test_errors_can_be_copied_and_pickled(error: WorkflowError) -> None:
    pickled = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    for twin in (pickled, copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_a_response_that_never_came_is_none_and_its_error_the_cause() -> None:
    cause = TransportError(REQUEST, "timed out")
    failed = StepFailed("a", "$statusCode == 200", REQUEST, Response(0, {}, b"", cause))
    assert failed.response is None
    assert str(failed) == "step a: GET /v1/jobs/7 got no response"
    with pytest.raises(StepFailed) as caught:
        raise failed
    assert caught.value.__cause__ is cause


def test_a_missing_value_is_a_failed_step() -> None:
    with pytest.raises(StepFailed) as caught:
        raise MissingValue("a", "$inputs.x")
    assert caught.value.step_id == "a"
    assert caught.value.outputs == {}
    assert caught.value.request is None
