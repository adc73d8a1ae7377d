from __future__ import annotations

import pytest

from arazzoc.runtime.errors import StepFailed, TransportError, WorkflowError
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.sending import attempt, opened, send
from arazzoc.runtime.transport import Transport
from tests.unit.runtime.loopback import reply, serving

REQUEST = Request("GET", "http://h/v1", {})
RESPONSE = Response(500, {}, b"")


def answers(_: Request, /) -> Response:
    return RESPONSE


def refuses(request: Request, /) -> Response:
    raise TransportError(request, "refused")


def times_out(_: Request, /) -> Response:
    raise TimeoutError("timed out")


def is_wrong(_: Request, /) -> Response:
    raise TypeError("a fault of the transport")


def test_a_response_is_handed_on_whatever_its_status() -> None:
    assert send(answers, REQUEST, "a") is RESPONSE
    assert attempt(answers, REQUEST) is RESPONSE


@pytest.mark.parametrize("transport", [refuses, times_out])
def test_send_fails_the_step_where_no_response_comes(transport: Transport) -> None:
    with pytest.raises(StepFailed, match="step a: GET /v1 got no response") as caught:
        send(transport, REQUEST, "a")
    assert isinstance(caught.value.__cause__, TransportError | TimeoutError)
    assert caught.value.request is REQUEST


@pytest.mark.parametrize("transport", [refuses, times_out])
def test_attempt_gives_an_empty_response_where_none_comes(transport: Transport) -> None:
    response = attempt(transport, REQUEST)
    assert (response.status, response.headers, response.body) == (0, {}, b"")
    assert response.data is None
    assert isinstance(response.error, TransportError | TimeoutError)


def test_faults_of_a_transport_are_not_hidden() -> None:
    with pytest.raises(TypeError):
        send(is_wrong, REQUEST, "a")
    with pytest.raises(TypeError):
        attempt(is_wrong, REQUEST)


def test_a_given_transport_is_used_as_it_is() -> None:
    with opened(answers) as http:
        assert http is answers


def test_an_error_that_leaves_the_block_takes_the_outputs_along() -> None:
    outputs: dict[str, object] = {}

    def flow() -> None:
        with opened(answers, outputs):
            outputs["id"] = "7"
            raise WorkflowError("stop")

    with pytest.raises(WorkflowError) as caught:
        flow()
    assert caught.value.outputs == {"id": "7"}


def test_without_one_a_connection_is_opened_for_the_block() -> None:
    with serving(lambda _: reply(b"{}")) as server, opened(None) as http:
        for _ in range(2):
            assert send(http, Request("GET", server.url, {}), "a").status == 200
    assert [call.connection for call in server.calls] == [0, 0]
