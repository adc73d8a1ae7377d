"""`arazzoc lint`."""

from __future__ import annotations

import sys
from typing import Final

import click

from arazzoc.cli.console import FAILED, wants_colour
from arazzoc.cli.documents import find_documents
from arazzoc.cli.settings import SettledCommand

__all__ = ["lint"]

FORMAT_NAMES: Final = ("text", "json")
"""The names of all writers, stated here so that help need not import them."""


@click.command(cls=SettledCommand)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--format", "format_name", type=click.Choice(FORMAT_NAMES), default="text", show_default=True
)
@click.option("--strict/--no-strict", help="Make errors of forms that the specification forbids.")
@click.pass_context
def lint(ctx: click.Context, paths: tuple[str, ...], format_name: str, *, strict: bool) -> None:
    """Say what is wrong with documents.

    Findings go to standard output, their summary to standard error. The status is 1 where there are errors.
    """
    documents = find_documents(paths)

    import arazzoc
    from arazzoc.diagnostics.writers import FORMATS, summary

    result = arazzoc.lint(documents, strict=strict)
    colour = wants_colour(sys.stdout)
    click.echo(FORMATS[format_name](result, colour=colour), nl=False, color=colour)
    click.echo(summary(result), err=True)
    if result.has_errors:
        ctx.exit(FAILED)
