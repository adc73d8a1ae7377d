"""A step's parameters and body against what its operation declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from arazzoc.check.context import Context, found
from arazzoc.check.doubts import is_doubtful
from arazzoc.check.writable import other_types, refused_body
from arazzoc.diagnostics.model import Diagnostic, Fix, Related, Severity
from arazzoc.diagnostics.registry import operation as rules
from arazzoc.diagnostics.registry import reference, wild
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Parameter, RequestBody, Workflow
from arazzoc.model.field_names import field_of
from arazzoc.model.openapi import PLACEHOLDER, ApiKey, Operation, OperationParameter
from arazzoc.model.unfilled import is_filled, slot_of, unfilled
from arazzoc.source.edits import replaced
from arazzoc.source.node import Node
from arazzoc.suggestion import closest, surely
from arazzoc.types.bodies import content_type
from arazzoc.types.facts import StepFacts
from arazzoc.types.member_needs import body_needs
from arazzoc.types.needs import Need, parameter_needs
from arazzoc.types.payload import payload_of
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Argument, Chosen, Member, Picked, Value

__all__ = [
    "check_absent_values",
    "check_bodies",
    "check_declared",
    "check_required",
    "has_unread_parameter",
    "is_declared",
]

_FROM_ELSEWHERE: Final = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI does not let a parameter declare (OpenAPI 3.1, Parameter Object)."""


def check_declared(context: Context) -> Iterator[Diagnostic]:
    """Every parameter that a step passes is one that the operation declares.

    One that the workflow states for all of its steps is told of once.
    """
    shared = context.facts.workflow.parameters
    lacking: dict[int, list[StepFacts]] = {}
    for step in context.steps():
        for parameter in _strangers(context, step):
            if any(parameter is each for each in shared):
                lacking.setdefault(id(parameter), []).append(step)
            elif step.operation is not None:
                yield _undeclared(step, step.operation, parameter, parameter.location or "")
    for parameter in shared:
        yield from _undeclared_by(lacking.get(id(parameter), []), parameter, context)


def _strangers(context: Context, step: StepFacts) -> Iterator[Parameter]:
    """The parameters of a step that its operation does not declare."""
    operation = step.operation
    if operation is None:
        return
    slips = {id(slip.passed) for slip in _slips(step, operation, context.facts.workflow)}
    whole = any(parameter.location == "querystring" for parameter in step.parameters)
    for parameter in step.parameters:
        if parameter.location == "query" and whole:
            continue  # it has no place there, declared or not
        if parameter.location is None or id(parameter) in slips:
            continue
        if not is_declared(operation, parameter):
            yield parameter


def _undeclared_by(
    steps: list[StepFacts], parameter: Parameter, context: Context
) -> Iterator[Diagnostic]:
    """What is said of a workflow's parameter that the operations of `steps` do not declare."""
    operations = [(step, step.operation) for step in steps if step.operation is not None]
    calling = [step for step in context.steps() if step.operation is not None]
    if not operations:
        return
    first = _undeclared(*operations[0], parameter, parameter.location or "")
    if len(calling) == 1:
        yield first
        return
    what = f"{parameter.location} parameter `{parameter.name}`"
    if len(operations) == len(calling):
        message, hint = f"none of the {len(calling)} operations declares {what}", first.hint
    else:
        message = f"{len(operations)} of the {len(calling)} operations do not declare {what}"
        hint = "pass it in the steps whose operations do: to the others it is sent as written"
    notes = tuple(
        Related(step.calls.span, f"{each.title} declares none") for step, each in operations
    )
    yield found(rules.UNDECLARED_PARAMETER, first.span, message, hint, notes)


def is_declared(operation: Operation, parameter: Parameter) -> bool:
    """Whether the operation has a parameter: it declares it, or it is a header or a key that others state."""
    location = parameter.location or ""
    if operation.parameter(parameter.name, location) is not None:
        return True
    if _is_malformed(operation, parameter.name):
        return True
    if location == "header":
        known = parameter.name.lower() in _FROM_ELSEWHERE or _is_security(operation, parameter)
        return known or _has_cookies(operation, parameter)
    if location == "path":
        return parameter.name in PLACEHOLDER.findall(operation.path)
    return _is_security(operation, parameter)


def _has_cookies(operation: Operation, parameter: Parameter) -> bool:
    """Whether the parameter is the header that cookies go into, and the operation takes some."""
    return parameter.name.lower() == "cookie" and any(
        location == "cookie" for _, location in _places(operation)
    )


def _is_malformed(operation: Operation, name: str) -> bool:
    """Whether the description has a parameter of that name that could not be read, which is told there."""
    stated = operation.node.get("parameters")
    for each in stated.items() if stated is not None else ():
        found, location = each.get("name"), each.get("in")
        if found is not None and found.value == name and (location is None or not location.text):
            return True
    return False


def _is_security(operation: Operation, parameter: Parameter) -> bool:
    """Whether the parameter is a key that a security scheme describes."""
    return any(
        isinstance(scheme, ApiKey) and is_filled(scheme, [parameter])
        for alternative in operation.security
        for scheme in alternative
    )


def _key(name: str, location: str) -> str:
    """What tells a parameter from others at its place: headers are told apart without regard to case."""
    return name.lower() if location == "header" else name


def _undeclared(
    step: StepFacts, operation: Operation, parameter: Parameter, location: str
) -> Diagnostic:
    places = _places(operation)
    elsewhere = [place for name, place in places if name == parameter.name]
    near = closest(parameter.name, [name for name, place in places if place == location])
    if elsewhere:
        hint = f"it is declared `in: {elsewhere[0]}`"
    elif near is not None:
        hint = f"did you mean `{near}`?"
    elif location == "path":
        hint = f"the path is `{operation.path}`"
    else:
        hint = "it is sent as written; remove it, or add it to the description"
    message = f"{operation.title} declares no {location} parameter `{parameter.name}`"
    fix = _moved(step, parameter, operation) if elsewhere else None
    slip = "in" if elsewhere else "name" if near is not None else None
    node = field_of(parameter.node, slip) if slip is not None else None
    place = parameter.node if node is None else node
    return found(rules.UNDECLARED_PARAMETER, place.span, message, hint, fix=fix)


def _places(operation: Operation) -> list[tuple[str, str]]:
    """The names and places of what an operation takes: its parameters, and what security schemes describe."""
    schemes = (scheme for alternative in operation.security for scheme in alternative)
    return [
        *((each.name, each.location) for each in operation.parameters),
        *(slot_of(scheme) for scheme in schemes),
    ]


def _moved(step: StepFacts, parameter: Parameter, operation: Operation) -> Fix | None:
    """What mends `in`, where the parameter is declared at one other place and is not passed there."""
    places = {place for name, place in _places(operation) if name == parameter.name}
    passed = {p.location for p in step.parameters if p.name == parameter.name}
    node = field_of(parameter.node, "in")
    if node is None or len(places) != 1 or places & passed:
        return None
    return replaced(node, places.pop())


def check_required(context: Context) -> Iterator[Diagnostic]:
    """Every parameter that an operation requires is passed."""
    for step in context.steps():
        operation = step.operation
        if operation is None or has_unread_parameter(step, context.facts.workflow):
            continue
        passed = _passed(step, operation)
        slips = {
            id(each.declared): each for each in _slips(step, operation, context.facts.workflow)
        }
        for declared in _lacking(step, operation):
            yield _missing(step, operation, declared, slips.get(id(declared)))
        for parameter in step.parameters:
            if parameter.location == "path" and _is_nothing(operation, parameter):
                message = f"path parameter `{parameter.name}` is given nothing"
                hint = "give it a value: a path cannot do without"
                yield found(rules.MISSING_PARAMETER, parameter.value.span, message, hint)
            elif _leads_out(operation, parameter):
                message = f"path parameter `{parameter.name}` leads out of the path"
                hint = "remove the segments `.` and `..`"
                yield found(rules.MISSING_PARAMETER, parameter.value.span, message, hint)
        for name in PLACEHOLDER.findall(operation.path):
            if (name, "path") not in passed and operation.parameter(name, "path") is None:
                message = f"{operation.title} has `{{{name}}}` in its path, which nothing fills"
                hint = f"pass the parameter `{name}` with `in: path`"
                yield found(rules.MISSING_PARAMETER, step.calls.span, message, hint)


def _is_nothing(operation: Operation, parameter: Parameter) -> bool:
    """Whether a path is given nothing; styles `label` and `matrix` write something around empty text."""
    declared = operation.parameter(parameter.name, "path")
    around = declared is not None and declared.style in ("label", "matrix")
    return parameter.value.value in ([], {}) or (parameter.value.value == "" and not around)


def _leads_out(operation: Operation, parameter: Parameter) -> bool:
    """Whether the document itself states `.` or `..` for a part of several segments."""
    stated = parameter.value.value
    return (
        parameter.location == "path"
        and f"{{+{parameter.name}}}" in operation.path
        and isinstance(stated, str)
        and not {".", ".."}.isdisjoint(map(unquote, stated.split("/")))
    )


def has_unread_parameter(step: StepFacts, workflow: Workflow) -> bool:
    """Whether a parameter could not be read, which has been reported: it may be the one that misses."""
    if any(parameter.location is None for parameter in step.parameters):
        return True
    holders = ((step.step.node, step.step.parameters), (workflow.node, workflow.parameters))
    return any(
        not isinstance(stated.value, list) or len(stated.value) > len(read)
        for node, read in holders
        if (stated := field_of(node, "parameters")) is not None
    )


def _passed(step: StepFacts, operation: Operation) -> set[tuple[str, str | None]]:
    """What a step passes, and what its path or a keyword fills; headers in lower case."""
    credentials = {
        (_key(scheme.parameter, scheme.location), scheme.location)
        for scheme in unfilled(operation, step.parameters)
        if isinstance(scheme, ApiKey)
    }
    stated = {(_key(p.name, p.location or ""), p.location) for p in step.parameters}
    return {*stated, *credentials, *((name, "query") for name, _ in operation.query)}


def _lacking(step: StepFacts, operation: Operation) -> Iterator[OperationParameter]:
    """The parameters that are required and not passed."""
    passed = _passed(step, operation)
    for declared in operation.parameters:
        name = declared.name.lower() if declared.location == "header" else declared.name
        ignored = declared.location == "header" and name in _FROM_ELSEWHERE
        if declared.required and not ignored and (name, declared.location) not in passed:
            yield declared


@dataclass(frozen=True, slots=True)
class _Slip:
    """A parameter that is passed in the place of a required one.

    Attributes:
        node: What is wrong about it.
        hint: What to write there.
        instead: The right text.
    """

    declared: OperationParameter
    passed: Parameter
    node: Node
    hint: str
    instead: str


def _slips(step: StepFacts, operation: Operation, workflow: Workflow) -> Iterator[_Slip]:
    """Required parameters that are passed at another place, or under a name with a slip."""
    if has_unread_parameter(step, workflow):
        return
    strangers = [p for p in step.parameters if p.location and not is_declared(operation, p)]
    for declared in _lacking(step, operation):
        for passed in strangers:
            node = field_of(passed.node, "in")
            if passed.name == declared.name and node is not None:
                hint = f"it was passed `in: {passed.location}`; write `in: {declared.location}`"
                yield _Slip(declared, passed, node, hint, declared.location)
                break
        else:
            same_place = {p.name: p for p in strangers if p.location == declared.location}
            near = closest(declared.name, same_place)
            node = field_of(same_place[near].node, "name") if near is not None else None
            if near is not None and node is not None:
                hint = f"`{near}` was passed; did you mean `{declared.name}`?"
                yield _Slip(declared, same_place[near], node, hint, declared.name)


def _missing(
    step: StepFacts, operation: Operation, declared: OperationParameter, slip: _Slip | None
) -> Diagnostic:
    message = f"{operation.title} requires {declared.location} parameter `{declared.name}`"
    if slip is not None:
        sure = slip.instead == declared.location or surely(slip.passed.name, [declared.name])
        fix = replaced(slip.node, slip.instead) if sure else None
        return found(rules.MISSING_PARAMETER, slip.node.span, message, slip.hint, fix=fix)
    hint = f"pass the parameter `{declared.name}` with `in: {declared.location}`"
    return found(rules.MISSING_PARAMETER, step.calls.span, message, hint)


def check_bodies(context: Context) -> Iterator[Diagnostic]:
    """A body where one is required, and of a type that is declared."""
    for step in context.steps():
        operation = step.operation
        if operation is None:
            continue
        body = step.step.request_body
        if (
            operation.body is not None
            and operation.body.required
            and (body is None or body.payload is None)
            and not _has_unread_body(step)
        ):
            message = f"{operation.title} requires a request body"
            hint = "add a `requestBody` with a `payload`"
            yield found(rules.MISSING_BODY, step.calls.span, message, hint)
        if body is not None and "*" in (body.content_type or ""):
            yield from _ranged(step, body)
        elif body is not None and (names := other_types(step)):
            listed = ", ".join(f"`{name}`" for name in names)
            sent = content_type(step).partition(";")[0].strip().lower()
            message = f"{operation.title} does not take `{sent}`"
            node = field_of(body.node, "contentType") or body.node
            told = found(rules.UNDECLARED_CONTENT_TYPE, node.span, message, f"it takes {listed}")
            if refused_body(step, context.before(step)) is not None:
                message = f"{message}, which cannot be made of the payload"
                told = replace(told, severity=Severity.ERROR, message=message)
            yield told


def _ranged(step: StepFacts, body: RequestBody) -> Iterator[Diagnostic]:
    node, sent = body.node.get("contentType"), content_type(step)
    if node is not None:
        message = f"`{body.content_type}` is a range of media types, and `{sent}` is sent"
        fix = replaced(node, sent)
        yield found(wild.RANGE_AS_TYPE, node.span, message, f"write `{sent}`", fix=fix)


def _has_unread_body(step: StepFacts) -> bool:
    return step.step.request_body is None and field_of(step.step.node, "requestBody") is not None


def check_absent_values(context: Context) -> Iterator[Diagnostic]:
    """No request needs a value that may not be there."""
    told: set[str] = set()
    for step in context.steps():
        for node, need in _needs(context, step):
            root = _root(need.value)
            if not need.value.absent or is_doubtful(need.value, context.doubtful):
                continue  # null is a value that callers and servers choose, not one that is missing
            if not isinstance(root, Argument) or not root.absent:
                message = f"`{need.text}` may have no value, and {need.place} needs one"
                schema = "the input's" if isinstance(root, Argument) else "the response's"
                hint = f"require it in {schema} schema, or change the flow: without it the"
                hint += " function stops before the request"
                yield found(reference.POSSIBLY_SKIPPED, node.span, message, hint)
            elif root.name not in told:
                told.add(root.name)
                yield from _optional_input(context, step, root, need)


def _needs(context: Context, step: StepFacts) -> Iterator[tuple[Node, Need]]:
    view = context.before(step)
    for parameter in step.parameters:
        value = value_of(parameter.value, view).value
        if value is not None and step.operation is not None:
            for need in parameter_needs(step.operation, parameter, value, view.facts.types):
                yield parameter.value, need
    body = step.step.request_body
    if body is not None and body.payload is not None:
        payload = payload_of(step, view)
        value = payload.value if payload is not None else None
        for need in body_needs(step, value, view.facts.types) if value is not None else ():
            yield body.payload, need


def _root(value: Value) -> Value:
    match value:
        case Member(base) | Picked(base):
            return _root(base)
        case Chosen(_, chosen):
            return _root(chosen)
        case _:
            return value


def _optional_input(
    context: Context, step: StepFacts, argument: Argument, need: Need
) -> Iterator[Diagnostic]:
    """One finding an input, where it is declared."""
    for fact in context.facts.inputs.values():
        if fact.argument == argument:
            place = f"{need.place} of step `{step.step.step_id}`"
            message = f"input `{fact.name}` is optional, but {place} needs it"
            hint = f"add `{fact.name}` to the `required` of the inputs"
            node = fact.node
            yield found(reference.OPTIONAL_INPUT_NEEDED, node.key_span, message, hint)
