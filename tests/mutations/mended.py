"""What `lint --fix` leaves of a document with a fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.mending import applied
from tests.mutations.judging import Bench, Judgement, text_of

__all__ = ["Mended", "mended"]

_MOST_PASSES: Final = 20


@dataclass(frozen=True, slots=True)
class Mended:
    """A document whose findings were mended until none could be any more.

    Attributes:
        new: The findings that the document has neither with the fault nor without; what may be left out is
            looked for where nothing is wrong, so that does not count.
        left: Those that could still be mended.
    """

    text: str
    new: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def mended(judged: Judgement, bench: Bench) -> Mended:
    """A document with a fault of its own, mended."""
    subject, text = judged.subject, text_of(judged.subject, judged.mutant)
    found = bench.lint(subject, subject.path, text)
    sound = bench.lint(subject, subject.path, subject.text)
    before = Counter(map(_key, found)) | Counter(map(_key, sound))
    for _ in range(_MOST_PASSES):
        fixes = [each.fix for each in found if each.fix is not None]
        if not fixes:
            break
        text, _count = applied(text, fixes)
        found = bench.lint(subject, subject.path, text)
    new: list[Diagnostic] = []
    for each in found:
        before[_key(each)] -= 1
        if before[_key(each)] < 0 and not each.rule.unused:
            new.append(each)
    return Mended(text, tuple(new), tuple(each for each in found if each.fix is not None))


def _key(found: Diagnostic) -> tuple[str, str]:
    return found.rule.code, found.message
