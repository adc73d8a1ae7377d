"""Kinds of media types, by their names."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["BodyKind", "body_kind", "is_xml", "takes_json"]

BodyKind: TypeAlias = Literal["json", "form", "multipart", "text", "binary"]


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
