"""No answer comes: the step fails from the transport's error, and nothing is sent twice that must not be."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generated.ibm_quantum import cancel_running_job as cancelling
from tests.compiling import Compiled, compile_workflow
from tests.functional.outcome import Clock
from tests.scenarios import SCENARIOS, Scenario
from tests.standins import Fault, IbmQuantumApi, serving

SPECS = Path(__file__).parents[2] / "specs"
RUNNING: Mapping[str, list[str | None]] = {"job-1": ["Running"]}


def _cancel(here: str, token: str = "example-token") -> None:
    cancelling.cancel_running_job(
        access_token=token,
        service_crn="crn:v1:example",
        api_version="2026-03-15",
        job_id="job-1",
        jobs_api_url=here,
    )


@dataclass(frozen=True)
class Silent:
    """A step that gets no answer.

    Attributes:
        scenario: A way on which the step is reached.
        step: The step.
        requests: Those that get no answer, counted from 1.
    """

    scenario: str
    step: str
    requests: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.scenario}-{self.step}"


# A request that does no harm when it comes twice is sent again where the connection had been used
# before: the server may have closed it just then. So it takes two silences to fail such a step.
STEPS = (
    Silent("ibm-quantum/cancel-running-job--running", "getJobStatus", (1,)),
    Silent("ibm-quantum/cancel-running-job--running", "cancelJob", (2,)),
    Silent("ibm-quantum/cancel-running-job--running", "confirmCancelled", (3, 4)),
    Silent("ibm-quantum/pause-session-and-confirm--open", "getSession", (1,)),
    Silent("ibm-quantum/pause-session-and-confirm--open", "updateSession", (2,)),
    Silent("ibm-quantum/pause-session-and-confirm--open", "confirmSession", (3, 4)),
    Silent("ibm-quantum/session-run-and-close--dedicated", "createSession", (1,)),
    Silent("ibm-quantum/session-run-and-close--dedicated", "runJobInSession", (2,)),
    Silent("ibm-quantum/session-run-and-close--dedicated", "closeSession", (3, 4)),
    Silent("ibm-direct-access/completed-at-once", "submit", (1,)),
    Silent("ibm-direct-access/completed-at-once", "wait", (2, 3)),
    Silent("ibm-direct-access/completed-at-once", "delete", (3, 4)),
    Silent("pasqal/whole-batch", "cancel", (1,)),
)
each_step = pytest.mark.parametrize("silent", STEPS, ids=str)


def _scenario(silent: Silent) -> Scenario:
    return next(scenario for scenario in SCENARIOS if scenario.id == silent.scenario)


def _failure(silent: Silent, fault: Fault, **arguments: object) -> tuple[Any, int]:
    """What the function raises, and how many requests came in."""
    scenario = _scenario(silent)
    stand_in = scenario.stand_in()
    stand_in.faults.update(dict.fromkeys(silent.requests, fault))
    workflow = scenario.workflow
    with serving(stand_in) as here:
        keywords = {**scenario.inputs, **dict.fromkeys(workflow.server_keywords, here), **arguments}
        with pytest.raises(workflow.module.StepFailed) as raised:
            workflow.function(**keywords)
    return raised.value, len(stand_in.requests)


@each_step
def test_a_dropped_connection_fails_the_step(silent: Silent) -> None:
    error, requests = _failure(silent, Fault.DROP)

    assert requests == max(silent.requests)
    assert (error.step_id, error.criterion, error.action) == (silent.step, None, None)
    assert error.response is None
    sent = f"{error.request.method} {error.request.path}"
    assert str(error) == f"step {silent.step}: {sent} got no response"
    cause = error.__cause__
    assert type(cause) is _scenario(silent).workflow.module.TransportError
    assert cause.request is error.request
    assert isinstance(cause.__cause__, http.client.RemoteDisconnected)


@each_step
def test_a_time_out_fails_the_step_and_nothing_is_sent_again(silent: Silent) -> None:
    module = _scenario(silent).workflow.module
    with module.HttpTransport(timeout=0.05) as transport:
        error, requests = _failure(silent, Fault.STALL, transport=transport)

    assert requests == silent.requests[0]
    assert (error.step_id, error.response) == (silent.step, None)
    assert isinstance(error.__cause__.__cause__, TimeoutError)
    assert str(error.__cause__).endswith(": timed out")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(cancelling.StepFailed) as raised:
        _cancel(f"http://127.0.0.1:{port}/api")

    assert isinstance(raised.value.__cause__, cancelling.TransportError)
    assert isinstance(raised.value.__cause__.__cause__, ConnectionRefusedError)
    assert f"GET 127.0.0.1:{port}/api/v1/jobs/job-1: " in str(raised.value.__cause__)


@pytest.mark.parametrize("value", ["s3cret\r\nX-More: 1", "s3cret\u2028", "s3cret\0"])
def test_a_value_that_no_header_may_hold_is_not_sent(value: str) -> None:
    api = IbmQuantumApi(jobs=RUNNING)
    with serving(api) as here, pytest.raises(cancelling.StepFailed) as raised:
        _cancel(here, value)

    assert (api.requests, api.connections) == ([], 0)
    assert "characters" in str(raised.value.__cause__)
    assert "s3cret" not in f"{raised.value}{raised.value.__cause__!r}{raised.value.__cause__}"


@pytest.fixture(scope="module")
def patient() -> Compiled:
    """A workflow with actions that hold where no answer came."""
    return compile_workflow(
        """
        steps:
          - stepId: read
            operationId: get_job
            parameters:
              - {name: id, in: path, value: job-1}
              - {name: Service-CRN, in: header, value: 'crn:v1:example'}
            successCriteria:
              - condition: $statusCode == 200
            onFailure:
              - {name: again, type: retry, retryAfter: 3, retryLimit: 2}
              - {name: silence, type: end, criteria: [{condition: $statusCode == null}]}
            outputs:
              status: $response.body#/status
        outputs:
          status: $steps.read.outputs.status
        """,
        (SPECS / "ibm-quantum" / "ibm-quantum-jobs.openapi.yaml").read_text("utf-8"),
    )


def test_an_action_can_retry_where_no_answer_came(
    patient: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(patient.module, "time", clock)
    api = IbmQuantumApi(jobs=RUNNING, faults={1: Fault.DROP, 2: Fault.DROP})
    with serving(api) as here:
        outputs = patient.module.flow(bearer_token="example-token", api_url=here)

    assert outputs.status == "Running"
    assert [wait for _, wait in clock.waits] == [3, 3]
    assert len(api.requests) == 3


def test_an_action_can_end_the_workflow_where_no_answer_came(
    patient: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(patient.module, "time", clock)
    api = IbmQuantumApi(faults=dict.fromkeys((1, 2, 3), Fault.DROP))
    with serving(api) as here, pytest.raises(patient.module.StepFailed) as raised:
        patient.module.flow(bearer_token="example-token", api_url=here)

    assert (raised.value.step_id, raised.value.action) == ("read", "silence")
    assert isinstance(raised.value.__cause__, patient.module.TransportError)
    assert len(api.requests) == 3
