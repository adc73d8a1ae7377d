"""`arazzoc graph`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

import click

from arazzoc.cli.choice import known
from arazzoc.cli.console import FAILED, show_findings
from arazzoc.cli.documents import find_document
from arazzoc.cli.remote import remote_of, remote_option

if TYPE_CHECKING:
    from arazzoc.ir.graph import Graph

__all__ = ["graph"]


@click.command()
@click.argument("spec")
@click.option("--workflow", "workflow_id", metavar="ID", help="Only this workflow.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["mermaid", "dot"]),
    default="mermaid",
    show_default=True,
)
@remote_option
@click.pass_context
def graph(
    ctx: click.Context,
    spec: str,
    workflow_id: str | None,
    format_name: str,
    *,
    allow_remote: bool,
) -> None:
    """Draw the flow of the workflows in SPEC.

    Steps are the nodes, success and failure actions the edges.
    """
    document = find_document(spec)

    import arazzoc

    result = arazzoc.graph(document, remote=remote_of(allow=allow_remote))
    show_findings(result)
    graphs = result.graphs
    if workflow_id is not None:
        by_id = {each.workflow_id: each for each in graphs}
        if result.has_errors and workflow_id not in by_id:
            ctx.exit(FAILED)
        graphs = (by_id[known(workflow_id, by_id, "workflow")],)
    module = import_module(f"arazzoc.ir.{format_name}")
    write: Callable[[Graph], str] = getattr(module, format_name)
    click.echo("\n".join(write(each).rstrip("\n") + "\n" for each in graphs), nl=False)
    if result.has_errors:
        ctx.exit(FAILED)
