"""`arazzoc run`."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arazzoc.cli.choice import choose_workflow
from arazzoc.cli.console import FAILED, fail, show_findings
from arazzoc.cli.documents import find_document
from arazzoc.cli.remote import remote_of, remote_option
from arazzoc.cli.settings import SettledCommand
from arazzoc.source.node import JsonValue

if TYPE_CHECKING:
    from arazzoc.result import CompileResult

__all__ = ["run"]


@click.command(cls=SettledCommand)
@click.argument("spec")
@click.option(
    "--workflow", "workflow_id", metavar="ID", help="Which workflow, where there are several."
)
@click.option(
    "--inputs",
    "inputs",
    metavar="JSON|@FILE|-",
    help="Inputs as a JSON object, from a file, or from standard input.",
)
@click.option(
    "--input",
    "assignments",
    metavar="NAME=VALUE",
    multiple=True,
    help="One input; overrules --inputs. VALUE is read as the input's type: text as it is, "
    "numbers, true and false, and JSON for arrays and objects.",
)
@click.option(
    "--server",
    "servers",
    metavar="NAME=URL",
    multiple=True,
    help="Where the requests to the source description NAME go.",
)
@click.option("--strict/--no-strict", help="Make errors of forms that the specification forbids.")
@click.option(
    "--allow-outside", is_flag=True, help="Let documents name files outside of their project."
)
@remote_option
@click.pass_context
def run(
    ctx: click.Context,
    spec: str,
    *,
    workflow_id: str | None,
    inputs: str | None,
    assignments: tuple[str, ...],
    servers: tuple[str, ...],
    strict: bool,
    allow_outside: bool,
    allow_remote: bool,
) -> None:
    """Compile SPEC in memory and run a workflow.

    The outputs go to standard output as JSON. Tokens, keys and passwords are better given in the
    environment than on the command line: bearer_token as ARAZZOC_BEARER_TOKEN, and so on for every
    credential and every secret input.
    """
    document = find_document(spec)
    values = _values(inputs)

    import arazzoc
    from arazzoc.cli.arguments import gather
    from arazzoc.cli.execution import RunFailed, call, load, missing_servers, outputs_json

    remote = remote_of(allow=allow_remote)
    result = arazzoc.compile_documents(
        [document], strict=strict, allow_outside=allow_outside, remote=remote
    )
    show_findings(_without_credentials(result))
    workflows = [workflow for module in result.modules for workflow in module.workflows]
    if result.has_errors and workflow_id not in {workflow.workflow_id for workflow in workflows}:
        # Which workflows have errors is not known: no other may be taken for the one that is meant.
        ctx.exit(FAILED)
    workflow = choose_workflow(workflows, workflow_id)
    module = result.modules[0]
    arguments = gather(workflow, values, assignments, servers, os.environ)
    loaded = load(module)
    problems = [
        *arguments.problems,
        *(
            f"missing server '{source}' (--server {source}=https://...)"
            for source in missing_servers(loaded, workflow, arguments.keywords)
        ),
    ]
    if problems:
        raise click.UsageError("\n  ".join([f"cannot run '{workflow.workflow_id}':", *problems]))
    try:
        outputs = call(loaded, workflow, arguments.keywords)
    except RunFailed as error:
        fail(_masked(str(error), arguments.secrets))
    click.echo(outputs_json(outputs), nl=False)


def _values(inputs: str | None) -> dict[str, object]:
    """The JSON object that `--inputs` stands for."""
    if inputs is None:
        return {}
    try:
        value: JsonValue = json.loads(_text(inputs))
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"--inputs is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise click.UsageError('--inputs must be a JSON object, such as \'{"name": "value"}\'')
    return {**value}


def _text(inputs: str) -> str:
    if inputs == "-":
        # Python has None for a stream that was closed before it started.
        return "" if sys.stdin is None else sys.stdin.read()
    if not inputs.startswith("@"):
        return inputs
    try:
        return Path(inputs[1:]).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise click.UsageError(f"--inputs: cannot read '{inputs[1:]}': {reason}") from error


def _masked(message: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        message = message.replace(secret, "***")
    return message


def _without_credentials(result: CompileResult) -> CompileResult:
    """What was found, without what whoever runs a workflow brings anyway."""
    from arazzoc.diagnostics.registry.security import CREDENTIALS_OF_CALLERS

    kept = (found for found in result.diagnostics if found.rule is not CREDENTIALS_OF_CALLERS)
    return replace(result, diagnostics=tuple(kept))
