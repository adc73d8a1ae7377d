"""From a file's bytes to a document."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Final, Literal

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import source as rules
from arazzoc.frozen import dataclass
from arazzoc.source.block_yaml import NotSureError, read_block_yaml
from arazzoc.source.document import Document, Places
from arazzoc.source.fault import Fault
from arazzoc.source.json_places import JsonPlaces
from arazzoc.source.json_text import read_json
from arazzoc.source.limits import DEFAULT_LIMITS, Limits
from arazzoc.source.node import JsonValue
from arazzoc.source.yaml_events import read_yaml
from arazzoc.source.yaml_places import YamlPlaces
from arazzoc.text import LineIndex

__all__ = ["read_document", "text_of"]

_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONG: Final = range(64 * 1024, 16 * 1024 * 1024)
"""Characters of YAML that are read by lines: below nobody waits, above they take too much memory."""
_EMPTY: Final = Fault(rules.EMPTY_DOCUMENT, 0, 0, "the document is empty")


def read_document(
    data: bytes, path: FilePath, name: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Reads a document from a file's bytes.

    A file whose name ends in `.json` is JSON. Any other is YAML, which is read as JSON first where it
    starts with a brace or bracket: that is faster, and JSON's escapes are not all YAML's.

    Args:
        data: The bytes; UTF-8, or UTF-16 with a byte order mark.
        path: The absolute path they come from.
        name: The path as users are shown it.
        limits: How much is read.

    Returns:
        The document, None where it cannot be used, and what is wrong with it.
    """
    if len(data) > limits.file_size:
        message = f"the file has more than {limits.file_size} bytes, the limit"
        hint = "take out what no workflow uses"
        too_large = Fault(rules.FILE_TOO_LARGE, 0, 0, message, hint)
        return None, (too_large.diagnostic(name, LineIndex("")),)
    text, fault = _decoded(data)
    lines = LineIndex(text)
    if fault is None and not text.strip():
        fault = _EMPTY
    if fault is not None:
        return None, (fault.diagnostic(name, lines),)
    reading = _parsed(text, limits, is_json=path.suffix.lower() == ".json")
    findings = tuple(fault.diagnostic(name, lines) for fault in reading.faults)
    if reading.places is None:
        return None, findings
    digest = hashlib.sha256(data).hexdigest()
    document = Document(
        path, name, text, reading.value, reading.syntax, digest, lines, reading.places
    )
    return document, findings


def text_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text that the faults of a file's bytes point into, whether or not it can be used."""
    return "" if len(data) > limits.file_size else _decoded(data)[0]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A text's value, with places where it is usable."""

    syntax: Literal["yaml", "json"]
    value: JsonValue
    places: Places | None
    faults: Sequence[Fault]


def _parsed(text: str, limits: Limits, *, is_json: bool) -> _Parsed:
    if is_json or text.lstrip()[:1] in ("{", "["):
        json_reading = read_json(text, limits)
        if json_reading.complete:
            return _Parsed("json", json_reading.value, JsonPlaces(text), json_reading.faults)
        if is_json:
            return _Parsed("json", None, None, json_reading.faults)
    if len(text) in _LONG:
        with suppress(NotSureError):
            value = read_block_yaml(text, limits)
            return _Parsed("yaml", value, YamlPlaces(text, limits), ())
    reading = read_yaml(text, limits)
    if reading.empty:
        return _Parsed("yaml", None, None, [_EMPTY])
    if not reading.complete:
        return _Parsed("yaml", None, None, reading.faults)
    places = YamlPlaces(text, limits, reading)
    return _Parsed("yaml", reading.value, places, reading.faults)


def _decoded(data: bytes) -> tuple[str, Fault | None]:
    """The text without its byte order mark, with replacement characters where it has faults."""
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig"
    if encoding != "utf-16" and data[:2].count(0) == 1:
        text = data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", errors="replace")
        message = "the text is UTF-16 without a byte order mark"
        return text, Fault(rules.UNDECODABLE_TEXT, 0, 1, message, "save the file as UTF-8")
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode(encoding, errors="ignore"))
        wrong = data[error.start : error.end]
        shown = " ".join(f"{byte:02X}" for byte in wrong)
        expected = "UTF-16" if encoding == "utf-16" else "UTF-8"
        verb = f"byte {shown} is" if len(wrong) == 1 else f"bytes {shown} are"
        message = f"the {verb} not {expected}"
        fault = Fault(rules.UNDECODABLE_TEXT, start, start + 1, message, "save the file as UTF-8")
        return data.decode(encoding, errors="replace"), fault
