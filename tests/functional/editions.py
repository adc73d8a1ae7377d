"""The modules of `specs/` in every edition, written once a run and imported when they are asked for."""

from __future__ import annotations

import asyncio
import importlib
import itertools
import sys
from collections.abc import Coroutine
from pathlib import Path
from types import ModuleType
from typing import Any, Final, cast, get_args

import click.testing
import pytest

from arazzoc.cli.main import main
from arazzoc.edition import Edition, Http, RuntimePlace
from tests.compiling import without_layout
from tests.functional.outcome import Clock, Outcome
from tests.scenarios import Scenario
from tests.standins import serving

__all__ = ["EDITIONS", "called", "generate_all", "imported", "name_of"]

EDITIONS: Final = [
    Edition(is_async, http, runtime)
    for is_async, http, runtime in itertools.product(
        (False, True), get_args(Http), get_args(RuntimePlace)
    )
]
_SPECS: Final = Path(__file__).parents[2] / "specs"
_DOCUMENTS: Final = [
    str(_SPECS / folder) for folder in ("ibm-quantum", "ibm-direct-access", "pasqal")
]


def name_of(edition: Edition) -> str:
    """`async_httpx2_shared`; also the package that the edition's modules are in."""
    return f"{'async' if edition.is_async else 'sync'}_{edition.http}_{edition.runtime}"


def options(edition: Edition) -> list[str]:
    """What asks for the edition at the command line."""
    colour = "--async" if edition.is_async else "--sync"
    return [colour, "--http", edition.http, "--runtime", edition.runtime]


def generate_all(folder: Path) -> None:
    """Writes all editions, each to a folder of its name. Layout is left out: it says nothing about meaning."""
    for edition in EDITIONS:
        arguments = [
            "generate",
            *_DOCUMENTS,
            "-o",
            str(folder / name_of(edition)),
            *options(edition),
        ]
        with without_layout():
            result = click.testing.CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output


def imported(edition: Edition, module: str) -> ModuleType:
    """A module of an edition, such as `ibm_quantum.cancel_running_job`."""
    return importlib.import_module(f"{name_of(edition)}.{module}")


def called(scenario: Scenario, edition: Edition) -> tuple[Outcome, int]:
    """How the scenario ends in an edition, and how many requests its stand-in got."""
    original = scenario.workflow.function
    module = imported(edition, original.__module__.removeprefix("generated."))
    stand_in = scenario.stand_in()
    clock = Clock(lambda: len(stand_in.requests))
    with serving(stand_in) as here, pytest.MonkeyPatch.context() as patched:
        shared = sys.modules.get(f"{name_of(edition)}.arazzo_runtime.retries")
        for place in (module, *((shared,) if shared else ())):
            if hasattr(place, "time"):
                patched.setattr(place, "time", clock)
            if hasattr(place, "asyncio"):
                patched.setattr(place, "asyncio", _Tasks(clock))
        servers = dict.fromkeys(scenario.workflow.server_keywords, here)
        error_type: type[Exception] = vars(module)["WorkflowError"]
        function = vars(module)[original.__name__]
        result: object
        try:
            result = function(**scenario.inputs, **servers)
            if edition.is_async:
                result = asyncio.run(cast("Coroutine[object, object, object]", result))
        except error_type as error:
            result = error
    return Outcome([], [], clock.waits, result), len(stand_in.requests)


class _Tasks:
    """Stands in for the module `asyncio`: sleeping takes no time, everything else is as ever."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)
