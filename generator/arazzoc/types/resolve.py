"""What a runtime expression means where it stands: a typed value, or a problem.

See Arazzo 1.1.0, "Runtime Expressions". Nothing is reported here: callers decide what a problem weighs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.registry import flow
from arazzoc.diagnostics.registry import reference as rules
from arazzoc.expr import ast
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.names import Identifier
from arazzoc.source.node import Node
from arazzoc.suggestion import closest
from arazzoc.types.answered import after_answer, message, method, response, status, url
from arazzoc.types.astray import astray_in_output, with_astray
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts
from arazzoc.types.inputs import all_inputs, one_input
from arazzoc.types.model import ANY, Choice
from arazzoc.types.origin import is_given
from arazzoc.types.reaching import (
    Problem,
    Resolved,
    member_in,
    member_of,
    named,
    output_of,
    pointed,
    returned,
    unknown,
)
from arazzoc.types.responses import as_described
from arazzoc.types.schema import without_none
from arazzoc.types.secrets import is_secret
from arazzoc.types.selection import is_selector, selection_of
from arazzoc.types.sent import sent
from arazzoc.types.stated import component, self_uri, source_field, unknown_source
from arazzoc.types.unread import UNREAD, going_on_without, has_unread_output, is_unread
from arazzoc.types.value import (
    Constant,
    Member,
    RequestMethod,
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
    "settle_outputs",
]

_HOLDS_EXPRESSION: Final = re.compile(
    r"\$(?:components|inputs|message|method|outputs|request|response|self|source|status|steps|url|workflows)"
)
_OF_ITSELF: Final = "the output is made of itself"


def resolve(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """The value of `expression` at `view`."""
    return _RESOLVERS[type(expression)](expression, view)


def output_variable(step: StepFacts, output: str, view: Viewpoint) -> StepOutput:
    """The variable that holds an output of a step, with its type; `absent` as where the step has run."""
    mark = (step.step.step_id, output)
    known = view.facts.resolved.get(mark)
    if known is None:
        known = _output_variable(step, output, view)
        if not view.visiting and mark[0] in view.facts.available:
            view.facts.resolved[mark] = known  # it was looked at from nowhere in particular
    return known


def settle_outputs(facts: WorkflowFacts) -> None:
    """Resolves the outputs of all steps, in their order: later ones are made of earlier ones."""
    for step_id, step in facts.steps.items():
        if step_id in facts.available:
            view = Viewpoint(facts, facts.available[step_id])
            for output in step.variables:
                output_variable(step, output, view)


def _output_variable(step: StepFacts, output: str, view: Viewpoint) -> StepOutput:
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
    value = as_described(_output_value(node, inside), step.expected, view.facts.types)
    stated = _stated_text(node, value)
    if stated is not None:
        return replace(known, type=Choice((stated,)), absent=False)
    if value is None:
        return known
    secret, given = is_secret(value), is_given(value)
    return replace(known, type=value.type, absent=value.absent, secret=secret, given=given)


def _stated_text(node: Node, value: Value | None) -> str | None:
    """The text that an output always is: a checker of types knows it too, and that it is not empty."""
    match value:
        case None if node.text is not None and _HOLDS_EXPRESSION.search(node.text) is None:
            return node.text
        case Constant(str() as text) | RequestMethod(text):
            return text
        case _:
            return None


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


def _request(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    assert isinstance(expression, ast.RequestReference)
    early = after_answer(expression, view, Constant(None), lacking="no request has been sent")
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
        return Resolved(UNREAD)  # it could not be read, which has been reported
    if found is None:
        lost = going_on_without(step.callee, expression.output) if step.callee else None
        if lost is not None:
            return Problem(rules.UNKNOWN_OUTPUT, *lost, expression.where)
        holder = f"workflow `{step.callee.workflow.workflow_id}`" if step.callee else None
        problem = unknown(
            rules.UNKNOWN_OUTPUT,
            f"step `{expression.step_id}` has no output `{expression.output}`",
            expression.output,
            step.variables,
            expression.where,
            f"declare it in the `outputs` of {holder or f'step `{expression.step_id}`'}",
            lambda meant: str(replace(expression, output=meant)),
        )
        near = closest(expression.output, step.variables)
        elsewhere = _of_another_step(expression, view) if near is None else None
        return problem if elsewhere is None else replace(problem, hint=elsewhere)
    name, members = found
    return _of_step(step, name, members, expression, view)


def _of_another_step(expression: ast.StepReference, view: Viewpoint) -> str | None:
    """Which step that may have run has the output, as a hint; None where none or several have it."""
    steps = view.facts.steps
    having = [
        step_id
        for step_id in steps
        if step_id in view.available.possibly and expression.output in steps[step_id].variables
    ]
    if len(having) != 1:
        return None
    return f"step `{having[0]}` has it: write `{replace(expression, step_id=having[0])}`"


def _is_unknown_call(step: StepFacts) -> bool:
    """Whether the step runs a workflow of which nothing is known, or nothing, which has been reported."""
    nothing = step.step.workflow_id is None and step.calls is step.step.node
    return nothing or (step.step.workflow_id is not None and step.callee is None)


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
    return replace(resolved, notes=with_astray(resolved.notes, astray))


def _outputs(expression: ast.Expression, view: Viewpoint) -> Resolved | Problem:
    """`$outputs.NAME`: in a step that runs a workflow, an output of that; in outputs, another one of them."""
    assert isinstance(expression, ast.OutputReference)
    if view.step is None:
        return _own_output(expression, view)
    if view.step.step.workflow_id is not None:
        return _of_callee(view.step, expression, view)
    if view.step.calls is view.step.step.node:
        return Resolved(UNREAD)  # the step calls nothing, which has been reported
    step_id = view.step.step.step_id
    return Problem(
        rules.NO_VALUE,
        f"`{expression}` has no value in step `{step_id}`: the workflow has no outputs before its end",
        f"an output of a step is `$steps.{step_id}.outputs.NAME`",
        expression.where,
    )


def _own_output(expression: ast.OutputReference, view: Viewpoint) -> Resolved | Problem:
    """What another output of the workflow is."""
    # Outputs are made of expressions, whose meaning this module tells.
    from arazzoc.types.valuation import value_of

    workflow = view.facts.workflow
    found = named(expression.name, expression.members, workflow.outputs)
    if found is None:
        return unknown(
            rules.UNKNOWN_OUTPUT,
            f"workflow `{workflow.workflow_id}` has no output `{expression.name}`",
            expression.name,
            workflow.outputs,
            expression.where,
            instead=lambda meant: str(replace(expression, name=meant)),
        )
    mark = ("", found[0])
    inside = replace(view, visiting=view.visiting | {mark})
    made_of = value_of(workflow.outputs[found[0]], inside) if mark not in view.visiting else None
    if made_of is None or any(each.problem.message == _OF_ITSELF for each in made_of.problems):
        hint = "refer to an output of a step"
        return Problem(rules.NO_VALUE, _OF_ITSELF, hint, expression.where)
    if made_of.value is None:
        return Resolved(Constant(None))  # it has no meaning itself, which has been reported
    return pointed(made_of.value, expression, found[1], view)


def _of_callee(
    step: StepFacts, expression: ast.OutputReference | ast.WorkflowReference, view: Viewpoint
) -> Resolved | Problem:
    if step.callee is None:
        return Resolved(UNREAD)  # the workflow is not known, which has been reported
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
        return Resolved(UNREAD)  # it has no meaning, which has been reported
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
        returned_value = _returned(
            found_before.workflow, wanted, found_before.result, expression, view
        )
        return _unsure_member(returned_value) if view.step is None else returned_value
    elif view.step is not None and view.answered and _runs(view.step, wanted):
        return _of_callee(view.step, expression, view)
    else:
        for step in facts.steps.values():
            found = named(expression.name, expression.members, step.variables)
            if _runs(step, wanted) and found is not None:
                return _of_step(step, found[0], found[1], expression, view)
    if expression.source is not None:
        return unknown_source(expression.source, expression, view) or _not_run(expression, view)
    workflows = [workflow.workflow_id for workflow in facts.arazzo.workflows]
    if expression.workflow_id in workflows:
        return _not_run(expression, view)
    message = f"there is no workflow `{expression.workflow_id}`"
    return unknown(
        flow.UNKNOWN_WORKFLOW,
        message,
        expression.workflow_id,
        workflows,
        expression.where,
        instead=lambda meant: str(replace(expression, workflow_id=meant)),
    )


def _unsure_member(found: Resolved | Problem) -> Resolved | Problem:
    """A member of what was given back, where no step is at hand whose failure it were that it lacks."""
    if (
        not isinstance(found, Resolved)
        or not isinstance(found.value, Member)
        or is_given(found.value)
    ):
        return found
    member = replace(found.value, absent=True, type=without_none(found.value.type))
    return replace(found, value=member)


def _runs(step: StepFacts, owner: str) -> bool:
    return step.callee is not None and step.owner == owner


def _not_run(expression: ast.WorkflowReference, view: Viewpoint) -> Problem:
    """That a workflow has left nothing that could be read."""
    facts = view.facts
    own = f"$workflows.{facts.workflow.workflow_id}"
    if expression.owner == own:
        reason = "the workflow has no outputs before its end"
        hint = "an output of a step is `$steps.STEP.outputs.NAME`"
    elif expression.kind == "inputs" and any(
        _runs(s, expression.owner) for s in facts.steps.values()
    ):
        reason = "inputs of a workflow that a step runs are what the step passes"
        hint = "write what the step's `parameters` state"
    else:
        reason = "the workflow has not run here"
        hint = "run it with an earlier step, or name it in the `dependsOn` of this workflow"
    message = f"`{expression}` has no value: {reason}"
    return Problem(rules.NO_VALUE, message, hint, expression.where)


_RESOLVERS: Final[
    Mapping[type[ast.Expression], Callable[[ast.Expression, Viewpoint], Resolved | Problem]]
] = {
    ast.Url: url,
    ast.Method: method,
    ast.StatusCode: status,
    ast.SelfUri: self_uri,
    ast.RequestReference: _request,
    ast.ResponseReference: response,
    ast.MessageReference: message,
    ast.AllInputs: all_inputs,
    ast.InputReference: one_input,
    ast.OutputReference: _outputs,
    ast.StepReference: _steps,
    ast.WorkflowReference: _workflows,
    ast.SourceDescriptionReference: source_field,
    ast.ComponentReference: component,
}
