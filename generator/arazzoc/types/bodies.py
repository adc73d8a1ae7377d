"""How a step's request body is serialised."""

from __future__ import annotations

from typing import Literal, TypeAlias

from arazzoc.types.facts import StepFacts

__all__ = ["BodyKind", "body_kind", "content_type", "is_xml", "takes_json"]

BodyKind: TypeAlias = Literal["json", "form", "multipart", "text", "binary"]


def content_type(step: StepFacts) -> str:
    """The body's content type: the step's, else the operation's only one, else its JSON one.

    Where neither says anything: JSON, which is what a payload that is written as an object means.
    """
    body = step.step.request_body
    if body is not None and body.content_type is not None:
        return body.content_type
    declared = step.operation.body if step.operation is not None else None
    names = [media.name for media in declared.content] if declared is not None else []
    if len(names) == 1:
        return names[0]
    return next((name for name in names if body_kind(name) == "json"), "application/json")


def is_xml(name: str) -> bool:
    """Whether the media type `name` is of XML (RFC 7303; parameters are ignored)."""
    return name.partition(";")[0].strip().lower().endswith(("/xml", "+xml"))


def body_kind(name: str) -> BodyKind:
    """How a payload becomes a body of the media type `name` (parameters are ignored)."""
    plain = name.partition(";")[0].strip().lower()
    if plain.endswith(("/json", "+json")):
        return "json"
    if plain == "application/x-www-form-urlencoded":
        return "form"
    if plain.startswith("text/") or plain.endswith(("/xml", "+xml", "/yaml", "+yaml", "/x-yaml")):
        return "text"
    return "multipart" if plain.startswith("multipart/") else "binary"


def takes_json(name: str) -> bool:
    """Whether JSON is text of the media type `name`: plain text, and YAML, which has all of JSON."""
    plain = name.partition(";")[0].strip().lower()
    is_yaml = plain.endswith(("/yaml", "+yaml", "/x-yaml"))
    return body_kind(plain) == "json" or is_yaml or plain == "text/plain"
