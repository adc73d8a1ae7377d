"""What `$request` reads: the values that a step gave to its request (Arazzo 1.1.0, "Runtime Expressions")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from arazzoc.diagnostics.registry import reference as rules
from arazzoc.expr import ast
from arazzoc.model.openapi import ApiKey, Operation
from arazzoc.types.availability import Available
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.reaching import Problem, Resolved, dotted, member_of
from arazzoc.types.value import (
    Argument,
    Constant,
    Embedded,
    ListValue,
    Member,
    ObjectValue,
    RequestHeader,
    Sent,
    StepOutput,
    Value,
)

__all__ = ["Given", "sent"]

Given: TypeAlias = Callable[[StepFacts, Viewpoint, "tuple[str, str] | None"], "Value | None"]
"""The value that a step gives to the parameter of that name and place, or as its payload."""

_PLACES: Final[Mapping[type[ast.Source], str]] = {
    ast.Header: "header",
    ast.QueryParameter: "query",
    ast.PathParameter: "path",
}


def sent(
    expression: ast.RequestReference, step: StepFacts, view: Viewpoint, given: Given
) -> Resolved | Problem:
    """The value of a `$request` expression in a step that sends one.

    It is what was given to the request, with its type. What a step leaves out was not sent, and is null.
    A header that no parameter gives is read from the request.
    """
    source = expression.source
    match source:
        case ast.Body():
            return _body(expression, source, step, view, given)
        case ast.Payload():
            hint = "the body of an HTTP request is `$request.body`"
            return _not_sent(expression, "no payload: it is no message", hint)
        case _:
            found = _parameter(step, source.name, _PLACES[type(source)])
    if found is not None:
        return Resolved(_given(expression, step, view, lambda asking: given(step, asking, found)))
    if isinstance(source, ast.Header):
        return _other_header(expression, step, source.name)
    return _left_out(expression, step, source.name, _PLACES[type(source)])


def _body(
    expression: ast.RequestReference,
    source: ast.Body,
    step: StepFacts,
    view: Viewpoint,
    given: Given,
) -> Resolved | Problem:
    if step.step.request_body is None:
        return _not_sent(expression, "no body", "add a `requestBody`")
    pointer = source.pointer or ()
    notes = (dotted(expression, source.members, pointer),) if source.members else ()
    tokens = (*pointer, *(str(member) for member in source.members))
    found = _given(expression, step, view, lambda asking: given(step, asking, None), tokens)
    return Resolved(found, notes)


def _given(
    expression: ast.RequestReference,
    step: StepFacts,
    view: Viewpoint,
    given: Callable[[Viewpoint], Value | None],
    tokens: tuple[str, ...] = (),
) -> Value:
    """What was given to the request, or what a JSON Pointer of these tokens leads to in it.

    The step's own outputs are assigned anew once it has succeeded. What is made of those that it had before
    is kept from then on (`Sent`); anything else is computed once more where it is read.
    """
    mark = step.step.step_id
    before = view.facts.available.get(mark, view.available)
    first = Available(before.surely - {mark}, before.possibly - {mark})
    value = given(Viewpoint(view.facts, first, step, visiting=view.visiting))
    if value is not None:
        return _inside(value, tokens, view)
    value = given(Viewpoint(view.facts, before, step, visiting=view.visiting))
    if value is None:
        return Constant(None)  # it could not be read, which has been reported
    value = _inside(value, tokens, view)
    if _is_lasting(value, mark):
        return value
    return Sent(mark, str(expression), value, value.type, value.absent)


def _is_lasting(value: Value, step_id: str) -> bool:
    """Whether a value is surely the same before the step's request and after its response."""
    match value:
        case Constant() | Argument():
            return True
        case StepOutput(of):
            return of != step_id
        case Member(base):
            return _is_lasting(base, step_id)
        case _:
            return False


def _parameter(step: StepFacts, name: str, location: str) -> tuple[str, str] | None:
    """The name, as the step writes it, and the place of a parameter that it passes."""
    for parameter in step.parameters:
        same = parameter.name == name or (
            location == "header" and parameter.name.lower() == name.lower()
        )
        if same and parameter.location == location:
            return parameter.name, location
    return None


def _left_out(
    expression: ast.RequestReference, step: StepFacts, name: str, location: str
) -> Resolved | Problem:
    """A parameter that the operation declares and the step does not pass is null."""
    if step.operation is None or step.operation.parameter(name, location) is not None:
        return Resolved(Constant(None, absent=True))
    what = f"no {location} {'' if location == 'header' else 'parameter '}`{name}`"
    return _not_sent(expression, what, "pass it in the step's `parameters`")


def _other_header(
    expression: ast.RequestReference, step: StepFacts, name: str
) -> Resolved | Problem:
    """A header that no parameter gives: that of the body or of the credentials."""
    body = step.step.request_body
    if name.lower() == "content-type" and body is not None and body.payload is not None:
        return Resolved(RequestHeader("Content-Type"))
    if name.lower() == "accept" and step.expected.accept is not None:
        return Resolved(RequestHeader("Accept"))
    for known in _credential_headers(step.operation):
        if known.lower() == name.lower():
            return Resolved(RequestHeader(known, secret=True))
    return _left_out(expression, step, name, "header")


def _credential_headers(operation: Operation | None) -> Iterator[str]:
    """The headers of the credentials that the function asks for: those of the first alternative."""
    if operation is None:
        return
    alternatives = operation.security
    asked = () if not alternatives or () in alternatives else alternatives[0]
    for scheme in (*asked, *operation.keys):
        if not isinstance(scheme, ApiKey):
            yield "Authorization"
        elif scheme.location == "header":
            yield scheme.parameter


def _inside(value: Value, tokens: tuple[str, ...], view: Viewpoint) -> Value:
    """What a JSON Pointer leads to in a payload: the value that was written there, where one was."""
    while tokens:
        first, rest = tokens[0], tokens[1:]
        match value:
            case ObjectValue(members) if first in dict(members):
                value = dict(members)[first]
            case ListValue(items) if first.isdecimal() and int(first) < len(items):
                value = items[int(first)]
            case Constant(dict() as content) if first in content:
                value = Constant(content[first])
            case Constant(list() as content) if first.isdecimal() and int(first) < len(content):
                value = Constant(content[int(first)])
            case ObjectValue() | ListValue() | Constant() | Embedded():
                return Constant(None, absent=True)
            case _:
                return member_of(value, tokens, view)
        tokens = rest
    return value


def _not_sent(expression: ast.RequestReference, what: str, hint: str) -> Problem:
    return Problem(rules.NOT_IN_THE_REQUEST, f"the request has {what}", hint, expression.where)
