"""`arazzoc generate`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arazzoc.cli.console import FAILED, echo_diff, fail, show_findings, without_steering
from arazzoc.cli.documents import find_documents
from arazzoc.cli.keeping import keeping_of, keeping_options
from arazzoc.cli.placing import refuse_others_files, refuse_strays
from arazzoc.cli.remote import locking_option, remote_of, remote_option, write_locks
from arazzoc.cli.settings import SettledCommand
from arazzoc.edition import SHARED_RUNTIME, Edition, Http, RuntimePlace

if TYPE_CHECKING:
    from arazzoc.render.write import Written
    from arazzoc.result import CompileResult

__all__ = ["generate"]

_PACKAGE: Final = '"""Workflows as functions, one module a document."""\n'
"""What a package's `__init__.py` holds where there is none yet; it is never overwritten."""


@click.command(cls=SettledCommand)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="Where to write: DIR/<folder of the document>/<document>.py.",
)
@click.option(
    "--check", is_flag=True, help="Write nothing; fail with a diff where DIR is out of date."
)
@click.option("--strict/--no-strict", help="Make errors of forms that the specification forbids.")
@click.option(
    "--allow-outside", is_flag=True, help="Let documents name files outside of their project."
)
@remote_option
@locking_option
@click.option("--async/--sync", "is_async", help="Write `async def` functions; or plain ones.")
@click.option(
    "--http",
    type=click.Choice(("stdlib", "httpx2")),
    default="stdlib",
    show_default=True,
    help="What sends the requests where the caller gives no transport.",
)
@click.option(
    "--runtime",
    type=click.Choice(("inline", "shared")),
    default="inline",
    show_default=True,
    help="Where to put what functions call: in each module, or once in DIR/arazzo_runtime.",
)
@keeping_options
@click.pass_context
def generate(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    *,
    check: bool,
    strict: bool,
    allow_outside: bool,
    allow_remote: bool,
    update_lock: bool,
    is_async: bool,
    http: Http,
    runtime: RuntimePlace,
    cache: bool,
    jobs: int | None,
) -> None:
    """Compile documents to Python modules.

    A table of the modules goes to standard output, findings to standard error. A workflow with errors
    is left out and makes the status 1; the others are written. Options can be stated in `[tool.arazzoc]`
    of pyproject.toml.
    """
    documents = find_documents(paths)

    import arazzoc

    edition = Edition(is_async, http, runtime)
    keeping = keeping_of(cache=cache, jobs=jobs)
    remote = remote_of(allow=allow_remote, update=update_lock, cache=cache)
    result = arazzoc.compile_documents(
        documents,
        strict=strict,
        allow_outside=allow_outside,
        edition=edition,
        keeping=keeping,
        remote=remote,
    )
    show_findings(result)
    files = _files(result, output)
    refuse_strays(files, output)
    if not check:
        refuse_others_files(path for path in files if path.name != "__init__.py")
    try:
        write_locks(result)
        good = _check(files) if check else _write(files, result, output)
    except OSError as error:
        where = f" '{error.filename}'" if error.filename else ""
        fail(f"cannot write{where}: {error.strerror or error}")
    if result.has_errors or not good:
        ctx.exit(FAILED)


def _files(result: CompileResult, output: Path) -> dict[Path, str]:
    """Every file that should be there, with its text: packages that lack an `__init__.py` get one.

    The output folder itself is a package where modules share a runtime, which they import relatively.
    """
    files: dict[Path, str] = {}
    documents: dict[str, str] = {}
    if result.shared and not (output / "__init__.py").exists():
        files[output / "__init__.py"] = _PACKAGE
    for module in result.modules:
        if result.shared and module.name.partition("/")[0] == SHARED_RUNTIME:
            fail(f"'{module.document}' is in a folder of the runtime's name: rename the folder")
        first = documents.setdefault(module.name, module.document)
        if first != module.document:
            fail(
                f"'{first}' and '{module.document}' both compile to '{module.name}': rename one of them, "
                "or write them to different folders"
            )
        path = output / module.name
        for package in path.relative_to(output).parents:
            marker = output / package / "__init__.py"
            if package != Path() and not marker.exists():
                files[marker] = _PACKAGE
        files[path] = module.source
    files.update((output / name, text) for name, text in result.shared.items())
    return files


def _check(files: Mapping[Path, str]) -> bool:
    from arazzoc.render.write import stale_files

    stale = stale_files(files)
    for each in stale:
        echo_diff(each.diff())
    noun = "file is" if len(stale) == 1 else "files are"
    click.echo(
        f"{len(stale)} {noun} out of date" if stale else "all modules are up to date", err=True
    )
    return not stale


def _write(files: Mapping[Path, str], result: CompileResult, output: Path) -> bool:
    from arazzoc.diagnostics.writers.report import counted
    from arazzoc.render.write import write_files

    modules, written = result.modules, write_files(files)
    if modules:
        click.echo(without_steering(_table(result, output, written)), nl=False)
    changed = sum(output / module.name in written.changed for module in modules)
    click.echo(
        f"{counted(changed, 'module')} written, {len(modules) - changed} unchanged",
        err=True,
    )
    return True


def _table(result: CompileResult, output: Path, written: Written) -> str:
    """One line a workflow; the module is named on its first line. A shared runtime comes last."""
    rows: list[tuple[str, ...]] = [("MODULE", "", "WORKFLOW", "FUNCTION", "STEPS")]
    for module in result.modules:
        path = output / module.name
        cells = (path.as_posix(), "written" if path in written.changed else "unchanged")
        for workflow in module.workflows:
            rows.append((*cells, workflow.workflow_id, workflow.function, str(workflow.steps)))
            cells = ("", "")
    if result.shared:
        changed = any(output / name in written.changed for name in result.shared)
        runtime = (output / SHARED_RUNTIME).as_posix()
        rows.append((f"{runtime}/", "written" if changed else "unchanged", "", "", ""))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in rows
    )
