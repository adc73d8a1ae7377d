"""`arazzoc lsp`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

__all__ = ["lsp"]


@click.command()
@click.option("--stdio", is_flag=True, help="Talk over standard input and output, as always.")
def lsp(*, stdio: bool) -> None:
    """Serve editors: findings while typing, completion, hover, definitions and fixes.

    It speaks the Language Server Protocol over standard input and output; an editor starts it.
    """
    del stdio
    if find_spec("pygls") is None:
        raise click.ClickException(
            "the language server needs pygls: install it with `pip install 'arazzoc[lsp]'`"
        )
    from arazzoc.cli.linting import baseline_path, policy_of, read_baseline
    from arazzoc.lsp.server import serve

    here = Path.cwd()
    known = baseline_path(here)
    serve(policy_of(here), None if known is None else read_baseline(known))
