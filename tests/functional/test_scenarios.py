"""Every scenario, against its stand-in and from its cassette: same requests, same end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.outcome import Outcome, live, replayed
from tests.golden.goldens import Goldens
from tests.scenarios import SCENARIOS, Scenario

CASSETTES = Path(__file__).parents[1] / "cassettes"

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


def _cassette(scenario: Scenario) -> Path:
    return CASSETTES / f"{scenario.id}.yaml"


def _golden(scenario: Scenario) -> str:
    return f"scenarios/{scenario.id}.txt"


def _check(scenario: Scenario, outcome: Outcome) -> None:
    """The scenario's own words are held first, before any golden."""
    assert outcome.end == scenario.end, outcome
    assert [wait for _, wait in outcome.waits] == list(scenario.waits)
    assert list(outcome.turns) == list(range(scenario.requests))


@each_scenario
def test_a_stand_in_is_asked_and_cassettes_are_up_to_date(
    scenario: Scenario, tmp_path: Path, goldens: Goldens, records: bool
) -> None:
    stand_in = scenario.stand_in()
    fresh = tmp_path / "fresh.yaml"
    outcome = live(scenario, fresh, stand_in)

    _check(scenario, outcome)
    assert len(stand_in.requests) == scenario.requests
    if records:
        _cassette(scenario).parent.mkdir(parents=True, exist_ok=True)
        _cassette(scenario).write_bytes(fresh.read_bytes())
    assert _cassette(scenario).is_file(), "make record"
    assert _cassette(scenario).read_text("utf-8") == fresh.read_text("utf-8"), "make record"
    goldens.compare(_golden(scenario), str(outcome))


@each_scenario
def test_a_cassette_is_played_in_order_and_to_its_end(scenario: Scenario, goldens: Goldens) -> None:
    outcome = replayed(scenario, _cassette(scenario))

    _check(scenario, outcome)
    goldens.compare(_golden(scenario), str(outcome))


def test_no_cassette_is_left_over(records: bool) -> None:
    left = set(CASSETTES.glob("**/*.yaml")) - {_cassette(scenario) for scenario in SCENARIOS}
    if records:
        for path in left:
            path.unlink()
    else:
        assert not left, "make record"


def test_no_golden_is_left_over(goldens: Goldens) -> None:
    goldens.complete("scenarios/**/*.txt", map(_golden, SCENARIOS))


def test_names_are_unique() -> None:
    assert len({scenario.id for scenario in SCENARIOS}) == len(SCENARIOS)


def test_cassettes_show_no_secret() -> None:
    for scenario in SCENARIOS:
        text = _cassette(scenario).read_text("utf-8")
        assert "Bearer *" in text
        assert not [secret for secret in scenario.workflow.secrets if secret in text]
