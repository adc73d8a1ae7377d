"""The credentials that callers of a workflow's function are asked for, and how the arguments are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from arazzoc.model.openapi import ApiKey, HttpScheme, SecurityScheme
from arazzoc.model.unfilled import unfilled
from arazzoc.names import Identifier
from arazzoc.types.calling import calls_of
from arazzoc.types.facts import WorkflowFacts

__all__ = ["CredentialNames", "asked_of_callers", "is_basic", "prefix_of", "slot_key"]


def prefix_of(scheme: SecurityScheme) -> str:
    """What stands before the credentials in an `Authorization` header, such as `Bearer` (RFC 9110, 11.4)."""
    if isinstance(scheme, HttpScheme):
        return scheme.scheme.capitalize()
    return "Bearer"


class CredentialNames:
    """What the arguments for credentials of one function are to be called.

    Names carry the source's where several sources ask for credentials, and the scheme's or the key's own
    where several schemes would have the same.
    """

    def __init__(self, asked: Iterable[tuple[str, SecurityScheme]]) -> None:
        """`asked` has sources and schemes: all that the function asks for."""
        schemes = {slot_key(source, scheme): (source, scheme) for source, scheme in asked}
        self._several = len({source for source, _ in schemes.values()}) > 1
        self._uses = Counter(
            self._prefixed(source, name)
            for source, scheme in schemes.values()
            for name in _plain_names(scheme)
        )

    def of(self, source: str, scheme: SecurityScheme) -> tuple[Identifier, ...]:
        """One name, or two: a user's and a password's."""
        plain = [self._prefixed(source, name) for name in _plain_names(scheme)]
        if all(self._uses[name] < 2 for name in plain):
            return tuple(plain)
        return tuple(self._prefixed(source, name) for name in _telling_names(scheme))

    def _prefixed(self, source: str, name: str) -> Identifier:
        return Identifier.of(f"{source} {name}" if self._several else name)


def slot_key(source: str, scheme: SecurityScheme) -> tuple[str, str, bool]:
    """What tells the schemes of a function apart: the source, the name, and whether a parameter states it."""
    return source, scheme.name, isinstance(scheme, ApiKey) and scheme.stated


def is_basic(scheme: SecurityScheme) -> bool:
    """Whether the scheme asks for a user's name and a password (RFC 7617)."""
    return isinstance(scheme, HttpScheme) and scheme.scheme == "basic"


def _plain_names(scheme: SecurityScheme) -> tuple[str, ...]:
    """What arguments are called where the function has no other scheme of the kind."""
    if isinstance(scheme, ApiKey):
        return (scheme.parameter if scheme.stated else "api_key",)
    if is_basic(scheme):
        return ("username", "password")
    return (f"{prefix_of(scheme).lower()}_token",)


def _telling_names(scheme: SecurityScheme) -> tuple[str, ...]:
    """What they are called where it has: a key as what carries it, a token as its scheme."""
    if isinstance(scheme, ApiKey):
        shared = scheme.parameter.lower() == "authorization"
        return (scheme.name if shared else scheme.parameter,)
    if is_basic(scheme):
        return tuple(Identifier.of_member(scheme.name, name) for name in _plain_names(scheme))
    return (Identifier.of_member(scheme.name, "token"),)


def asked_of_callers(
    facts: WorkflowFacts,
) -> Mapping[tuple[str, str, bool], tuple[Identifier, ...]]:
    """The arguments for credentials, by source, scheme, and whether a parameter states it.

    They are those of the workflow's own steps and of the workflows that it runs, in the order of first use.
    """
    asked = {slot_key(source, scheme): scheme for source, scheme in _asked(facts)}
    wanted = CredentialNames((source, scheme) for (source, _, _), scheme in asked.items())
    names = facts.names.inner()
    return {
        key: tuple(names.claim(name) for name in wanted.of(key[0], scheme))
        for key, scheme in asked.items()
    }


def _asked(facts: WorkflowFacts) -> Iterator[tuple[str, SecurityScheme]]:
    """What a workflow asks for, in the order of first use; each workflow that it runs is looked at once.

    Two steps that run the same one would double the work at every level. Without recursion: workflows can run
    one another more deeply than Python calls functions.
    """
    passed = {id(facts)}
    waiting = [_wanted(facts)]
    while waiting:
        each = next(waiting[-1], None)
        if each is None:
            waiting.pop()
        elif not isinstance(each, WorkflowFacts):
            yield each
        elif id(each) not in passed:
            passed.add(id(each))
            waiting.append(_wanted(each))


def _wanted(facts: WorkflowFacts) -> Iterator[tuple[str, SecurityScheme] | WorkflowFacts]:
    """What the steps of a workflow ask for, and the workflows that it runs, in the order of first use."""
    yield from facts.run_first
    called: dict[str, list[WorkflowFacts]] = {}
    for calling in calls_of(facts):
        if calling.step is not None:
            called.setdefault(calling.step.step.step_id, []).append(calling.callee)
    for step_id, step in facts.steps.items():
        if step.operation is not None:
            for scheme in unfilled(step.operation, step.parameters):
                yield step.operation.source, scheme
        yield from called.get(step_id, ())
