"""Runs a function in every way that its server can send it."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import CodeType, FrameType, ModuleType
from typing import Any, Final
from unittest.mock import patch

from arazzoc.result import CompiledWorkflow
from tests.corpus.answering import LONGEST, Played, Player

__all__ = ["Explored", "explore"]

BUDGET: Final = 300
"""How many runs a function gets at most."""


class EndlessError(Exception):
    """The run has sent more requests than a player answers."""


@dataclass(slots=True)
class Explored:
    """What is known of a function once it was run in many ways.

    Attributes:
        runs: How many.
        returned: How many of them ended with outputs.
        ended: How the others ended: how often by the name of the error.
        lines: The lines of the function's body.
        missed: Those that no run has come to.
        requests: What was sent, each once, and whether all inputs had been given, and all requests before it had
            got the answers that their descriptions promise.
        crashes: What was raised that no function says it raises. `ValueError` is not among them: a path segment
            or a form that cannot be made of what a server sent.
    """

    runs: int = 0
    returned: int = 0
    ended: dict[str, int] = field(default_factory=dict[str, int])
    lines: frozenset[int] = frozenset()
    missed: frozenset[int] = frozenset()
    requests: dict[tuple[str, str, bytes], tuple[bool, Played]] = field(
        default_factory=dict[tuple[str, str, bytes], tuple[bool, Played]]
    )
    crashes: dict[str, Exception] = field(default_factory=dict[str, Exception])


def explore(
    module: ModuleType,
    compiled: CompiledWorkflow,
    player: Player,
    base_url: str,
    arguments: Sequence[Mapping[str, Any]],
    budget: int = BUDGET,
) -> Explored:
    """Runs a function until every line of it was executed, or nothing new is found.

    A run that comes to new lines is tried again with each other answer to each of its requests.

    Args:
        module: The generated module.
        compiled: Its function.
        player: What answers.
        base_url: Where it does.
        arguments: Inputs to call the function with.
        budget: The most runs.
    """
    function = getattr(module, compiled.function)
    lines = frozenset(_lines(function.__code__))
    found = Explored(lines=lines, missed=lines - _guards(function))
    waiting: deque[tuple[int, tuple[int, ...]]] = deque((n, ()) for n in range(len(arguments)))
    seen = set(waiting)
    servers = {keyword: f"{base_url}/{source}" for source, keyword in compiled.servers.items()}
    while waiting and found.runs < budget and (found.missed or not found.returned):
        place, plan = waiting.popleft()
        player.follow(plan)
        executed, end = _run(function, module, {**arguments[place], **servers})
        found.runs += 1
        _note(found, module, end, place, player.played)
        news = found.missed & executed
        found.missed -= executed
        if not news and found.runs > 1:
            continue
        chosen = tuple(played.choice for played in player.played)
        for turn in range(len(plan), len(chosen)):
            for other in range(player.played[turn].choices):
                step = (place, (*chosen[:turn], other))
                if other != chosen[turn] and step not in seen:
                    seen.add(step)
                    waiting.append(step)
    return found


def _note(
    found: Explored,
    module: ModuleType,
    end: Exception | None,
    place: int,
    played: Sequence[Played],
) -> None:
    as_promised = place == 0
    for each in played:
        request = each.request
        key = (request.method, request.target, request.body)
        if as_promised or key not in found.requests:
            found.requests[key] = (as_promised, each)
        as_promised = as_promised and each.choice == 0
    if end is None:
        found.returned += 1
        return
    name = type(end).__name__
    found.ended[name] = found.ended.get(name, 0) + 1
    if not isinstance(end, (module.WorkflowError, EndlessError, ValueError)):
        found.crashes.setdefault(f"{name}: {end}", end)


def _run(
    function: Callable[..., object], module: ModuleType, arguments: Mapping[str, Any]
) -> tuple[set[int], Exception | None]:
    """The lines that were executed, and what was raised."""
    executed: set[int] = set()
    code = function.__code__

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        del argument
        if frame.f_code is not code:
            return None
        if event == "line":
            executed.add(frame.f_lineno)
        return trace

    end: Exception | None = None
    with module.HttpTransport() as inner, patch("time.sleep"):
        transport = _Limited(inner)
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            function(**arguments, transport=transport)
        except Exception as error:  # noqa: BLE001 -- whatever comes is what is looked for
            end = error
        finally:
            sys.settrace(before)
    return executed, end


class _Limited:
    """Sends a limited number of requests."""

    def __init__(self, inner: Callable[[Any], Any]) -> None:
        self._inner = inner
        self._left = LONGEST

    def __call__(self, request: Any) -> Any:
        self._left -= 1
        if self._left < 0:
            raise EndlessError
        return self._inner(request)


def _guards(function: Callable[..., object]) -> set[int]:
    """The lines that stop where a value is empty or a body cannot be read: no sample is so."""
    source, first = inspect.getsourcelines(function)
    tests = [node for node in ast.walk(ast.parse("".join(source))) if isinstance(node, ast.If)]
    return {
        line + first - 1
        for test in tests
        for statement in test.body
        if re.search("MissingValue|the body is JSON", ast.unparse(statement))
        and isinstance(statement, ast.Raise | ast.Assign)
        for line in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
    }


def _lines(code: CodeType) -> Iterator[int]:
    """The lines of a function's body."""
    for _, _, line in code.co_lines():
        if line is not None and line > code.co_firstlineno:
            yield line
