"""Credentials that operations ask for and steps do not pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from arazzoc.check.context import Context, Whole, found
from arazzoc.check.criteria import tests_of
from arazzoc.check.parameters import has_unread_parameter, is_declared
from arazzoc.diagnostics.model import Diagnostic, Related
from arazzoc.diagnostics.registry import security as rules
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Parameter
from arazzoc.model.field_names import field_of
from arazzoc.model.openapi import ApiKey, Operation, SecurityScheme
from arazzoc.model.unfilled import filling, is_filled, slot_of, unfilled
from arazzoc.suggestion import closest
from arazzoc.types.credentials import asked_of_callers, prefix_of
from arazzoc.types.facts import StepFacts, WorkflowFacts
from arazzoc.types.secrets import is_credential_name
from arazzoc.types.verdict import met

__all__ = ["check_credentials", "check_forgotten_credentials"]

_REFUSED: Final = re.compile(r"\b40[13]\b")
_SUCCESSES: Final = range(200, 300)
_SCHEME: Final = re.compile(r"([A-Za-z]+)\s+\S")
"""How the text of an `Authorization` header begins (RFC 9110, 11.4)."""

_STEP_READ: Final = re.compile(r"\$steps\.([\w-]+)")

_Passing: TypeAlias = Mapping[tuple[str, str], Sequence[StepFacts]]

_KEY: Final = ("key", "query")
"""What many descriptions take beside the scheme that they state."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """A step whose operation asks for credentials that it does not pass.

    Attributes:
        open: Those that no other step passes.
        forgotten: Those that other steps pass, with the step that passes each first.
    """

    facts: WorkflowFacts
    step: StepFacts
    operation: Operation
    open: tuple[SecurityScheme, ...]
    forgotten: tuple[tuple[SecurityScheme, StepFacts], ...]


def check_forgotten_credentials(context: Context) -> Iterator[Diagnostic]:
    """What one step passes as credentials, the others pass too whose operations ask for it."""
    for asking in _asking(context.facts):
        for scheme, other in asking.forgotten:
            passed = filling(scheme, other.parameters)
            assert passed is not None
            name = other.step.step_id
            message = f"step `{name}` passes credentials for security scheme `{scheme.name}`, and this one"
            message += f" does not, though {asking.operation.title} asks for them too"
            hint = f"pass `{passed.name}` with `in: {passed.location}` here too"
            if not _steps_read(passed):
                hint += ", or once in the `parameters` of the workflow"
            place = field_of(passed.node, "name") or passed.node
            note = Related(place.span, f"step `{name}` passes `{passed.name}`")
            yield found(rules.FORGOTTEN_CREDENTIALS, asking.step.calls.span, message, hint, (note,))


def check_credentials(whole: Whole) -> Iterator[Diagnostic]:
    """The credentials that callers are asked for, one finding a security scheme."""
    asked: dict[tuple[str, str], list[tuple[_Asking, SecurityScheme]]] = {}
    for facts in whole.workflows:
        for asking in _asking(facts):
            for scheme in asking.open:
                key = asking.operation.source, scheme.name
                asked.setdefault(key, []).append((asking, scheme))
    arguments_of: dict[int, Mapping[tuple[str, str, bool], Sequence[str]]] = {}
    for askings in asked.values():
        (first, scheme), *others = askings
        known = id(first.facts)
        if known not in arguments_of:
            arguments_of[known] = asked_of_callers(first.facts)
        names = arguments_of[known][first.operation.source, scheme.name, False]
        arguments = " and ".join(f"`{name}`" for name in names)
        message = f"no parameter gives the credentials of security scheme `{scheme.name}` that"
        message += f" {first.operation.title} asks for"
        hint = f"callers bring {arguments}{_among(others, first)}; or pass `{_example(scheme)}`"
        yield found(rules.CREDENTIALS_OF_CALLERS, first.step.calls.span, message, hint)


def _among(others: list[tuple[_Asking, SecurityScheme]], first: _Asking) -> str:
    """For how many more steps."""
    if not others:
        return ""
    steps = "1 more step" if len(others) == 1 else f"{len(others)} more steps"
    workflows = len({id(asking.facts) for asking, _ in others} | {id(first.facts)})
    return f", for {steps}" + (f" in {workflows} workflows too" if workflows > 1 else " too")


def _example(scheme: SecurityScheme) -> str:
    """A parameter that gives the credentials of a scheme, in YAML."""
    name, location = slot_of(scheme)
    if isinstance(scheme, ApiKey):
        value = "$inputs.apiKey"
    else:
        held = "credentials" if prefix_of(scheme) == "Basic" else "token"
        value = f"'{prefix_of(scheme)} {{$inputs.{held}}}'"
    return f"{{name: {name}, in: {location}, value: {value}}}"


def _asking(facts: WorkflowFacts) -> Iterator[_Asking]:
    """The steps that do not pass what their operations ask for, and try nothing else in its place."""
    passing = _passing(facts)
    for step in facts.steps.values():
        operation = step.operation
        if operation is None or not _is_asked(operation, step):
            continue
        if has_unread_parameter(step, facts.workflow) or _is_told_otherwise(step, facts):
            continue
        if any(_is_attempt(each, operation) for each in step.parameters):
            continue
        way = _way(operation, step, passing, facts)
        asked = unfilled(operation, step.parameters)
        left = tuple(scheme for scheme, other in way if other is None and scheme in asked)
        forgotten = {slot_of(scheme): (scheme, other) for scheme, other in way if other is not None}
        yield _Asking(facts, step, operation, left, tuple(forgotten.values()))


def _is_asked(operation: Operation, step: StepFacts) -> bool:
    """Whether a scheme is left open; keys that a parameter states have a rule of their own (AZ513)."""
    return any(
        not (isinstance(scheme, ApiKey) and scheme.stated)
        for scheme in unfilled(operation, step.parameters)
    )


def _passing(facts: WorkflowFacts) -> _Passing:
    """By source and security scheme, the steps that pass credentials for it, in their order."""
    found: dict[tuple[str, str], list[StepFacts]] = {}
    for step in facts.steps.values():
        for alternative in step.operation.security if step.operation is not None else ():
            for scheme in alternative:
                passed = filling(scheme, step.parameters)
                if passed is not None and step.operation is not None and _suits(passed, scheme):
                    key = step.operation.source, scheme.name
                    if step not in found.setdefault(key, []):
                        found[key].append(step)
    return found


def _suits(parameter: Parameter, scheme: SecurityScheme) -> bool:
    """Whether what a header is given can be meant for a scheme: `Basic ...` is no bearer token."""
    if isinstance(scheme, ApiKey):
        return True
    stated = _SCHEME.match(parameter.value.text or "")
    return stated is None or stated[1].capitalize() == prefix_of(scheme)


def _way(
    operation: Operation, step: StepFacts, passing: _Passing, facts: WorkflowFacts
) -> Sequence[tuple[SecurityScheme, StepFacts | None]]:
    """The schemes that a step leaves open, each with a step that passes credentials it could pass as well.

    They are those of the first alternative that other steps pass whole; where there is none, of the first.
    """
    ways = [
        [
            (scheme, _model(scheme, step, passing.get((operation.source, scheme.name), ()), facts))
            for scheme in alternative
            if not is_filled(scheme, step.parameters)
        ]
        for alternative in operation.security
    ]
    return next((way for way in ways if all(other is not None for _, other in way)), ways[0])


def _model(
    scheme: SecurityScheme, step: StepFacts, others: Sequence[StepFacts], facts: WorkflowFacts
) -> StepFacts | None:
    """The first of some steps whose credentials are there before `step` runs: a login makes its own."""
    names = list(facts.steps)
    earlier = names[: names.index(step.step.step_id)]
    for other in others:
        passed = filling(scheme, other.parameters)
        if passed is not None and _steps_read(passed) <= set(earlier):
            return other
    return None


def _steps_read(parameter: Parameter) -> frozenset[str]:
    """The steps whose outputs a parameter's value is made of."""
    return frozenset(_STEP_READ.findall(parameter.value.text or ""))


def _is_told_otherwise(step: StepFacts, facts: WorkflowFacts) -> bool:
    """Whether a step expects to be refused, or has its credentials from an extension (`x-security`)."""
    if any(
        holder.get("x-security") is not None for holder in (step.step.node, facts.workflow.node)
    ):
        return True
    criteria = step.step.success_criteria
    if any(_REFUSED.search(each.condition.text or "") for each in criteria):
        return True
    tests = tests_of(criteria, Context(facts).answered(step)) if criteria else None
    expected = met(tests, facts.types).possible if tests else frozenset[int | None]()
    return bool(expected) and expected.isdisjoint(_SUCCESSES)


def _is_attempt(parameter: Parameter, operation: Operation) -> bool:
    """Whether a parameter seems to be the credentials, under another name or in another place.

    Where that is wrong, another finding says so (AZ310, AZ712).
    """
    schemes = [scheme for alternative in operation.security for scheme in alternative]
    if parameter.location == "path" or any(is_filled(each, [parameter]) for each in schemes):
        return False
    if is_credential_name(parameter.name) or (parameter.name, parameter.location) == _KEY:
        return True
    name, slots = parameter.name.lower(), [slot_of(scheme)[0].lower() for scheme in schemes]
    near = name in slots or closest(name, slots) is not None
    return near and not is_declared(operation, parameter)
