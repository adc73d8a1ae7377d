"""Which steps have surely, and which have possibly, succeeded when a step begins."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.diagnostics.model import Findings
from arazzoc.model.arazzo import Workflow
from arazzoc.model.read_arazzo import read_arazzo
from arazzoc.source.limits import Limits
from arazzoc.source.reading import read_document
from arazzoc.types.availability import availability, exits
from tests.compiling import workflow

WHEN = "criteria: [{condition: $statusCode == 200}]"


def read(steps: str) -> Workflow:
    text = workflow("steps:\n" + indent(dedent(steps).strip("\n"), "  "))
    document, faults = read_document(text.encode(), Path("/f/a.yaml"), "a.yaml", Limits())
    assert document is not None
    assert not faults
    arazzo = read_arazzo(document, Findings())
    assert arazzo is not None
    return arazzo.workflows[0]


def told(steps: str) -> dict[str, str]:
    """For each step that is reached, the steps before it; those in brackets only possibly."""
    return {
        step_id: " ".join(
            name if name in here.surely else f"({name})" for name in sorted(here.possibly)
        )
        for step_id, here in availability(read(steps)).items()
    }


def test_in_a_straight_line_all_earlier_steps_have_succeeded() -> None:
    steps = """
        - {stepId: a, operationId: a}
        - {stepId: b, operationId: b}
        - {stepId: c, operationId: c}
        """
    assert told(steps) == {"a": "", "b": "a", "c": "a b"}


def test_a_step_that_may_be_jumped_over_is_possible() -> None:
    steps = f"""
        - {{stepId: a, operationId: a, onSuccess: [{{name: x, type: goto, stepId: c, {WHEN}}}]}}
        - {{stepId: b, operationId: b}}
        - {{stepId: c, operationId: c}}
        """
    assert told(steps) == {"a": "", "b": "a", "c": "a (b)"}


def test_a_step_that_is_jumped_over_always_is_not_reached() -> None:
    steps = """
        - {stepId: a, operationId: a, onSuccess: [{name: x, type: goto, stepId: c}]}
        - {stepId: b, operationId: b}
        - {stepId: c, operationId: c}
        """
    assert told(steps) == {"a": "", "c": "a"}


def test_behind_a_failure_the_step_itself_has_not_succeeded() -> None:
    steps = """
        - {stepId: a, operationId: a}
        - {stepId: b, operationId: b, onFailure: [{name: x, type: goto, stepId: c}]}
        - {stepId: c, operationId: c}
        """
    assert told(steps) == {"a": "", "b": "a", "c": "a (b)"}


def test_a_step_that_only_a_failure_leads_to_never_sees_success() -> None:
    steps = """
        - stepId: a
          operationId: a
          onSuccess: [{name: x, type: end}]
          onFailure: [{name: y, type: goto, stepId: b}]
        - {stepId: b, operationId: b}
        """
    assert told(steps) == {"a": "", "b": ""}


def test_a_loop_brings_later_steps_back() -> None:
    steps = f"""
        - {{stepId: a, operationId: a}}
        - {{stepId: b, operationId: b}}
        - {{stepId: c, operationId: c, onSuccess: [{{name: x, type: goto, stepId: b, {WHEN}}}]}}
        """
    assert told(steps) == {"a": "", "b": "a (b) (c)", "c": "a b (c)"}


def test_a_retry_changes_nothing() -> None:
    steps = """
        - {stepId: a, operationId: a, onFailure: [{name: x, type: retry, retryLimit: 5}]}
        - {stepId: b, operationId: b}
        """
    assert told(steps) == {"a": "", "b": "a"}


def test_actions_behind_one_without_criteria_are_never_tried() -> None:
    steps = """
        - stepId: a
          operationId: a
          onSuccess: [{name: x, type: end}, {name: y, type: goto, stepId: c}]
        - {stepId: b, operationId: b}
        - {stepId: c, operationId: c}
        """
    assert told(steps) == {"a": ""}


@pytest.mark.parametrize("target", ["nowhere", "a"])
def test_a_target_that_does_not_exist_leads_nowhere(target: str) -> None:
    steps = f"""
        - {{stepId: a, operationId: a, onSuccess: [{{name: x, type: goto, stepId: {target}, {WHEN}}}]}}
        - {{stepId: b, operationId: b}}
        """
    expected = {"nowhere": "", "a": "(a)"}[target]
    assert told(steps) == {"a": expected, "b": "a"}


_ACTIONS = ("", "end", "goto", "goto when", "retry after")
_FLOWS = st.integers(2, 6).flatmap(
    lambda size: st.lists(
        st.tuples(st.sampled_from(_ACTIONS), st.integers(0, size - 1)),
        min_size=size,
        max_size=size,
    )
)


def drawn(number: int, action: str, to: int) -> str:
    fields = {
        "": "",
        "end": ", onSuccess: [{name: x, type: end}]",
        "goto": f", onSuccess: [{{name: x, type: goto, stepId: s{to}}}]",
        "goto when": f", onSuccess: [{{name: x, type: goto, stepId: s{to}, {WHEN}}}]",
        "retry after": f", onFailure: [{{name: x, type: retry, stepId: s{to}}}]",
    }
    return f"- {{stepId: s{number}, operationId: a{fields[action]}}}\n"


def by_every_way(read: Workflow) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The same from the definition: what all ways, and what some way, to a step have behind them."""
    ids = [step.step_id for step in read.steps]
    seen = {(ids[0], frozenset[str]())}
    waiting = list(seen)
    while waiting:
        step_id, done = waiting.pop()
        for way in exits(read, ids.index(step_id)):
            new = [*((step_id,) if way.succeeded else ()), *((way.via,) if way.via else ())]
            after = done | frozenset(new)
            if way.to is not None and (way.to, after) not in seen:
                seen.add((way.to, after))
                waiting.append((way.to, after))
    found = {step_id: [done for to, done in seen if to == step_id] for step_id, _ in seen}
    return {
        step_id: (ways[0].intersection(*ways), ways[0].union(*ways))
        for step_id, ways in found.items()
    }


@given(_FLOWS)
def test_it_is_what_all_ways_and_what_some_way_have_behind_them(
    flow: list[tuple[str, int]],
) -> None:
    workflow = read("".join(drawn(number, *each) for number, each in enumerate(flow)))
    assert {
        step_id: (here.surely, here.possibly) for step_id, here in availability(workflow).items()
    } == by_every_way(workflow)
