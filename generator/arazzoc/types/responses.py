"""What a step's response is known to hold when the step has succeeded."""

from __future__ import annotations

from arazzoc.expr.condition_parser import parse_condition
from arazzoc.model.arazzo import Step
from arazzoc.model.openapi import MediaType, OperationResponse
from arazzoc.types.facts import StepFacts
from arazzoc.types.model import Type
from arazzoc.types.schema import SchemaTypes, union
from arazzoc.types.statuses import statuses_of

__all__ = ["body_type", "expected_responses", "header_fact", "success_statuses"]


def body_type(step: StepFacts, types: SchemaTypes) -> Type | None:
    """The type of the parsed body once the step has succeeded; None where nothing is promised."""
    responses = expected_responses(step)
    found: list[Type] = []
    for response in responses:
        media = _json(response)
        if media is None or media.schema is None:
            return None
        found.append(types.of(media.schema, ""))
    return union(found) if found else None


def header_fact(step: StepFacts | None, name: str) -> bool:
    """Whether every response of the succeeded step promises the header `name`."""
    responses = expected_responses(step) if step is not None else []
    wanted = name.lower()
    return bool(responses) and all(
        any(header.name.lower() == wanted and header.required for header in response.headers)
        for response in responses
    )


def success_statuses(step: Step) -> frozenset[int] | None:
    """The statuses that the success criteria allow; None where they do not name them.

    Only plain criteria such as `$statusCode == 200` are understood: they are what real documents have.
    """
    allowed: frozenset[int] | None = None
    for criterion in step.success_criteria:
        if criterion.type != "simple" or criterion.condition.text is None:
            continue
        named = statuses_of(parse_condition(criterion.condition.text))
        if named is not None:
            allowed = named if allowed is None else allowed & named
    return allowed


def expected_responses(step: StepFacts) -> list[OperationResponse]:
    """The responses that the step can succeed with; none where one is not described."""
    operation = step.operation
    if operation is None:
        return []
    statuses = success_statuses(step.step)
    if statuses is None:
        described = [r for r in operation.responses if r.status.startswith("2")]
        if step.step.success_criteria or not described:
            described = list(operation.responses)
        return described
    found = [operation.response(status) for status in sorted(statuses)]
    return [response for response in found if response is not None] if all(found) else []


def _json(response: OperationResponse) -> MediaType | None:
    """The JSON media type, where the response has no other."""
    if len(response.content) != 1:
        return None
    (media,) = response.content
    name = media.name
    return media if name.endswith(("/json", "+json")) else None
