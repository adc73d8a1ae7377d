"""Arguments for the functions of a document: what their inputs' schemas, and the requests that they go into, allow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from arazzoc.result import CompiledWorkflow, InputArgument
from tests.corpus.answering import changed
from tests.corpus.documents import (
    Description,
    Operation,
    Workflows,
    declared,
    is_list,
    is_object,
)
from tests.corpus.sampling import Sampler
from tests.corpus.wishes import INPUT, Fit, Mark, wishes_of

__all__ = ["arguments"]

_PLAIN = {"string", "integer", "number", "boolean", "array", "object"}


def arguments(workflows: Workflows, compiled: CompiledWorkflow) -> Sequence[Mapping[str, Any]]:
    """Keyword arguments to call a function with: all inputs, only those required, all but one, and others that it tells apart."""
    workflow = workflows.workflows[compiled.workflow_id]
    uses = dict(_uses(workflows, workflow, set()))
    schemas = dict(_schemas(workflows, workflow))
    sampler = Sampler(workflows.component)
    whole: dict[str, Any] = {}
    for each in compiled.inputs:
        whole[each.keyword] = _argument(each, schemas.get(each.name), uses.get(each.name), sampler)
    required = {each.keyword: whole[each.keyword] for each in compiled.inputs if each.required}
    found = [whole, required]
    found.extend(
        {name: whole[name] for name in whole if name != each.keyword}
        for each in compiled.inputs
        if not each.required
    )
    keywords = {each.name: each.keyword for each in compiled.inputs if each.origin == "input"}
    for wish in wishes_of(workflows, workflow):
        if wish.kind != INPUT or wish.way[0] not in keywords:
            continue
        keyword = keywords[wish.way[0]]
        found.extend(
            {**whole, keyword: changed(whole[keyword], wish.way[1:], value)}
            for value in wish.values
            if not isinstance(value, Mark | Fit)
        )
    return [each for place, each in enumerate(found) if each not in found[:place]]


def _argument(
    argument: InputArgument,
    schema: Any,
    use: tuple[Description, Any] | None,
    sampler: Sampler,
) -> Any:
    if argument.origin == "credential":
        return "secret"
    own = sampler.sample(schema, "request") if schema is not None else "text"
    if is_object(schema) and schema.get("format") == "binary":
        return b"content"
    if use is not None:
        description, wanted = use
        value = Sampler(description.follow).sample(wanted, "request")
        if schema is None or type(value) is type(own):
            return value
        if isinstance(own, str) and isinstance(value, (bool, int, float)):
            return json.dumps(value)  # text that states what the request takes
    return own


def _schemas(workflows: Workflows, workflow: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas of a workflow's inputs, and of those of the workflows that run before it."""
    for other in workflow.get("dependsOn", ()):
        if other in workflows.workflows:
            yield from _schemas(workflows, workflows.workflows[other])
    inputs = workflows.component(workflow.get("inputs", {}))
    for part in (*inputs.get("allOf", ()), inputs):
        yield from workflows.component(part).get("properties", {}).items()


def _uses(
    workflows: Workflows, workflow: Mapping[str, Any], seen: set[str]
) -> Iterator[tuple[str, tuple[Description, Any]]]:
    """The schema of a parameter or of a part of a body that an input goes into as it is."""
    if workflow["workflowId"] in seen:
        return
    seen.add(workflow["workflowId"])
    for other in workflow.get("dependsOn", ()):
        if other in workflows.workflows:
            yield from _uses(workflows, workflows.workflows[other], seen)
    for step in workflow.get("steps", ()):
        callee = workflows.workflows.get(str(step.get("workflowId")))
        operation = workflows.called(step)
        if callee is not None:
            yield from _passed(workflows, step, dict(_uses(workflows, callee, seen)))
        elif operation is not None:
            yield from _sent(workflows, step, operation)


def _passed(
    workflows: Workflows, step: Mapping[str, Any], inner: Mapping[str, tuple[Description, Any]]
) -> Iterator[tuple[str, tuple[Description, Any]]]:
    """What inputs are for that a step passes to a workflow."""
    for each in map(workflows.component, step.get("parameters", ())):
        name = _input(each.get("value"))
        if name is not None and each.get("name") in inner:
            yield name, inner[each["name"]]


def _sent(
    workflows: Workflows, step: Mapping[str, Any], operation: Operation
) -> Iterator[tuple[str, tuple[Description, Any]]]:
    """What inputs are for that a step sends."""
    description = workflows.descriptions[operation.source]
    for each in map(workflows.component, step.get("parameters", ())):
        name = _input(each.get("value"))
        schema = declared(description, operation, each) if name is not None else None
        if name is not None and schema is not None:
            yield name, (description, schema)
    body = step.get("requestBody")
    if is_object(body):
        schema = _body(description, operation, body.get("contentType"))
        for name, part in _parts(description, body.get("payload"), schema):
            yield name, (description, part)


def _input(value: Any) -> str | None:
    """`id` of `$inputs.id`."""
    if not isinstance(value, str) or not value.startswith("$inputs."):
        return None
    return value.removeprefix("$inputs.")


def _body(description: Description, operation: Operation, media: str | None) -> Any:
    body: dict[str, Any] = description.follow(operation.members.get("requestBody")) or {}
    content: dict[str, Any] = body.get("content") or {}
    stated: dict[str, Any] = content.get(media or "") or next(iter(content.values()), None) or {}
    return stated.get("schema")


def _parts(description: Description, payload: Any, schema: Any) -> Iterator[tuple[str, Any]]:
    """Inputs that stand in a payload, with the schema of what they stand for."""
    name = _input(payload)
    if name is not None and schema is not None:
        yield name, schema
    if is_object(payload):
        for key, value in payload.items():
            yield from _parts(description, value, _member(description, schema, key))
    elif is_list(payload):
        whole = description.follow(schema)
        items = whole.get("items") if is_object(whole) else None
        for value in payload:
            yield from _parts(description, value, items)


def _member(description: Description, schema: Any, key: str) -> Any:
    whole = description.follow(schema)
    if not is_object(whole):
        return None
    properties = whole.get("properties")
    if is_object(properties) and key in properties:
        return properties[key]
    for name in ("allOf", "oneOf", "anyOf"):
        for part in whole.get(name) or ():
            found = _member(description, part, key)
            if found is not None:
                return found
    return None
