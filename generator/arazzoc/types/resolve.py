"""What a runtime expression means where it stands: a typed value, or a problem.

See Arazzo 1.1.0, "Runtime Expressions". Nothing is reported here: callers decide what a problem weighs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import reference as rules
from arazzoc.diagnostics.registry import unsupported, wild
from arazzoc.expr import ast
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.source.node import pointer_of
from arazzoc.suggestion import closest
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.model import ANY, Type
from arazzoc.types.responses import body_type, header_fact
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.secrets import is_secret
from arazzoc.types.value import (
    Argument,
    Constant,
    Member,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    StepOutput,
    Value,
)

__all__ = ["Problem", "Resolved", "member_in", "member_of", "output_variable", "resolve"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an expression has no meaning where it stands, or (`rule.tolerated`) what is wrong with its form.

    Attributes:
        where: The piece of the text that was parsed.
    """

    rule: Rule
    message: str
    hint: str | None
    where: ast.Slice


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of an expression.

    Attributes:
        notes: Tolerated forms that it uses.
    """

    value: Value
    notes: tuple[Problem, ...] = ()


def resolve(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The value of `expression` at `view`."""
    return _RESOLVERS[type(expression)](expression, view)


def output_variable(step: StepFacts, output: str, view: Viewpoint) -> StepOutput:
    """The variable that holds an output of a step, with its type; `absent` as where the step has run."""
    node = step.step.outputs[output]
    name = step.variables[output]
    mark = (step.step.step_id, output)
    known = StepOutput(step.step.step_id, output, name, ANY, absent=True)
    if mark in view.visiting or node.text is None:
        return known
    inside = Viewpoint(
        view.facts,
        view.facts.available.get(step.step.step_id, view.available).after(step.step.step_id),
        step,
        answered=True,
        visiting=view.visiting | {mark},
    )
    parsed = parse_expression(node.text)
    if isinstance(parsed, SyntaxProblem):
        return known
    resolved = resolve(parsed, inside)
    if isinstance(resolved, Problem):
        return known
    value = resolved.value
    return replace(known, type=value.type, absent=value.absent, secret=is_secret(value))


def _url(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    return _after_answer(expression, view, RequestUrl())


def _method(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    method = view.step.operation.method if view.step and view.step.operation else "GET"
    return _after_answer(expression, view, RequestMethod(method))


def _status(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    return _after_answer(expression, view, ResponseStatus(absent=view.silent))


def _after_answer(
    expression: ast.Expression, view: Viewpoint, value: Value, notes: tuple[Problem, ...] = ()
) -> Resolved | Problem:
    if view.answered:
        return Resolved(value, notes)
    place = "a request" if view.step else "the outputs of a workflow"
    return Problem(
        rules.NO_RESPONSE_YET,
        f"`{expression}` has no value in {place}: no response is at hand there",
        "read it in the step's `outputs`, and refer to `$steps.STEP.outputs.NAME`",
        expression.where,
    )


def _response(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.ResponseReference)
    source = expression.source
    if isinstance(source, ast.Header):
        notes = _plural_headers(expression) if source.plural else ()
        value: Value = ResponseHeader(
            source.name.lower(), absent=view.silent or not header_fact(view.step, source.name)
        )
        return _after_answer(expression, view, value, notes)
    if not isinstance(source, ast.Body):
        return Problem(
            rules.NOT_IN_A_RESPONSE,
            f"a response has no `{str(expression).split('.')[1]}`",
            "a response has `$response.header.NAME` and `$response.body#/pointer`",
            expression.where,
        )
    notes = ()
    if source.members:
        notes = (_dotted(expression, source.pointer or (), source.members),)
    elif source.slashless:
        notes = (
            Problem(
                wild.POINTER_WITHOUT_SLASH,
                "a JSON Pointer starts with `/`",
                f"write `$response.body#{pointer_of(source.pointer or ())}`",
                expression.where,
            ),
        )
    tokens = (*(source.pointer or ()), *(str(member) for member in source.members))
    if view.step is None:
        return _after_answer(expression, view, ResponseBody())
    body = ResponseBody(*_body_facts(view))
    return _after_answer(expression, view, member_of(body, tokens, view), notes)


def _body_facts(view: Viewpoint) -> tuple[Type, bool]:
    if view.silent or view.step is None:
        return ANY, True
    known = body_type(view.step, view.facts.types)
    return (ANY, True) if known is None else (known, False)


def member_of(base: Value, tokens: Sequence[str], view: Viewpoint) -> Value:
    """What the pointer `tokens` leads to in `base`."""
    return member_in(base, tokens, view.facts.types)


def member_in(base: Value, tokens: Sequence[str], types: SchemaTypes) -> Value:
    """What the pointer `tokens` leads to in `base`, by the types of its schema."""
    if not tokens:
        return base
    type_, certain = types.walk(base.type, tokens)
    absent = base.absent or not certain
    if absent:
        type_ = without_none(type_)
    if isinstance(base, Member):
        return Member(base.base, (*base.tokens, *tokens), type_, absent)
    return Member(base, tuple(tokens), type_, absent)


def _inputs(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.InputReference)
    inputs = view.facts.inputs
    found = _named(expression.name, expression.members, inputs)
    if found is None:
        schema = view.facts.workflow.inputs
        outside = schema is not None and schema.get(expression.name) is not None
        return _unknown(
            rules.UNKNOWN_INPUT,
            f"workflow `{view.facts.workflow.workflow_id}` has no input `{expression.name}`",
            expression.name,
            () if outside else inputs,
            expression.where,
            f"`inputs` is a JSON Schema: declare `{expression.name}` under its `properties`",
        )
    name, members = found
    return _pointed(inputs[name].argument, expression, members, view)


def _named(
    name: str, members: tuple[ast.Member, ...], known: Mapping[str, object]
) -> tuple[str, tuple[ast.Member, ...]] | None:
    """Splits `a.b.c` into a known name and members, the longest name first: a literal key goes before."""
    if name in known:
        return name, members
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        head = ".".join(parts[:length])
        if head in known:
            return head, (*parts[length:], *members)
    return None


def _pointed(
    base: Argument | StepOutput,
    expression: ast.InputReference | ast.StepReference,
    members: tuple[ast.Member, ...],
    view: Viewpoint,
) -> Resolved:
    tokens = (*(str(member) for member in members), *(expression.pointer or ()))
    notes = (_dotted(expression, (), members),) if members else ()
    return Resolved(member_of(base, tokens, view), notes)


def _dotted(
    expression: ast.Expression, pointer: Sequence[str], members: Sequence[ast.Member]
) -> Problem:
    dotted = "".join(f"[{m}]" if isinstance(m, int) else f".{m}" for m in members)
    tokens = (*pointer, *(str(member) for member in members))
    written = str(expression)
    stem = written[: written.index(dotted)] if dotted in written else written
    return Problem(
        wild.DOTTED_PATH,
        f"`{dotted}` is no way into a value",
        f"write the JSON Pointer `{stem}#{pointer_of(tokens)}`",
        expression.where,
    )


def _steps(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.StepReference)
    steps = view.facts.steps
    step = steps.get(expression.step_id)
    if step is None:
        return _unknown(
            rules.UNKNOWN_STEP,
            f"workflow `{view.facts.workflow.workflow_id}` has no step `{expression.step_id}`",
            expression.step_id,
            steps,
            expression.where,
        )
    found = _named(expression.output, expression.members, step.step.outputs)
    if found is None and step.step.node.at(("outputs", expression.output)) is not None:
        return Resolved(Constant(None))  # it could not be read, which has been reported
    if found is None:
        return _unknown(
            rules.UNKNOWN_OUTPUT,
            f"step `{expression.step_id}` has no output `{expression.output}`",
            expression.output,
            step.step.outputs,
            expression.where,
            f"declare it in the `outputs` of step `{expression.step_id}`",
        )
    if expression.step_id not in view.available.possibly:
        return Problem(
            rules.STEP_NOT_RUN_YET,
            f"step `{expression.step_id}` has not run where `{expression}` is read",
            "refer to a step that runs before this one",
            expression.where,
        )
    name, members = found
    variable = output_variable(step, name, view)
    if expression.step_id not in view.available.surely:
        variable = replace(variable, absent=True, type=without_none(variable.type))
    return _pointed(variable, expression, members, view)


def _self_uri(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    uri = view.facts.arazzo.self_uri
    if uri is not None:
        return Resolved(Constant(uri))
    return Problem(
        rules.NO_SELF, "this document has no `$self`", "add the field `$self`", expression.where
    )


def _source_description(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.SourceDescriptionReference)
    source = view.facts.arazzo.source(expression.source_name)
    if source is None:
        return _unknown(
            rules.UNKNOWN_SOURCE,
            f"there is no source description `{expression.source_name}`",
            expression.source_name,
            [known.name for known in view.facts.arazzo.source_descriptions],
            expression.where,
        )
    fields = {"url": source.url.text, "name": source.name, "type": source.type}
    value = fields.get(expression.reference)
    if value is None:
        return _not_yet(expression, view)
    return Resolved(Constant(value))


def _not_yet(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    del view
    return Problem(
        unsupported.EXPRESSION,
        f"`{expression}` cannot be compiled yet",
        "pass the value as an input, or read it in a step's `outputs`",
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
        ),
    )


def _unknown(
    rule: Rule,
    message: str,
    name: str,
    known: Iterable[str],
    where: ast.Slice,
    otherwise: str | None = None,
) -> Problem:
    names = list(known)
    near = closest(name, names)
    if near is not None:
        hint: str | None = f"did you mean `{near}`?"
    elif names and len(names) <= 8:
        hint = "there is " + ", ".join(f"`{known_name}`" for known_name in names)
    else:
        hint = otherwise
    return Problem(rule, message, hint, where)


_RESOLVERS: Final[
    Mapping[type[ast.Expression], Callable[[ast.Expression, Viewpoint], Resolved | Problem]]
] = {
    ast.Url: _url,
    ast.Method: _method,
    ast.StatusCode: _status,
    ast.SelfUri: _self_uri,
    ast.RequestReference: _not_yet,
    ast.ResponseReference: _response,
    ast.MessageReference: _not_yet,
    ast.InputReference: _inputs,
    ast.OutputReference: _not_yet,
    ast.StepReference: _steps,
    ast.WorkflowReference: _not_yet,
    ast.SourceDescriptionReference: _source_description,
    ast.ComponentReference: _not_yet,
}
