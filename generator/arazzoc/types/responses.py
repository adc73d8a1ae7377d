"""What a step's response is known to hold when the step has succeeded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.expr.condition_parser import parse_condition
from arazzoc.model.arazzo import Criterion, Step
from arazzoc.model.openapi import MediaType, OperationResponse
from arazzoc.types.bodies import body_kind, is_xml
from arazzoc.types.exchange import ResponseBody
from arazzoc.types.facts import StepFacts
from arazzoc.types.model import ANY, BYTES, STR, ListType, MapType, Record, Type
from arazzoc.types.schema import SchemaTypes, union, without_none
from arazzoc.types.statuses import statuses_of
from arazzoc.types.value import Value

_PART: Final = re.compile(r"\$response\.body[#.\[]")
"""An expression that leads into the body."""

__all__ = [
    "as_described",
    "asked_for",
    "body_type",
    "expected_responses",
    "header_fact",
    "is_any",
    "is_json",
    "success_statuses",
]


def body_type(step: StepFacts, types: SchemaTypes) -> Type | None:
    """The type of the parsed body once the step has succeeded; None where nothing is promised."""
    responses = expected_responses(step)
    found: list[Type] = []
    for response in responses:
        type_ = _json(response, step, types)
        if type_ is None:
            return None
        found.append(type_)
    return union(found) if found else None


def as_described(value: Value | None, step: StepFacts, types: SchemaTypes) -> Value | None:
    """The value of an output: the whole body is bytes where the description knows of nothing else.

    Of a response that a step succeeds with, that is; criteria judge others too.
    """
    if not isinstance(value, ResponseBody) or value.type != ANY:
        return value
    found = [media for response in expected_responses(step) for media in response.content]
    described = all(response.content for response in expected_responses(step))
    if not found or not described or not all(_is_file(media, types) for media in found):
        return value
    return ResponseBody(BYTES, absent=True)


def _is_file(media: MediaType, types: SchemaTypes) -> bool:
    """Whether a body of the media type is bytes: it is neither JSON nor text, and no object by its schema."""
    if "*" in media.name or body_kind(media.name) != "binary":
        return False
    return media.schema is None or without_none(types.of(media.schema, "")) in (ANY, BYTES, STR)


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


def asked_for(step: StepFacts) -> str | None:
    """The media type that an `Accept` header has to ask for; None where there is none to choose.

    A description leaves that header to whoever sends the request (OpenAPI 3.1.1, Parameter Object). Where the
    step's response can be JSON or something else, it is JSON that pointers and queries lead into; XML, where
    the step has an XPath.
    """
    if _states_accept(step):
        return None
    for response in expected_responses(step):
        media = _chosen(response, step)
        if media is not None and len(response.content) > 1:
            return media.name
    return None


def _states_accept(step: StepFacts) -> bool:
    return any(
        each.location == "header" and each.name.lower() == "accept" for each in step.parameters
    )


def _chosen(response: OperationResponse, step: StepFacts) -> MediaType | None:
    """The media type of JSON that a response is asked for, or of XML for an XPath; None where it has none.

    Where it may as well be a file, and the step reads no part of it, a file may be what is meant.
    """
    fits = is_xml if _has_xpath(step) else is_json
    files = any(body_kind(media.name) == "binary" for media in response.content)
    if files and not _reads_parts(step):
        return None
    found = [media for media in response.content if fits(media.name)]
    return min(found, key=lambda each: "+" in each.name, default=None)


def _reads_parts(step: StepFacts) -> bool:
    """Whether outputs or criteria of the step lead into the body."""
    criteria = list(_criteria(step))
    texts = [output.text for output in step.step.outputs.values()]
    texts += [each.condition.text for each in criteria]
    queried = any(each.type in ("jsonpath", "xpath") for each in criteria)
    return queried or any(text is None or _PART.search(text) for text in texts)


def _has_xpath(step: StepFacts) -> bool:
    selectors = (output.at(("type",)) for output in step.step.outputs.values())
    stated = (each.get("type") or each for each in selectors if each is not None)
    return any(each.type == "xpath" for each in _criteria(step)) or any(
        each.text == "xpath" for each in stated
    )


def _criteria(step: StepFacts) -> Iterator[Criterion]:
    yield from step.step.success_criteria
    for action in step.actions:
        yield from action.criteria


def is_json(name: str) -> bool:
    """Whether a media type is JSON."""
    return name.endswith(("/json", "+json"))


def is_any(name: str) -> bool:
    """Whether a media type is a range: descriptions that are made from code often have no other."""
    return name in ("*/*", "application/*")


def _json(response: OperationResponse, step: StepFacts, types: SchemaTypes) -> Type | None:
    """The type of a response's JSON, where it is surely JSON: it has no other type, or is asked for JSON."""
    if len(response.content) != 1:
        media = None if _states_accept(step) else _chosen(response, step)
    else:
        (media,) = response.content
    if media is None or media.schema is None:
        return None
    type_ = types.of(media.schema, "")
    if without_none(type_) == BYTES:
        return None
    structured = is_any(media.name) and isinstance(
        types.content(type_), Record | MapType | ListType
    )
    return type_ if is_json(media.name) or structured else None
