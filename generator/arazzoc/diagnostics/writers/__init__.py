"""Findings as text and in formats for programs; each writer turns a report into one string."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from arazzoc.diagnostics.writers.github import write_github
from arazzoc.diagnostics.writers.gitlab import write_gitlab
from arazzoc.diagnostics.writers.json import write_json
from arazzoc.diagnostics.writers.junit import write_junit
from arazzoc.diagnostics.writers.report import Report, Writer, summary
from arazzoc.diagnostics.writers.sarif import write_sarif
from arazzoc.diagnostics.writers.text import write_text

__all__ = ["FORMATS", "Report", "Writer", "summary"]

FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "text": write_text,
        "json": write_json,
        "sarif": write_sarif,
        "github": write_github,
        "gitlab": write_gitlab,
        "junit": write_junit,
    }
)
"""The writers by the name that `--format` takes."""
