"""What sends a request and gives back its response."""

from __future__ import annotations

from typing import Protocol

from arazzoc.runtime.messages import Request, Response

__all__ = ["Transport"]


class Transport(Protocol):
    """Sends a request and returns its response: any callable of this shape will do.

    It follows no redirect, and raises `TransportError` or `OSError` where no response comes, or none
    within the request's `timeout`.
    """

    def __call__(self, request: Request, /) -> Response:
        """The response to `request`."""
        ...
