"""`arazzoc lint`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from arazzoc.cli.console import FAILED, echo_diff, wants_colour, without_steering
from arazzoc.cli.documents import find_documents
from arazzoc.cli.keeping import keeping_of, keeping_options
from arazzoc.cli.mending import diff_of, told, told_beforehand, write_mended
from arazzoc.cli.remote import locking_option, remote_of, remote_option, write_locks
from arazzoc.cli.settings import SettledCommand
from arazzoc.frozen import dataclass

if TYPE_CHECKING:
    from arazzoc.kept.keeping import Keeping
    from arazzoc.task import Remote

__all__ = ["lint"]

FORMAT_NAMES: Final = ("text", "json", "sarif", "github", "gitlab", "junit")
"""The names of all writers, stated here so that help need not import them."""


@click.command(cls=SettledCommand)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--format", "format_name", type=click.Choice(FORMAT_NAMES), default="text", show_default=True
)
@click.option("--strict/--no-strict", help="Make errors of forms that the specification forbids.")
@click.option(
    "--allow-outside", is_flag=True, help="Let documents name files outside of their project."
)
@remote_option
@locking_option
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
@click.option("--watch", is_flag=True, help="Lint again whenever a file changes, until Ctrl-C.")
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
    allow_outside: bool,
    allow_remote: bool,
    update_lock: bool,
    fix: bool,
    diff: bool,
    watch: bool,
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
    if watch and (fix or write_baseline is not None):
        raise click.UsageError("--watch goes with neither --fix nor --write-baseline.")
    keeping = keeping_of(cache=cache, jobs=jobs)
    remote = remote_of(allow=allow_remote, update=update_lock, cache=cache)
    linting = _Linting(
        paths,
        format_name,
        baseline,
        write_baseline,
        strict,
        allow_outside,
        fix,
        diff,
        keeping,
        remote,
    )
    if watch:
        linting.watch()
    if linting.failed():
        ctx.exit(FAILED)


@dataclass(slots=True)
class _Linting:
    """The options of one call, and the files that it read.

    Attributes:
        files: What `watch` watches.
    """

    paths: tuple[str, ...]
    format_name: str
    baseline: Path | None
    write_baseline: Path | None
    strict: bool
    allow_outside: bool
    fix: bool
    diff: bool
    keeping: Keeping
    remote: Remote | None
    files: tuple[Path, ...] = ()

    def watch(self) -> NoReturn:
        """Lints whenever a file has changed, until Ctrl-C."""
        from arazzoc.cli.watching import state_of, wait_for_change

        while True:
            before = state_of(self.files)
            try:
                self.failed()
            except click.UsageError as error:  # such as a file that is just being replaced
                if not self.files:
                    raise
                click.echo(without_steering(f"Error: {error.format_message()}"), err=True)
            else:
                before = {**state_of(self.files), **before}
            click.echo("watching for changes; Ctrl-C ends", err=True)
            wait_for_change(self.files, before)

    def failed(self) -> bool:
        """Lints once, shows what is found, and says whether that makes the status 1."""
        documents = find_documents(self.paths)

        import arazzoc
        from arazzoc.cli.linting import baseline_path, policy_of, without_known, write_baseline
        from arazzoc.diagnostics.writers import FORMATS, summary

        policy = policy_of(Path.cwd())
        strict, outside, remote = self.strict, self.allow_outside, self.remote
        mended = (
            arazzoc.mend(
                documents, strict=strict, allow_outside=outside, policy=policy, remote=remote
            )
            if self.fix
            else None
        )
        result = mended or arazzoc.lint(
            documents,
            strict=strict,
            allow_outside=outside,
            policy=policy,
            keeping=self.keeping,
            remote=remote,
        )
        write_locks(result)
        self.files = tuple(dict.fromkeys((*documents, *map(Path, result.sources))))
        if self.write_baseline is not None:
            told_of_it = write_baseline(result, self.write_baseline)
            click.echo(without_steering(told_of_it), err=True)
            return False
        known = self.baseline or baseline_path(Path.cwd())
        left, aside = (result, "") if known is None else without_known(result, known)
        if mended is not None and not self.diff:
            write_mended(mended)
        colour = wants_colour(sys.stdout)
        only_diff = mended if self.diff else None
        if only_diff:
            echo_diff(diff_of(only_diff))
        else:
            click.echo(FORMATS[self.format_name](left, colour=colour), nl=False, color=colour)
        before = f"{told(mended, only_shown=self.diff)}; " if mended else ""
        after = "" if mended else told_beforehand(left)
        click.echo(f"{before}{summary(left)}{after}{aside}", err=True)
        return left.has_errors or bool(only_diff and only_diff.mended)
