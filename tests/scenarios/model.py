"""What a scenario is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from tests.standins import StandIn


@dataclass(frozen=True, slots=True)
class Workflow:
    """A generated function.

    Attributes:
        api: The folder under `specs/` that it comes from.
        function: The function.
        server: Where its requests go unless it is told otherwise.
        server_keywords: What tells it otherwise.
        secrets: Texts that scenarios give it and that it must not show to anybody but the API.
    """

    api: str
    function: Callable[..., object]
    server: str
    server_keywords: Sequence[str]
    secrets: Sequence[str]

    @property
    def module(self) -> ModuleType:
        """The module that the function was generated into."""
        return sys.modules[self.function.__module__]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way through a workflow.

    Attributes:
        name: A slug, unique within the API.
        workflow: What is called.
        stand_in: Makes the API, in the state that the scenario begins with.
        requests: How many requests are sent.
        end: `returns`, or the error with the step and the failure action that made it, such as
            `StepFailed in wait by notFound`.
        inputs: What the function is called with.
        waits: The seconds waited before retries, in order.
    """

    name: str
    workflow: Workflow
    stand_in: Callable[[], StandIn]
    requests: int
    end: str
    inputs: Mapping[str, object]
    waits: Sequence[float] = field(default=())

    @property
    def id(self) -> str:
        """API and name; what its cassette is called."""
        return f"{self.workflow.api}/{self.name}"
