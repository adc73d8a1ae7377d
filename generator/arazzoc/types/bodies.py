"""How a step's request body is serialised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

from arazzoc.model.openapi import MediaType
from arazzoc.types.facts import StepFacts
from arazzoc.types.media_kinds import body_kind

__all__ = ["content_type", "media_of"]

_JSON: Final = "application/json"
_IN_RANGES: Final[Mapping[str, str]] = {
    "application/*+json": _JSON,
    "application/*+xml": "application/xml",
    "text/*": "text/plain",
    "multipart/*": "multipart/form-data",
}


def content_type(step: StepFacts) -> str:
    """The body's content type: the step's, else the operation's only one, else its JSON one.

    What a description states is sent with its parameters. Where neither says anything: JSON, which is what a
    payload that is written as an object means. No request
    can say a range such as `*/*`: one of the types that it stands for is sent.
    """
    body = step.step.request_body
    content = _content(step)
    if body is not None and body.content_type is not None:
        wanted, suffix = body.content_type, ""
    elif len(content) == 1:
        wanted, suffix = content[0].name, content[0].suffix
    else:
        found = [media for media in content if body_kind(media.name) == "json"]
        media = min(found, key=lambda each: each.name != _JSON, default=None)
        wanted, suffix = (_JSON, "") if media is None else (media.name, media.suffix)
    return f"{wanted}{suffix}" if "*" not in wanted else _within(wanted, _named(wanted, content))


def media_of(step: StepFacts) -> MediaType | None:
    """What the operation declares for the content type of the step's body, by its name or by a range."""
    sent = content_type(step).partition(";")[0].strip().lower()
    content = _content(step)
    ranges = [media for media in content if "*" in media.name and fnmatchcase(sent, media.name)]
    return _named(sent, content) or min(ranges, key=lambda each: -len(each.name), default=None)


def _content(step: StepFacts) -> tuple[MediaType, ...]:
    declared = step.operation.body if step.operation is not None else None
    return declared.content if declared is not None else ()


def _named(name: str, content: Iterable[MediaType]) -> MediaType | None:
    return next((media for media in content if media.name == name.lower()), None)


def _within(span: str, media: MediaType | None) -> str:
    """The media type to send where a range is stated: JSON, unless it or its schema says something else."""
    plain = span.partition(";")[0].strip().lower()
    known = _IN_RANGES.get(plain)
    if known is not None:
        return known
    type_ = media.schema.get("type") if media is not None and media.schema is not None else None
    structured = plain in ("*/*", "application/*") and (type_ is None or type_.text != "string")
    return _JSON if structured else "application/octet-stream"
