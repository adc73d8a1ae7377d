"""Options of commands that go through many documents: what is kept, and how many processes work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

import click

if TYPE_CHECKING:
    from arazzoc.kept.keeping import Keeping

__all__ = ["keeping_of", "keeping_options"]

_Command = TypeVar("_Command", bound=Callable[..., object])

_ERASE: Final = "\r\x1b[K"


def keeping_options(command: _Command) -> _Command:
    """Gives a command `--cache/--no-cache` and `--jobs`."""
    for option in (
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            help="How many processes work on many documents.  [default: one a core]",
        ),
        click.option(
            "--cache/--no-cache",
            default=True,
            help="Whether what has not changed since an earlier run is taken from it.",
        ),
    ):
        command = option(command)
    return command


def keeping_of(*, cache: bool, jobs: int | None) -> Keeping:
    """What the options ask for."""
    from arazzoc.kept.keeping import Keeping
    from arazzoc.model.verdict_cache import cache_folder

    folder = cache_folder(os.environ) if cache else None
    told = _tell if sys.stderr.isatty() else None
    return Keeping(folder, jobs or os.cpu_count() or 1, told)


def _tell(done: int, total: int) -> None:
    """A line on the terminal that the next one replaces."""
    if total > 1:
        text = "" if done == total else f"{done} of {total} documents"
        click.echo(f"{_ERASE}{text}", nl=False, err=True)
