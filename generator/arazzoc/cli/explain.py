"""`arazzoc explain`."""

from __future__ import annotations

import sys

import click

from arazzoc.cli.console import wants_colour

__all__ = ["explain"]


@click.command()
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="All codes as one Markdown page.")
def explain(code: str | None, *, markdown: bool) -> None:
    """Say what a diagnostic means, with an example and its mend.

    CODE is a code (AZ101) or a name (duplicate-step-id); without one, all codes are listed.
    """
    from arazzoc.diagnostics.registry import RULES, rule
    from arazzoc.diagnostics.writers import explain as writer
    from arazzoc.suggestion import closest

    if markdown:
        click.echo(writer.reference(RULES.values()), nl=False)
        return
    colour = wants_colour(sys.stdout)
    if code is None:
        click.echo(writer.listing(RULES.values(), colour=colour), nl=False, color=colour)
        return
    found = rule(code)
    if found is None:
        meant = closest(code, [*RULES, *(each.name for each in RULES.values())])
        hint = f"Did you mean '{meant}'?" if meant else "'arazzoc explain' lists all."
        raise click.UsageError(f"There is no diagnostic '{code}'. {hint}")
    click.echo(writer.explain(found, colour=colour), nl=False, color=colour)
