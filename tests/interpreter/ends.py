"""How a run can end, other than by giving back outputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "AbsentError",
    "Answer",
    "BrokenPromiseError",
    "FailureError",
    "Request",
    "ScriptOverError",
    "UnsendableError",
]


class ScriptOverError(Exception):
    """The script has no further answer; both sides have to come to this at the same point."""


class AbsentError(Exception):
    """A value that cannot be done without is absent. Carries the expression."""


class BrokenPromiseError(AbsentError):
    """A member that a schema promises is not there: nothing can do without it. Carries the expression."""


class UnsendableError(Exception):
    """A value cannot be sent where the request has it."""


@dataclass(frozen=True)
class Request:
    """What is sent; `timeout` is what it may take, in seconds."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None = None
    timeout: float | None = None


@dataclass(frozen=True)
class Answer:
    """What comes back after `delay` seconds; `headers` have names in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    delay: float = 0.0


@dataclass
class FailureError(Exception):
    """A workflow could not go on.

    Attributes:
        kind: The name of the error that a generated function raises.
        step_id: The step that it raises it for.
        detail: What else tells it apart, by the names of the error's attributes.
        cause: The failure of the workflow that the step ran.
        outputs: The workflow's outputs that were known by then.
    """

    kind: str
    step_id: str
    detail: dict[str, Any] = field(default_factory=dict[str, Any])
    cause: FailureError | None = None
    outputs: dict[str, Any] = field(default_factory=dict[str, Any])
