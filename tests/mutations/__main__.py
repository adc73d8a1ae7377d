"""`python -m tests.mutations [KIND]`: how many faults of each kind lint finds; of one kind, what it says."""

from __future__ import annotations

import os
import sys
import tempfile

import click

from tests.mutations.mutant import KINDS
from tests.mutations.table import judgements, table


def main(wanted: str) -> None:
    """Prints the table; where part of a kind's name is given, the findings of that kind."""
    if not wanted:
        click.echo(table(judgements(KINDS.values())), nl=False)
        return
    for judged in judgements(each for each in KINDS.values() if wanted in each.name):
        click.echo(f"{judged.id}  {judged.kind.name}: {judged.verdict}")
        for found in judged.new:
            place = f"{found.span.start.line}:{found.span.start.column}"
            length = f"{found.span.end.line}:{found.span.end.column}"
            click.echo(f"    {found.rule.code} {place}-{length} {found.message}")
            if found.hint:
                click.echo(f"        => {found.hint}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("ARAZZOC_CACHE", folder)
        main(" ".join(sys.argv[1:]))
