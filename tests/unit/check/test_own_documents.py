"""What is found above a hint in the documents of `specs`: it is true, and nothing else is found."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from arazzoc.compiler import lint
from arazzoc.diagnostics.model import Severity

SPECS: Final = Path(__file__).parents[3] / "specs"

FOUND: Final = {
    # `Bearer $inputs.accessToken` without braces, JSONPaths that are logical expressions, and operations of
    # two sources by their plain ids.
    "cancel-running-job": {"AZ501", "AZ506"},
    "pause-session-and-confirm": {"AZ501"},
    "rehearse-job": {"AZ501", "AZ506", "AZ508"},
    "session-run-and-close": {"AZ501", "AZ508"},
}


def test_documents_that_work_are_told_of_nothing_but_their_tolerated_forms() -> None:
    documents = [
        path
        for path in sorted(SPECS.glob("*/*.arazzo.yaml"))
        if path.parent.name not in ("invalid", "near-misses")
    ]
    assert len(documents) >= 6
    found = {path.name.split(".")[0]: lint([path]).diagnostics for path in documents}
    serious = {
        name: {each.rule.code for each in diagnostics if each.severity is not Severity.HINT}
        for name, diagnostics in found.items()
    }
    assert {name: codes for name, codes in serious.items() if codes} == FOUND
