"""Bodies of several parts: `multipart/form-data` (RFC 7578), and other multipart types (RFC 2046)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from arazzoc.runtime.embedding import (
    UNWRITABLE,
    json_text,
    refusal,
    text,
    unstructured,
)
from arazzoc.runtime.files import Upload
from arazzoc.runtime.shapes import is_array, is_object, items_of

__all__ = ["Multipart", "Part", "members_as_parts", "multipart", "pairs_as_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a form.

    Attributes:
        value: A list is one part an item; None is left out.
        content_type: None leaves it to the value.
        is_file: Whether it gets a file name; bytes always do.
        headers: Further ones.
    """

    name: str
    value: Any = field(repr=False)
    content_type: str | None = None
    is_file: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Multipart:
    """A body of several parts.

    Attributes:
        media: Its type, without the boundary.
    """

    content: bytes = field(repr=False)
    boundary: str
    media: str

    @property
    def content_type(self) -> str:
        """The header that goes with the body."""
        return f"{self.media}; boundary={self.boundary}"


def multipart(*parts: Part, media: str = "multipart/form-data") -> Multipart:
    """The body with all parts, in order; the same parts give the same body.

    Parts of every media type have names; who reads them in their order need not look at those. The header of
    `multipart/related` states the type of the first part (RFC 2387).

    Raises:
        ValueError: A value cannot be written in a part of its type. The message shows its name alone.
    """
    items = [(part, item) for part in parts for item in items_of(part.value)]
    written = [_part_bytes(part, item) for part, item in items]
    boundary = hashlib.sha256(b"".join(written)).hexdigest()[:32]
    while any(boundary.encode() in content for content in written):
        boundary = hashlib.sha256(boundary.encode()).hexdigest()[:32]
    delimiter = f"--{boundary}".encode()
    body = b"".join(delimiter + b"\r\n" + content + b"\r\n" for content in written)
    if media == "multipart/related" and items:
        media += f'; type="{_content_type(*items[0]) or "text/plain"}"'
    return Multipart(body + delimiter + b"--\r\n", boundary, media)


def members_as_parts(members: object, *but: str) -> list[Part]:
    """A part for each member but those of some names.

    Raises:
        ValueError: They are no object.
    """
    if not is_object(members):
        raise ValueError("a body of several parts needs an object")
    return [Part(name, value) for name, value in members.items() if name not in but]


def pairs_as_parts(
    pairs: Iterable[tuple[str, Any]], headers: Mapping[str, str] | None = None
) -> list[Part]:
    """A part for each name and value."""
    return [Part(name, value, headers=headers or {}) for name, value in pairs]


def _content_type(part: Part, item: Any) -> str | None:
    """The type of a part; None where it is text, which needs none."""
    if part.content_type is None and (part.is_file or isinstance(item, bytes | Upload)):
        return "application/octet-stream"
    if part.content_type is None and (is_object(item) or is_array(item)):
        return "application/json"
    return part.content_type


def _part_bytes(part: Part, item: Any) -> bytes:
    """A part's headers and content."""
    try:
        return _part_head(part, item) + _part_content(part, item)
    except UNWRITABLE as error:
        raise ValueError(refusal(error, part.name)) from error


def _part_head(part: Part, item: Any) -> bytes:
    is_file = part.is_file or isinstance(item, bytes | Upload)
    content_type = _content_type(part, item)
    disposition = f'Content-Disposition: form-data; name="{_quoted_name(part.name)}"'
    if is_file:
        named = item.name if isinstance(item, Upload) else None
        disposition += f'; filename="{_quoted_name(named or part.name)}"'
    headers = [
        disposition,
        *([f"Content-Type: {content_type}"] if content_type else []),
    ]
    headers += [f"{name}: {value}" for name, value in part.headers.items()]
    return "\r\n".join([*headers, "", ""]).encode()


def _part_content(part: Part, item: Any) -> bytes:
    """What the part holds: text for a file is the file, whatever its type is."""
    if isinstance(item, Upload):
        return item.content
    if isinstance(item, bytes):
        return item
    if part.is_file and isinstance(item, str):
        return item.encode()
    media = (_content_type(part, item) or "").partition(";")[0].strip()
    if media.endswith(("/json", "+json")):
        return json_text(item).encode()
    structured = media in ("", "text/plain") or media.endswith(
        ("/yaml", "+yaml", "/x-yaml")
    )
    return text(unstructured(item, structured=structured)).encode()


def _quoted_name(value: str) -> str:
    """`value` between double quotes, as browsers escape what would end it (RFC 7578, 4.2, and HTML)."""
    return value.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
