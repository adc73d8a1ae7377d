"""Sending a step's request."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from arazzoc.runtime.aio.http_transport import AsyncHttpTransport
from arazzoc.runtime.aio.transport import AsyncTransport
from arazzoc.runtime.errors import StepFailed, TransportError, WorkflowError
from arazzoc.runtime.messages import Request, Response

__all__ = ["attempt", "opened", "send", "within"]


@asynccontextmanager
async def opened(
    transport: AsyncTransport | None, outputs: Mapping[str, object] | None = None
) -> AsyncGenerator[AsyncTransport, None]:
    """`transport`, left open; for None an `AsyncHttpTransport` that is closed with the block.

    An error that leaves the block takes along what `outputs` holds by then, besides what it has already.
    """
    try:
        if transport is not None:
            yield transport
        else:
            async with AsyncHttpTransport() as own:
                yield own
    except WorkflowError as error:
        error.outputs = {**(outputs or {}), **error.outputs}
        raise


async def send(transport: AsyncTransport, request: Request, step_id: str) -> Response:
    """The response to `request`.

    Raises:
        StepFailed: No response came.
    """
    try:
        return await transport(request)
    except OSError as error:
        raise StepFailed(step_id, None, request) from error


async def attempt(transport: AsyncTransport, request: Request) -> Response:
    """The response to `request`; where none came, an empty one of status 0 that holds the error."""
    try:
        return await transport(request)
    except OSError as error:
        return Response(0, {}, b"", error)


def within(transport: AsyncTransport, seconds: float) -> AsyncTransport:
    """`transport`, for requests that all have to be answered within `seconds` from now."""
    end = time.monotonic() + seconds

    async def send_in_time(request: Request) -> Response:
        left = end - time.monotonic()
        if left <= 0:
            raise TransportError(
                request, "the time of the step that runs the workflow is over"
            )
        timeout = left if request.timeout is None else min(left, request.timeout)
        return await transport(replace(request, timeout=timeout))

    return send_in_time
