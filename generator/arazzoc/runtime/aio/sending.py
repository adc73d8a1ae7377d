"""Sending a step's request."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from arazzoc.runtime.aio.http_transport import AsyncHttpTransport
from arazzoc.runtime.aio.transport import AsyncTransport
from arazzoc.runtime.errors import StepFailed, WorkflowError
from arazzoc.runtime.messages import Request, Response

__all__ = ["attempt", "opened", "send"]


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
