"""Applies the fixes of findings to the documents' texts, until none is left."""

from __future__ import annotations

import codecs
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from arazzoc.compiler import lint
from arazzoc.diagnostics.model import Fix
from arazzoc.policy import Policy
from arazzoc.result import LintResult, Mended, MendResult
from arazzoc.source.location import shown_name
from arazzoc.task import Remote
from arazzoc.text import LineIndex

__all__ = ["applied", "mend"]

_MARKS: Final[Mapping[bytes, str]] = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_MOST_PASSES: Final = 20
"""A fix may bring up another one, as braces do for the dotted path in them; never so many in a row."""


def mend(
    paths: Sequence[Path],
    *,
    strict: bool = False,
    allow_outside: bool = False,
    policy: Policy | None = None,
    remote: Remote | None = None,
) -> MendResult:
    """The documents at `paths` with every finding mended that has one right mend. Writes nothing.

    Where fixes overlap, the first is applied; what is found then decides about the rest. Only the documents
    at `paths` change, never the descriptions that they use.

    Args:
        paths: Arazzo documents.
        strict: Whether tolerated forms are errors.
        allow_outside: Whether documents may name files outside of their project's folder.
        policy: Which findings are mended and given back; all, where there is none.
        remote: How documents of the network are fetched; None where nothing is.
    """
    files = {shown_name(path, Path.cwd()): path for path in map(_absolute, paths)}
    held: dict[Path, bytes] = {}
    counts: Counter[Path] = Counter()
    contents: dict[Path, bytes] = {}
    linted = partial(
        lint, paths, strict=strict, allow_outside=allow_outside, policy=policy, remote=remote
    )
    result = linted()
    for _ in range(_MOST_PASSES):
        changed = False
        for name, fixes in _fixes(result).items():
            path = files.get(name)
            if path is None:
                continue
            before = contents.get(path) or held.setdefault(path, path.read_bytes())
            text, count = applied(result.sources[name].text, fixes)
            contents[path] = _encoded(text, before)
            counts[path] += count
            changed = True
        if not changed:
            break
        result = linted(contents=contents)
    mended = tuple(
        Mended(path, held[path], contents[path], counts[path]) for path in sorted(contents)
    )
    return MendResult(
        result.diagnostics, result.documents, result.sources, mended, locks=result.locks
    )


def _fixes(result: LintResult) -> Mapping[str, list[Fix]]:
    """The fixes by the file that they change; those that change several are left."""
    fixes: dict[str, list[Fix]] = {}
    for found in result.diagnostics:
        if found.fix is not None:
            names = {edit.span.file for edit in found.fix.edits}
            if len(names) == 1:
                fixes.setdefault(names.pop(), []).append(found.fix)
    return fixes


def applied(text: str, fixes: Iterable[Fix]) -> tuple[str, int]:
    """The text with those of the fixes that do not overlap earlier ones, and how many these are.

    Args:
        text: A file's text, without a byte order mark.
        fixes: Fixes whose edits are all of this file.
    """
    lines = LineIndex(text)
    taken: dict[tuple[int, int], str] = {}
    count = 0
    for fix in fixes:
        places = {
            (lines.offset(edit.span.start), lines.offset(edit.span.end)): edit.text
            for edit in fix.edits
        }
        if any(_clash(place, other) for place in places for other in taken):
            continue
        taken |= places
        count += 1
    for (start, end), new in sorted(taken.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text, count


def _clash(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two edits touch: side by side, what one writes could change what the other means."""
    return one[0] <= other[1] and other[0] <= one[1]


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 -- links stay as the user wrote them


def _encoded(text: str, before: bytes) -> bytes:
    """The text in the encoding of what the file held, after the same byte order mark."""
    for mark, encoding in _MARKS.items():
        if before.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode()
