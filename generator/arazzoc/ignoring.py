"""Comments that ignore findings: `# arazzoc: ignore[AZ501]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Edit, Fix, Rule
from arazzoc.diagnostics.registry import ignoring as rules
from arazzoc.diagnostics.registry import rule
from arazzoc.frozen import dataclass
from arazzoc.text import LineIndex, Span

__all__ = ["COMMENT_MARK", "not_ignored"]

COMMENT_MARK: Final = "arazzoc:"
"""What is in every comment for the linter."""

_COMMENT: Final = re.compile(
    r"(?P<before>^|[ \t])#[ \t]*arazzoc:[ \t]*ignore\[(?P<codes>[^\]\r\n]*)\]", re.MULTILINE
)
_CODE: Final = re.compile(r"[^\s,]+")
_BREAK: Final = re.compile(r"[ \t]*(\r\n|\r|\n|\Z)")
_EMPTY: Final = re.compile(r"[ \t]*(?:#.*)?")
_BLOCK: Final = re.compile(r"(?:^|.*[\s:-])[|>][-+0-9]*[ \t]*(?:#.*)?")


@dataclass(slots=True)
class _Ignore:
    """A comment.

    Attributes:
        span: The comment up to its bracket.
        whole: What goes with it where it is removed: the blanks before it, or its line.
        lines: The lines whose findings it ignores.
        codes: What it names, with the code that each means, or None where it means none.
        used: The codes that ignored something.
    """

    span: Span
    whole: Span
    lines: range
    codes: tuple[tuple[str, str | None], ...]
    used: set[str] = field(default_factory=set[str])


def not_ignored(
    diagnostics: Sequence[Diagnostic], texts: Iterable[tuple[str, LineIndex]]
) -> tuple[Diagnostic, ...]:
    """The findings that no comment ignores, and what is wrong with the comments.

    A comment at the end of a line is about findings that start on that line; where a block scalar starts
    there, on all its lines. A comment alone on a line is about the next line that is no comment.

    Args:
        diagnostics: In the order in which they are shown.
        texts: The YAML texts that they may be about, by the names that their spans bear.
    """
    ignores = {name: tuple(_ignores(name, lines)) for name, lines in texts}
    kept = [found for found in diagnostics if not _ignored(found, ignores.get(found.span.file, ()))]
    kept += (found for each in ignores.values() for ignore in each for found in _faults(ignore))
    return tuple(sorted(kept, key=lambda found: found.sort_key))


def _ignored(found: Diagnostic, ignores: Sequence[_Ignore]) -> bool:
    hits = [
        ignore
        for ignore in ignores
        if found.span.start.line in ignore.lines
        and any(code == found.rule.code for _, code in ignore.codes)
    ]
    for ignore in hits:
        ignore.used.add(found.rule.code)
    return bool(hits)


def _ignores(name: str, lines: LineIndex) -> Iterator[_Ignore]:
    if COMMENT_MARK not in lines.text:
        return
    for found in _COMMENT.finditer(lines.text):
        start, end = lines.position(found.end("before")), lines.position(found.end())
        stated = tuple((code[0], _meant(code[0])) for code in _CODE.finditer(found["codes"]))
        whole = Span(name, *map(lines.position, _whole(lines.text, found.start(), found.end())))
        yield _Ignore(Span(name, start, end), whole, _lines(lines, start.line), stated)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """From the blanks before a comment to its end; with the line's break where it stands alone."""
    before = text[: start + 1].rstrip(" \t#")
    behind = _BREAK.match(text, end)
    if behind is None:
        return start, end
    if not before or before[-1] in "\r\n":
        return len(before), behind.end()
    return len(before), behind.start(1)


def _meant(written: str) -> str | None:
    found = rule(written)
    return None if found is None else found.code


def _lines(lines: LineIndex, number: int) -> range:
    """The lines that a comment on line `number` is about."""
    last = lines.position(len(lines.text)).line
    while number < last and _EMPTY.fullmatch(lines.line(number)):
        number += 1
    end = number + 1
    if _BLOCK.fullmatch(lines.line(number)):
        indent = _indent(lines.line(number))
        while end <= last and (not lines.line(end).strip() or _indent(lines.line(end)) > indent):
            end += 1
    return range(number, end)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _faults(ignore: _Ignore) -> Iterator[Diagnostic]:
    for written, code in ignore.codes:
        if code is None:
            message = f"there is no code `{written}` to ignore"
            yield _fault(rules.UNKNOWN_CODE, ignore, message, "`arazzoc explain` lists all codes")
    unused = [code for _, code in ignore.codes if code is not None and code not in ignore.used]
    for code in dict.fromkeys(unused):
        message = f"no finding of `{code}` is here to be ignored"
        yield _fault(rules.UNUSED_IGNORE, ignore, message, "remove it", _without(ignore))
    if not ignore.codes:
        message = "the comment names no code to ignore"
        yield _fault(rules.UNUSED_IGNORE, ignore, message, "name one, as in `ignore[AZ501]`")


def _fault(
    kind: Rule, ignore: _Ignore, message: str, hint: str, fix: Fix | None = None
) -> Diagnostic:
    return Diagnostic(kind, kind.severity, ignore.span, message, hint, fix=fix)


def _without(ignore: _Ignore) -> Fix | None:
    """What leaves the codes that are of use, or nothing of the comment where none is."""
    kept = [written for written, code in ignore.codes if code is None or code in ignore.used]
    if kept:
        text = f"# arazzoc: ignore[{', '.join(kept)}]"
        return Fix(f"write `{text}`", (Edit(ignore.span, text),))
    return Fix("remove the comment", (Edit(ignore.whole, ""),))
