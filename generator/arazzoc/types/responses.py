"""What a step's response is known to hold when the step has succeeded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from arazzoc.expr.condition_parser import parse_condition
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Criterion, FailureAction, Parameter, Step, SuccessAction
from arazzoc.model.openapi import MediaType, Operation, OperationResponse
from arazzoc.types.exchange import ResponseBody
from arazzoc.types.media_kinds import body_kind, is_xml
from arazzoc.types.model import ANY, BYTES, STR, ListType, MapType, Record, Type
from arazzoc.types.schema import SchemaTypes, union, without_none
from arazzoc.types.statuses import statuses_of
from arazzoc.types.value import Value

_PART: Final = re.compile(r"\$response\.body[#.\[]")
"""An expression that leads into the body."""

_Action: TypeAlias = SuccessAction | FailureAction

__all__ = [
    "Expected",
    "as_described",
    "body_type",
    "expected",
    "header_fact",
    "is_any",
    "is_json",
]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a description says of the response of a step that has succeeded.

    Attributes:
        responses: Those that the step can succeed with; none where one is not described.
        read_as: The media type of each that pointers and queries lead into; None where there is none.
        accept: The media type that an `Accept` header has to ask for; None where there is none to choose.
    """

    responses: tuple[OperationResponse, ...] = ()
    read_as: tuple[MediaType | None, ...] = ()
    accept: str | None = None


def expected(
    step: Step,
    operation: Operation | None,
    parameters: Sequence[Parameter],
    actions: Sequence[_Action],
) -> Expected:
    """What the response of a step can be once the step has succeeded.

    A description leaves the `Accept` header to whoever sends the request (OpenAPI 3.1.1, Parameter Object).
    Where the response can be JSON or something else, it is JSON that pointers and queries lead into; XML,
    where the step has an XPath.

    Args:
        step: The step.
        operation: What it calls; None where that is not known.
        parameters: All that it passes.
        actions: All that apply to it.
    """
    responses = tuple(_expected_responses(step, operation))
    criteria = [*step.success_criteria, *(each for action in actions for each in action.criteria)]
    reading = _Reading(_has_xpath(step, criteria), _reads_parts(step, criteria))
    chosen = [_chosen(response, reading) for response in responses]
    if any(each.location == "header" and each.name.lower() == "accept" for each in parameters):
        chosen = [None for _ in responses]
    read_as = (
        response.content[0] if len(response.content) == 1 else media
        for response, media in zip(responses, chosen, strict=True)
    )
    accepts = (
        media.name
        for response, media in zip(responses, chosen, strict=True)
        if media is not None and len(response.content) > 1
    )
    return Expected(responses, tuple(read_as), next(accepts, None))


def body_type(known: Expected, types: SchemaTypes) -> Type | None:
    """The type of the parsed body once the step has succeeded; None where nothing is promised."""
    found: list[Type] = []
    for media in known.read_as:
        type_ = _json(media, types)
        if type_ is None:
            return None
        found.append(type_)
    return union(found) if found else None


def as_described(value: Value | None, known: Expected, types: SchemaTypes) -> Value | None:
    """The value of an output: the whole body is bytes where the description knows of nothing else.

    Of a response that a step succeeds with, that is; criteria judge others too.
    """
    if not isinstance(value, ResponseBody) or value.type != ANY:
        return value
    found = [media for response in known.responses for media in response.content]
    described = all(response.content for response in known.responses)
    if not found or not described or not all(_is_file(media, types) for media in found):
        return value
    return ResponseBody(BYTES, absent=True)


def _is_file(media: MediaType, types: SchemaTypes) -> bool:
    """Whether a body of the media type is bytes: it is neither JSON nor text, and no object by its schema."""
    if "*" in media.name or body_kind(media.name) != "binary":
        return False
    return media.schema is None or without_none(types.of(media.schema, "")) in (ANY, BYTES, STR)


def header_fact(known: Expected, name: str) -> bool:
    """Whether every response of the succeeded step promises the header `name`."""
    wanted = name.lower()
    return bool(known.responses) and all(
        any(header.name.lower() == wanted and header.required for header in response.headers)
        for response in known.responses
    )


def _success_statuses(step: Step) -> frozenset[int] | None:
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


def _expected_responses(step: Step, operation: Operation | None) -> list[OperationResponse]:
    """The responses that the step can succeed with; none where one is not described."""
    if operation is None:
        return []
    statuses = _success_statuses(step)
    if statuses is None:
        described = [r for r in operation.responses if r.status.startswith("2")]
        if step.success_criteria or not described:
            described = list(operation.responses)
        return described
    found = [operation.response(status) for status in sorted(statuses)]
    return [response for response in found if response is not None] if all(found) else []


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a step reads the body of its response: by an XPath, and in parts."""

    by_xpath: bool
    in_parts: bool


def _chosen(response: OperationResponse, reading: _Reading) -> MediaType | None:
    """The media type of JSON that a response is asked for, or of XML for an XPath; None where it has none.

    Where it may as well be a file, and the step reads no part of it, a file may be what is meant.
    """
    fits = is_xml if reading.by_xpath else is_json
    files = any(body_kind(media.name) == "binary" for media in response.content)
    if files and not reading.in_parts:
        return None
    found = [media for media in response.content if fits(media.name)]
    return min(found, key=lambda each: "+" in each.name, default=None)


def _reads_parts(step: Step, criteria: Sequence[Criterion]) -> bool:
    """Whether outputs or criteria of the step lead into the body."""
    texts = [output.text for output in step.outputs.values()]
    texts += [each.condition.text for each in criteria]
    queried = any(each.type in ("jsonpath", "xpath") for each in criteria)
    return queried or any(text is None or _PART.search(text) for text in texts)


def _has_xpath(step: Step, criteria: Sequence[Criterion]) -> bool:
    selectors = (output.at(("type",)) for output in step.outputs.values())
    stated = (each.get("type") or each for each in selectors if each is not None)
    return any(each.type == "xpath" for each in criteria) or any(
        each.text == "xpath" for each in stated
    )


def is_json(name: str) -> bool:
    """Whether a media type is JSON."""
    return name.endswith(("/json", "+json"))


def is_any(name: str) -> bool:
    """Whether a media type is a range: descriptions that are made from code often have no other."""
    return name in ("*/*", "application/*")


def _json(media: MediaType | None, types: SchemaTypes) -> Type | None:
    """The type of a response's JSON, where it is surely JSON: it has no other type, or is asked for JSON."""
    if media is None or media.schema is None:
        return None
    type_ = types.of(media.schema, "")
    if without_none(type_) == BYTES:
        return None
    structured = is_any(media.name) and isinstance(
        types.content(type_), Record | MapType | ListType
    )
    return type_ if is_json(media.name) or structured else None
