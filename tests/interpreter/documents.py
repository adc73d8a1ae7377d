"""Whole documents, drawn at random: valid ones, with any flow."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.interpreter.chance import once_in, some
from tests.interpreter.descriptions import drawn_description
from tests.interpreter.parts import (
    Plan,
    Sketch,
    actions,
    criterion,
    end_value,
    needed,
    output,
    payload,
    value,
)

__all__ = ["Drawn", "drawn_document"]

Json = Any
_INPUTS: dict[str, Json] = {
    "key": {"type": "string"},
    "n": {"type": "integer"},
    "flag": {"type": "boolean"},
    "level": {"type": "integer", "default": 5},
    "deep": {"type": "object", "properties": {"a": {"type": "string"}}},
}
"""Every input that a workflow may have; one name means the same everywhere."""
_DESCRIPTIONS = 16
"""How many descriptions there are: each part of one that is in use is validated, which takes its time."""


@dataclass(frozen=True)
class Drawn:
    """A document, one beside it that it may name, and the source description of both."""

    arazzo: Json
    openapi: Json
    beside: Json = None


def drawn_document(random: Random) -> Drawn:
    """A document of one to four workflows, of which earlier ones run later ones; the first is `flow`.

    The last ones may stand in another document.
    """
    version = random.choice(("1.0.1", "1.1.0"))
    components = _components(random)
    later: list[Sketch] = []
    stated: list[Json] = []
    count = random.choice((1, 1, 1, 2, 2, 3, 4))
    here = random.randint(1, count) if once_in(random, 4) else count
    for number in reversed(range(count)):
        sketch = _sketch(random, number, later, version)
        sketch.elsewhere = number >= here
        stated.insert(0, _workflow(random, sketch, components))
        later = [sketch, *later]
    sources = [{"name": "api", "url": "api.yaml", "type": "openapi"}]
    other = {"name": "other", "url": "other.arazzo.yaml", "type": "arazzo"}
    document: Json = {
        "arazzo": version,
        "info": {"title": "Drawn", "version": "1.0.0"},
        "sourceDescriptions": sources,
        "workflows": stated[:here],
        "components": components,
    }
    beside = {**document, "workflows": stated[here:]} if here < count else None
    if beside is not None:
        document["sourceDescriptions"] = [*sources, other]
    chosen = Random(random.randrange(_DESCRIPTIONS))  # noqa: S311 - no secret
    return Drawn(document, drawn_description(chosen), beside)


def _components(random: Random) -> Json:
    """Parts that every workflow may refer to: they need nothing that is not everywhere."""
    trace = random.choice(("t", "{$inputs.key}", "$inputs.key"))
    wait, limit = random.choice((0, 1, 2.5)), random.randint(0, 2)
    stop = {"name": "stop", "type": "end", "criteria": [{"condition": "$inputs.key == 'DONE'"}]}
    again = {"name": "again", "type": "retry", "retryAfter": wait, "retryLimit": limit}
    return {
        "inputs": {},
        "parameters": {
            "trace": {"name": "X-Trace", "in": "header", "value": trace},
            "tag": {"name": "tag", "in": "query", "value": random.randint(0, 3)},
        },
        "successActions": {"stop": stop},
        "failureActions": {"again": again, "quit": {"name": "quit", "type": "end"}},
    }


def _sketch(random: Random, number: int, later: list[Sketch], version: str) -> Sketch:
    """The names of a workflow. Every one requires `key`, so that it can be handed on."""
    others = some(random, [name for name in _INPUTS if name != "key"], 3)
    required = ["key", *(["n"] if "n" in others and once_in(random, 2) else [])]
    steps = [f"s{index}" for index in range(random.randint(1, 4))]
    sketch = Sketch(
        f"w{number}" if number else "flow", version, ["key", *others], required, steps, later
    )
    if later and once_in(random, 3):
        sketch.before = random.sample(later, random.randint(1, min(2, len(later))))
    sketch.straight = once_in(random, 3)
    return sketch


def _workflow(random: Random, sketch: Sketch, components: Json) -> Json:
    schema: Json = {
        "type": "object",
        "required": sketch.required,
        "properties": {name: _INPUTS[name] for name in sketch.inputs},
    }
    if once_in(random, 5):
        components["inputs"][sketch.workflow_id] = schema
        schema = {"$ref": f"#/components/inputs/{sketch.workflow_id}"}
    workflow: Json = {"workflowId": sketch.workflow_id, "inputs": schema}
    if sketch.before:
        workflow["dependsOn"] = [sketch.reference(each) for each in sketch.before]
    if once_in(random, 4):
        trace = {"reference": "$components.parameters.trace"}
        tag = {"name": "tag", "in": "query", "value": "all"}
        workflow["parameters"] = random.choice(([trace], [tag], [tag, trace]))
    if once_in(random, 5):
        workflow["successActions"] = [{"reference": "$components.successActions.stop"}]
    if once_in(random, 4):
        names = random.choice((["again"], ["quit"], ["again", "quit"]))
        workflow["failureActions"] = [
            {"reference": f"$components.failureActions.{n}"} for n in names
        ]
    sketch.plans.extend(_plan(random, sketch) for _ in sketch.steps)
    workflow["steps"] = [_step(random, sketch, position) for position in range(len(sketch.steps))]
    workflow["outputs"] = {
        "out": end_value(random, sketch, single=True),
        "key": end_value(random, sketch, single=False),
    }
    return workflow


def _plan(random: Random, sketch: Sketch) -> Plan:
    names = random.choice(((), ("a",), ("a", "b")))
    plan = Plan(random.choice(("list", "submit", "read")), None, {})
    if sketch.later and once_in(random, 4):
        plan = Plan(None, random.choice(sketch.later), {})
    plan.outputs.update((name, output(random, sketch, plan)) for name in names)
    return plan


def _step(random: Random, sketch: Sketch, position: int) -> Json:
    plan = sketch.plans[position]
    step: Json = {"stepId": sketch.steps[position]}
    if plan.runs is not None:
        step["workflowId"] = sketch.reference(plan.runs)
        names = [*needed(plan.runs), *some(random, plan.runs.inputs, 2)]
        step["parameters"] = [
            {"name": name, "value": value(random, sketch, position)}
            for name in dict.fromkeys(names)
        ]
    elif plan.operation is not None:
        step["operationId"] = plan.operation
        parameters = _parameters(random, sketch, position, plan.operation)
        if parameters:
            step["parameters"] = parameters
        if plan.operation == "submit":
            content = payload(random, sketch, position)
            step["requestBody"] = {"contentType": "application/json", "payload": content}
    step |= _time_and_order(random, sketch, position)
    if once_in(random, 2):
        count = random.randint(1, 2)
        step["successCriteria"] = [
            criterion(random, sketch, position, "judging") for _ in range(count)
        ]
    if once_in(random, 3):
        step["onSuccess"] = actions(random, sketch, position, succeeded=True)
    if once_in(random, 2):
        step["onFailure"] = actions(random, sketch, position, succeeded=False)
    if plan.outputs:
        step["outputs"] = plan.outputs
    return step


def _time_and_order(random: Random, sketch: Sketch, position: int) -> Json:
    """The fields of a step that Arazzo 1.1 added; what it depends on has succeeded where it begins."""
    step: Json = {}
    if sketch.version != "1.1.0":
        return step
    if once_in(random, 8):
        step["timeout"] = random.choice((1000, 5000, 9000))
    if position and sketch.straight and once_in(random, 4):
        step["dependsOn"] = some(random, sketch.steps[:position], 2) or sketch.steps[:1]
    return step


def _parameters(random: Random, sketch: Sketch, position: int, operation: str) -> list[Json]:
    places = {"read": [("id", "path"), ("part", "path")], "list": [("limit", "query")]}
    wanted = places.get(operation, [])
    if operation == "list":
        wanted += some(random, [("tag", "query"), ("session", "cookie")], 2)
    if operation != "submit" and once_in(random, 3):
        wanted.append(("X-Trace", "header"))
    found: list[Json] = [
        {"name": name, "in": place, "value": value(random, sketch, position) or "x"}
        for name, place in wanted
    ]
    if operation == "list" and ("tag", "query") not in wanted and once_in(random, 4):
        reference: Json = {"reference": "$components.parameters.tag"}
        if once_in(random, 2):
            reference["value"] = value(random, sketch, position)
        found.append(reference)
    return found
