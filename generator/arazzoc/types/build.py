"""Puts together what is known of a workflow: the facts that every later phase looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.model.arazzo import Arazzo, Workflow
from arazzoc.model.merged import failure_actions, parameters, success_actions
from arazzoc.model.openapi import Operation
from arazzoc.names import RESERVED, Identifier, Scope
from arazzoc.source.node import Node
from arazzoc.types.availability import availability
from arazzoc.types.facts import InputFact, Kind, StepFacts, WorkflowFacts
from arazzoc.types.model import BYTES, NONE, MapType, Record, Type, Union
from arazzoc.types.schema import Follow, SchemaTypes, without_none
from arazzoc.types.secrets import is_secret_name, is_secret_schema
from arazzoc.types.value import Argument, Constant

__all__ = ["build_facts"]

_KINDS: Final[Mapping[str, Kind]] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "array",
    "object": "object",
}


def build_facts(
    arazzo: Arazzo,
    workflow: Workflow,
    operations: Mapping[str, Operation],
    follow: Follow,
    types: SchemaTypes,
) -> WorkflowFacts:
    """What is known of `workflow`.

    Args:
        arazzo: The document.
        workflow: One of its workflows.
        operations: What the steps call, by step id; steps whose operation is unknown are missing.
        follow: Follows the `$ref` of an inputs schema.
        types: The types of the document's module.
    """
    scope = Scope(RESERVED)
    for source in arazzo.source_descriptions:
        scope.reserve([Identifier.of(f"{source.name} url")])
    inputs = _inputs(workflow, follow, types, scope)
    variables = _variables(workflow, scope)
    steps = {
        step.step_id: StepFacts(
            step,
            operations.get(step.step_id),
            parameters(workflow, step),
            success_actions(workflow, step),
            failure_actions(workflow, step),
            variables[step.step_id],
        )
        for step in workflow.steps
    }
    return WorkflowFacts(arazzo, workflow, inputs, steps, availability(workflow), types, scope)


def _inputs(
    workflow: Workflow, follow: Follow, types: SchemaTypes, scope: Scope
) -> dict[str, InputFact]:
    schema = follow(workflow.inputs) if workflow.inputs is not None else None
    if schema is None:
        return {}
    found: dict[str, InputFact] = {}
    known = types.content(types.of(schema, f"{workflow.workflow_id} inputs"))
    record = known if isinstance(known, Record) else Record(())
    nodes = _properties(schema, follow)
    for field in record.fields:
        node = nodes.get(field.name)
        if node is not None:
            found[field.name] = _input(node, field.name, field.required, field.type, follow, scope)
    return found


def _properties(schema: Node, follow: Follow) -> dict[str, Node]:
    """The properties of an object schema, those of its `allOf` included."""
    found: dict[str, Node] = {}
    parts = schema.get("allOf")
    for part in parts.items() if parts is not None else ():
        target = follow(part)
        if target is not None:
            found.update(_properties(target, follow))
    properties = schema.get("properties")
    found.update(properties.members() if properties is not None else ())
    return found


def _input(
    node: Node, name: str, required: bool, type_: Type, follow: Follow, scope: Scope
) -> InputFact:
    schema = follow(node) or node
    stated = schema.get("default")
    default = Constant(stated.value) if stated is not None and stated.value is not None else None
    nullable = isinstance(type_, Union) and NONE in type_.members
    secret = is_secret_schema(schema) or is_secret_name(name)
    argument = Argument(
        scope.claim(Identifier.of(name, default="input")),
        type_,
        absent=not required and default is None and not (nullable and required),
        secret=secret,
        stated=name,
    )
    described = schema.get("description")
    return InputFact(
        name,
        argument,
        node,
        described.text if described is not None else None,
        _kind(schema, type_),
        default,
    )


def _kind(schema: Node, type_: Type) -> Kind:
    stated = schema.get("type")
    if without_none(type_) == BYTES:
        return "file"
    if stated is not None and stated.text is not None:
        return _KINDS.get(stated.text, "any")
    return "object" if isinstance(type_, MapType | Record) else "any"


def _variables(workflow: Workflow, scope: Scope) -> dict[str, dict[str, Identifier]]:
    """A name for every step output: its own where no other has it, else with the step's in front."""
    wanted = [
        Identifier.of(output, default="output")
        for step in workflow.steps
        for output in step.outputs
    ]
    return {
        step.step_id: {
            output: scope.claim(_variable(step.step_id, output, wanted, scope))
            for output in step.outputs
        }
        for step in workflow.steps
    }


def _variable(step_id: str, output: str, wanted: list[Identifier], scope: Scope) -> Identifier:
    short = Identifier.of(output, default="output")
    own = wanted.count(short) == 1 and short not in scope
    return short if own else Identifier.of(f"{step_id} {output}")
