"""What expressions read of a step's request and response once it has been answered."""

from __future__ import annotations

from arazzoc.diagnostics.registry import reference as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.expr import ast
from arazzoc.source.node import pointer_of
from arazzoc.types.astray import astray_in_body, astray_in_header, with_astray
from arazzoc.types.facts import Viewpoint
from arazzoc.types.model import ANY, Type
from arazzoc.types.reaching import Problem, Resolved, dotted, member_of
from arazzoc.types.responses import body_type, header_fact
from arazzoc.types.value import (
    Constant,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Value,
)

__all__ = ["after_answer", "message", "method", "response", "status", "url"]


def url(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The URL of the request as sent."""
    return after_answer(expression, view, RequestUrl())


def method(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """Its method."""
    method = view.step.operation.method if view.step and view.step.operation else "GET"
    return after_answer(expression, view, RequestMethod(method))


def status(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The status of the response."""
    return after_answer(expression, view, ResponseStatus(absent=view.silent))


def after_answer(
    expression: ast.Expression,
    view: Viewpoint,
    value: Value,
    notes: tuple[Problem, ...] = (),
    *,
    lacking: str = "no response is at hand",
) -> Resolved | Problem:
    """`value`, where the step's request has been sent; else why it is not there."""
    if view.step is not None and view.step.step.workflow_id is not None:
        if view.inherited:
            return Resolved(Constant(None), notes)
        return Problem(
            rules.NO_RESPONSE_YET,
            f"`{expression}` has no value in a step that runs a workflow: that has no response",
            "read `$outputs.NAME`, an output of the workflow that the step runs",
            expression.where,
        )
    if view.answered:
        return Resolved(value, notes)
    place = "a request" if view.step else "the outputs of a workflow"
    return Problem(
        rules.NO_RESPONSE_YET,
        f"`{expression}` has no value in {place}: {lacking} there",
        "read it in the step's `outputs`, and refer to `$steps.STEP.outputs.NAME`",
        expression.where,
    )


def response(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """A header of the response, its body, or a part of that."""
    assert isinstance(expression, ast.ResponseReference)
    source = expression.source
    notes: tuple[Problem, ...] = ()
    if isinstance(source, ast.Header):
        notes = _plural_headers(expression) if source.plural else ()
        if view.step is not None and not view.silent:
            notes += astray_in_header(expression, source, view.step)
        promised = view.step is not None and header_fact(view.step.expected, source.name)
        value: Value = ResponseHeader(source.name.lower(), absent=view.silent or not promised)
        return after_answer(expression, view, value, notes)
    if not isinstance(source, ast.Body):
        return Problem(
            rules.NOT_IN_A_RESPONSE,
            f"a response has no `{str(expression).split('.')[1]}`",
            "a response has `$response.header.NAME` and `$response.body#/pointer`",
            expression.where,
        )
    if source.members:
        notes = (dotted(expression, source.members, source.pointer or ()),)
    elif source.slashless:
        notes = (
            Problem(
                wild.POINTER_WITHOUT_SLASH,
                "a JSON Pointer starts with `/`",
                f"write `$response.body#{pointer_of(source.pointer or ())}`",
                expression.where,
                f"$response.body#{pointer_of(source.pointer or ())}",
            ),
        )
    tokens = (*(source.pointer or ()), *(str(member) for member in source.members))
    if view.step is None:
        return after_answer(expression, view, ResponseBody())
    body = ResponseBody(*_body_facts(view))
    if view.answered and not view.silent and tokens:
        astray = astray_in_body(expression, view.step, tokens, view.facts.types)
        notes = with_astray(notes, astray)
    return after_answer(expression, view, member_of(body, tokens, view), notes)


def _body_facts(view: Viewpoint) -> tuple[Type, bool]:
    if view.silent or view.step is None:
        return ANY, True
    known = body_type(view.step.expected, view.facts.types)
    return (ANY, True) if known is None else (known, False)


def message(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """That there is no message where HTTP is spoken."""
    if view.step is not None and view.step.step.asyncapi:
        return Resolved(Constant(None))  # the step is left out, which has been reported
    return Problem(
        rules.NO_VALUE,
        f"`{expression}` has no value: only a step that sends or receives AsyncAPI messages has one",
        "an HTTP response is `$response.body#/pointer`",
        expression.where,
    )


def _plural_headers(expression: ast.ResponseReference) -> tuple[Problem, ...]:
    assert isinstance(expression.source, ast.Header)
    return (
        Problem(
            wild.PLURAL_HEADERS,
            "the field is called `header`",
            f"write `$response.header.{expression.source.name}`",
            expression.where,
            f"$response.header.{expression.source.name}",
        ),
    )
