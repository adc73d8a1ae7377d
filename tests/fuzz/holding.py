"""What holds for every document, however broken."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from arazzoc.diagnostics.writers.json import write_json
from arazzoc.diagnostics.writers.sarif import write_sarif
from arazzoc.diagnostics.writers.text import write_text
from arazzoc.edition import Edition
from arazzoc.result import LintResult
from arazzoc.run import Run
from arazzoc.task import Task
from tests.fuzz.foreign import foreign_code

__all__ = ["Case", "hold"]


@dataclass(frozen=True, slots=True)
class Case:
    """A document and, in place of what the disk holds, the text of one file.

    Attributes:
        path: The Arazzo document.
        changed: The file that holds something else.
        data: What it holds.
        edition: The shape of the module.
    """

    path: Path
    changed: Path
    data: bytes
    edition: Edition = field(default_factory=Edition)


def hold(case: Case) -> str:
    """Compiles a document, and says what became of it: `compiled` or `refused`.

    Raises:
        Exception: The compiler failed, or a finding cannot be shown, or text became code.
    """
    run = Run([case.path], Task(edition=case.edition), {case.changed: case.data})
    with patch.dict("os.environ", ARAZZOC_DEBUG="1"):
        outcome = run.outcome(case.path)
    found = LintResult(outcome.diagnostics, (), run.texts([outcome]))
    assert all(each.rule.code != "AZ901" for each in outcome.diagnostics), write_text(found)
    steering = set(write_text(found)) & set("\x00\x1b\u202e\u2066")
    assert not steering, f"a finding steers the terminal: {steering}"
    json.loads(write_json(found))
    json.loads(write_sarif(found))
    if outcome.module is None:
        assert outcome.diagnostics, "nothing was compiled, and nothing said"
        return "refused"
    assert not (foreign := list(foreign_code(outcome.module.source))), foreign
    return "compiled"
