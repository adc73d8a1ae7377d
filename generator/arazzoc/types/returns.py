"""What a workflow gives back, as those see it that run it, and which steps have succeeded by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from arazzoc.names import Identifier, Scope
from arazzoc.types.availability import Available, exits
from arazzoc.types.facts import OutputFact, Viewpoint, WorkflowFacts
from arazzoc.types.origin import is_given
from arazzoc.types.schema import union
from arazzoc.types.secrets import is_secret, is_secret_name
from arazzoc.types.valuation import value_of

__all__ = ["at_the_end", "attributes", "onward", "returns", "returns_its_own"]

_SHADOWING: Final = ("bool", "bytes", "dict", "field", "float", "int", "list", "str")
"""Attributes of these names would hide what the lines after them mention."""


def attributes(facts: WorkflowFacts) -> Mapping[str, Identifier]:
    """The names of the outputs in the class of the results, by output."""
    scope = Scope(_SHADOWING)
    return {
        name: scope.claim(Identifier.of(name, default="output")) for name in facts.workflow.outputs
    }


def at_the_end(facts: WorkflowFacts) -> Available:
    """What has succeeded where the function returns outputs of its own: possibly every step."""
    surely: Set[str] | None = None
    for end in _ends(facts):
        surely = end.surely if surely is None else surely & end.surely
    return Available(frozenset[str]() if surely is None else surely, facts.available.keys())


def onward(facts: WorkflowFacts) -> Iterator[WorkflowFacts]:
    """The workflows that go on where this one ends, once each."""
    found: dict[int, WorkflowFacts] = {}
    for step_id, step in facts.steps.items():
        for action in step.actions if step_id in facts.available else ():
            if action.type == "goto" and action.workflow_id is not None:
                callee = facts.callees.get(action.workflow_id.text or "")
                if callee is not None:
                    found[id(callee)] = callee
    yield from found.values()


def returns_its_own(facts: WorkflowFacts) -> bool:
    """Whether the function may return outputs of its own: not where another workflow always goes on."""
    return any(True for _ in _ends(facts)) or not any(True for _ in onward(facts))


def returns(facts: WorkflowFacts) -> Mapping[str, OutputFact]:
    """The outputs that there are whatever way the workflow ends: its own, or those of one that goes on."""
    results = [callee.returns for callee in onward(facts)]
    if returns_its_own(facts):
        results.insert(0, _own(facts))
    return {
        name: _common([result[name] for result in results])
        for name, first in results[0].items()
        if all(name in each and each[name].attribute == first.attribute for each in results)
    }


def _common(outputs: list[OutputFact]) -> OutputFact:
    return OutputFact(
        outputs[0].attribute,
        union(output.type for output in outputs),
        any(output.absent for output in outputs),
        any(output.secret for output in outputs),
        any(output.given for output in outputs),
    )


def _own(facts: WorkflowFacts) -> dict[str, OutputFact]:
    """The outputs that the workflow states; those without meaning are missing, which is an error."""
    names, view = attributes(facts), Viewpoint(facts, at_the_end(facts))
    found: dict[str, OutputFact] = {}
    for name, node in facts.workflow.outputs.items():
        value = value_of(node, view).value
        if value is not None:
            secret = is_secret_name(name) or is_secret(value)
            given = is_given(value)
            found[name] = OutputFact(names[name], value.type, value.absent, secret, given)
    return found


def _ends(facts: WorkflowFacts) -> Iterator[Available]:
    for position, step in enumerate(facts.workflow.steps):
        before = facts.available.get(step.step_id)
        if before is not None and any(
            way.succeeded and way.to is None and not way.onward
            for way in exits(facts.workflow, position)
        ):
            yield before.after(step.step_id)
