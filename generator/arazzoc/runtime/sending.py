"""Sending a step's request."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from arazzoc.runtime.errors import StepFailed, TransportError, WorkflowError
from arazzoc.runtime.http_transport import HttpTransport
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.transport import Transport

__all__ = ["attempt", "opened", "send", "within"]


@contextmanager
def opened(
    transport: Transport | None, outputs: Mapping[str, object] | None = None
) -> Generator[Transport, None]:
    """`transport`, left open; for None an `HttpTransport` that is closed with the block.

    An error that leaves the block takes along what `outputs` holds by then, besides what it has already.
    """
    try:
        if transport is not None:
            yield transport
        else:
            with HttpTransport() as own:
                yield own
    except WorkflowError as error:
        error.outputs = {**(outputs or {}), **error.outputs}
        raise


def send(transport: Transport, request: Request, step_id: str) -> Response:
    """The response to `request`.

    Raises:
        StepFailed: No response came.
    """
    try:
        return transport(request)
    except OSError as error:
        raise StepFailed(step_id, None, request) from error


def attempt(transport: Transport, request: Request) -> Response:
    """The response to `request`; where none came, an empty one of status 0 that holds the error."""
    try:
        return transport(request)
    except OSError as error:
        return Response(0, {}, b"", error)


def within(transport: Transport, seconds: float) -> Transport:
    """`transport`, for requests that all have to be answered within `seconds` from now."""
    end = time.monotonic() + seconds

    def send_in_time(request: Request) -> Response:
        left = end - time.monotonic()
        if left <= 0:
            raise TransportError(
                request, "the time of the step that runs the workflow is over"
            )
        timeout = left if request.timeout is None else min(left, request.timeout)
        return transport(replace(request, timeout=timeout))

    return send_in_time
