"""How a call of a generated function ends, and all that happened on the way, as text."""

from __future__ import annotations

import dataclasses
import pprint
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from tests.functional.tape import Exchange, Tape, recording, replaying
from tests.scenarios import Scenario
from tests.standins import StandIn, serving

__all__ = ["Clock", "Outcome", "live", "replayed"]

MORNING: Final = 1_773_565_200.0
"""2026-03-15T09:00:00Z, when every scenario begins."""
_MESSAGES: Final = frozenset({"request", "response"})
"""Attributes of errors that the exchanges have told already."""


@dataclass(slots=True)
class Clock:
    """Stands in for the module `time` in a generated module: sleeping takes no time.

    Attributes:
        sent: Tells how many exchanges have taken place.
        waits: How many exchanges had taken place, and the seconds then slept.
        now: Seconds since the epoch.
    """

    sent: Callable[[], int] = field(default=lambda: 0)
    waits: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    now: float = MORNING

    def sleep(self, seconds: float) -> None:
        """Notes the wait and puts the clock forward."""
        self.waits.append((self.sent(), seconds))
        self.now += seconds

    def monotonic(self) -> float:
        """Seconds since the epoch: it was as good a moment as any."""
        return self.now

    def time(self) -> float:
        """Seconds since the epoch."""
        return self.now


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended.

    Attributes:
        exchanges: What was sent and answered.
        turns: The numbers of the recorded exchanges in the order they took place.
        waits: How many exchanges had taken place, and the seconds then slept.
        result: What the function returned or raised.
    """

    exchanges: Sequence[Exchange]
    turns: Sequence[int]
    waits: Sequence[tuple[int, float]]
    result: object

    @property
    def end(self) -> str:
        """The end as scenarios state it."""
        if not isinstance(self.result, Exception):
            return "returns"
        facts = vars(self.result)
        action = f" by {facts['action']}" if facts.get("action") else ""
        return f"{type(self.result).__name__} in {facts['step_id']}{action}"

    def __str__(self) -> str:
        lines: list[str] = []
        for number, exchange in enumerate(self.exchanges, 1):
            lines.append(str(exchange))
            lines.extend(f"wait {wait:g} s" for sent, wait in self.waits if sent == number)
        return "\n".join([*_counted(lines), "", *_told(self.result), ""])


def replayed(scenario: Scenario, cassette: Path) -> Outcome:
    """Calls the scenario's function with its own transport and servers, over a cassette."""
    with replaying(cassette, secrets=scenario.workflow.secrets) as tape:
        return _called(scenario, tape, {})


def live(scenario: Scenario, cassette: Path, stand_in: StandIn) -> Outcome:
    """Calls the scenario's function against its stand-in, and records a cassette."""
    workflow = scenario.workflow
    with (
        serving(stand_in) as here,
        recording(cassette, here=here, there=workflow.server, secrets=workflow.secrets) as tape,
    ):
        return _called(scenario, tape, dict.fromkeys(workflow.server_keywords, here))


def _called(scenario: Scenario, tape: Tape, servers: Mapping[str, object]) -> Outcome:
    workflow = scenario.workflow
    clock = Clock(lambda: len(tape.turns))
    error_type: type[Exception] = workflow.module.WorkflowError
    result: object
    with pytest.MonkeyPatch.context() as patch:
        if hasattr(workflow.module, "time"):
            patch.setattr(workflow.module, "time", clock)
        try:
            result = workflow.function(**scenario.inputs, **servers)
        except error_type as error:
            result = error
    return Outcome(tape.exchanges, tape.turns, clock.waits, result)


def _counted(lines: Sequence[str]) -> Sequence[str]:
    """The lines, with a pair that is repeated at length told once."""
    shown: list[str] = []
    index = 0
    while index < len(lines):
        pair = lines[index : index + 2]
        times = 1
        while len(pair) == 2 and lines[index + 2 * times : index + 2 * times + 2] == pair:
            times += 1
        if times > 3:
            shown += [*pair, f"(both {times} times)"]
            index += 2 * times
        else:
            shown.append(lines[index])
            index += 1
    return shown


def _told(result: object) -> Sequence[str]:
    if not isinstance(result, Exception):
        assert dataclasses.is_dataclass(result), "a function returns its outputs"
        members = {each.name: getattr(result, each.name) for each in dataclasses.fields(result)}
        return [f"returns {type(result).__name__}", *_members(members)]
    members = {name: value for name, value in vars(result).items() if name not in _MESSAGES}
    response = vars(result)["response"]
    answer = f"  response: {response.status if response else None}"
    return [f"raises {type(result).__name__}: {result}", *_members(members), answer]


def _members(values: Mapping[str, object]) -> Sequence[str]:
    lines: list[str] = []
    for name, value in values.items():
        text = repr(value) if isinstance(value, str) else pprint.pformat(value, width=100)
        first, *rest = text.splitlines()
        lines += [f"  {name}: {first}", *(f"    {line}" for line in rest)]
    return lines
