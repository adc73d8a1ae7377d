"""`arazzoc explain`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from arazzoc.cli.console import wants_colour

__all__ = ["explain"]


@click.command()
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="An index of all codes, as a Markdown page.")
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a Markdown page a code into DIR.",
)
def explain(code: str | None, pages: Path | None, *, markdown: bool) -> None:
    """Say what a diagnostic means, with an example and its mend.

    CODE is a code (AZ101) or a name (duplicate-step-id); without one, all codes are listed.
    """
    from arazzoc.diagnostics.registry import GROUPS, RULES, rule
    from arazzoc.diagnostics.writers import explain as writer
    from arazzoc.diagnostics.writers.pages import index
    from arazzoc.suggestion import closest

    if markdown:
        click.echo(index(GROUPS), nl=False)
    if pages is not None:
        _write_pages(pages)
    if markdown or pages is not None:
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


def _write_pages(folder: Path) -> None:
    """Writes a page a rule, and removes those of rules that are no more."""
    from arazzoc.diagnostics.registry import RULES
    from arazzoc.diagnostics.writers.pages import page, page_name

    folder.mkdir(parents=True, exist_ok=True)
    texts = {page_name(rule): page(rule) for rule in RULES.values()}
    for old in folder.glob("az[0-9][0-9][0-9]-*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
