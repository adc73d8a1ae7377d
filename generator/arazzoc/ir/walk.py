"""All values of a graph, and all that a value is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arazzoc.ir.graph import Call, Edge, Graph, Retry, StepNode, Transfer, WorkflowCall
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Criterion,
    Exists,
    Finds,
    FitsPattern,
    Holds,
    Matches,
    Not,
    PathHolds,
    Readable,
    Test,
    XPathHolds,
)
from arazzoc.types.nodes import Branch, Elements, Kept, Nodes, Step
from arazzoc.types.value import (
    ArrayIndex,
    BasicCredentials,
    BearerToken,
    Chosen,
    ComposedReplaced,
    Count,
    Embedded,
    Escaped,
    JsonLiteral,
    Length,
    ListValue,
    Member,
    NodesReplaced,
    ObjectValue,
    Outcome,
    Picked,
    Queried,
    Replaced,
    Selected,
    Sent,
    Size,
    Sole,
    Value,
    XmlReplaced,
    XmlText,
    XPathFound,
)
from arazzoc.types.xpath import XPath

__all__ = [
    "call_values",
    "criteria_values",
    "edge_values",
    "graph_values",
    "nodes_values",
    "parts_of",
    "sent_values",
    "step_calls",
    "step_values",
]


def graph_values(graph: Graph) -> Iterator[Value]:
    """What the steps and the outputs of a workflow are computed from."""
    for call in graph.before:
        yield from call_values(call)
    for step in graph.steps:
        yield from step_values(step)
        yield from (output.value for output in step.outputs)
    yield from (output.value for output in graph.outputs)


def step_values(step: StepNode) -> Iterator[Value]:
    """What a step reads for what it calls and its criteria; not its outputs."""
    yield from call_values(step.call)
    yield from criteria_values(step.criteria)
    for edge in (*step.on_success, *step.on_failure):
        yield from edge_values(edge)


def edge_values(edge: Edge) -> Iterator[Value]:
    """What an edge looks at, and what it passes to a workflow."""
    yield from criteria_values(edge.criteria)
    match edge.target:
        case Transfer(call) | Retry(first=WorkflowCall() as call):
            yield from call_values(call)
        case _:
            pass


def step_calls(step: StepNode) -> Iterator[Call | WorkflowCall]:
    """What a step calls, the workflows of its actions included."""
    yield step.call
    for edge in (*step.on_success, *step.on_failure):
        match edge.target:
            case Transfer(call) | Retry(first=WorkflowCall() as call):
                yield call
            case _:
                pass


def sent_values(step: StepNode) -> tuple[Sent, ...]:
    """What the step reads of its request that has to be kept, once for each expression that reads it."""
    values = (*step_values(step), *(output.value for output in step.outputs if output.read))
    parts = [part for value in values for part in parts_of(value)]
    return tuple({part.stated: part for part in parts if isinstance(part, Sent)}.values())


def call_values(call: Call | WorkflowCall) -> Iterator[Value]:
    """What a request is made of, or what a workflow is passed."""
    if isinstance(call, WorkflowCall):
        yield from (argument.value for argument in call.arguments)
        return
    yield from (part.value for part in call.path if not isinstance(part, str))
    yield from (item.value for item in call.query)
    yield from (item.value for item in call.headers)
    yield from (item.value for item in call.cookies)
    if call.body is not None:
        yield call.body.value


def criteria_values(criteria: Iterable[Criterion]) -> Iterator[Value]:
    """What criteria look at."""
    for criterion in criteria:
        yield from _test_values(criterion.test)


def nodes_values(nodes: Nodes) -> Iterator[Value]:
    """What a JSONPath query looks at, its filters included, and what it selects."""
    for branch in nodes.branches:
        yield branch.origin
        for selector in branch.selectors:
            match selector:
                case Kept(_, test):
                    yield from _test_values(test)
                case Step(step):
                    yield from _values(step)
                case Elements(start, end, step):
                    yield from _values(start, end, step)
                case _:
                    pass
    yield nodes.result


def parts_of(value: Value) -> Iterator[Value]:
    """The value and all that it is made of."""
    yield value
    for part in _inner(value):
        yield from parts_of(part)


def _inner(value: Value) -> tuple[Value, ...]:
    match value:
        case Picked(base, steps):
            return (base, *_values(*steps))
        case Member() | Size() | Length() | JsonLiteral() | ArrayIndex() | XmlText() | Escaped():
            return (value.base,)
        case Queried(base, query):
            return (base, query.text)
        case Count() | Sole() | Selected() | Chosen() | Outcome() | XPathFound():
            return tuple(_tested(value))
        case Embedded() | ObjectValue() | ListValue():
            return _gathered(value)
        case BearerToken(given):
            return (given,)
        case Replaced() | XmlReplaced() | NodesReplaced() | ComposedReplaced():
            return (value.base, value.value, *_given(value))
        case BasicCredentials(first, second):
            return (first, second)
        case _:
            return ()


def _gathered(value: Embedded | ObjectValue | ListValue) -> tuple[Value, ...]:
    """What text, an object or a list is put together from."""
    match value:
        case Embedded(parts):
            return tuple(part for part in parts if not isinstance(part, str))
        case ObjectValue(members):
            return tuple(member for _, member in members)
        case ListValue(items):
            return items


def _given(
    value: Replaced | XmlReplaced | NodesReplaced | ComposedReplaced,
) -> Iterator[Value]:
    """What the query of a target is given."""
    if isinstance(value, XmlReplaced):
        yield from _of_xpath(value.query)
    if isinstance(value, ComposedReplaced):
        yield value.query.text
    if isinstance(value, NodesReplaced):
        for guard in value.guards:
            yield from _test_values(guard)
        yield from nodes_values(value.parents)
        yield from nodes_values(
            Nodes((Branch(value.parent, value.selectors, value.parent),), value.parent)
        )


def _tested(value: Count | Sole | Selected | Chosen | Outcome | XPathFound) -> Iterator[Value]:
    """What a value that holds a query or a test is made of."""
    match value:
        case Chosen(tests, chosen):
            yield chosen
            for test in tests:
                yield from _test_values(test)
        case Outcome(test):
            yield from _test_values(test)
        case XPathFound(base, query):
            yield base
            yield from _of_xpath(query)
        case Count(nodes) | Sole(nodes) | Selected(nodes):
            yield from nodes_values(nodes)


def _of_xpath(query: XPath) -> Iterator[Value]:
    """What an XPath is given, and what it is put together from."""
    yield from (given for _, given in query.variables)
    yield from _values(query.text)


def _values(*steps: str | int | Value | None) -> Iterator[Value]:
    """The values among names, indexes and bounds."""
    for step in steps:
        if step is not None and not isinstance(step, str | int):
            yield step


def _test_values(test: Test) -> Iterator[Value]:
    match test:
        case Compare(left, _, right):
            yield left
            yield right
        case Holds() | Exists() | Matches() | FitsPattern() | XPathHolds() | PathHolds():
            yield from _fitting_values(test)
        case Finds(nodes):
            yield from nodes_values(nodes)
        case Not(inner):
            yield from _test_values(inner)
        case AllOf(tests) | AnyOf(tests):
            for part in tests:
                yield from _test_values(part)
        case Readable():
            pass


def _fitting_values(
    test: Holds | Exists | Matches | FitsPattern | XPathHolds | PathHolds,
) -> Iterator[Value]:
    """The value of a test, and what the text of another language is made of."""
    yield test.value
    match test:
        case Matches(_, pattern):
            yield from _values(pattern)
        case FitsPattern(_, pattern):
            yield pattern
        case XPathHolds(_, query):
            yield from _of_xpath(query)
        case PathHolds(_, query):
            yield query.text
        case _:
            pass
