"""`arazzoc lint`."""

from __future__ import annotations

import sys
from typing import Final

import click

from arazzoc.cli.console import FAILED, wants_colour
from arazzoc.cli.documents import find_documents
from arazzoc.cli.mending import diff_of, told, told_beforehand, write_mended
from arazzoc.cli.settings import SettledCommand

__all__ = ["lint"]

FORMAT_NAMES: Final = ("text", "json", "sarif", "github", "gitlab", "junit")
"""The names of all writers, stated here so that help need not import them."""


@click.command(cls=SettledCommand)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--format", "format_name", type=click.Choice(FORMAT_NAMES), default="text", show_default=True
)
@click.option("--strict/--no-strict", help="Make errors of forms that the specification forbids.")
@click.option("--fix", is_flag=True, help="Mend in place what has one right mend.")
@click.option(
    "--diff",
    is_flag=True,
    help="With --fix: write nothing; print a diff, and fail where there is one.",
)
@click.pass_context
def lint(
    ctx: click.Context,
    paths: tuple[str, ...],
    format_name: str,
    *,
    strict: bool,
    fix: bool,
    diff: bool,
) -> None:
    """Say what is wrong with documents.

    Findings go to standard output, their summary to standard error. The status is 1 where there are errors.
    """
    if diff and not fix:
        raise click.UsageError("--diff shows what --fix would do: give both.")
    documents = find_documents(paths)

    import arazzoc
    from arazzoc.diagnostics.writers import FORMATS, summary

    colour = wants_colour(sys.stdout)
    if not fix:
        result = arazzoc.lint(documents, strict=strict)
        click.echo(FORMATS[format_name](result, colour=colour), nl=False, color=colour)
        click.echo(summary(result) + told_beforehand(result), err=True)
        if result.has_errors:
            ctx.exit(FAILED)
        return
    mended = arazzoc.mend(documents, strict=strict)
    if not diff:
        write_mended(mended)
    shown = diff_of(mended) if diff else FORMATS[format_name](mended, colour=colour)
    click.echo(shown, nl=False, color=colour)
    click.echo(f"{told(mended, only_shown=diff)}; {summary(mended)}", err=True)
    if mended.has_errors or (diff and mended.mended):
        ctx.exit(FAILED)
