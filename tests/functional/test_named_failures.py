"""Failure actions that only name the error: a table of statuses where that says the same."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, Compiled, Silence, compile_workflow

NAMED = """
  - {name: refused, type: end, criteria: [{condition: $statusCode == 401 || $statusCode == 403}]}
  - {name: gone, type: end, criteria: [{condition: $statusCode == 404}]}
"""
AGAIN = (
    "  - {name: again, type: retry, retryAfter: 0, retryLimit: 1, criteria: [{condition: %s}]}\n"
)


def module(*actions: str) -> Compiled:
    """One step for each text of failure actions."""
    steps = "".join(
        f"- stepId: s{number}\n  operationId: list\n  onFailure:{text.rstrip()}\n"
        for number, text in enumerate(actions)
    )
    return compile_workflow("steps:\n" + "".join(f"  {line}\n" for line in steps.splitlines()))


def action(compiled: Compiled, *statuses: int) -> str | None:
    """What the error says that ends the function."""
    error, script = compiled.fail(*(Answer(status) for status in statuses))
    assert len(script.sent) == len(statuses)
    named = error.action
    assert named is None or isinstance(named, str)
    return named


@pytest.mark.parametrize(
    ("status", "name"),
    [(401, "refused"), (403, "refused"), (404, "gone"), (500, None)],
)
def test_the_status_names_the_action(status: int, name: str | None) -> None:
    compiled = module(NAMED)
    assert 'actions = {401: "refused", 403: "refused", 404: "gone"}' in compiled.source
    assert "action=actions.get(response.status)" in compiled.source
    assert action(compiled, status) == name


def test_an_action_for_other_statuses_may_stand_before_or_behind() -> None:
    for text in (AGAIN % "$statusCode >= 500", AGAIN % "500 <= $statusCode"):
        for compiled in (module("\n" + text + NAMED.strip("\n")), module(NAMED + text)):
            assert ".get(response.status)" in compiled.source
            assert action(compiled, 404) == "gone"
            assert action(compiled, 500, 401) == "refused"
            assert action(compiled, 500, 500) is None


def test_an_action_for_the_same_status_keeps_its_place() -> None:
    compiled = module(NAMED + AGAIN % "$statusCode >= 400")
    assert ".get(response.status)" not in compiled.source
    assert action(compiled, 404) == "gone"
    assert action(compiled, 500, 404) == "gone"
    compiled = module("\n" + AGAIN % "$statusCode >= 400" + NAMED.strip("\n"))
    assert action(compiled, 404, 404) == "gone"


def test_an_action_that_reads_the_body_keeps_its_place() -> None:
    compiled = module(NAMED + AGAIN % "$response.body#/again == true")
    assert ".get(response.status)" not in compiled.source
    error, _ = compiled.fail(Answer(404, {"again": True}))
    assert error.action == "gone"
    error, _ = compiled.fail(Answer(500, {"again": True}), Answer(500, {}))
    assert error.action is None


def test_the_first_of_two_actions_counts() -> None:
    late = (
        "{name: late, type: end, criteria: [{condition: $statusCode == 409 || $statusCode == 404}]}"
    )
    compiled = module(f"{NAMED}  - {late}")
    assert action(compiled, 404) == "gone"
    assert action(compiled, 409) == "late"


def test_one_action_is_a_plain_test() -> None:
    compiled = module("\n  - {name: gone, type: end, criteria: [{condition: $statusCode == 404}]}")
    assert 'action="gone" if response.status == 404 else None' in compiled.source
    assert action(compiled, 404) == "gone"
    assert action(compiled, 400) is None


def test_no_response_has_no_status() -> None:
    silent = "  - {name: silent, type: retry, retryLimit: 1, retryAfter: 0}\n"
    error, _ = module(NAMED + silent).fail(Silence(), Silence())
    assert error.action is None


def test_steps_share_a_table() -> None:
    compiled = module(NAMED, NAMED)
    assert compiled.source.count("FAILURE_ACTIONS.get(response.status)") == 2
    assert compiled.source.count("FAILURE_ACTIONS: Final = {") == 1
    assert action(compiled, 200, 404) == "gone"


def test_tables_that_differ_have_names_that_differ() -> None:
    other = NAMED.replace("404", "410")
    compiled = module(NAMED, other, other, NAMED)
    assert action(compiled, 200, 410) == "gone"
    assert action(compiled, 200, 404) is None
    assert action(compiled, 200, 200, 200, 404) == "gone"
