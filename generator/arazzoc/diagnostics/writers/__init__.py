"""Findings as text and in formats for programs; each writer turns a report into one string."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from arazzoc.diagnostics.writers.json import write_json
from arazzoc.diagnostics.writers.report import Report, Writer, summary
from arazzoc.diagnostics.writers.text import write_text

__all__ = ["FORMATS", "Report", "Writer", "summary"]

FORMATS: Final[Mapping[str, Writer]] = MappingProxyType({"text": write_text, "json": write_json})
"""The writers by the name that `--format` takes."""
