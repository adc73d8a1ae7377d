"""What a workflow is passed where another one runs it, by the names of its inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Parameter
from arazzoc.source.node import Node
from arazzoc.types.facts import InputFact, StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.model import NONE, Union
from arazzoc.types.needs import Need, label, payload_needs, promised_parts
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Value

__all__ = ["Calling", "calls_of", "input_needs", "passed"]


@dataclass(frozen=True, slots=True)
class Calling:
    """A place where a workflow runs another one.

    Attributes:
        node: The reference.
        callee: What it refers to.
        parameters: What the document passes.
        implied: Further ones, which count where the callee has an input of that name: the workflow's own.
        by_name: Inputs that both have under the same name are passed too.
        step: The step that runs it, goes on with it or retries after it; None for `dependsOn`.
    """

    node: Node
    callee: WorkflowFacts
    parameters: tuple[Parameter, ...]
    implied: tuple[Parameter, ...]
    by_name: bool
    step: StepFacts | None


def calls_of(facts: WorkflowFacts) -> Iterator[Calling]:
    """Every place where a workflow runs another one that is known."""
    for node in facts.workflow.depends_on:
        callee = facts.callees.get(node.text or "")
        if callee is not None:
            yield Calling(node, callee, (), (), by_name=True, step=None)
    for step in facts.steps.values():
        stated = step.step.workflow_id
        if stated is not None and step.callee is not None:
            own = step.step.parameters
            implied = step.parameters[len(own) :]
            yield Calling(stated, step.callee, own, implied, by_name=False, step=step)
        for action in step.actions:
            target = action.workflow_id
            callee = facts.callees.get(target.text or "") if target is not None else None
            if target is not None and callee is not None:
                yield Calling(target, callee, action.parameters, (), by_name=True, step=step)


def passed(calling: Calling, view: Viewpoint) -> Mapping[str, Value]:
    """The values that the callee is passed where they have a meaning, by the names of its inputs."""
    accepted = calling.callee.accepted
    found: dict[str, Value] = {}
    for parameter in (*calling.parameters, *calling.implied):
        if parameter.name in accepted and parameter.name not in found:
            value = value_of(parameter.value, view).value
            if value is not None:
                found[parameter.name] = value
    if calling.by_name:
        own = {**view.facts.joined, **view.facts.inputs} if calling.step is None else None
        for name, fact in (own or view.facts.inputs).items():
            if name in accepted and name not in found:
                found[name] = fact.argument
    return found


def input_needs(fact: InputFact, value: Value) -> Iterator[Need]:
    """What an input cannot do without; one that is optional is left out instead, unless it was promised."""
    place = f"input `{fact.name}`"
    if not fact.required or _is_nullable(fact):
        yield from (Need(part, label(part), place) for part in promised_parts(value))
        return
    for need in payload_needs(value):
        yield Need(need.value, need.text, place)


def _is_nullable(fact: InputFact) -> bool:
    type_ = fact.argument.type
    return isinstance(type_, Union) and NONE in type_.members
