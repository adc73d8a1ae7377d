"""What tells a finding from others in later runs, when lines have moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from arazzoc.diagnostics.model import Diagnostic

__all__ = ["fingerprints"]


def fingerprints(diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """A fingerprint for each finding, 32 hex digits.

    It is made of file, code and message, and of how many findings with the same three come before: it
    stays the same when lines or columns move, and differs for each finding of a run.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    made: list[str] = []
    for found in diagnostics:
        same = (found.span.file, found.rule.code, found.message)
        text = "\0".join((*same, str(seen[same])))
        made.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
        seen[same] += 1
    return tuple(made)
