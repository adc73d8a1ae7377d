"""Calls of other workflows' functions: what they are passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzoc.frozen import dataclass
from arazzoc.ir.credentials import Credentials
from arazzoc.ir.graph import Graph, Passed, Server, WorkflowCall
from arazzoc.ir.servers import Servers
from arazzoc.model.workflow_targets import owner_of
from arazzoc.names import Identifier
from arazzoc.source.node import Node
from arazzoc.types.calling import Calling, input_needs, passed
from arazzoc.types.facts import InputFact, StepFacts, Viewpoint
from arazzoc.types.fitting import fits
from arazzoc.types.model import NONE, STR
from arazzoc.types.schema import SchemaTypes, union
from arazzoc.types.value import Argument, Value

__all__ = ["Caller"]


@dataclass(frozen=True, slots=True)
class Caller:
    """A function that calls others.

    Attributes:
        callings: The places where it calls them, by the step's id and the reference's `id()`.
        graphs: Those of the workflows that it may call, by the `id()` of what is known of them.
    """

    callings: Mapping[tuple[str, int], Calling]
    graphs: Mapping[int, Graph]
    servers: Servers
    credentials: Credentials

    def at(self, step: StepFacts, node: Node | None) -> Calling | None:
        """The place where a step has the reference `node` to a workflow; None where it has none."""
        return self.callings.get((step.step.step_id, id(node)))

    def call(self, calling: Calling, view: Viewpoint, result: Identifier) -> WorkflowCall:
        """The call at a place whose checks have passed.

        Args:
            calling: The place.
            view: What it can see.
            result: The variable for what the function gives back.
        """
        callee = calling.callee
        graph = self.graphs[id(callee)]
        values = passed(calling, view)
        types = view.facts.types
        arguments = (
            *(
                _input(callee.accepted[name], values[name], types)
                for name in callee.accepted
                if name in values
            ),
            *self._credentials(graph),
            *self._servers(graph),
        )
        needs = tuple(
            need
            for name, value in values.items()
            for need in input_needs(callee.accepted[name], value)
        )
        return WorkflowCall(
            owner_of(calling.node.text or "").partition(".")[2],
            graph.function,
            arguments,
            result,
            graph.results,
            needs,
        )

    def _credentials(self, graph: Graph) -> Iterator[Passed]:
        for wanted in graph.credentials:
            own = self.credentials.asked(wanted.source, wanted.scheme)
            for theirs, ours in zip(wanted.parameters, own, strict=True):
                yield Passed(theirs.argument.name, ours.argument)

    def _servers(self, graph: Graph) -> Iterator[Passed]:
        for server in {each.keyword: each for each in graph.servers}.values():
            yield _server(server, self.servers.keyword(server))


def _input(fact: InputFact, value: Value, types: SchemaTypes) -> Passed:
    argument = fact.argument
    fitting = fits(value, argument.type, types) or (
        argument.absent and fits(value, union([argument.type, NONE]), types)
    )
    return Passed(argument.name, value, fitting, fact.default if value.absent else None)


def _server(theirs: Server, ours: Server) -> Passed:
    """A server's URL; where the caller leaves requests to their own, so does the function it calls."""
    alone = theirs.only and not ours.only
    value = Argument(ours.keyword, STR, absent=not ours.only)
    return Passed(theirs.keyword, value, otherwise=theirs.constant if alone else None)
