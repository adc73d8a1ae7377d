"""From the facts of a workflow to its graph. Only for workflows whose checks found no error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from arazzoc.ir.call import call_of
from arazzoc.ir.credentials import Credentials
from arazzoc.ir.graph import (
    Call,
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
    Transfer,
    WorkflowCall,
    WorkflowOutput,
)
from arazzoc.ir.purposes import Purpose, purposes
from arazzoc.ir.reading import with_readable_bodies
from arazzoc.ir.servers import ServerConstants, Servers
from arazzoc.ir.silence import fails_in_silence, listens_to_silence
from arazzoc.ir.walk import graph_values, parts_of
from arazzoc.ir.workflow_call import Caller
from arazzoc.model.arazzo import Criterion as StatedCriterion
from arazzoc.model.arazzo import FailureAction, SuccessAction
from arazzoc.model.unfilled import unfilled
from arazzoc.names import ClassName, Identifier, Scope
from arazzoc.types.availability import Available
from arazzoc.types.calling import Calling, calls_of
from arazzoc.types.condition import AllOf, Compare, Criterion, are_opposites
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.judgement import criterion_of
from arazzoc.types.resolve import output_variable, returned
from arazzoc.types.responses import as_described
from arazzoc.types.returns import at_the_end, attributes, returns_its_own
from arazzoc.types.secrets import holds_secret, is_secret, is_secret_name
from arazzoc.types.valuation import value_of
from arazzoc.types.value import (
    Constant,
    Member,
    ResponseBody,
    ResponseStatus,
    Returned,
    StepOutput,
    Value,
)

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
_ANSWERED = Criterion("a response came", Compare(ResponseStatus(), "!=", Constant(None)))


def lower(
    facts: WorkflowFacts,
    function: Identifier,
    result: ClassName,
    constants: ServerConstants,
    graphs: Mapping[int, Graph] | None = None,
) -> Graph:
    """The graph of a workflow.

    Args:
        facts: What is known of it; no check found an error.
        function: The function's name.
        result: The name of the outputs' class, should it have outputs.
        constants: The server constants of the module.
        graphs: Those of the workflows that it runs, by the `id()` of what is known of them.
    """
    steps = [facts.steps[step.step_id] for step in facts.workflow.steps]
    steps = [step for step in steps if step.step.step_id in facts.available]
    called = _called(facts, graphs or {})
    servers = Servers(facts, constants, called)
    asked = [
        (step.operation.source, scheme)
        for step in steps
        if step.operation is not None
        for scheme in unfilled(step.operation, step.parameters)
    ]
    asked += [(each.source, each.scheme) for graph in called for each in graph.credentials]
    credentials = Credentials(facts.names, asked)
    callings = {
        (calling.step.step.step_id, id(calling.node)): calling
        for calling in calls_of(facts)
        if calling.step is not None
    }
    caller = Caller(callings, graphs or {}, servers, credentials)
    before = tuple(_before(facts, caller))
    following = _following(facts)
    nodes = tuple(
        _node(step, following[step.step.step_id], facts, servers, credentials, caller)
        for step in steps
    )
    outputs = tuple(_outputs(facts)) if returns_its_own(facts) else ()
    own = result if outputs else None
    workflow = facts.workflow
    graph = Graph(
        workflow.workflow_id,
        function,
        own,
        workflow.summary,
        workflow.description,
        (
            *_inputs(facts, purposes(zip(steps, nodes, strict=True), called, facts.types)),
            *credentials.parameters(),
        ),
        servers.used(),
        nodes,
        outputs,
        facts.available,
        before,
        results=tuple(_results(own, nodes)),
        credentials=credentials.all(),
    )
    return _with_reads(graph)


def _called(facts: WorkflowFacts, graphs: Mapping[int, Graph]) -> tuple[Graph, ...]:
    """The graphs of the workflows that it runs, once each."""
    keys = dict.fromkeys(
        id(calling.callee)
        for calling in calls_of(facts)
        if calling.step is None or calling.step.step.step_id in facts.available
    )
    return tuple(graphs[key] for key in keys)


def _before(facts: WorkflowFacts, caller: Caller) -> Iterator[WorkflowCall]:
    """Calls of all that runs before the first step, those that others depend on before these."""
    view, names = Viewpoint(facts, Available()), facts.names
    named = {id(each.workflow): each for each in facts.dependencies}
    graphs = [(each, caller.graphs[id(each)]) for each in facts.run_first]
    names.reserve(graph.function for _, graph in graphs)
    for callee, graph in graphs:
        dependency, workflow_id = named.get(id(callee)), callee.workflow.workflow_id
        if None in graph.results:
            result = names.claim(Identifier.of(f"{workflow_id} has run"))
        elif dependency is None:
            result = names.claim(Identifier.of(f"{workflow_id} result"))
        else:
            result = dependency.result
        if dependency is not None:
            workflow_id = dependency.owner.partition(".")[2]
        calling = Calling(callee.workflow.node, callee, (), (), by_name=True, step=None)
        yield replace(caller.call(calling, view, result), workflow_id=workflow_id)


def _results(own: ClassName | None, nodes: Sequence[StepNode]) -> Iterator[ClassName | None]:
    """The classes of what the function may return, once each, None last."""
    edges = [edge for node in nodes for edge in (*node.on_success, *node.on_failure)]
    found: dict[ClassName | None, None] = {}
    for edge in edges:
        if isinstance(edge.target, Transfer):
            found.update(dict.fromkeys(edge.target.call.results))
    if not found or any(isinstance(edge.target, End) for edge in edges):
        found = {own: None, **found}
    yield from (each for each in found if each is not None)
    if None in found:
        yield None


def _inputs(facts: WorkflowFacts, known: Mapping[Identifier, Purpose]) -> Iterator[Parameter]:
    for fact in (*facts.inputs.values(), *facts.joined.values()):
        argument = fact.argument
        purpose = known.get(argument.name, Purpose(None, ""))
        yield Parameter(
            argument,
            fact.name,
            fact.description or purpose.said,
            fact.default,
            "input",
            fact.kind,
            place=purpose.place,
        )


def _node(
    step: StepFacts,
    following: Target,
    facts: WorkflowFacts,
    servers: Servers,
    credentials: Credentials,
    caller: Caller,
) -> StepNode:
    step_id = step.step.step_id
    before = facts.available[step_id]
    asking = Viewpoint(facts, before, step)
    failing = Viewpoint(facts, before, step, answered=True, silent=True)
    succeeding = Viewpoint(facts, before.after(step_id), step, answered=True)
    edges = _Edges(step, facts, caller)
    on_failure = tuple(edges.of(step.failure_actions, failing, Stop()))
    on_success = tuple(edges.of(step.success_actions, succeeding, following))
    outputs = tuple(_output(step, output, succeeding) for output in step.variables)
    criteria = tuple(_criteria(step.step.success_criteria, succeeding))
    call: Call | WorkflowCall
    calling = caller.at(step, step.step.workflow_id)
    if calling is not None:
        call = replace(caller.call(calling, asking, step.result), timeout=step.step.seconds)
    else:
        call = call_of(step, asking, servers.of(step), credentials)
        if listens_to_silence(on_failure):
            criteria = tuple(_criteria(step.step.success_criteria, failing)) or (_SUCCESS,)
            if not fails_in_silence(criteria):
                criteria = (_ANSWERED, *criteria)
        else:
            heard = replace(failing, silent=False)
            on_failure = tuple(edges.of(step.failure_actions, heard, Stop()))
            criteria = criteria or (_SUCCESS,)
    return StepNode(step_id, step.step.description, call, criteria, outputs, on_success, on_failure)


def _following(facts: WorkflowFacts) -> Mapping[str, Target]:
    """Where each step leads if no action says otherwise, by its id."""
    ids = [step.step_id for step in facts.workflow.steps]
    found: dict[str, Target] = {step_id: GoTo(after) for step_id, after in pairwise(ids)}
    return {**found, ids[-1]: End()}


def _criteria(stated: Sequence[StatedCriterion], view: Viewpoint) -> Iterator[Criterion]:
    for criterion in stated:
        judged = criterion_of(criterion, view).criterion
        assert judged is not None
        if judged.test != AllOf(()):
            yield judged


def _is_else(before: Edge, edge: Edge) -> bool:
    """Whether an edge is taken wherever the one before it is not: its criterion is the opposite."""
    if isinstance(before.target, Retry) or isinstance(edge.target, Retry):
        return False  # retries may be used up
    tests = [criterion.test for each in (before, edge) for criterion in each.criteria]
    return len(before.criteria) == len(edge.criteria) == 1 and are_opposites(*tests)


class _Edges:
    """The ways out of one step."""

    def __init__(self, step: StepFacts, facts: WorkflowFacts, caller: Caller) -> None:
        self._facts = facts
        self._step = step
        self._caller = caller

    def of(
        self,
        actions: Sequence[SuccessAction | FailureAction],
        view: Viewpoint,
        otherwise: Target,
    ) -> Iterator[Edge]:
        """The ways out, up to the first that is always taken: so is one where the one before it is not."""
        retries = [action for action in actions if action.type == "retry"]
        names = self._facts.names.inner()
        before: Edge | None = None
        for action in actions:
            inside = view.of(action)
            criteria = tuple(_criteria(action.criteria, inside))
            target = self._target(action, len(retries) > 1, names, inside)
            if isinstance(target, Retry) and target.limit == 0:
                continue
            if inside.inherited and self._step.callee is not None and fails_in_silence(criteria):
                continue
            edge = Edge(action.name, criteria, target)
            if before is not None and _is_else(before, edge):
                edge = replace(edge, criteria=())
            yield edge
            if not edge.criteria and not isinstance(target, Retry):
                return
            before = edge
        yield Edge(None, (), otherwise)

    def _target(
        self,
        action: SuccessAction | FailureAction,
        several: bool,
        names: Scope,
        view: Viewpoint,
    ) -> Target:
        if action.type == "goto" and action.step_id is not None:
            return GoTo(str(action.step_id.value))
        call = self._call(action, view)
        if action.type == "goto" and call is not None:
            return Transfer(call)
        if isinstance(action, SuccessAction):
            return End()
        if action.type == "end":
            return Stop()
        counter = Identifier("retries")
        if several:
            counter = names.claim(Identifier.of(f"{action.name} retries"))
        limit = 1 if action.retry_limit is None else action.retry_limit
        first = str(action.step_id.value) if action.step_id is not None else call
        return Retry(counter, limit, action.retry_after or 0.0, first)

    def _call(self, action: SuccessAction | FailureAction, view: Viewpoint) -> WorkflowCall | None:
        calling = self._caller.at(self._step, action.workflow_id)
        if calling is None:
            return None
        return self._caller.call(calling, view, Identifier("result"))


def _output(step: StepFacts, output: str, view: Viewpoint) -> Output:
    variable = output_variable(step, output, view)
    stated = step.step.outputs.get(output)
    if stated is None:
        value: Value | None = returned(step, output)
    else:
        value = as_described(value_of(stated, view).value, step.expected, view.facts.types)
    assert value is not None
    return Output(variable, value, promised=_is_promised(value), read=False)


def _is_promised(value: Value) -> bool:
    root = value.base if isinstance(value, Member) else value
    return isinstance(root, ResponseBody) and not value.absent


def _outputs(facts: WorkflowFacts) -> Iterator[WorkflowOutput]:
    end, names = at_the_end(facts), attributes(facts)
    for name, node in facts.workflow.outputs.items():
        value = value_of(node, Viewpoint(facts, end)).value
        assert value is not None
        steps = frozenset(part.step_id for part in parts_of(value) if isinstance(part, StepOutput))
        yield WorkflowOutput(
            name,
            names[name],
            value.type,
            value,
            steps,
            value.absent,
            not steps <= end.surely,
            is_secret_name(name) or is_secret(value) or holds_secret(value.type, facts.types),
        )


def _with_reads(graph: Graph) -> Graph:
    """Marks the step outputs that something reads, and what calls give back that is read.

    Outputs of a workflow that a step runs are left out where nothing reads them: the step states none.
    """
    parts = [part for value in graph_values(graph) for part in parts_of(value)]
    read = {(part.step_id, part.output) for part in parts if isinstance(part, StepOutput)}
    steps = tuple(
        replace(
            step,
            outputs=tuple(
                replace(output, read=(step.step_id, output.variable.output) in read)
                for output in step.outputs
                if not isinstance(step.call, WorkflowCall)
                or (step.step_id, output.variable.output) in read
            ),
        )
        for step in graph.steps
    )
    marked = replace(graph, steps=steps)
    results = {
        part.result
        for value in graph_values(marked)
        for part in parts_of(value)
        if isinstance(part, Returned)
    }
    known = replace(
        marked,
        before=tuple(replace(call, read=call.result in results) for call in graph.before),
        steps=tuple(
            (
                replace(step, call=replace(step.call, read=step.call.result in results))
                if isinstance(step.call, WorkflowCall)
                else step
            )
            for step in steps
        ),
    )
    return with_readable_bodies(known)
