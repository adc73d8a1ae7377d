"""How many of the faults of each kind are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, get_args

from tests.mutations import kinds
from tests.mutations.judging import Bench, Judgement, Verdict
from tests.mutations.mutant import KINDS, Kind, Mutant
from tests.mutations.subject import Edit, Subject
from tests.mutations.subjects import in_json, subjects

__all__ = ["judgements", "table"]

VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
assert kinds.__all__, "importing the kinds registers them"


def judgements(wanted: Iterable[Kind], most: int | None = None) -> Iterator[Judgement]:
    """Every document with every fault of some kinds, judged; places that are alike count as one.

    Args:
        wanted: The kinds.
        most: How many faults of a kind there are in a document at most, spread over it; all by default.
    """
    bench = Bench()
    for kind in wanted:
        for subject in in_json() if kind.json else subjects():
            for mutant in _spread(list(_unlike(subject, kind)), most):
                yield bench.judge(subject, kind, mutant)


def _spread(mutants: list[Mutant], most: int | None) -> list[Mutant]:
    if most is None or len(mutants) <= most:
        return mutants
    return [mutants[len(mutants) * number // most] for number in range(most)]


def _unlike(subject: Subject, kind: Kind) -> Iterator[Mutant]:
    """The faults of a kind without those that change a line in the way that another line of the same text is."""
    seen: set[object] = set()
    for mutant in kind.make(subject):
        text = subject.descriptions[mutant.source].text if mutant.source else subject.text
        likeness = tuple(_line_at(text, edit) for edit in mutant.edits)
        if (mutant.source, likeness) not in seen:
            seen.add((mutant.source, likeness))
            yield mutant


def _line_at(text: str, edit: Edit) -> tuple[str, str, int]:
    """The line that an edit begins on, what it puts in, and in which column."""
    begin = text.rfind("\n", 0, edit.start) + 1
    return text[begin:].partition("\n")[0], edit.text, edit.start - begin


def table(judged: Iterable[Judgement]) -> str:
    """A line a kind, and the sum."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
    for each in judged:
        counts[each.kind.name][each.verdict] += 1
    width = max(map(len, KINDS))
    head = " ".join(f"{name:>9}" for name in ("faults", *VERDICTS))
    lines = [f"{'':{width}} {head}"]
    total: Counter[str] = Counter()
    for name, count in counts.items():
        lines.append(_line(name, count, width))
        total += count
    lines.append(_line("all", total, width))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(name: str, count: Counter[str], width: int) -> str:
    numbers = [count.total(), *(count[verdict] for verdict in VERDICTS)]
    return f"{name:{width}} " + " ".join(f"{number or '.':>9}" for number in numbers)
