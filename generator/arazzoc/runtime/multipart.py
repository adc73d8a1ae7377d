"""Forms with files: `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arazzoc.runtime.embedding import json_text, text
from arazzoc.runtime.files import Upload
from arazzoc.runtime.shapes import is_array, is_object, items_of

__all__ = ["Multipart", "Part", "members_as_parts", "multipart"]


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a form.

    Attributes:
        value: A list is one part an item; None is left out.
        content_type: None leaves it to the value.
        is_file: Whether it gets a file name; bytes always do.
    """

    name: str
    value: Any = field(repr=False)
    content_type: str | None = None
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Multipart:
    """A body of type `multipart/form-data`."""

    content: bytes = field(repr=False)
    boundary: str

    @property
    def content_type(self) -> str:
        """The header that goes with the body."""
        return f"multipart/form-data; boundary={self.boundary}"


def multipart(*parts: Part) -> Multipart:
    """The body with all parts, in order; the same parts give the same body.

    Raises:
        ValueError: A value holds a number that JSON cannot state.
    """
    written = [_part_bytes(part, item) for part in parts for item in items_of(part.value)]
    boundary = hashlib.sha256(b"".join(written)).hexdigest()[:32]
    while any(boundary.encode() in content for content in written):
        boundary = hashlib.sha256(boundary.encode()).hexdigest()[:32]
    delimiter = f"--{boundary}".encode()
    body = b"".join(delimiter + b"\r\n" + content + b"\r\n" for content in written)
    return Multipart(body + delimiter + b"--\r\n", boundary)


def members_as_parts(members: Mapping[str, Any]) -> list[Part]:
    """A part for each member."""
    return [Part(name, value) for name, value in members.items()]


def _part_bytes(part: Part, item: Any) -> bytes:
    """A part's headers and content."""
    is_file = part.is_file or isinstance(item, bytes | Upload)
    content_type = part.content_type
    if content_type is None and is_file:
        content_type = "application/octet-stream"
    elif content_type is None and (is_object(item) or is_array(item)):
        content_type = "application/json"
    disposition = f'Content-Disposition: form-data; name="{_quoted_name(part.name)}"'
    if is_file:
        named = item.name if isinstance(item, Upload) else None
        disposition += f'; filename="{_quoted_name(named or part.name)}"'
    headers = [disposition, *([f"Content-Type: {content_type}"] if content_type else [])]
    return "\r\n".join([*headers, "", ""]).encode() + _part_content(item, content_type or "")


def _part_content(item: Any, content_type: str) -> bytes:
    if isinstance(item, Upload):
        return item.content
    if isinstance(item, bytes):
        return item
    is_json = content_type.partition(";")[0].strip().endswith(("/json", "+json"))
    return (json_text(item) if is_json else text(item)).encode()


def _quoted_name(value: str) -> str:
    """`value` between double quotes, as browsers escape what would end it (RFC 7578, 4.2, and HTML)."""
    return value.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
