"""Puts together what is known of a workflow: the facts that every later phase looks at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from arazzoc.model.arazzo import Arazzo, Step, Workflow
from arazzoc.model.merged import failure_actions, parameters, success_actions
from arazzoc.model.openapi import Operation
from arazzoc.model.passed import passed_parameters
from arazzoc.model.workflow_targets import owner_of
from arazzoc.names import RESERVED, Identifier, Scope
from arazzoc.source.node import Node
from arazzoc.types.availability import availability
from arazzoc.types.declared_inputs import DeclaredInput, declared_inputs
from arazzoc.types.facts import Dependency, InputFact, Kind, StepFacts, WorkflowFacts
from arazzoc.types.fitting import admitting
from arazzoc.types.model import BYTES, NONE, MapType, Record, Type, Union
from arazzoc.types.resolve import settle_outputs
from arazzoc.types.responses import expected
from arazzoc.types.returns import returns
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

_AROUND_CALLS: Final = ("cast", "error", "isinstance", "result")
"""Names that a function uses where it calls others."""


def build_facts(
    arazzo: Arazzo,
    workflow: Workflow,
    operations: Mapping[str, Operation],
    follow: Follow,
    types: SchemaTypes,
    callees: Mapping[str, WorkflowFacts] | None = None,
    *,
    origin: str | None = None,
    titles: Iterable[str] = (),
    free: frozenset[str] = frozenset(),
) -> WorkflowFacts:
    """What is known of `workflow`.

    Args:
        arazzo: The document.
        workflow: One of its workflows.
        operations: What the steps call, by step id; steps whose operation is unknown are missing.
        follow: Follows the `$ref` of an inputs schema.
        types: The types of the document's module.
        callees: The workflows that it runs, by the text that refers to them; unknown ones are missing.
        origin: The source description that led to the document; None where it is the one that is compiled.
        titles: What the module calls the descriptions of the document.
        free: Names that are reserved for functions which the module surely does not call.
    """
    callees = callees or {}
    known = dict.fromkeys(titles)
    known.update(dict.fromkeys(title for callee in callees.values() for title in callee.titles))
    scope = Scope(RESERVED - free)
    scope.reserve(Identifier.of(f"{title} url") for title in known)
    scope.reserve(Identifier.of(callee.workflow.workflow_id) for callee in callees.values())
    scope.reserve(_AROUND_CALLS if callees else ())
    inputs = _inputs(workflow, follow, types, scope)
    dependencies = tuple(_dependencies(workflow, callees, scope))
    joined = _joined(dependencies, inputs, scope)
    inputs = dict(_required_too(inputs, dependencies))
    variables = _variables(workflow, callees, scope)
    steps: dict[str, StepFacts] = {}
    for step in workflow.steps:
        operation = operations.get(step.step_id)
        given = passed_parameters(parameters(workflow, step), operation, follow)
        succeeding, failing = success_actions(workflow, step), failure_actions(workflow, step)
        steps[step.step_id] = StepFacts(
            step,
            operation,
            given,
            succeeding,
            failing,
            variables[step.step_id],
            _callee(step, callees),
            _result(step, scope),
            owner_of(step.workflow_id.text or "") if step.workflow_id is not None else "",
            expected(step, operation, given, (*succeeding, *failing)),
        )
    facts = WorkflowFacts(
        arazzo,
        workflow,
        inputs,
        steps,
        availability(workflow),
        types,
        scope,
        callees,
        dependencies,
        _run_first(dependencies),
        joined,
        origin=origin,
        titles=tuple(known),
    )
    settle_outputs(facts)
    return replace(facts, returns=returns(facts))


def _result(step: Step, scope: Scope) -> Identifier:
    """The name for what the workflow of a step gives back; that of a dependency may be called the same."""
    name = Identifier.of(f"{step.step_id} result")
    if step.workflow_id is None:
        return name
    return scope.claim(Identifier.of(f"{step.step_id} step result") if name in scope else name)


def _callee(step: Step, callees: Mapping[str, WorkflowFacts]) -> WorkflowFacts | None:
    node = step.workflow_id
    return None if node is None else callees.get(node.text or "")


def _dependencies(
    workflow: Workflow, callees: Mapping[str, WorkflowFacts], scope: Scope
) -> Iterator[Dependency]:
    """What `dependsOn` names; several names of one workflow share what it gives back."""
    results: dict[int, Identifier] = {}
    for text in dict.fromkeys(node.text or "" for node in workflow.depends_on):
        callee = callees.get(text)
        if callee is None:
            continue
        if id(callee) not in results:
            name = Identifier.of(f"{callee.workflow.workflow_id} result")
            results[id(callee)] = scope.claim(name)
        yield Dependency(callee, owner_of(text), results[id(callee)])


def _run_first(dependencies: Sequence[Dependency]) -> tuple[WorkflowFacts, ...]:
    found: dict[int, WorkflowFacts] = {}
    for dependency in dependencies:
        for each in (*dependency.workflow.run_first, dependency.workflow):
            found.setdefault(id(each), each)
    return tuple(found.values())


def _last(dependencies: Sequence[Dependency]) -> Iterator[WorkflowFacts]:
    """Those of them that no other one depends on: these take all inputs that are wanted."""
    inner = {id(each) for dependency in dependencies for each in dependency.workflow.run_first}
    named = {id(dependency.workflow): dependency.workflow for dependency in dependencies}
    yield from (facts for key, facts in named.items() if key not in inner)


def _joined(
    dependencies: Sequence[Dependency], inputs: Mapping[str, InputFact], scope: Scope
) -> dict[str, InputFact]:
    """The inputs of what runs before, but for those that the workflow has under the same name."""
    found: dict[str, InputFact] = {}
    for facts in _last(dependencies):
        for name, fact in facts.accepted.items():
            if name in inputs or (name in found and not _outweighs(fact, found[name])):
                continue
            claimed = (
                found[name].argument.name
                if name in found
                else scope.claim(Identifier.of(name, default="input"))
            )
            found[name] = replace(fact, argument=replace(fact.argument, name=claimed))
    return found


def _required_too(
    inputs: Mapping[str, InputFact], dependencies: Sequence[Dependency]
) -> Iterator[tuple[str, InputFact]]:
    """The inputs, where what runs before requires one that is optional here: it cannot be left out."""
    accepted = [facts.accepted for facts in _last(dependencies)]
    for name, fact in inputs.items():
        needed = any(name in each and each[name].required for each in accepted)
        if needed and fact.argument.absent:
            yield name, replace(fact, argument=replace(fact.argument, absent=False))
        else:
            yield name, fact


def _outweighs(fact: InputFact, known: InputFact) -> bool:
    return fact.required and not known.required


def _inputs(
    workflow: Workflow, follow: Follow, types: SchemaTypes, scope: Scope
) -> dict[str, InputFact]:
    schema = follow(workflow.inputs) if workflow.inputs is not None else None
    if schema is None:
        return {}
    title = f"{workflow.workflow_id} inputs"
    return {
        each.name: _input(each, follow, types, scope)
        for each in declared_inputs(schema, title, follow, types)
    }


def _input(declared: DeclaredInput, follow: Follow, types: SchemaTypes, scope: Scope) -> InputFact:
    """What is known of one input. Its default is what the document says, also where its schema differs."""
    name, node, type_, required = declared.name, declared.node, declared.type, declared.required
    schema = follow(node) or node
    stated = schema.get("default")
    is_file = without_none(type_) == BYTES
    default = None
    if stated is not None and stated.value is not None and not is_file:
        default = Constant(stated.value)
        type_ = admitting(type_, stated.value, types)
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


def _variables(
    workflow: Workflow, callees: Mapping[str, WorkflowFacts], scope: Scope
) -> dict[str, dict[str, Identifier]]:
    """A name for every step output: its own where no other has it, else with the step's in front.

    Outputs that no expression names leave theirs to others. Those of workflows that steps run come last:
    those that steps state keep their names.
    """
    text = json.dumps(workflow.node.value, ensure_ascii=False, default=str)
    outputs = [(step.step_id, output) for step in workflow.steps for output in step.outputs]
    read = {each for each in outputs if f"steps.{each[0]}.outputs.{each[1]}" in text}
    readers = Counter(_short(output) for _, output in read)
    found: dict[str, dict[str, Identifier]] = {step.step_id: {} for step in workflow.steps}
    for step_id, output in outputs:
        others = readers[_short(output)] - ((step_id, output) in read)
        found[step_id][output] = scope.claim(_variable(step_id, output, scope, own=not others))
    for step in workflow.steps:
        callee = _callee(step, callees)
        for output in callee.returns if callee is not None else ():
            if output not in step.outputs:
                name = _variable(step.step_id, output, scope, own=True)
                found[step.step_id][output] = scope.claim(name)
    return found


def _variable(step_id: str, output: str, scope: Scope, *, own: bool) -> Identifier:
    """The output's name, with the step's in front where that is not its `own`, not free, or a builtin."""
    short = _short(output)
    plain = own and short not in scope and not short.hides_builtin
    return short if plain else Identifier.of_member(step_id, output)


def _short(output: str) -> Identifier:
    return Identifier.of(output, default="output")
