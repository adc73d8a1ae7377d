"""The credentials that callers of a workflow's function are asked for, and how the arguments are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzoc.model.openapi import ApiKey, HttpScheme, SecurityScheme
from arazzoc.model.unfilled import unfilled
from arazzoc.names import Identifier
from arazzoc.types.calling import calls_of
from arazzoc.types.facts import WorkflowFacts

__all__ = ["argument_name", "asked_of_callers", "prefix_of", "wanted_names"]


def prefix_of(scheme: SecurityScheme) -> str:
    """What stands before the credentials in an `Authorization` header, such as `Bearer` (RFC 9110, 11.4)."""
    if isinstance(scheme, HttpScheme):
        return scheme.scheme.capitalize()
    return "Bearer"


def wanted_names(scheme: SecurityScheme) -> tuple[str, ...]:
    """How the arguments for a scheme's credentials would be called if nothing else had these names."""
    if isinstance(scheme, ApiKey):
        return (scheme.parameter if scheme.stated else "api_key",)
    if isinstance(scheme, HttpScheme) and scheme.scheme == "basic":
        return "username", "password"
    return (f"{prefix_of(scheme).lower()}_token",)


def argument_name(name: str, source: str, *, several: bool) -> Identifier:
    """The name with that of the source before it, where `several` sources ask for credentials."""
    return Identifier.of(f"{source} {name}" if several else name)


def asked_of_callers(
    facts: WorkflowFacts,
) -> Mapping[tuple[str, str, bool], tuple[Identifier, ...]]:
    """The arguments for credentials, by source, scheme, and whether a parameter states it.

    They are those of the workflow's own steps and of the workflows that it runs, in the order of first use.
    """
    asked: dict[tuple[str, str, bool], SecurityScheme] = {}
    for source, scheme in _asked(facts):
        stated = isinstance(scheme, ApiKey) and scheme.stated
        asked.setdefault((source, scheme.name, stated), scheme)
    several = len({source for source, _, _ in asked}) > 1
    names = facts.names.inner()
    return {
        key: tuple(
            names.claim(argument_name(name, key[0], several=several))
            for name in wanted_names(scheme)
        )
        for key, scheme in asked.items()
    }


def _asked(facts: WorkflowFacts) -> Iterator[tuple[str, SecurityScheme]]:
    for callee in facts.run_first:
        yield from _asked(callee)
    calls = [calling for calling in calls_of(facts) if calling.step is not None]
    for step in facts.steps.values():
        if step.operation is not None:
            for scheme in unfilled(step.operation, step.parameters):
                yield step.operation.source, scheme
        for calling in calls:
            if calling.step is step:
                yield from _asked(calling.callee)
