"""What a generated function raises."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from arazzoc.runtime.embedding import UNWRITABLE, refusal
from arazzoc.runtime.messages import Request, Response
from arazzoc.runtime.operands import shown_operands

__all__ = [
    "CallFailed",
    "InvalidQuery",
    "InvalidValue",
    "MissingValue",
    "OutputMissing",
    "StepFailed",
    "TokenFailed",
    "TransportError",
    "WorkflowError",
    "preparing",
]


class WorkflowError(Exception):
    """A workflow could not go on.

    The errors of this module:

        WorkflowError
            TransportError: no response came.
            StepFailed: a step did not succeed.
                MissingValue: a value that the step's request needs is not there.
                InvalidValue: a value cannot be sent where the step's request has it.
                CallFailed: the workflow that the step runs failed.
            OutputMissing: a response lacks what its schema promises.
            InvalidQuery: a query that the run put together is none.
            TokenFailed: client credentials were not exchanged for a token.

    Attributes:
        outputs: The workflow's outputs that were known by then, by their names in the Arazzo document.
    """

    outputs: Mapping[str, object] = MappingProxyType({})


class TransportError(WorkflowError, OSError):
    """No response came: no connection, a time-out, a response that is cut off or too large.

    The message names method, host and path, never headers, body or query.
    """

    def __init__(self, request: Request, reason: str) -> None:
        super().__init__(request, reason)
        self.request = request
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.host}{self.request.path}: {self.reason}"


class StepFailed(WorkflowError):
    """A step did not succeed. The message shows neither headers nor body nor query.

    Attributes:
        step_id: The Arazzo `stepId`.
        criterion: The first criterion that did not hold, as the Arazzo document states it; None where there
            was no response to judge.
        request: What was sent; None where nothing was.
        response: What came back; None where nothing did.
        action: The failure action that ended the workflow; None where no action matched.
        operands: The values of the criterion's expressions.
    """

    def __init__(
        self,
        step_id: str,
        criterion: str | None,
        request: Request | None = None,
        response: Response | None = None,
        *,
        action: str | None = None,
        operands: Mapping[str, object] | None = None,
    ) -> None:
        if response is not None and response.status == 0:
            self.__cause__ = response.error
            criterion, response = None, None
        super().__init__(step_id, criterion, request, response)
        self.step_id = step_id
        self.criterion = criterion
        self.request = request
        self.response = response
        self.action = action
        self.operands = dict(operands or {})

    def __str__(self) -> str:
        parts = [f"step {self.step_id}: {self._outcome()}"]
        if self.response is not None:
            parts += shown_operands(self.operands)
        if self.action:
            parts.append(f"ended by {self.action}")
        return "; ".join(parts)

    def _outcome(self) -> str:
        if self.request is None:
            return f"{self.criterion} does not hold, so nothing was sent"
        sent = f"{self.request.method} {self.request.path}"
        if self.response is None:
            return f"{sent} got no response"
        judged = f", and {self.criterion} does not hold" if self.criterion else ""
        is_said = self.response.is_garbled or self.criterion == "the body is JSON"
        fault = _fault(self.response) if is_said else ""
        return f"{sent} answered {self.response.status}{fault}{judged}"


def _fault(response: Response) -> str:
    """What is wrong with the body, for a message that goes on with what that led to."""
    if response.is_garbled:
        return " with a body that is not the JSON that it claims to be"
    kind = response.headers.get("content-type", "").partition(";")[0]
    named = kind if kind.isascii() and kind.isprintable() and len(kind) < 80 else ""
    return (
        ""
        if response.is_json
        else f" with a body of {named or 'another type'}, not JSON"
    )


class MissingValue(StepFailed):
    """A value that a step's request needs is not there, so nothing was sent.

    Attributes:
        expression: What has no value, as the Arazzo document states it.
    """

    def __init__(self, step_id: str, expression: str) -> None:
        super().__init__(step_id, f"{expression} has a value")
        self.args = (step_id, expression)
        self.expression = expression

    def __str__(self) -> str:
        return (
            f"step {self.step_id}: {self.expression} has no value, so nothing was sent"
        )


class InvalidValue(StepFailed):
    """A value cannot be sent where a step's request has it, so nothing was sent.

    JSON cannot state a number that is infinite, for one. The message shows no value.
    """

    def __init__(self, step_id: str, reason: str) -> None:
        super().__init__(step_id, reason)
        self.args = (step_id, reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"step {self.step_id}: {self.reason}, so nothing was sent"


@contextmanager
def preparing(step_id: str) -> Generator[None, None, None]:
    """Tells which step it is whose request cannot be written.

    Raises:
        InvalidValue: The block could not write a value.
    """
    try:
        yield
    except UNWRITABLE as error:
        raise InvalidValue(step_id, refusal(error)) from error


class CallFailed(StepFailed):
    """The workflow that a step runs failed, or its outputs did not meet the step's success criteria.

    The error of the workflow is the `__cause__`.

    Attributes:
        workflow_id: The Arazzo `workflowId`; one of another document has the source's name in front.
    """

    def __init__(
        self,
        step_id: str,
        workflow_id: str,
        error: WorkflowError | None = None,
        criterion: str | None = None,
        *,
        action: str | None = None,
        operands: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(step_id, criterion, action=action, operands=operands)
        self.args = (step_id, workflow_id, error, criterion)
        self.__cause__ = error
        self.workflow_id = workflow_id

    def __str__(self) -> str:
        parts = [f"step {self.step_id}: workflow {self.workflow_id} failed"]
        if self.criterion:
            parts = [f"step {self.step_id}: workflow {self.workflow_id} ended well"]
            parts[0] += f", but {self.criterion} does not hold"
            parts += shown_operands(self.operands)
        if self.action:
            parts.append(f"ended by {self.action}")
        if self.__cause__ is not None:
            parts.append(str(self.__cause__))
        return "; ".join(parts)


class OutputMissing(WorkflowError):
    """A response lacks a value that its schema promises.

    Attributes:
        step_id: The Arazzo `stepId`.
        output: The step's output that needs the value.
        pointer: The JSON Pointer (RFC 6901) that leads nowhere in the response's body; empty for
            the body itself.
        response: What came back; None where the value is of an earlier one, and has been passed on.
    """

    def __init__(
        self, step_id: str, output: str, pointer: str, response: Response | None = None
    ) -> None:
        super().__init__(step_id, output, pointer, response)
        self.step_id = step_id
        self.output = output
        self.pointer = pointer
        self.response = response

    def __str__(self) -> str:
        found = f"nothing at {self.pointer}" if self.pointer else "no body to read"
        where = "what it was made of"
        if self.response is not None:
            where = (
                f"the response (status {self.response.status}{_fault(self.response)})"
            )
        return f"step {self.step_id}: no value for output {self.output}: {where} has {found}"


class InvalidQuery(WorkflowError):
    """A query that the run put together is none. The message shows no value that went into it.

    Attributes:
        place: What it is asked for, such as `step read`.
        stated: The query, as the Arazzo document states it.
        reason: What is wrong with it.
    """

    def __init__(self, place: str, stated: str, reason: str) -> None:
        super().__init__(place, stated, reason)
        self.place = place
        self.stated = stated
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: the query {self.stated} cannot be asked: {self.reason}"


class TokenFailed(WorkflowError):
    """Client credentials were not exchanged for an access token. The message shows neither.

    Attributes:
        request: What was sent.
        reason: What came of it.
    """

    def __init__(self, request: Request, reason: str) -> None:
        super().__init__(request, reason)
        self.request = request
        self.reason = reason

    def __str__(self) -> str:
        sent = f"{self.request.method} {self.request.host}{self.request.path}"
        return f"no access token: {sent} {self.reason}"
