"""`arazzoc`: the commands by name, each imported when it is called."""

from __future__ import annotations

import errno
import gc
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Final

import click

from arazzoc.cli.console import accept_any_text, without_steering
from arazzoc.version import __version__

__all__ = ["COMMANDS", "LazyGroup", "main"]

COMMANDS: Final[Mapping[str, str]] = {
    "lint": "arazzoc.cli.lint:lint",
    "generate": "arazzoc.cli.generate:generate",
    "run": "arazzoc.cli.run:run",
    "explain": "arazzoc.cli.explain:explain",
    "graph": "arazzoc.cli.graph:graph",
    "lsp": "arazzoc.cli.lsp:lsp",
}
"""Where each command is: `module:attribute`, in the order in which help lists them."""

_OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000
"""Documents are large trees without cycles: looking for cycles every 700 objects only takes time."""

_INTERRUPTED: Final = 130
"""What a shell reports for a program that Ctrl-C ended."""


class LazyGroup(click.Group):
    """A group of commands that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported; None where there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with what was probably meant where the name is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from arazzoc.suggestion import closest

            meant = closest(args[0], COMMANDS)
            hint = f" Did you mean '{meant}'?" if meant else ""
            ctx.fail(f"There is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        """As click does it; what keeps help from being written is told without a traceback."""
        with _faults_told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; Ctrl-C ends it with status 130 and without a traceback."""
        try:
            with _faults_told():
                result: object = super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        return result


@contextmanager
def _faults_told() -> Generator[None, None, None]:
    """What the system refuses is an error of the command; click itself ends where the reader has gone.

    Messages name files and settings, which strangers may have named.
    """
    try:
        yield
    except click.ClickException as error:
        vars(error).update(message=without_steering(error.message))
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        where = f": '{error.filename}'" if error.filename else ""
        reason = error.strerror or str(error)
        if isinstance(error, FileNotFoundError) and not where:
            reason = "the current folder does not exist any more"
        raise click.ClickException(without_steering(f"{reason}{where}")) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="arazzoc", message="%(prog)s %(version)s")
def main() -> None:
    """Compile Arazzo workflows to plain, typed, standalone Python, and lint them.

    PATHS may be documents, folders and globs ('specs/**/*.yaml'); the current folder where there are none.

    Exit status: 0 good, 1 findings or a failed run, 2 wrong usage.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    accept_any_text()
