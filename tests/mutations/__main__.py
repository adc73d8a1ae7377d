"""`python -m tests.mutations [KIND]`: how many faults of each kind lint finds; of one kind, what it says."""

from __future__ import annotations

import os
import sys
import tempfile

from tests.mutations.judging import Judgement
from tests.mutations.mutant import KINDS
from tests.mutations.table import judgements, table


def main(wanted: str) -> None:
    """Prints the table; where part of a kind's name is given, the findings of that kind."""
    if not wanted:
        print(table(judgements(KINDS.values())), end="")
        return
    for judged in judgements(each for each in KINDS.values() if wanted in each.name):
        print(f"{judged.id}  {judged.kind.name}: {judged.verdict}")
        for found in judged.new:
            place = f"{found.span.start.line}:{found.span.start.column}"
            length = f"{found.span.end.line}:{found.span.end.column}"
            print(f"    {found.rule.code} {place}-{length} {found.message}")
            if found.hint:
                print(f"        => {found.hint}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("ARAZZOC_CACHE", folder)
        main(" ".join(sys.argv[1:]))
