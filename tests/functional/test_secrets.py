"""Tokens and signed URLs go to the API and nowhere else."""

from __future__ import annotations

import traceback

import pytest

from tests.functional.outcome import replayed
from tests.functional.test_scenarios import CASSETTES, each_scenario
from tests.scenarios import SCENARIOS, Scenario


@each_scenario
def test_what_a_function_returns_or_raises_shows_no_secret(
    scenario: Scenario, caplog: pytest.LogCaptureFixture
) -> None:
    result = replayed(scenario, CASSETTES / f"{scenario.id}.yaml").result

    shown = [str(result), repr(result), caplog.text]
    if isinstance(result, Exception):
        parts = (*result.args, *vars(result).values())
        shown += [text for part in parts for text in (str(part), repr(part))]
        shown += traceback.format_exception(result)
    for secret in scenario.workflow.secrets:
        assert not [text for text in shown if secret in text]


def test_every_scenario_is_given_a_secret() -> None:
    for scenario in SCENARIOS:
        given = repr(scenario.inputs)
        assert [secret for secret in scenario.workflow.secrets if secret in given]
