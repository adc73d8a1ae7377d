"""The same script played to a generated function and to the interpreter."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from unittest.mock import patch

from arazzoc.edition import Edition
from tests.compiling import Compiled, compile_text, errors
from tests.interpreter.documents import Drawn, drawn_document
from tests.interpreter.ends import Answer, FailureError, Request, ScriptOverError
from tests.interpreter.scripts import NOW, drawn_inputs, drawn_script
from tests.interpreter.walk import Clock, EndlessError, Interpreter
from tests.interpreter.written import Written

__all__ = ["Case", "Compared", "Difference", "compare"]

Case = Any
"""JSON: `arazzo`, `beside`, `openapi`, `workflow`, `inputs`, `answers` and `async`.

An answer is null, or its status, headers, body and delay.
"""
_ASYNC = 8
"""One document in so many is compiled to `async def` functions."""
_SCRIPTS = 3
"""How often the first workflow of a document is run; the others are run once."""


@dataclasses.dataclass(frozen=True)
class Trace:
    """What a run did, and how it ended."""

    events: tuple[object, ...]
    end: tuple[object, ...]

    @property
    def kind(self) -> str:
        """How it ended, in a word."""
        return str(self.end[0])


@dataclasses.dataclass(frozen=True)
class Difference:
    """A case in which a generated function does not do what the document says."""

    case: Case
    said: Trace
    done: Trace

    @staticmethod
    def of(case: Case) -> Difference | None:
        """The difference that a case shows, if it shows one."""
        compiled = _compiled(case)
        assert compiled is not None
        return _difference(case, compiled, Counter())

    @property
    def kind(self) -> str:
        """What is told apart, and where."""
        where = "at the end" if self.said.events == self.done.events else "on the way"
        return f"{where}: {self.said.kind} became {self.done.kind}"

    def __str__(self) -> str:
        said, done = (
            "\n".join([*(f"  {event}" for event in trace.events), f"  => {trace.end}"])
            for trace in (self.said, self.done)
        )
        return f"{self.kind}\nwhat the document says:\n{said}\nwhat the function did:\n{done}"


@dataclasses.dataclass(frozen=True)
class Compared:
    """What came of one document.

    Attributes:
        counts: Documents that were compared or refused, and how their runs ended.
        difference: The first one.
    """

    counts: Mapping[str, int]
    difference: Difference | None = None


def compare(number: int) -> Compared:
    """Draws a document, compiles it, and runs it and the interpreter with the same scripts."""
    random = Random(number)  # noqa: S311 - no secret
    drawn = drawn_document(random)
    is_async = number % _ASYNC == 0
    documents = {"arazzo": drawn.arazzo, "beside": drawn.beside, "openapi": drawn.openapi}
    compiled = _compiled({**documents, "async": is_async})
    if compiled is None:
        return Compared({"refused": 1})
    counts = Counter({"compared": 1, **({"compared as `async def`": 1} if is_async else {})})
    for case in _cases(random, drawn):
        case |= {**documents, "async": is_async}
        difference = _difference(case, compiled, counts)
        if difference is not None:
            return Compared(counts, difference)
    return Compared(counts)


def _compiled(case: Case) -> Compiled | None:
    """The module that a document compiles to; None where the compiler refuses it."""
    beside = {} if case["beside"] is None else {"other.arazzo.yaml": json.dumps(case["beside"])}
    edition = Edition(is_async=case["async"])
    arazzo, openapi = json.dumps(case["arazzo"]), json.dumps(case["openapi"])
    result = compile_text(arazzo, openapi, beside=beside, edition=edition)
    refusals = errors(result)
    assert "AZ901" not in refusals, result.diagnostics
    return None if refusals else Compiled(result.modules[0].source)


def _cases(random: Random, drawn: Drawn) -> list[Case]:
    written = Written(drawn.arazzo, drawn.beside)
    cases: list[Case] = []
    for position, workflow in enumerate(drawn.arazzo["workflows"]):
        name = workflow["workflowId"]
        declared, required = written.declared(name), written.required(name)
        for _ in range(1 if position else _SCRIPTS):
            script = drawn_script(random)
            answers = [a and [a.status, a.headers, a.body.decode(), a.delay] for a in script]
            given = drawn_inputs(random, declared, required)
            cases.append({"workflow": name, "inputs": given, "answers": answers})
    return cases


def _difference(case: Case, compiled: Compiled, counts: Counter[str]) -> Difference | None:
    try:
        said = _play(case, _interpreted)
    except EndlessError:
        counts["runs that would never end"] += 1
        return None
    done = _play(case, _generated(compiled.module))
    if said != done:
        return Difference(case, said, done)
    counts[f"runs: {said.kind}"] += 1
    return None


class _Stage:
    """Gives the answers in turn, and writes down what happens."""

    def __init__(self, answers: list[Any]) -> None:
        self._answers = [a and Answer(a[0], a[1], a[2].encode(), a[3]) for a in answers]
        self._passed = 0.0
        self.events: list[object] = []

    def now(self) -> float:
        return NOW + self._passed

    def answer(self, request: Request) -> Answer:
        self.events.append(dataclasses.astuple(request))
        if not self._answers:
            raise ScriptOverError
        answer = self._answers.pop(0)
        if answer is None:
            raise ConnectionRefusedError("nobody listens")
        in_time = request.timeout is None or answer.delay <= request.timeout
        self._passed += answer.delay if in_time else request.timeout or 0.0
        if not in_time:
            raise TimeoutError("the time is over")
        return answer

    def sleep(self, seconds: float) -> None:
        self.events.append(float(seconds))
        self._passed += seconds

    async def nap(self, seconds: float) -> None:
        self.sleep(seconds)


def _play(case: Case, run: Callable[[Case, _Stage], tuple[object, ...]]) -> Trace:
    stage = _Stage(case["answers"])
    try:
        end = run(case, stage)
    except ScriptOverError:
        end = ("the script is over",)
    return Trace(tuple(stage.events), end)


def _interpreted(case: Case, stage: _Stage) -> tuple[object, ...]:
    clock = Clock(stage.now, stage.sleep)
    interpreter = Interpreter(case["arazzo"], case["beside"], case["openapi"], stage.answer, clock)
    try:
        return "returned", interpreter.run(case["workflow"], case["inputs"])
    except FailureError as failure:
        return _told(failure)


def _told(failure: FailureError) -> tuple[object, ...]:
    cause = None if failure.cause is None else _told(failure.cause)
    return failure.kind, failure.step_id, failure.detail, cause


def _generated(module: Any) -> Callable[[Case, _Stage], tuple[object, ...]]:
    def run(case: Case, stage: _Stage) -> tuple[object, ...]:
        def transport(request: Any) -> Any:
            headers, timeout = dict(request.headers), request.timeout
            asked = Request(request.method, request.url, headers, request.body, timeout)
            answer = stage.answer(asked)
            return module.Response(answer.status, answer.headers, answer.body)

        async def waiting(request: Any) -> Any:
            return transport(request)

        with (
            patch("time.sleep", stage.sleep),
            patch("time.time", stage.now),
            patch("time.monotonic", stage.now),
            patch("asyncio.sleep", stage.nap),
        ):
            try:
                function = getattr(module, case["workflow"])
                if case["async"]:
                    result = asyncio.run(function(**case["inputs"], transport=waiting))
                else:
                    result = function(**case["inputs"], transport=transport)
            except module.WorkflowError as error:
                return _raised(error)
            except ScriptOverError:
                raise
            except Exception:  # noqa: BLE001 - a function that fails otherwise is a difference too
                return "crashed", traceback.format_exc()
        return "returned", None if result is None else _fields(result)

    return run


def _fields(result: Any) -> dict[str, object]:
    return {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}


def _raised(error: Any) -> tuple[object, ...]:
    """What tells one error from another."""
    kind = type(error).__name__
    cause = _raised(error.__cause__) if kind == "CallFailed" and error.__cause__ else None
    return kind, error.step_id, {name: read(error) for name, read in _TELLING[kind].items()}, cause


_TELLING: Mapping[str, Mapping[str, Callable[[Any], object]]] = {
    "StepFailed": {
        "criterion": lambda error: error.criterion,
        "action": lambda error: error.action,
        "status": lambda error: error.response and error.response.status,
    },
    "CallFailed": {
        "workflow_id": lambda error: error.workflow_id,
        "criterion": lambda error: error.criterion,
        "action": lambda error: error.action,
    },
    "OutputMissing": {
        "output": lambda error: error.output,
        "pointer": lambda error: error.pointer,
    },
    "InvalidValue": {},
    "MissingValue": {},
}
