"""Where requests go: one keyword argument a source, with the description's server as its default."""

from __future__ import annotations

from collections.abc import Iterable

from arazzoc.ir.graph import Graph, Server
from arazzoc.names import ConstantName, Identifier, Scope
from arazzoc.types.facts import StepFacts, WorkflowFacts

__all__ = ["ServerConstants", "Servers"]


class ServerConstants:
    """The names of a module's server constants: one for each URL of a source."""

    def __init__(self) -> None:
        self._scope = Scope()
        self._names: dict[tuple[str, str], ConstantName] = {}

    def name(self, source: str, url: str) -> ConstantName:
        """The constant that holds `url`."""
        key = (source, url)
        if key not in self._names:
            self._names[key] = self._scope.claim(ConstantName.of(f"{source} url"))
        return self._names[key]


class Servers:
    """The servers of one function."""

    def __init__(
        self, facts: WorkflowFacts, constants: ServerConstants, called: Iterable[Graph] = ()
    ) -> None:
        """Takes those of the steps that can be reached, and of the functions that are `called`."""
        reached = [step for step in facts.steps.values() if step.step.step_id in facts.available]
        urls: dict[str, dict[str | None, None]] = {}
        for step in reached:
            if step.operation is not None:
                urls.setdefault(_source(step), {})[_url(step)] = None
        for graph in called:
            for server in graph.servers:
                urls.setdefault(server.source, {})[server.url] = None
        self._servers = {
            (source, url): Server(
                source,
                Identifier.of(f"{source} url"),
                constants.name(source, url) if url is not None else None,
                url,
                only=len(found) == 1,
            )
            for source, found in urls.items()
            for url in found
        }

    def of(self, step: StepFacts) -> Server:
        """The server that the step's request goes to."""
        return self._servers[_source(step), _url(step)]

    def keyword(self, server: Server) -> Server:
        """The function's own of what another function calls `server`."""
        return self._servers[server.source, server.url]

    def used(self) -> tuple[Server, ...]:
        """All of them, in the order of first use."""
        return tuple(self._servers.values())


def _source(step: StepFacts) -> str:
    assert step.operation is not None
    return step.operation.source


def _url(step: StepFacts) -> str | None:
    """The first absolute server of the operation; None where it has none."""
    assert step.operation is not None
    servers = step.operation.servers
    return next((server.url for server in servers if not server.relative), None)
