"""What `arazzoc lint --fix` writes, prints and tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from arazzoc.cli.console import fail

if TYPE_CHECKING:
    from arazzoc.result import LintResult, MendResult

__all__ = ["diff_of", "told", "told_beforehand", "write_mended"]


def write_mended(result: MendResult) -> None:
    """Writes the mended documents, all or none."""
    from arazzoc.render.write import replace_files

    try:
        replace_files({each.path: each.after for each in result.mended})
    except OSError as error:
        where = f" '{error.filename}'" if error.filename else ""
        fail(f"cannot write{where}: {error.strerror or error}")


def diff_of(result: MendResult) -> str:
    """A unified diff of what would be written; byte order marks and line breaks stay as they are."""
    from arazzoc.render.write import Stale

    return "".join(
        Stale(_shown(each.path), _text(each.before), _text(each.after)).diff()
        for each in result.mended
    )


def told(result: MendResult, *, only_shown: bool) -> str:
    """`3 findings mended in 1 file`."""
    from arazzoc.diagnostics.writers.report import counted

    fixes = sum(each.fixes for each in result.mended)
    if not fixes:
        return "nothing to mend"
    verb = "would be mended" if only_shown else "mended"
    return f"{counted(fixes, 'finding')} {verb} in {counted(len(result.mended), 'file')}"


def told_beforehand(result: LintResult) -> str:
    """That some findings can be mended, or nothing where none can."""
    number = sum(found.fix is not None for found in result.diagnostics)
    if number == len(result.diagnostics):
        which = "it" if number == 1 else "them all"
    else:
        which = f"{number} of them"
    return f"; `arazzoc lint --fix` mends {which}" if number else ""


def _shown(path: Path) -> Path:
    from arazzoc.source.location import shown_name

    return Path(shown_name(path, Path.cwd()))


def _text(data: bytes) -> str:
    """What the bytes say, for people; only documents that could be read are mended."""
    from arazzoc.source.reading import text_of

    return text_of(data)
