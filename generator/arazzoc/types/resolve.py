"""What a runtime expression means where it stands: a typed value, or a problem.

See Arazzo 1.1.0, "Runtime Expressions". Nothing is reported here: callers decide what a problem weighs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.registry import flow, unsupported, wild
from arazzoc.diagnostics.registry import reference as rules
from arazzoc.expr import ast
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.names import Identifier
from arazzoc.source.node import Node, pointer_of
from arazzoc.types.astray import astray_in_body, astray_in_header, astray_in_output
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.model import ANY, Type
from arazzoc.types.origin import is_given
from arazzoc.types.reaching import (
    Problem,
    Resolved,
    dotted,
    member_in,
    member_of,
    named,
    output_of,
    pointed,
    returned,
    unknown,
)
from arazzoc.types.responses import body_type, header_fact
from arazzoc.types.schema import without_none
from arazzoc.types.secrets import is_secret
from arazzoc.types.selection import is_selector, selection_of
from arazzoc.types.sent import sent
from arazzoc.types.stated import component, self_uri, source_field, unknown_source
from arazzoc.types.unread import going_on_without, has_unread_output, is_unread
from arazzoc.types.value import (
    Constant,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    StepOutput,
    Value,
)

__all__ = [
    "Problem",
    "Resolved",
    "member_in",
    "member_of",
    "output_variable",
    "resolve",
    "returned",
]


def resolve(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The value of `expression` at `view`."""
    return _RESOLVERS[type(expression)](expression, view)


def output_variable(step: StepFacts, output: str, view: Viewpoint) -> StepOutput:
    """The variable that holds an output of a step, with its type; `absent` as where the step has run."""
    name = step.variables[output]
    mark = (step.step.step_id, output)
    node = step.step.outputs.get(output)
    if node is None and step.callee is not None:
        whole = returned(step, output)
        return StepOutput(*mark, name, whole.type, whole.absent, whole.secret, whole.given)
    assert node is not None
    known = StepOutput(step.step.step_id, output, name, ANY, absent=True)
    if mark in view.visiting:
        return known
    inside = Viewpoint(
        view.facts,
        view.facts.available.get(step.step.step_id, view.available).after(step.step.step_id),
        step,
        answered=True,
        visiting=view.visiting | {mark},
    )
    value = _output_value(node, inside)
    if value is None:
        return known
    secret, given = is_secret(value), is_given(value)
    return replace(known, type=value.type, absent=value.absent, secret=secret, given=given)


def _output_value(node: Node, view: Viewpoint) -> Value | None:
    """The value of an output that is an expression or a Selector Object; None of any other."""
    if node.text is None:
        selects = is_selector(node, view)
        return (
            selection_of(node, view, lambda inner: resolve(inner, view)).value if selects else None
        )
    parsed = parse_expression(node.text)
    resolved = None if isinstance(parsed, SyntaxProblem) else resolve(parsed, view)
    return resolved.value if isinstance(resolved, Resolved) else None


def _url(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    return _after_answer(expression, view, RequestUrl())


def _method(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    method = view.step.operation.method if view.step and view.step.operation else "GET"
    return _after_answer(expression, view, RequestMethod(method))


def _status(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    return _after_answer(expression, view, ResponseStatus(absent=view.silent))


def _after_answer(
    expression: ast.Expression,
    view: Viewpoint,
    value: Value,
    notes: tuple[Problem, ...] = (),
    *,
    lacking: str = "no response is at hand",
) -> Resolved | Problem:
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


def _response(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.ResponseReference)
    source = expression.source
    notes: tuple[Problem, ...] = ()
    if isinstance(source, ast.Header):
        notes = _plural_headers(expression) if source.plural else ()
        if view.step is not None and not view.silent:
            notes += astray_in_header(expression, source, view.step)
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
        return _after_answer(expression, view, ResponseBody())
    body = ResponseBody(*_body_facts(view))
    if view.answered and not view.silent and tokens:
        notes += astray_in_body(expression, view.step, tokens, view.facts.types)
    return _after_answer(expression, view, member_of(body, tokens, view), notes)


def _body_facts(view: Viewpoint) -> tuple[Type, bool]:
    if view.silent or view.step is None:
        return ANY, True
    known = body_type(view.step, view.facts.types)
    return (ANY, True) if known is None else (known, False)


def _message(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    if view.step is not None and view.step.step.asyncapi:
        return Resolved(Constant(None))  # the step is left out, which has been reported
    return Problem(
        unsupported.EXPRESSION,
        f"`{expression}` belongs to a step that sends or receives AsyncAPI messages",
        "steps of that kind cannot be compiled yet",
        expression.where,
    )


def _request(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.RequestReference)
    early = _after_answer(expression, view, Constant(None), lacking="no request has been sent")
    if isinstance(early, Problem) or view.step is None:
        return early
    return sent(expression, view.step, view, _given)


def _given(step: StepFacts, view: Viewpoint, parameter: tuple[str, str] | None) -> Value | None:
    """What a step gives to a parameter, by its name and place, or as its payload."""
    # Both are made of expressions, whose meaning this module tells.
    from arazzoc.types.payload import payload_of
    from arazzoc.types.valuation import value_of

    if parameter is None:
        payload = payload_of(step, view)
        return payload.value if payload is not None else None
    for each in step.parameters:
        if (each.name, each.location) == parameter:
            return value_of(each.value, view).value
    return None


def _inputs(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.InputReference)
    inputs = view.facts.inputs
    found = named(expression.name, expression.members, inputs)
    if found is None:
        schema = view.facts.workflow.inputs
        outside = schema is not None and schema.get(expression.name) is not None
        return unknown(
            rules.UNKNOWN_INPUT,
            f"workflow `{view.facts.workflow.workflow_id}` has no input `{expression.name}`",
            expression.name,
            () if outside else inputs,
            expression.where,
            f"`inputs` is a JSON Schema: declare `{expression.name}` under its `properties`",
            lambda meant: str(replace(expression, name=meant)),
        )
    name, members = found
    return pointed(inputs[name].argument, expression, members, view)


def _steps(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.StepReference)
    steps = view.facts.steps
    step = steps.get(expression.step_id)
    if step is None:
        return unknown(
            rules.UNKNOWN_STEP,
            f"workflow `{view.facts.workflow.workflow_id}` has no step `{expression.step_id}`",
            expression.step_id,
            steps,
            expression.where,
            instead=lambda meant: str(replace(expression, step_id=meant)),
        )
    found = named(expression.output, expression.members, step.variables)
    if found is None and (is_unread(step, expression.output) or _is_unknown_call(step)):
        return Resolved(Constant(None))  # it could not be read, which has been reported
    if found is None:
        return unknown(
            rules.UNKNOWN_OUTPUT,
            f"step `{expression.step_id}` has no output `{expression.output}`",
            expression.output,
            step.variables,
            expression.where,
            f"declare it in the `outputs` of step `{expression.step_id}`",
            lambda meant: str(replace(expression, output=meant)),
        )
    name, members = found
    return _of_step(step, name, members, expression, view)


def _is_unknown_call(step: StepFacts) -> bool:
    """Whether the step runs a workflow of which nothing is known, which has been reported."""
    return step.step.workflow_id is not None and step.callee is None


def _of_step(
    step: StepFacts,
    name: str,
    members: tuple[ast.Member, ...],
    expression: ast.StepReference | ast.WorkflowReference,
    view: Viewpoint,
) -> Resolved | Problem:
    """An output of a step, if the step may have run."""
    step_id = step.step.step_id
    if step_id not in view.available.possibly:
        reached = step_id in view.facts.available
        never = f"`{expression}` has no value: nothing leads to step `{step_id}`"
        return Problem(
            rules.STEP_NOT_RUN_YET,
            f"step `{step_id}` has not run where `{expression}` is read" if reached else never,
            "refer to a step that runs before this one" if reached else "let an action lead there",
            expression.where,
        )
    variable = output_variable(step, name, view)
    if step_id not in view.available.surely:
        variable = replace(variable, absent=True, type=without_none(variable.type))
    tokens = (*(str(member) for member in members), *(expression.pointer or ()))
    astray = astray_in_output(expression, step, name, tokens, view.facts.types)
    resolved = pointed(variable, expression, members, view)
    return replace(resolved, notes=(*resolved.notes, *astray))


def _outputs(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """`$outputs.NAME`: in a step that runs a workflow, an output of that."""
    assert isinstance(expression, ast.OutputReference)
    if view.step is None or view.step.step.workflow_id is None:
        return _not_yet(expression, view)
    return _of_callee(view.step, expression, view)


def _of_callee(
    step: StepFacts, expression: ast.OutputReference | ast.WorkflowReference, view: Viewpoint
) -> Resolved | Problem:
    if step.callee is None:
        return Resolved(Constant(None))  # the workflow is not known, which has been reported
    if not view.answered or view.silent:
        when = "where it has failed" if view.silent else "before it has run"
        return Problem(
            rules.NO_RESPONSE_YET,
            f"`{expression}` has no value: workflow `{step.callee.workflow.workflow_id}` has no"
            f" outputs {when}",
            "read it in the step's `outputs` or success criteria",
            expression.where,
        )
    return _returned(step.callee, step.owner, step.result, expression, view)


def _returned(
    callee: WorkflowFacts,
    owner: str,
    result: Identifier,
    expression: ast.OutputReference | ast.WorkflowReference,
    view: Viewpoint,
) -> Resolved | Problem:
    """An output of a workflow that has run."""
    workflow_id = callee.workflow.workflow_id
    found = named(expression.name, expression.members, callee.returns)
    if found is None and has_unread_output(callee, expression.name):
        return Resolved(Constant(None))  # it has no meaning, which has been reported
    if found is None:
        instead = going_on_without(callee, expression.name)
        if instead is not None:
            return Problem(rules.UNKNOWN_OUTPUT, *instead, expression.where)
        return unknown(
            rules.UNKNOWN_OUTPUT,
            f"workflow `{workflow_id}` has no output `{expression.name}`",
            expression.name,
            callee.returns,
            expression.where,
            f"declare it in the `outputs` of workflow `{workflow_id}`",
            lambda meant: str(replace(expression, name=meant)),
        )
    name, members = found
    return pointed(output_of(callee, owner, name, result), expression, members, view)


def _workflows(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """`$workflows.ID`: the workflow itself, one that ran before it, or one that a step runs.

    `$sourceDescriptions.NAME.ID` is a workflow of another document, in the same way.
    """
    assert isinstance(expression, ast.WorkflowReference)
    facts, wanted = view.facts, expression.owner
    own = f"$workflows.{facts.workflow.workflow_id}"
    before = {each.owner: each for each in facts.dependencies}
    if expression.kind == "inputs":
        given = {**facts.joined, **facts.inputs} if wanted in before else facts.inputs
        known = before[wanted].workflow.accepted if wanted in before else facts.inputs
        found = named(expression.name, expression.members, known)
        if found is not None and wanted in (*before, own):
            return pointed(given[found[0]].argument, expression, found[1], view)
    elif wanted in before:
        found_before = before[wanted]
        return _returned(found_before.workflow, wanted, found_before.result, expression, view)
    elif view.step is not None and view.answered and _runs(view.step, wanted):
        return _of_callee(view.step, expression, view)
    else:
        for step in facts.steps.values():
            found = named(expression.name, expression.members, step.variables)
            if _runs(step, wanted) and found is not None:
                return _of_step(step, found[0], found[1], expression, view)
    if expression.source is not None:
        return unknown_source(expression.source, expression, view) or _not_yet(expression, view)
    workflows = [workflow.workflow_id for workflow in facts.arazzo.workflows]
    if expression.workflow_id in workflows:
        return _not_yet(expression, view)
    message = f"there is no workflow `{expression.workflow_id}`"
    return unknown(
        flow.UNKNOWN_WORKFLOW,
        message,
        expression.workflow_id,
        workflows,
        expression.where,
        instead=lambda meant: str(replace(expression, workflow_id=meant)),
    )


def _runs(step: StepFacts, owner: str) -> bool:
    return step.callee is not None and step.owner == owner


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
            f"$response.header.{expression.source.name}",
        ),
    )


_RESOLVERS: Final[
    Mapping[type[ast.Expression], Callable[[ast.Expression, Viewpoint], Resolved | Problem]]
] = {
    ast.Url: _url,
    ast.Method: _method,
    ast.StatusCode: _status,
    ast.SelfUri: self_uri,
    ast.RequestReference: _request,
    ast.ResponseReference: _response,
    ast.MessageReference: _message,
    ast.InputReference: _inputs,
    ast.OutputReference: _outputs,
    ast.StepReference: _steps,
    ast.WorkflowReference: _workflows,
    ast.SourceDescriptionReference: source_field,
    ast.ComponentReference: component,
}
