"""Options of commands that may fetch documents of the network, and the lock that they write."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from arazzoc.cli.console import without_steering
from arazzoc.cli.placing import refuse_link

if TYPE_CHECKING:
    from arazzoc.result import LintResult
    from arazzoc.task import Remote

__all__ = ["locking_option", "remote_of", "remote_option", "write_locks"]

_Command = TypeVar("_Command", bound=Callable[..., object])


def remote_option(command: _Command) -> _Command:
    """Gives a command `--allow-remote`."""
    text = "Fetch the documents that are named by https addresses; nothing else ever is."
    return click.option("--allow-remote", is_flag=True, help=text)(command)


def locking_option(command: _Command) -> _Command:
    """Gives a command `--update-lock`."""
    text = "With --allow-remote: fetch all anew, and pin in arazzoc.lock what is there now."
    return click.option("--update-lock", is_flag=True, help=text)(command)


def remote_of(*, allow: bool, update: bool = False, cache: bool = True) -> Remote | None:
    """What the options ask for.

    Raises:
        click.UsageError: A lock is to be written, but nothing may be fetched.
    """
    if not allow:
        if update:
            raise click.UsageError("--update-lock goes with --allow-remote.")
        return None
    from arazzoc.model.verdict_cache import cache_folder
    from arazzoc.task import Remote

    return Remote(update, cache_folder(os.environ) if cache else None)


def write_locks(result: LintResult) -> None:
    """Writes the lock files that are to be written anew, and says so."""
    if not result.locks:
        return
    from arazzoc.render.write import write_files

    for path in result.locks:
        refuse_link(path)
    written = write_files(result.locks)
    for path in result.locks:
        state = "written" if path in written.changed else "unchanged"
        click.echo(without_steering(f"'{os.path.relpath(path)}' {state}"), err=True)
