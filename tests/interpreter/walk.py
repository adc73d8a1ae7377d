"""Runs workflows step by step, as Arazzo 1.0.1 and 1.1.0 tell it in their fixed fields."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from tests.interpreter.conditions import holds, statuses
from tests.interpreter.ends import AbsentError, Answer, FailureError, Request, UnsendableError
from tests.interpreter.requests import find_operation, promises, request_of
from tests.interpreter.values import evaluate, lookup_pointer

__all__ = ["Clock", "EndlessError", "Interpreter"]

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
    """

    workflow: Mapping[str, Any]
    inputs: dict[str, Any]
    steps: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    before: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    called: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


@dataclass
class _Attempt:
    """One try of a step: what was sent, what came back or what failed."""

    step: Mapping[str, Any]
    request: Request | None = None
    answer: Answer | None = None
    outputs: dict[str, Any] | None = None
    failure: FailureError | None = None
    succeeded: bool = False
    criterion: str | None = None


class Interpreter:
    """Runs the workflows of one document.

    Args:
        arazzo: The document.
        openapi: Its only source description.
        transport: Gives the answer to a request, or raises `OSError`.
        clock: The time.
    """

    def __init__(
        self,
        arazzo: Mapping[str, Any],
        openapi: Mapping[str, Any],
        transport: Callable[[Request], Answer],
        clock: Clock,
    ) -> None:
        self._arazzo = arazzo
        self._openapi = openapi
        self._transport = transport
        self._clock = clock
        self._attempts = 0
        self._workflows = {each["workflowId"]: each for each in arazzo["workflows"]}

    def run(self, workflow_id: str, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """The outputs of a workflow; None where it states none.

        Raises:
            FailureError: It could not go on.
        """
        return self._run(workflow_id, given, {})

    def _run(
        self, workflow_id: str, given: Mapping[str, Any], ran: dict[str, dict[str, Any]]
    ) -> dict[str, Any] | None:
        workflow = self._workflows[workflow_id]
        for name in workflow.get("dependsOn", ()):
            if name not in ran:
                self._run(name, self._accepted(name, given), ran)
        run = _Run(workflow, self._accepted(workflow_id, given), before=ran)
        position: int | None = 0
        outputs: dict[str, Any] | None = None
        while position is not None:
            position, outputs = self._step(run, position)
        ran[workflow_id] = {"inputs": run.inputs, "outputs": outputs or {}}
        return outputs

    def _accepted(self, workflow_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs that a workflow is run with: those that it or one before it declares."""
        declared = self.declared(workflow_id)
        defaults = {name: each["default"] for name, each in declared.items() if "default" in each}
        known = {name: value for name, value in given.items() if value is not None}
        return {name: value for name, value in {**defaults, **known}.items() if name in declared}

    def declared(self, workflow_id: str) -> dict[str, Any]:
        """The schemas of the inputs of a workflow and of those that run before it."""
        workflow = self._workflows[workflow_id]
        found: dict[str, Any] = dict(self._schema(workflow).get("properties", {}))
        for name in workflow.get("dependsOn", ()):
            found = {**self.declared(name), **found}
        return found

    def _schema(self, workflow: Mapping[str, Any]) -> Mapping[str, Any]:
        schema: Mapping[str, Any] = workflow.get("inputs", {})
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = self._arazzo["components"]["inputs"][name]
        return schema

    def required(self, workflow_id: str) -> set[str]:
        """The names of the inputs that it cannot do without."""
        workflow = self._workflows[workflow_id]
        found = set(self._schema(workflow).get("required", ()))
        for name in workflow.get("dependsOn", ()):
            found |= self.required(name)
        return found

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
        self, run: _Run, attempt: _Attempt, action: Mapping[str, Any]
    ) -> tuple[int | None, dict[str, Any] | None]:
        if "stepId" in action:
            ids = [step["stepId"] for step in run.workflow["steps"]]
            return ids.index(action["stepId"]), None
        given = self._arguments(run, attempt, action)
        return None, self._run(action["workflowId"], given, {})

    def _retry(self, run: _Run, attempt: _Attempt, action: Mapping[str, Any]) -> None:
        """Waits, and runs what has to run before the step runs again."""
        self._clock.sleep(self._wait(attempt, action))
        if "workflowId" in action:
            workflow_id, given = action["workflowId"], self._arguments(run, attempt, action)
            try:
                self._run(workflow_id, given, {})
            except FailureError as failure:
                detail = {"workflow_id": workflow_id, "criterion": None, "action": action["name"]}
                raise FailureError("CallFailed", attempt.step["stepId"], detail, failure) from None
        if "stepId" in action:
            steps = {step["stepId"]: step for step in run.workflow["steps"]}
            first = self._attempt(run, steps[action["stepId"]])
            if not first.succeeded:
                raise self._failed(first, None)

    def _wait(self, attempt: _Attempt, action: Mapping[str, Any]) -> float:
        stated = attempt.answer.headers.get("retry-after", "") if attempt.answer else ""
        if stated.isdecimal():
            return float(stated)
        try:
            date = parsedate_to_datetime(stated)
        except ValueError:
            return float(action.get("retryAfter", 0))
        return max(0.0, date.timestamp() - self._clock.now())

    def _attempt(self, run: _Run, step: Mapping[str, Any]) -> _Attempt:
        """Performs a step once, judges it, and keeps its outputs if it has succeeded."""
        self._attempts += 1
        if self._attempts > _ENOUGH:
            raise EndlessError
        attempt = _Attempt(step)
        if "workflowId" in step:
            self._attempt_call(run, attempt)
        else:
            self._attempt_request(run, attempt)
        if attempt.succeeded:
            self._keep_outputs(run, attempt)
        return attempt

    def _attempt_call(self, run: _Run, attempt: _Attempt) -> None:
        given = self._arguments(run, attempt, attempt.step)
        try:
            attempt.outputs = self._run(attempt.step["workflowId"], given, {}) or {}
        except FailureError as failure:
            attempt.failure = failure
            return
        run.called[attempt.step["stepId"]] = attempt.outputs
        self._judge(run, attempt)

    def _attempt_request(self, run: _Run, attempt: _Attempt) -> None:
        step = attempt.step
        operation = find_operation(self._openapi, step["operationId"])
        try:
            attempt.request = request_of(
                operation,
                self._merged(run, step, "parameters", "parameters"),
                step.get("requestBody"),
                lambda expression: self._lookup(run, _Attempt(step), expression),
            )
        except AbsentError as missing:
            raise _missing_value(step, missing) from None
        except UnsendableError:
            raise FailureError("InvalidValue", step["stepId"]) from None
        try:
            attempt.answer = self._transport(attempt.request)
        except OSError:
            return
        self._judge(run, attempt)

    def _judge(self, run: _Run, attempt: _Attempt) -> None:
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

    def _keep_outputs(self, run: _Run, attempt: _Attempt) -> None:
        step = attempt.step
        kept: dict[str, Any] = dict(attempt.outputs or {})
        for name, expression in step.get("outputs", {}).items():
            value = self._absent_or(run, attempt, expression)
            if value is None and self._is_promised(attempt, expression):
                pointer = expression.removeprefix("$response.body").removeprefix("#")
                raise FailureError(
                    "OutputMissing", step["stepId"], {"output": name, "pointer": pointer}
                )
            kept[name] = value
        run.steps[step["stepId"]] = kept

    def _is_promised(self, attempt: _Attempt, expression: str) -> bool:
        if attempt.answer is None or not expression.startswith("$response.body"):
            return False
        criteria = attempt.step.get("successCriteria", [])
        return promises(
            find_operation(self._openapi, attempt.step["operationId"]),
            expression.partition("#")[2],
            statuses(criteria),
            judged=bool(criteria),
            null=attempt.answer.body == b"null",
        )

    def _action(
        self, run: _Run, attempt: _Attempt, retries: Mapping[str, int]
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

    def _failed(self, attempt: _Attempt, action: str | None) -> FailureError:
        step_id = attempt.step["stepId"]
        if "workflowId" in attempt.step:
            detail = {"workflow_id": attempt.step["workflowId"], "criterion": attempt.criterion}
            return FailureError(
                "CallFailed", step_id, {**detail, "action": action}, attempt.failure
            )
        status = attempt.answer.status if attempt.answer else None
        return FailureError(
            "StepFailed",
            step_id,
            {"criterion": attempt.criterion, "action": action, "status": status},
        )

    def _arguments(self, run: _Run, attempt: _Attempt, caller: Mapping[str, Any]) -> dict[str, Any]:
        """What the workflow that a step or an action names is given."""
        workflow_id = caller["workflowId"]
        declared = self.declared(workflow_id)
        given: dict[str, Any] = {}
        stated = self._resolved_all(caller.get("parameters", ()), "parameters")
        if caller is attempt.step:
            stated = self._merged(run, caller, "parameters", "parameters")
        else:
            given = {name: run.inputs.get(name) for name in self._own_inputs(run)}
        required = self.required(workflow_id)
        for parameter in stated:
            name = parameter["name"]
            if name in declared:
                given[name] = self._argument(run, attempt, parameter, name in required)
        for name in declared:
            if name in required and given.get(name) is None:
                raise _missing_value(attempt.step, AbsentError(name))
        return given

    def _own_inputs(self, run: _Run) -> Iterator[str]:
        yield from self._schema(run.workflow).get("properties", {})

    def _argument(
        self, run: _Run, attempt: _Attempt, parameter: Mapping[str, Any], required: bool
    ) -> Any:
        try:
            return evaluate(parameter["value"], lambda text: self._lookup(run, attempt, text))
        except AbsentError as missing:
            if required:
                raise _missing_value(attempt.step, missing) from None
            return None

    def _merged(
        self, run: _Run, step: Mapping[str, Any], own: str, common: str
    ) -> list[Mapping[str, Any]]:
        """A step's parameters or actions, then those of the workflow that none of them overrides."""
        mine = self._resolved_all(step.get(own, ()), common)
        names = {_identity(each) for each in mine}
        others = self._resolved_all(run.workflow.get(common, ()), common)
        return [*mine, *(each for each in others if _identity(each) not in names)]

    def _resolved_all(self, listed: Any, kind: str) -> list[Mapping[str, Any]]:
        """Objects, with Reusable Objects replaced by what they refer to."""
        found: list[Mapping[str, Any]] = []
        for each in listed:
            if "reference" in each:
                name = each["reference"].removeprefix(f"$components.{kind}.")
                component = self._arazzo["components"][kind][name]
                value = {"value": each["value"]} if "value" in each else {}
                found.append({**component, **value})
            else:
                found.append(each)
        return found

    def _outputs(self, run: _Run) -> dict[str, Any] | None:
        stated = run.workflow.get("outputs")
        if not stated:
            return None
        return {name: self._absent_or(run, None, value) for name, value in stated.items()}

    def _absent_or(self, run: _Run, attempt: _Attempt | None, value: Any) -> Any:
        try:
            return evaluate(value, lambda text: self._lookup(run, attempt, text))
        except AbsentError:
            return None

    def _lookup(self, run: _Run, attempt: _Attempt | None, expression: str) -> Any:
        """The value of a runtime expression (Arazzo 1.0.1, Runtime Expressions)."""
        bare, _, pointer = expression.partition("#")
        parts = bare.split(".")
        match parts:
            case ["$inputs", name]:
                value = run.inputs.get(name)
            case ["$steps", step_id, "outputs", name]:
                value = run.steps.get(step_id, {}).get(name)
            case ["$workflows", workflow_id, kind, name]:
                value = self._of_workflow(run, attempt, workflow_id, kind, name)
            case ["$outputs", name]:
                value = attempt.outputs.get(name) if attempt and attempt.outputs else None
            case ["$response", "body"]:
                value = _body(attempt.answer) if attempt and attempt.answer else None
            case ["$response", "header", *_]:
                name = bare.removeprefix("$response.header.").lower()
                value = attempt.answer.headers.get(name) if attempt and attempt.answer else None
            case ["$statusCode"]:
                value = attempt.answer.status if attempt and attempt.answer else None
            case ["$url"]:
                value = attempt.request.url if attempt and attempt.request else None
            case ["$method"]:
                value = attempt.request.method if attempt and attempt.request else None
            case _:
                raise ValueError(expression)
        return lookup_pointer(value, pointer)

    def _of_workflow(
        self, run: _Run, attempt: _Attempt | None, workflow_id: str, kind: str, name: str
    ) -> Any:
        if workflow_id in run.before:
            return run.before[workflow_id][kind].get(name)
        if kind == "inputs":
            return run.inputs.get(name)
        if attempt is not None and attempt.step.get("workflowId") == workflow_id:
            return (attempt.outputs or {}).get(name)
        for step in run.workflow["steps"]:
            if step.get("workflowId") == workflow_id:
                return run.called.get(step["stepId"], {}).get(name)
        return None


def _identity(named: Mapping[str, Any]) -> tuple[str, str | None]:
    """What an override has to share: names of actions; names and places of parameters."""
    place = named.get("in")
    return (named["name"].lower() if place == "header" else named["name"]), place


def _body(answer: Answer) -> Any:
    if not answer.body:
        return None
    if answer.headers.get("content-type", "application/json") == "application/json":
        try:
            return json.loads(answer.body)
        except ValueError:
            return None
    return answer.body.decode()


def _missing_value(step: Mapping[str, Any], missing: AbsentError) -> FailureError:
    assert missing.args
    return FailureError("MissingValue", step["stepId"])
