"""Reads how the members of forms are written: Encoding Objects, and the fields of forms in OpenAPI 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.model.openapi import Encoding, Style
from arazzoc.model.operation_reading import OperationReading, flag, text_of
from arazzoc.runtime.styles import header_list
from arazzoc.source.node import Node

__all__ = ["COLLECTION_STYLES", "encoding_of", "legacy_encoding_of"]

_MEDIA_TYPE: Final = re.compile(r"[\w.+-]+/[\w.+-]+(?: *;[ !-~]*)?", re.ASCII)
"""A media type without wildcards, which says what is sent."""
_STYLES: Final[dict[str, Style]] = {
    "form": "form",
    "spaceDelimited": "spaceDelimited",
    "pipeDelimited": "pipeDelimited",
    "deepObject": "deepObject",
}
COLLECTION_STYLES: Final[dict[str, Style]] = {
    "csv": "form",
    "ssv": "spaceDelimited",
    "tsv": "tabDelimited",
    "pipes": "pipeDelimited",
    "multi": "form",
}
"""OpenAPI 2.0's collection formats as styles of a query."""
_URL_ENCODED: Final = "application/x-www-form-urlencoded"
_OWN_HEADERS: Final = ("content-type", "content-disposition")
"""Headers of a part that nothing but its value and its name decide."""
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_TEXT: Final = re.compile(r"[ -~]*")


def encoding_of(node: Node, media: str, reading: OperationReading) -> Encoding:
    """An Encoding Object of a body of type `media`; what is wrong in it counts as not stated.

    A style is heeded in URL-encoded forms, and since OpenAPI 3.1 in `multipart/form-data`.
    """
    stated = (text_of(node, "contentType") or "").split(",")
    types = [name.strip() for name in stated if _MEDIA_TYPE.fullmatch(name.strip())]
    style, explode = text_of(node, "style"), node.get("explode")
    is_styled = any(node.get(key) is not None for key in ("style", "explode", "allowReserved"))
    is_heeded = media == _URL_ENCODED or (
        media == "multipart/form-data" and reading.dialect not in ("2.0", "3.0")
    )
    return Encoding(
        types[0] if types else None,
        _STYLES.get(style or "form", "form") if is_styled and is_heeded else None,
        explode.value is True if explode is not None else style in (None, "form"),
        flag(node, "allowReserved"),
        headers=tuple(_headers(node, reading)) if media.startswith("multipart/") else (),
    )


def _headers(node: Node, reading: OperationReading) -> Iterator[tuple[str, str]]:
    """The headers of a part whose value the description fixes, in style `simple`: nothing else states one."""
    for name, member in reading.members(node, "headers"):
        header = reading.follow(member)
        schema = header.get("schema") if header is not None else None
        target = reading.follow(schema) if schema is not None else None
        if header is None or target is None or name.lower() in _OWN_HEADERS:
            continue
        value = _fixed(target, required=flag(header, "required"))
        text = None if value is None else header_list(value, explode=flag(header, "explode"))
        if text and _HEADER_NAME.fullmatch(name) and _HEADER_TEXT.fullmatch(text):
            yield name, text


def _fixed(schema: Node, *, required: bool) -> object:
    """The only value that a schema takes, else the default of a header that has to be there; else None."""
    if not isinstance(schema.value, dict):
        return None
    only, choices, default = (schema.get(key) for key in ("const", "enum", "default"))
    if only is not None:
        return only.value
    if choices is not None and isinstance(choices.value, list) and len(choices.value) == 1:
        return choices.value[0]
    return default.value if required and default is not None else None


def legacy_encoding_of(node: Node) -> Encoding:
    """A form's field of OpenAPI 2.0."""
    form = text_of(node, "collectionFormat") or "csv"
    style = COLLECTION_STYLES.get(form, "form") if text_of(node, "type") == "array" else None
    return Encoding(style=style, explode=form == "multi", schema=node)
