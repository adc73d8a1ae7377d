"""From the facts of a workflow to its graph. Only for workflows whose checks found no error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from arazzoc.ir.call import call_of
from arazzoc.ir.credentials import Credentials, unfilled
from arazzoc.ir.graph import (
    Edge,
    End,
    GoTo,
    Graph,
    Output,
    Parameter,
    Retry,
    StepNode,
    Stop,
    Target,
    WorkflowOutput,
)
from arazzoc.ir.servers import ServerConstants, Servers
from arazzoc.ir.silence import fails_in_silence, listens_to_silence
from arazzoc.ir.walk import graph_values, parts_of
from arazzoc.model.arazzo import Criterion as StatedCriterion
from arazzoc.model.arazzo import FailureAction, SuccessAction
from arazzoc.names import ClassName, Identifier, Scope
from arazzoc.types.availability import Available
from arazzoc.types.condition import AllOf, Compare, Criterion
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.judgement import criterion_of
from arazzoc.types.resolve import output_variable
from arazzoc.types.secrets import is_secret, is_secret_name
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Constant, Member, ResponseBody, ResponseStatus, StepOutput, Value

__all__ = ["lower"]

_SUCCESS = Criterion(
    "the status is 2xx",
    AllOf(
        (
            Compare(ResponseStatus(), ">=", Constant(200)),
            Compare(ResponseStatus(), "<", Constant(300)),
        )
    ),
)
_SHADOWING: Final = ("bool", "bytes", "dict", "field", "float", "int", "list", "str")
"""Attributes of these names would hide what the lines after them mention."""
_ANSWERED = Criterion("a response came", Compare(ResponseStatus(), "!=", Constant(None)))


def lower(
    facts: WorkflowFacts, function: Identifier, result: ClassName, constants: ServerConstants
) -> Graph:
    """The graph of a workflow.

    Args:
        facts: What is known of it; no check found an error.
        function: The function's name.
        result: The name of the outputs' class, should it have outputs.
        constants: The server constants of the module.
    """
    steps = [facts.steps[step.step_id] for step in facts.workflow.steps]
    steps = [step for step in steps if step.step.step_id in facts.available]
    servers = Servers(facts, constants)
    asking = {
        step.operation.source
        for step in steps
        if step.operation is not None and unfilled(step.operation, step.parameters)
    }
    credentials = Credentials(facts.names, several=len(asking) > 1)
    nodes = tuple(_node(step, facts, servers, credentials) for step in steps)
    outputs = tuple(_outputs(facts, nodes))
    workflow = facts.workflow
    graph = Graph(
        workflow.workflow_id,
        function,
        result if outputs else None,
        workflow.summary,
        workflow.description,
        (*_inputs(facts), *credentials.parameters()),
        servers.used(),
        nodes,
        outputs,
        facts.available,
    )
    return _with_reads(graph)


def _inputs(facts: WorkflowFacts) -> Iterator[Parameter]:
    for fact in facts.inputs.values():
        yield Parameter(
            fact.argument, fact.name, fact.description, fact.default, "input", fact.kind
        )


def _node(
    step: StepFacts, facts: WorkflowFacts, servers: Servers, credentials: Credentials
) -> StepNode:
    step_id = step.step.step_id
    before = facts.available[step_id]
    asking = Viewpoint(facts, before, step)
    failing = Viewpoint(facts, before, step, answered=True, silent=True)
    succeeding = Viewpoint(facts, before.after(step_id), step, answered=True)
    on_failure = tuple(_edges(step.failure_actions, failing, Stop(), facts.names))
    listens = listens_to_silence(on_failure)
    if not listens:
        heard = replace(failing, silent=False)
        on_failure = tuple(_edges(step.failure_actions, heard, Stop(), facts.names))
    criteria = tuple(_criteria(step.step.success_criteria, failing if listens else succeeding))
    criteria = criteria or (_SUCCESS,)
    if listens and not fails_in_silence(criteria):
        criteria = (_ANSWERED, *criteria)
    following = _following(step, facts)
    return StepNode(
        step_id,
        step.step.description,
        call_of(step, asking, servers.of(step), credentials),
        criteria,
        tuple(_output(step, output, succeeding) for output in step.step.outputs),
        tuple(_edges(step.success_actions, succeeding, following, facts.names)),
        on_failure,
    )


def _following(step: StepFacts, facts: WorkflowFacts) -> Target:
    steps = facts.workflow.steps
    position = next(
        index for index, other in enumerate(steps) if other.step_id == step.step.step_id
    )
    return GoTo(steps[position + 1].step_id) if position + 1 < len(steps) else End()


def _criteria(stated: Sequence[StatedCriterion], view: Viewpoint) -> Iterator[Criterion]:
    for criterion in stated:
        judged = criterion_of(criterion, view).criterion
        assert judged is not None
        yield judged


def _edges(
    actions: Sequence[SuccessAction | FailureAction],
    view: Viewpoint,
    otherwise: Target,
    taken: Scope,
) -> Iterator[Edge]:
    """The ways out, up to the first that is always taken."""
    retries = [action for action in actions if action.type == "retry"]
    names = taken.inner()
    for action in actions:
        criteria = tuple(_criteria(action.criteria, view))
        target = _target(action, len(retries) > 1, names)
        if isinstance(target, Retry) and target.limit == 0:
            continue
        yield Edge(action.name, criteria, target)
        if not criteria and not isinstance(target, Retry):
            return
    yield Edge(None, (), otherwise)


def _target(action: SuccessAction | FailureAction, several: bool, names: Scope) -> Target:
    if action.type == "goto" and action.step_id is not None:
        return GoTo(str(action.step_id.value))
    if isinstance(action, SuccessAction):
        return End()
    if action.type == "end":
        return Stop()
    counter = Identifier("retries")
    if several:
        counter = names.claim(Identifier.of(f"{action.name} retries"))
    limit = 1 if action.retry_limit is None else action.retry_limit
    return Retry(counter, limit, action.retry_after or 0.0)


def _output(step: StepFacts, output: str, view: Viewpoint) -> Output:
    value = value_of(step.step.outputs[output], view).value
    assert value is not None
    variable = output_variable(step, output, view)
    return Output(variable, value, promised=_is_promised(value), read=False)


def _is_promised(value: Value) -> bool:
    root = value.base if isinstance(value, Member) else value
    return isinstance(root, ResponseBody) and not value.absent


def _outputs(facts: WorkflowFacts, nodes: Sequence[StepNode]) -> Iterator[WorkflowOutput]:
    ends = [
        facts.available[node.step_id].after(node.step_id)
        for node in nodes
        if any(isinstance(edge.target, End) for edge in node.on_success)
    ]
    sure = [end.surely for end in ends]
    anywhere = Available(
        sure[0].intersection(*sure[1:]) if sure else frozenset(),
        frozenset[str]().union(*(end.possibly for end in ends)),
    )
    attributes = Scope(_SHADOWING)
    for name, node in facts.workflow.outputs.items():
        value = value_of(node, Viewpoint(facts, anywhere)).value
        assert value is not None
        steps = frozenset(part.step_id for part in parts_of(value) if isinstance(part, StepOutput))
        yield WorkflowOutput(
            name,
            attributes.claim(Identifier.of(name, default="output")),
            value.type,
            value,
            steps,
            value.absent,
            not steps <= anywhere.surely,
            is_secret_name(name) or is_secret(value),
        )


def _with_reads(graph: Graph) -> Graph:
    """Marks the step outputs that something reads."""
    read = {
        (part.step_id, part.output)
        for value in graph_values(graph)
        for part in parts_of(value)
        if isinstance(part, StepOutput)
    }
    steps = tuple(
        replace(
            step,
            outputs=tuple(
                replace(output, read=(step.step_id, output.variable.output) in read)
                for output in step.outputs
            ),
        )
        for step in graph.steps
    )
    return replace(graph, steps=steps)
