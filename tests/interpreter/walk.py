"""Runs workflows step by step, as Arazzo 1.0.1 and 1.1.0 tell it in their fixed fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any

from tests.interpreter.attempt import Attempt, exchanged
from tests.interpreter.conditions import holds, statuses
from tests.interpreter.ends import (
    AbsentError,
    Answer,
    BrokenPromiseError,
    FailureError,
    Request,
    UnsendableError,
)
from tests.interpreter.requests import find_operation, promises, request_of
from tests.interpreter.values import evaluate, lookup_pointer
from tests.interpreter.written import (
    Written,
    in_body,
    is_straight,
    members_read,
    shown,
    workflow_named,
)

__all__ = ["Clock", "EndlessError", "Interpreter"]

_MEMBER = re.compile(r"\$steps\.(\w+)\.outputs\.(\w+)#(/.+)")
_ENOUGH = 500
"""Attempts in one run; scripts are much shorter."""


class EndlessError(Exception):
    """A run that would never end, and sends nothing on its way."""


@dataclass(frozen=True)
class Clock:
    """The time and how to let it pass."""

    now: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass
class _Run:
    """One run of a workflow.

    Attributes:
        inputs: Those that have a value.
        steps: The outputs of steps that have succeeded.
        before: Inputs and outputs of the workflows that ran first.
        called: Outputs of the workflow that a step has run last, by the step.
        straight: No action leads to a step: whatever stands before a step has succeeded when it begins.
    """

    workflow: Mapping[str, Any]
    inputs: dict[str, Any]
    steps: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    before: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    called: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    straight: bool = True


class Interpreter:
    """Runs the workflows of one document.

    Args:
        arazzo: The document.
        beside: Another one, which it may name as the source description `other`.
        openapi: The only OpenAPI description of both.
        transport: Gives the answer to a request, or raises `OSError`.
        clock: The time.
    """

    def __init__(
        self,
        arazzo: Mapping[str, Any],
        beside: Mapping[str, Any] | None,
        openapi: Mapping[str, Any],
        transport: Callable[[Request], Answer],
        clock: Clock,
    ) -> None:
        self._openapi = openapi
        self._transport = transport
        self._clock = clock
        self._attempts = 0
        self._ends: list[float] = []
        self._written = Written(arazzo, beside)

    def run(self, workflow_id: str, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """The outputs of a workflow; None where it states none.

        Raises:
            FailureError: It could not go on.
        """
        return self._run(workflow_id, given, {})

    def _run(
        self, workflow_id: str, given: Mapping[str, Any], ran: dict[str, dict[str, Any]]
    ) -> dict[str, Any] | None:
        workflow = self._written.workflows[workflow_id]
        for name in self._written.runs_itself(workflow_id):
            if name not in ran:
                self._run(name, self._written.accepted(name, given), ran)
        run = _Run(
            workflow,
            self._written.accepted(workflow_id, given),
            before=ran,
            straight=is_straight(workflow),
        )
        position: int | None = 0
        outputs: dict[str, Any] | None = None
        while position is not None:
            position, outputs = self._step(run, position)
        ran[workflow_id] = {"inputs": run.inputs, "outputs": outputs or {}}
        return outputs

    def _step(self, run: _Run, position: int) -> tuple[int | None, dict[str, Any] | None]:
        """Enters a step; gives the position of the next one, or the outputs where the run ends."""
        step = run.workflow["steps"][position]
        retries: Counter[str] = Counter()
        while True:
            attempt = self._attempt(run, step)
            action = self._action(run, attempt, retries)
            if action is not None and action["type"] == "retry":
                retries[action["name"]] += 1
                self._retry(run, attempt, action)
                continue
            if action is not None and action["type"] == "goto":
                return self._go(run, attempt, action)
            if not attempt.succeeded:
                raise self._failed(attempt, None if action is None else action["name"])
            if action is None and position + 1 < len(run.workflow["steps"]):
                return position + 1, None
            return None, self._outputs(run)

    def _go(
        self, run: _Run, attempt: Attempt, action: Mapping[str, Any]
    ) -> tuple[int | None, dict[str, Any] | None]:
        if "stepId" in action:
            ids = [step["stepId"] for step in run.workflow["steps"]]
            return ids.index(action["stepId"]), None
        given = self._arguments(run, attempt, action)
        return None, self._run(workflow_named(action["workflowId"]), given, {})

    def _retry(self, run: _Run, attempt: Attempt, action: Mapping[str, Any]) -> None:
        """Waits, and runs what has to run before the step runs again."""
        self._clock.sleep(self._wait(attempt, action))
        if "workflowId" in action:
            workflow_id, given = action["workflowId"], self._arguments(run, attempt, action)
            try:
                self._run(workflow_named(workflow_id), given, {})
            except FailureError as failure:
                detail = {
                    "workflow_id": shown(workflow_id),
                    "criterion": None,
                    "action": action["name"],
                }
                raise FailureError("CallFailed", attempt.step["stepId"], detail, failure) from None
        if "stepId" in action:
            steps = {step["stepId"]: step for step in run.workflow["steps"]}
            first = self._attempt(run, steps[action["stepId"]])
            if not first.succeeded:
                raise self._failed(first, None)

    def _wait(self, attempt: Attempt, action: Mapping[str, Any]) -> float:
        stated = attempt.answer.headers.get("retry-after", "") if attempt.answer else ""
        if stated.isdecimal():
            return float(stated)
        try:
            date = parsedate_to_datetime(stated)
        except ValueError:
            return float(action.get("retryAfter", 0))
        return max(0.0, date.timestamp() - self._clock.now())

    def _attempt(self, run: _Run, step: Mapping[str, Any]) -> Attempt:
        """Performs a step once, judges it, and keeps its outputs if it has succeeded."""
        self._attempts += 1
        if self._attempts > _ENOUGH:
            raise EndlessError
        attempt = Attempt(step)
        if "workflowId" in step:
            self._attempt_call(run, attempt)
        else:
            self._attempt_request(run, attempt)
        if attempt.succeeded:
            self._keep_outputs(run, attempt)
        return attempt

    def _attempt_call(self, run: _Run, attempt: Attempt) -> None:
        given = self._arguments(run, attempt, attempt.step)
        ends = list(self._ends)
        if "timeout" in attempt.step:
            self._ends.append(self._clock.now() + attempt.step["timeout"] / 1000)
        try:
            attempt.outputs = self._run(workflow_named(attempt.step["workflowId"]), given, {}) or {}
        except FailureError as failure:
            attempt.failure = failure
            return
        finally:
            self._ends = ends
        run.called[attempt.step["stepId"]] = attempt.outputs
        self._judge(run, attempt)

    def _attempt_request(self, run: _Run, attempt: Attempt) -> None:
        step = attempt.step
        operation = find_operation(self._openapi, step["operationId"])
        try:
            attempt.request = request_of(
                operation,
                self._merged(run, step, "parameters", "parameters"),
                step.get("requestBody"),
                lambda expression: self._needed(run, Attempt(step), expression),
                attempt.given,
            )
        except AbsentError as missing:
            raise _missing_value(step, missing) from None
        except UnsendableError:
            raise FailureError("InvalidValue", step["stepId"]) from None
        left = [end - self._clock.now() for end in self._ends]
        if any(time <= 0 for time in left):
            return
        times = [*left, *([step["timeout"] / 1000] if "timeout" in step else [])]
        try:
            attempt.answer = self._transport(
                replace(attempt.request, timeout=min(times, default=None))
            )
        except OSError:
            return
        self._judge(run, attempt)

    def _judge(self, run: _Run, attempt: Attempt) -> None:
        criteria = attempt.step.get("successCriteria", [])
        if not criteria and attempt.answer is not None:
            attempt.succeeded = 200 <= attempt.answer.status < 300
            attempt.criterion = None if attempt.succeeded else "the status is 2xx"
            return
        attempt.succeeded = True
        for criterion in criteria:
            if not holds(criterion, lambda text: self._lookup(run, attempt, text)):
                attempt.succeeded = False
                attempt.criterion = criterion["condition"]
                return

    def _keep_outputs(self, run: _Run, attempt: Attempt) -> None:
        step = attempt.step
        kept: dict[str, Any] = dict(attempt.outputs or {})
        for name, expression in step.get("outputs", {}).items():
            value = self._absent_or(run, attempt, expression)
            body = attempt.answer.body if attempt.answer else b""
            pointer = in_body(expression)
            if pointer is None:
                kept[name] = value
                continue
            if value is None and self._is_promised(step, pointer, null=body == b"null"):
                raise _output_missing(step, name, pointer)
            for inside in members_read(run.workflow, step["stepId"], name):
                whole = pointer + inside
                if lookup_pointer(value, inside) is None and self._is_promised(step, whole):
                    raise _output_missing(step, name, whole)
            kept[name] = value
        run.steps[step["stepId"]] = kept

    def _is_promised(self, step: Mapping[str, Any], pointer: str, *, null: bool = True) -> bool:
        """Whether schemas promise what was not found at a pointer into the body of the step's response."""
        criteria = step.get("successCriteria", [])
        return promises(
            find_operation(self._openapi, step["operationId"]),
            pointer,
            statuses(criteria),
            judged=bool(criteria),
            null=null,
        )

    def _needed(self, run: _Run, attempt: Attempt, expression: str) -> Any:
        """The value of an expression that a request or a call needs if its schema promises it."""
        value = self._lookup(run, attempt, expression)
        read = _MEMBER.fullmatch(expression)
        if value is not None or read is None or not run.straight:
            return value
        step = next(each for each in run.workflow["steps"] if each["stepId"] == read[1])
        pointer = in_body(step.get("outputs", {}).get(read[2]))
        if pointer is not None and self._is_promised(step, pointer + read[3]):
            raise BrokenPromiseError(expression)
        return value

    def _action(
        self, run: _Run, attempt: Attempt, retries: Mapping[str, int]
    ) -> Mapping[str, Any] | None:
        """The first action whose criteria all hold; a retry that is exhausted is passed over."""
        names = (
            ("onSuccess", "successActions")
            if attempt.succeeded
            else ("onFailure", "failureActions")
        )
        for action in self._merged(run, attempt.step, *names):
            if action["type"] == "retry" and retries[action["name"]] >= action.get("retryLimit", 1):
                continue
            if all(
                holds(criterion, lambda text: self._lookup(run, attempt, text))
                for criterion in action.get("criteria", [])
            ):
                return action
        return None

    def _failed(self, attempt: Attempt, action: str | None) -> FailureError:
        step_id = attempt.step["stepId"]
        if "workflowId" in attempt.step:
            detail = {
                "workflow_id": shown(attempt.step["workflowId"]),
                "criterion": attempt.criterion,
            }
            return FailureError(
                "CallFailed", step_id, {**detail, "action": action}, attempt.failure
            )
        status = attempt.answer.status if attempt.answer else None
        return FailureError(
            "StepFailed",
            step_id,
            {"criterion": attempt.criterion, "action": action, "status": status},
        )

    def _arguments(self, run: _Run, attempt: Attempt, caller: Mapping[str, Any]) -> dict[str, Any]:
        """What the workflow that a step or an action names is given."""
        workflow_id = workflow_named(caller["workflowId"])
        declared = self._written.declared(workflow_id)
        given: dict[str, Any] = {}
        stated = self._written.components(caller.get("parameters", ()), "parameters")
        if caller is attempt.step:
            stated = self._merged(run, caller, "parameters", "parameters")
        else:
            given = {name: run.inputs.get(name) for name in self._own_inputs(run)}
        required = self._written.required(workflow_id)
        for parameter in stated:
            name = parameter["name"]
            if name in declared:
                given[name] = self._argument(run, attempt, parameter, name in required)
        for name in declared:
            if name in required and given.get(name) is None:
                raise _missing_value(attempt.step, AbsentError(name))
        return given

    def _own_inputs(self, run: _Run) -> Iterator[str]:
        yield from self._written.schema(run.workflow).get("properties", {})

    def _argument(
        self, run: _Run, attempt: Attempt, parameter: Mapping[str, Any], required: bool
    ) -> Any:
        try:
            return evaluate(parameter["value"], lambda text: self._needed(run, attempt, text))
        except AbsentError as missing:
            if required or isinstance(missing, BrokenPromiseError):
                raise _missing_value(attempt.step, missing) from None
            return None

    def _merged(
        self, run: _Run, step: Mapping[str, Any], own: str, common: str
    ) -> list[Mapping[str, Any]]:
        """A step's parameters or actions, then those of the workflow that none of them overrides."""
        mine = self._written.components(step.get(own, ()), common)
        names = {_identity(each) for each in mine}
        others = self._written.components(run.workflow.get(common, ()), common)
        return [*mine, *(each for each in others if _identity(each) not in names)]

    def _outputs(self, run: _Run) -> dict[str, Any] | None:
        stated = run.workflow.get("outputs")
        if not stated:
            return None
        return {name: self._absent_or(run, None, value) for name, value in stated.items()}

    def _absent_or(self, run: _Run, attempt: Attempt | None, value: Any) -> Any:
        try:
            return evaluate(value, lambda text: self._lookup(run, attempt, text))
        except AbsentError:
            return None

    def _lookup(self, run: _Run, attempt: Attempt | None, expression: str) -> Any:
        """The value of a runtime expression (Arazzo 1.0.1, Runtime Expressions)."""
        bare, _, pointer = expression.partition("#")
        match bare.split("."):
            case ["$inputs", name]:
                value = run.inputs.get(name)
            case ["$steps", step_id, "outputs", name]:
                value = run.steps.get(step_id, {}).get(name)
            case ["$workflows", workflow_id, kind, name]:
                value = self._of_workflow(run, attempt, workflow_id, kind, name)
            case ["$sourceDescriptions", "other", workflow_id, kind, name]:
                value = self._of_workflow(run, attempt, workflow_id, kind, name)
            case ["$outputs", name]:
                value = attempt.outputs.get(name) if attempt and attempt.outputs else None
            case _:
                value = None if attempt is None else exchanged(attempt, bare)
        return lookup_pointer(value, pointer)

    def _of_workflow(
        self, run: _Run, attempt: Attempt | None, workflow_id: str, kind: str, name: str
    ) -> Any:
        if workflow_id in run.before:
            return run.before[workflow_id][kind].get(name)
        if kind == "inputs":
            return run.inputs.get(name)
        if (
            attempt is not None
            and workflow_named(attempt.step.get("workflowId", "")) == workflow_id
        ):
            return (attempt.outputs or {}).get(name)
        for step in run.workflow["steps"]:
            if workflow_named(step.get("workflowId", "")) == workflow_id:
                return run.called.get(step["stepId"], {}).get(name)
        return None


def _identity(named: Mapping[str, Any]) -> tuple[str, str | None]:
    """What an override has to share: names of actions; names and places of parameters."""
    place = named.get("in")
    return (named["name"].lower() if place == "header" else named["name"]), place


def _missing_value(step: Mapping[str, Any], missing: AbsentError) -> FailureError:
    assert missing.args
    return FailureError("MissingValue", step["stepId"])


def _output_missing(step: Mapping[str, Any], name: str, pointer: str) -> FailureError:
    return FailureError("OutputMissing", step["stepId"], {"output": name, "pointer": pointer})
