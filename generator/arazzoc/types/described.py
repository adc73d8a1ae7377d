"""The schemas that stand for a value in the documents: more than its Python type says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from arazzoc.source.node import Node
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.lacking import parts_at
from arazzoc.types.responses import is_json
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Argument, Member, ResponseBody, StepOutput, Value

__all__ = ["Parts", "origin_of_value", "schemas_of"]

_FURTHEST: Final = 10
"""How many outputs may be made of one another before they are not followed any more."""

Parts: TypeAlias = Sequence[Node]
"""A schema and what its `allOf` adds to it: all of them hold."""

_Way: TypeAlias = tuple[Node, tuple[str, ...]]


def schemas_of(value: Value, view: Viewpoint) -> tuple[Parts, ...]:
    """The schemas of which one describes a value; none where that is not known.

    Args:
        value: An input, a part of a response that the step succeeds with, an output, or a part of these.
        view: Where it stands.
    """
    found = [parts_at(schema, tokens, view.facts.types) for schema, tokens in _ways(value, view)]
    known = [parts for parts in found if parts]
    return tuple(known) if len(known) == len(found) else ()


def _ways(value: Value, view: Viewpoint, depth: int = 0) -> Sequence[_Way]:
    """The schemas that the value is a part of, with the way to it; none where one is not known."""
    match value:
        case Argument(stated=str() as name) if name in view.facts.inputs:
            return [(view.facts.inputs[name].node, ())]
        case ResponseBody() if view.step is not None and view.answered and not view.silent:
            return [(schema, ()) for schema in _bodies(view.step)]
        case Member(base, tokens):
            return [(schema, (*way, *tokens)) for schema, way in _ways(base, view, depth)]
        case StepOutput() if depth < _FURTHEST:
            return _of_output(value, view, depth + 1)
        case _:
            return ()


def origin_of_value(value: Value, view: Viewpoint) -> Value:
    """What a value is made of where a step of this workflow read it: a part of its response, say."""
    for _ in range(_FURTHEST):
        made = _made(value, view) if isinstance(value, StepOutput) else None
        if made is None:
            return value
        value, view = made
    return value


def _of_output(output: StepOutput, view: Viewpoint, depth: int) -> Sequence[_Way]:
    made = _made(output, view)
    return _ways(*made, depth) if made is not None else ()


def _made(read: StepOutput, view: Viewpoint) -> tuple[Value, Viewpoint] | None:
    """What a step's output is where the step states it; None where it calls no operation."""
    facts, step_id = view.facts, read.step_id
    step = facts.steps.get(step_id)
    node = step.step.outputs.get(read.output) if step is not None else None
    available = facts.available.get(step_id)
    if step is None or node is None or step.operation is None or available is None:
        return None
    there = Viewpoint(facts, available.after(step_id), step, answered=True)
    value = value_of(node, there).value
    return (value, there) if value is not None else None


def _bodies(step: StepFacts) -> Iterator[Node]:
    """The schemas of the bodies that the step succeeds with; none where one is not known, or no JSON."""
    described = [response for response in step.expected.responses if response.content]
    media = [each for response in described for each in response.content]
    schemas = [each.schema for each in media if each.schema is not None and is_json(each.name)]
    if all(each.status.startswith("2") for each in described) and len(schemas) == len(media):
        yield from schemas
