"""`arazzoc lint`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from arazzoc.cli.console import FAILED, wants_colour
from arazzoc.cli.documents import find_documents
from arazzoc.cli.keeping import keeping_of, keeping_options
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
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Leave out the findings that FILE knows.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write all findings to FILE instead of showing them.",
)
@keeping_options
@click.pass_context
def lint(
    ctx: click.Context,
    paths: tuple[str, ...],
    format_name: str,
    baseline: Path | None,
    write_baseline: Path | None,
    *,
    strict: bool,
    fix: bool,
    diff: bool,
    cache: bool,
    jobs: int | None,
) -> None:
    """Say what is wrong with documents.

    Findings go to standard output, their summary to standard error. The status is 1 where there are errors.
    """
    if diff and not fix:
        raise click.UsageError("--diff shows what --fix would do: give both.")
    if write_baseline is not None and (fix or baseline is not None):
        raise click.UsageError("--write-baseline goes with neither --fix nor --baseline.")
    documents = find_documents(paths)

    import arazzoc
    from arazzoc.cli.linting import baseline_path, policy_of, without_known
    from arazzoc.cli.linting import write_baseline as written_baseline
    from arazzoc.diagnostics.writers import FORMATS, summary

    policy = policy_of(Path.cwd())
    keeping = keeping_of(cache=cache, jobs=jobs)
    mended = arazzoc.mend(documents, strict=strict, policy=policy) if fix else None
    result = mended or arazzoc.lint(documents, strict=strict, policy=policy, keeping=keeping)
    if write_baseline is not None:
        click.echo(written_baseline(result, write_baseline), err=True)
        return
    known = baseline or baseline_path(Path.cwd())
    left, aside = (result, "") if known is None else without_known(result, known)
    if mended is not None and not diff:
        write_mended(mended)
    colour = wants_colour(sys.stdout)
    only_diff = mended if diff else None
    shown = diff_of(only_diff) if only_diff else FORMATS[format_name](left, colour=colour)
    click.echo(shown, nl=False, color=colour)
    before, after = (
        (f"{told(mended, only_shown=diff)}; ", "") if mended else ("", told_beforehand(left))
    )
    click.echo(f"{before}{summary(left)}{after}{aside}", err=True)
    if left.has_errors or (only_diff and only_diff.mended):
        ctx.exit(FAILED)
