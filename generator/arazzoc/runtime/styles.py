"""Lists and objects as parameters (OpenAPI 3.1.1, Parameter Object, "Style Values")."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import quote, unquote

from arazzoc.runtime.embedding import (
    UNWRITABLE,
    json_text,
    refusal,
    text,
    unstructured,
)
from arazzoc.runtime.shapes import flattened, is_array, is_object, items_of
from arazzoc.runtime.urls import Encoded, query, quoted

__all__ = [
    "as_cookie",
    "deep_object",
    "delimited",
    "exploded",
    "form_query",
    "header_json",
    "header_list",
    "header_text",
    "keep_reserved",
    "label_segment",
    "list_segment",
    "matrix_segment",
    "segments",
]

_TRIPLE: Final = re.compile(r"(%[0-9A-Fa-f]{2})")
_IN_COOKIES: Final = re.compile(r"[ -:<-~]*")


def exploded(name: str, value: Any) -> list[tuple[str, Any]]:
    """A pair for each item of a list, or for each member of an object, which gives the pair its name."""
    return (
        list(value.items())
        if is_object(value)
        else [(name, item) for item in items_of(value)]
    )


def deep_object(name: str, value: Any) -> list[tuple[str, Any]]:
    """A pair for each member of an object, `name[member]`, at any depth (OpenAPI style `deepObject`)."""
    if not is_object(value):
        return [(name, value)]
    return [
        pair
        for key, inner in value.items()
        for pair in deep_object(f"{name}[{key}]", inner)
    ]


def keep_reserved(value: Any, extra: str = "/?") -> Any:
    """`value` percent-encoded as OpenAPI's `allowReserved` has it (RFC 6570, 3.2.3).

    Reserved characters and percent-encoded triplets stay as they are, but for `#`, `[`, `]`, `&` and `+`,
    which would say something else in a query.

    Args:
        value: A scalar, a list or an object.
        extra: Reserved characters that have no meaning of their own where the value is put.
    """
    if value is None:
        return None
    if isinstance(value, bytes):
        return Encoded(quoted(value))
    if is_object(value):
        return {name: keep_reserved(inner, extra) for name, inner in value.items()}
    if is_array(value):
        return [keep_reserved(item, extra) for item in value]
    pieces = _TRIPLE.split(text(value))
    safe = "!$'()*,;:@=" + extra
    return Encoded(
        "".join(
            piece if index % 2 else quote(piece, safe=safe)
            for index, piece in enumerate(pieces)
        )
    )


def form_query(value: Any, *more: tuple[str, Any]) -> str:
    """`?`, a whole query that is a form (OpenAPI 3.2's `querystring`), and more pairs; or nothing.

    Text is the form as it stands: only what no query can hold is percent-encoded. An object is a form of its
    members.
    """
    if value is None or is_object(value) or is_array(value):
        return query(*exploded("", value), *more)
    written = str(keep_reserved(value, "/?&+"))
    parts = [part for part in (written, query(*more).removeprefix("?")) if part]
    return "?" + "&".join(parts) if parts else ""


def as_cookie(value: Any) -> Any:
    """`value` as the text of a cookie that is escaped already (OpenAPI 3.2's style `cookie`).

    Args:
        value: A scalar, a list or an object.

    Raises:
        ValueError: It holds a semicolon or a character that is not of printable ASCII.
    """
    if value is None:
        return None
    if is_object(value):
        return {name: as_cookie(inner) for name, inner in value.items()}
    if is_array(value):
        return [as_cookie(item) for item in value]
    written = text(value)
    if not _IN_COOKIES.fullmatch(written):
        raise ValueError("the value of a cookie has to be escaped already")
    return Encoded(written)


def segments(value: Any) -> str:
    """Path segments, parted by the slashes of `value` (RFC 6570, 3.2.3: `{+name}`).

    Raises:
        ValueError: It is None or empty, an object or a list, or a segment would lead out of the path.
    """
    if value is None or value == "":
        raise ValueError("a path segment needs a value")
    if isinstance(value, dict | list):
        raise ValueError("segments of a path are a single value")
    written = str(keep_reserved(value, "/"))
    if not {".", ".."}.isdisjoint(map(unquote, written.split("/"))):
        raise ValueError("a segment of the path would be `.` or `..`")
    return written


def header_list(value: Any, *, explode: bool = False) -> str | None:
    """A list or an object as the value of a header (OpenAPI style `simple`); None where it is empty."""
    written = flattened(value, text, explode=explode)
    return ",".join(written) if written else None


def header_text(value: Any, *, structured: bool = False) -> str | None:
    """A value of a media type that is no JSON as the value of a header; a character for each of its bytes.

    Raises:
        ValueError: It is an object or a list, and JSON is no text of that type, which `structured` says.
    """
    written = unstructured(value, structured=structured)
    return written.decode("latin-1") if isinstance(written, bytes) else written


def header_json(value: Any) -> str:
    """`value` as JSON in ASCII, which is all that a header may hold.

    Raises:
        ValueError: It holds a number that JSON cannot state: not a number, or infinite.
        TypeError: It holds what is not JSON, such as bytes.
    """
    return json.dumps(json.loads(json_text(value)), separators=(",", ":"))


def delimited(value: Any, separator: str) -> str | None:
    """A list, or the names and values of an object, as one text; None where it is empty."""
    written = flattened(value, text)
    return separator.join(written) if written else None


def list_segment(
    value: Any,
    name: str | None = None,
    *,
    explode: bool = False,
    separator: str = ",",
) -> str:
    """A list or an object as one path segment (OpenAPI style `simple`).

    Args:
        value: A scalar, a list or an object.
        name: What it is called where a path has several.
        explode: Whether a member of an object is `name=value`.
        separator: What stands between the items: OpenAPI 2.0 has others than commas.

    Raises:
        ValueError: It is empty, or cannot be encoded.
    """
    try:
        path = quote(separator, safe=",").join(_path_parts(value, explode=explode))
    except UNWRITABLE as error:
        raise ValueError(refusal(error, name)) from error
    if not path:
        raise ValueError(refusal(ValueError("a path segment needs a value"), name))
    return path.replace(".", "%2E") if path in (".", "..") else path


def label_segment(value: Any, *, explode: bool = False) -> str:
    """One path segment that begins with a dot (OpenAPI style `label`).

    Raises:
        ValueError: The value is None or empty.
    """
    path = ("." if explode else ",").join(_path_parts(value, explode=explode))
    return ".%2E" if path == "." else f".{path}"


def matrix_segment(name: str, value: Any, *, explode: bool = False) -> str:
    """Path parameters of the form `;name=value` (OpenAPI style `matrix`).

    Raises:
        ValueError: The value is None or empty.
    """
    parts = _path_parts(value, explode=explode)
    if explode and is_object(value):
        return "".join(f";{part}" for part in parts)
    values = parts if explode else [",".join(parts)]
    return "".join(
        f";{quoted(name)}={part}" if part else f";{quoted(name)}" for part in values
    )


def _path_parts(value: Any, *, explode: bool) -> list[str]:
    parts = flattened(value, quoted, explode=explode)
    if not parts:
        raise ValueError("a path segment needs a value")
    return parts
